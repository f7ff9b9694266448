"""One text, read once and handed to every extractor."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.language.casing import cased, named
from extractors.language.pipeline import load
from extractors.language.recognition import foreign_parts
from extractors.language.tokens import Name, Parse, Token
from extractors.language.windows import MOST_CHARACTERS, cut_at
from storage.events import Span

if TYPE_CHECKING:
    from extractors.language.entities.found import Entities
    from extractors.language.reporting.speech import Speech
    from extractors.language.time_joining import Expression

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")
_PARSED_LANGUAGES = ("en", None)


@dataclass(frozen=True)
class Reading:
    """A cleaned text with what is known of it before anything is extracted.

    `text` is NFC; all spans count its code points. `published_on` anchors relative dates unless the text opens with a
    dated line of its own. `language` is an ISO 639-1 code, None when it was not recognised. `model` names a spaCy
    pipeline of the user's (package or folder); None is the one that dateline ships.

    The grammar (`tokens`, `sentences`, `names`) is worked out when something first asks for it, once. It is empty for a
    text in another language than English, leaves out paragraphs in other languages, and ends after some 20,000 tokens.
    """

    text: str
    published_on: date
    language: str | None = None
    model: str | None = None

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        r"""Paragraphs in order, without the white space around them.

        Blank lines part them; a text that has none is parted at its line breaks, as trafilatura writes it.

        >>> [p.of("One.\nTwo.") for p in Reading("One.\nTwo.", date(2024, 3, 22)).paragraphs]
        ['One.', 'Two.']
        """
        pattern = _PARAGRAPH if re.search(r"\n[^\S\n]*\n", self.text) else re.compile(r"\S[^\n]*")
        found = ((m.start(), m.start() + len(m.group().rstrip())) for m in pattern.finditer(self.text))
        return tuple(Span(start, end) for start, end in found)

    @cached_property
    def parse(self) -> Parse:
        """Everything the language pipeline says of the text; empty for other languages than English."""
        if self.language not in _PARSED_LANGUAGES:
            return Parse()
        return load(self.model).parse(self.written, self.english)

    @cached_property
    def read_until(self) -> int | None:
        """Where reading stops in a text longer than any article, in code points; None when all of it is read.

        The grammar ends there; rules over the text itself go on to windows.MOST_CHARACTERS.
        """
        if self.language in _PARSED_LANGUAGES:
            return cut_at(self.text, self.english)
        return MOST_CHARACTERS if len(self.text) > MOST_CHARACTERS else None

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Words and marks in order. White space is no token; a token's `head` is an index into this tuple."""
        return self.parse.tokens

    @property
    def names(self) -> tuple[Name, ...]:
        """What the name tagger takes for people, organisations and places, in order and apart from each other."""
        return self.parse.names

    @cached_property
    def entities(self) -> Entities:
        """Who and what the text names, gathered and resolved; nothing for other languages than English."""
        from extractors.language.entities.found import Entities

        return Entities(self)

    @cached_property
    def english(self) -> tuple[Span, ...]:
        """The paragraphs without those in another language."""
        foreign = set(foreign_parts(self.text, (each for each in self.paragraphs if each.start < MOST_CHARACTERS)))
        return tuple(each for each in self.paragraphs if each not in foreign)

    @cached_property
    def written(self) -> str:
        """The text as English sentences are written, each character in its place: what rules about words go by.

        Lines in capitals or title case have small letters, paragraphs in another language are blank.
        """
        from extractors.language.opening_line import opening_line

        if self.language not in _PARSED_LANGUAGES:
            return self.text
        pieces: list[str] = []
        at = 0
        for each in sorted({*self.paragraphs} - {*self.english}):
            pieces += [self.text[at : each.start], " " * (each.end - each.start)]
            at = each.end
        blanked = "".join([*pieces, self.text[at:]])
        written = cased(blanked, (each for each in self.english if each.start < MOST_CHARACTERS))
        line = opening_line(self)
        return named(written, line.place_span) if line else written

    @property
    def readable(self) -> str:
        """What rules over the text itself read: `written`, up to windows.MOST_CHARACTERS."""
        return self.written[:MOST_CHARACTERS]

    @cached_property
    def times(self) -> list[Expression]:
        """The time expressions of the text, resolved, in its order."""
        from extractors.language.times import times

        return times(self)

    @cached_property
    def speeches(self) -> list[Speech]:
        """Everything that the text reports as said, in its order."""
        from extractors.language.reporting.speech import speeches

        return speeches(self)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences in order, from their first token to their last."""
        return tuple(Span(self.tokens[each[0]].start, self.tokens[each[-1]].end) for each in self.parse.sentences)

    @cached_property
    def dependents(self) -> tuple[tuple[Token, ...], ...]:
        """For each token those that depend on it, in the order of the text."""
        found: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if not token.is_root:
                found[token.head].append(token)
        return tuple(tuple(each) for each in found)

    def sentence_of(self, token: Token) -> tuple[Token, ...]:
        """The tokens of the sentence that a token stands in."""
        at = bisect_right(self.parse.sentences, token.index, key=lambda each: each[0]) - 1
        each = self.parse.sentences[at]
        return self.tokens[each[0] : each[-1] + 1]

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie wholly inside a span."""
        first = bisect_left(self.tokens, span.start, key=lambda token: token.start)
        last = bisect_right(self.tokens, span.end, key=lambda token: token.end)
        return self.tokens[first:last]

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """A token with all that depends on it, near or far, in the order of the text."""
        found, waiting = [token], [token]
        while waiting:
            below = self.dependents[waiting.pop().index]
            found += below
            waiting += below
        return tuple(sorted(found, key=lambda each: each.index))
