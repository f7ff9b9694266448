"""The words of a text as names are made of them: without possessive endings and what a hyphen adds (-led)."""

# ruff: noqa: RUF001 — typographic marks are meant; lists of words read best as words

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractors.language.entities.known import known_name
from extractors.language.entities.organisation_words import NO_NAME
from extractors.language.speakers import Token, tokens_between

_POSSESSIVE = re.compile(
    r"['’][sS]?$|-(?:held|led|backed|based|controlled|run|wide|born|trained|linked|affiliated|allied|majority|occupied|era"
    r"|style|owned|language|speaking|appointed|sponsored|supported|brokered|mediated|made|bound)$"
)
PARTICLES = frozenset(
    "al bin bint ben da de del der di dos du el ibn la le ter van von do dos das ould abu den dela ed".split(" ")
)


class Words:
    """The words and marks of a text, in order."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.all = [_bare(token) for token in tokens_between(text, 0, end)]
        self._starts = [word.start for word in self.all]

    def at(self, start: int) -> int:
        """The place of the first word that begins there or later."""
        return bisect_left(self._starts, start)

    def are_joined(self, first: int, second: int) -> bool:
        """Whether nothing but a blank stands between two neighbours; an abbreviated first name may have its point."""
        gap = self.text[self.all[first].end : self.all[second].start]
        return gap in {" ", "\u00a0"} or (gap == ". " and len(self.all[first].text) == 1)

    def run_end(self, first: int, *, most: int) -> int:
        """Where the capitalised words that begin at *first* end, particles inside included; exclusive."""
        at = first + 1
        while at < len(self.all) and at - first < most and self.are_joined(at - 1, at):
            word = self.all[at]
            if not is_capitalised(word.text):
                inside = word.text in PARTICLES and at + 1 < len(self.all) and self.are_joined(at, at + 1)
                if not (inside and is_capitalised(self.all[at + 1].text)):
                    break
            elif word.low in NO_NAME:
                break
            at += 1
        return at

    def before(self, at: int) -> str:
        """The word or mark before, in small letters."""
        return self.all[at - 1].text.lower() if at else ""


def is_capitalised(word: str) -> bool:
    """Whether a word is written as a name is; of al-Bashir the second part counts."""
    first = word.partition("-")
    return word[:1].isupper() or (first[0] in PARTICLES and first[2][:1].isupper())


def _bare(token: Token) -> Token:
    ending = _POSSESSIVE.search(token.text)
    known, hyphen, rest = token.text.partition("-")
    if hyphen and rest.islower() and known[:1].isupper() and known_name(known):  # Pakistan-administered
        return replace(token, text=known, end=token.start + len(known))
    if not ending or ending.start() == 0:
        return token
    return replace(token, text=token.text[: ending.start()], end=token.end - len(ending[0]))
