"""What a number counts: the noun phrase after it, read off the parts of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from extractors.language.reading import Reading
from extractors.language.tokens import Token
from storage.events import Span

_MOST_TOKENS = 7
_GAP = re.compile(r"(?!.?\n.?\n)[ \u00a0\n-]{0,3}")  # a paragraph below is about something else
_LEADING = frozenset({"more", "other", "further", "additional", "new", "of"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN"})
_NO_NOUNS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|ago|per|percent|cent|ET|%", re.IGNORECASE
)
_SINGULAR = {"people": "person", "persons": "person", "children": "child", "women": "woman", "men": "man"}


@dataclass(frozen=True)
class Counted:
    """The phrase that says what is counted, and its head noun in the singular."""

    span: Span
    head: str


class Nouns:
    """Finds the noun phrase that begins at a place of a text."""

    def __init__(self, reading: Reading) -> None:
        self.text, self.tokens = reading.written, reading.tokens
        self._starts = [token.start for token in self.tokens]

    def after(self, end: int, stop: int) -> Counted | None:
        """What is counted by the number that ends there; nothing from *stop* on belongs to it."""
        first = bisect_left(self._starts, end)
        tokens = self.tokens[first : first + _MOST_TOKENS]
        if not tokens or not _GAP.fullmatch(self.text, end, tokens[0].start):
            return None
        phrase = _phrase(tokens, self.text, stop)
        if not phrase:
            return None
        head = phrase[-1]
        low = head.low
        singular = _SINGULAR.get(low) or (head.lemma.lower() if head.upos == "NOUN" else low)
        if head.xpos == "NNPS":
            singular = singular.removesuffix("s")
        return Counted(Span(phrase[0].start, head.end), _SINGULAR.get(singular, singular))


def _phrase(tokens: tuple[Token, ...], text: str, stop: int) -> list[Token]:
    """Adjectives, participles and nouns up to the first plural noun or the last noun."""
    found: list[Token] = []
    length, is_of = 0, False
    for at, token in enumerate(tokens):
        if token.start >= stop or (found and "\n" in text[found[-1].end : token.start]):
            break
        if not found and (token.low in _LEADING or token.text == "-" or (is_of and token.upos in {"DET", "PRON"})):
            is_of = is_of or token.low == "of"
            continue
        if _NO_NOUNS.fullmatch(token.text) or not _goes_on(token, tokens[at + 1 : at + 2]):
            break
        found.append(token)
        if token.upos in {"NOUN", "PROPN"}:
            length = len(found)
            if token.xpos in {"NNS", "NNPS"}:
                break
    return found[:length]


def _goes_on(token: Token, following: tuple[Token, ...]) -> bool:
    if token.upos in _INSIDE:
        return True
    if token.text in {"-", "\u2010", "\u2011"}:
        return True
    before_noun = bool(following) and following[0].upos in _INSIDE
    return before_noun and (token.xpos in {"VBN", "VBG"} or token.upos == "ADV")
