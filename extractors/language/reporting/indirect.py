"""Mixed and indirect speech: what depends on a verb of saying, from the parse where it holds and from commas where not.

Of "X said that …" the clause runs to the end of its sentence unless another attribution begins before; of "…, X said"
it is what stands before the comma. The parser is asked which of the two it is; where clauses end, punctuation is surer.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.language.cue_words import CUES
from extractors.language.entities.known import overlapping
from extractors.language.opening_line import opening_line
from extractors.language.reporting.according import source_after
from extractors.language.reporting.beginnings import Beginnings
from extractors.language.reporting.cues import (
    agent_of,
    is_cue,
    is_plain_cue,
    lemma_of,
    phrase_of,
    subject_of,
)
from extractors.language.reporting.endings import Endings
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.tokens import Token

_CLOCK = re.compile(r"\d\d?[:.]\d\d")
_ENDING = ".!?;:,—–- "
_FEWEST_TOKENS = 2
_MOST_IN_BRACKETS = 8
_RELATIVE = frozenset({"who", "which", "whose", "where"})
_UNNAMED = re.compile(r"(?:not )?to be (?:named|identified|quoted)")  # how a source asked to be treated
_MOST_TITLE = 6  # tokens before a name
_MOST_CUES = 8  # of one sentence: beyond that it is a list, or hostile
_ADDRESSED = frozenset({"tell", "inform", "assure", "remind", "warn", "urge", "ask", "advise", "instruct", "promise"})
# who asked not to be named; nobody said so
_NOBODY = frozenset({"who", "which", "that", "nobody", "none", "what", "there", "it"})


@dataclass
class Reported:
    """Something said without being quoted whole: content, cue, speaker as far as the sentence tells."""

    content: Span
    cue: Span
    lemma: str
    speaker: Span | None
    addressee: Span | None = None
    rest: Span | None = None  # what follows the attribution: The museum, she said, was closed


def reported(reading: Reading, quoted: list[Span]) -> list[Reported]:
    """What every sentence reports outside the stretches that are quoted whole, which come in order."""
    found: list[Reported] = []
    line = opening_line(reading)
    begins = line.span.end if line else 0  # where a report was written is no part of what it reports
    for places in reading.parse.sentences:
        tokens = tuple(each for each in reading.tokens[places[0] : places[-1] + 1] if each.start >= begins)
        if len(tokens) > 1 and _CLOCK.fullmatch(tokens[0].text):  # of a live blog
            tokens = tokens[1:]
        outside = [each for each in tokens if not overlapping(quoted, each.start, each.start + 1)]
        if outside:
            found += _Sentence(reading, tokens, outside).reported()
    return sorted(found, key=lambda each: (each.content, each.cue))


class _Sentence:
    """One sentence, its cues and what they report."""

    def __init__(self, reading: Reading, tokens: tuple[Token, ...], outside: list[Token]) -> None:
        self.reading, self.tokens = reading, tokens
        self.first, self.last = outside[0].index, outside[-1].index
        self.places = {each.index for each in outside}
        self.cues = [each for each in outside if is_cue(each) or is_plain_cue(reading, each)][:_MOST_CUES]
        self.beginnings = Beginnings(reading, tokens, self.last)
        self.endings = Endings(
            reading, tokens, self.cues, lambda cue: self.beginnings.after(cue, is_passive=False) is not None
        )

    def reported(self) -> Iterator[Reported]:
        yield from self._according_to()
        speaker: Span | None = None
        before: Token | None = None
        for cue in self.cues:
            head = subject_of(self.reading, cue)
            agent = agent_of(self.reading, cue) if head is not None and head.deprel == "nsubj:pass" else None
            if head is not None and head.deprel == "nsubj:pass" and agent is None:
                continue
            head = agent or head
            if head is not None and head.low in _NOBODY:
                continue
            goes_on = before is not None and self.endings.is_of_same_speaker(before, cue)
            before = cue
            own = None if goes_on else self._speaker(cue, head)
            speaker = own or speaker
            around = self._around(cue, own)
            content = around[0] if around else self._content(cue, head, is_passive=agent is not None)
            stands_free = own is None and not goes_on and cue.xpos != "VBG"
            if content is not None and not stands_free and not _UNNAMED.match(content.of(self.reading.written)):
                rest = around[1] if around else None
                yield Reported(content, cue.span, lemma_of(cue), speaker, self._addressee(cue, content), rest)

    def _speaker(self, cue: Token, head: Token | None) -> Span | None:
        """Who is named between a comma and the cue: The museum, Mr Haddad said, was; else its subject."""
        named = self.reading.entities.within(Span(self.tokens[0].start, cue.start))
        tokens = self.reading.tokens
        after = tokens[min(cue.index + 1, self.tokens[-1].index)]
        if named and named[-1][0].end + 1 == cue.start and after.text == ",":
            at = self.reading.tokens_in(named[-1][0])[0].index
            places = range(at - 1, max(at - _MOST_TITLE, self.first), -1)
            comma = next((n for n in places if tokens[n].text == ","), None)
            if comma is not None and not any(e.upos in ("VERB", "AUX", "ADP") for e in tokens[comma + 1 : at]):
                return Span(tokens[comma + 1].start, named[-1][0].end)
        if head is not None:
            return phrase_of(self.reading, head)
        return self._leading_name() if cue.is_root else None

    def _leading_name(self) -> Span | None:
        """Who or what the sentence begins with by name: Wells Fargo just this month announced."""
        begin, end = self.tokens[0].start, self.tokens[-1].end
        named = self.reading.entities.within(Span(begin, end))
        return named[0][0] if named and named[0][0].start == begin and named[0][1].kind in ("PERSON", "ORG") else None

    def _content(self, cue: Token, head: Token | None, *, is_passive: bool) -> Span | None:
        start = self.beginnings.after(cue, is_passive=is_passive)
        if start is not None:
            return self._stretch(start, self.endings.end_after(cue, start, self.last))
        return self._before(cue, head)

    def _around(self, cue: Token, speaker: Span | None) -> tuple[Span, Span] | None:
        """What stands before and after an attribution between commas: The museum, she said, was closed."""
        if (
            speaker is None
            or lemma_of(cue) not in CUES.values()
            or not self.tokens[0].start < speaker.start < cue.start
        ):
            return None
        tokens = self.reading.tokens
        begin = self.reading.tokens_in(speaker)[0].index
        after = next(
            (e.index for e in tokens[cue.index + 1 : cue.index + _MOST_IN_BRACKETS] if e.text == ","), self.last
        )
        inside = tokens[cue.index + 1 : after]
        if tokens[begin - 1].text != "," or begin - 2 < self.first or after + 2 > self.last:
            return None
        goes_off = tokens[after + 1].xpos == "VBG" or tokens[after + 1].low in _RELATIVE
        if goes_off or any(e.upos in ("VERB", "AUX", "SCONJ") for e in inside) or is_cue(tokens[after + 1]):
            return None
        before, rest = self._stretch(self.tokens[0].index, begin - 2, fewest=1), self._stretch(after + 1, self.last)
        return (before, rest) if before and rest else None

    def _before(self, cue: Token, head: Token | None) -> Span | None:
        """What stands before ", X said" or ", said X"."""
        if lemma_of(cue) not in CUES.values():
            return None
        edge = cue.index
        if head is not None and head.index < cue.index:
            begin = phrase_of(self.reading, head).start
            edge = next((e.index for e in self.tokens if e.start == begin), cue.index)
        if edge <= self.first or self.reading.tokens[edge - 1].text not in (",", "”", '"', "—", "–", "’"):
            return None
        stretch = [e for e in self.tokens if e.index < edge - 1]
        if not any(e.upos in ("VERB", "AUX") for e in stretch):
            return None
        return self._stretch(stretch[0].index, edge - 1)

    def _according_to(self) -> Iterator[Reported]:
        for one, two in zip(self.tokens, self.tokens[1:], strict=False):
            if one.low != "according" or two.low != "to" or one.index not in self.places:
                continue
            source = source_after(self.reading.tokens, two.index + 1, self.tokens[-1].index)
            if source is None:
                continue
            end, after = source
            speaker = Span(self.reading.tokens[two.index + 1].start, self.reading.tokens[end].end)
            if one.index - self.tokens[0].index <= 1:
                content = self._stretch(after + 1, self.last)
            else:
                content = self._stretch(self.first, one.index - 1)
            if content:
                yield Reported(content, Span(one.start, two.end), "according to", speaker)

    def _stretch(self, first: int, last: int, fewest: int = _FEWEST_TOKENS) -> Span | None:
        """The words from one token to another, without blanks and marks at their edges."""
        tokens = self.reading.tokens
        while first <= last and tokens[first].text in (",", ";", ":", "—", "–", "-", "and", "but"):
            first += 1
        if tokens[first].text in ("“", '"') and not any(e.text in ("”", '"') for e in tokens[first + 1 : last + 2]):
            first += 1  # opened and never closed
        while last >= first and tokens[last].text in _ENDING:
            last -= 1
        if last - first + 1 < fewest:
            return None
        return Span(tokens[first].start, tokens[last].end)

    def _addressee(self, cue: Token, content: Span) -> Span | None:
        if lemma_of(cue) not in _ADDRESSED:
            return None
        for each in self.reading.dependents[cue.index]:
            if each.deprel in ("obj", "iobj") and cue.end <= each.start:
                phrase = phrase_of(self.reading, each)
                return phrase if phrase.end <= content.start else None
        return None
