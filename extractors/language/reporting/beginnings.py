"""Where what is said begins, when it follows the word that reports it."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from extractors.language.reporting.cues import OF_THINGS, lemma_of, subject_of
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.tokens import Token

_FEWEST_TOKENS = 2
_MOST_BEFORE_THAT = 9
_NAMING = frozenset({"call", "describe", "label", "dub", "brand"})
_PLACING = frozenset({"in", "on", "at", "to", "during", "from"})
_QUOTES = frozenset({"“", '"', "‘", "``", "''", "«"})
_SAYING = frozenset({"say", "claim", "insist", "argue", "warn", "note", "announce", "add", "admit", "believe"})
_OPENING = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Beginnings:
    """Knows the words of a sentence; what is said ends with the token at *last* at the latest."""

    def __init__(self, reading: Reading, tokens: tuple[Token, ...], last: int) -> None:
        self.reading, self.tokens, self.last = reading, tokens, last

    def after(self, cue: Token, *, is_passive: bool) -> int | None:
        """Where what is said begins when it follows the cue."""
        lemma = lemma_of(cue)
        if lemma in _NAMING:
            return self._named(cue) if lemma != "call" or self._is_naming(cue) else None
        if (that := self._that(cue)) is not None:
            return that
        for each in self.reading.dependents[cue.index]:
            if each.deprel in ("ccomp", "xcomp") and each.index > cue.index:
                return self._clause_start(cue, each)
        if is_passive or lemma == "accuse":
            return next((each.index + 1 for each in self.tokens if each.low == "of" and each.index > cue.index), None)
        thing = self._thing(cue) if lemma in OF_THINGS else None
        return self._plain_start(cue) if thing is None and lemma in _SAYING else thing

    def _named(self, cue: Token) -> int:
        at = cue.index + 1
        is_joined = at <= self.last and self.reading.tokens[at].low in ("for", "on")
        return min(at + 1, self.last) if is_joined else at

    def _that(self, cue: Token) -> int | None:
        """The "that" soon after the cue, before any other verb."""
        following = [each for each in self.tokens if each.index > cue.index]
        for n, each in enumerate(following[:_MOST_BEFORE_THAT]):
            is_mark = each.xpos == "IN" or each.deprel in ("mark", "nsubj", "obj", "det")
            if each.low == "that" and is_mark and each.xpos in ("IN", "WDT", "DT"):
                return each.index
            if each.upos == "VERB" or (each.text in ",;:" and n):
                break
        return None

    def _thing(self, cue: Token) -> int | None:
        """Where the object of the cue begins: announced a deal."""
        below = self.reading.dependents[cue.index]
        things = [each for each in below if each.deprel == "obj" and each.index > cue.index]
        return self.reading.subtree(things[0])[0].index if things else None

    def _plain_start(self, cue: Token) -> int | None:
        """After the cue, where a clause follows that the parser did not see: Haddad says the port “is dead”."""
        head = subject_of(self.reading, cue)
        rest = self.reading.tokens[cue.index + 1 : self.last + 1]
        if head is None or head.index > cue.index or len(rest) < _FEWEST_TOKENS or rest[0].upos not in _OPENING:
            return None
        is_clause = any(each.xpos in ("VBD", "VBZ", "VBP", "MD") for each in rest[1:])
        return rest[0].index if is_clause and self._circumstance_end(cue.index) is None else None

    def _is_naming(self, cue: Token) -> bool:
        """Whether somebody is called something, or something called for, not a meeting called or a friend rung."""
        after = self.reading.tokens[cue.index + 1 : min(cue.index + _MOST_BEFORE_THAT, self.last) + 1]
        below = self.reading.dependents[cue.index]
        is_joined = bool(after) and (after[0].low in ("for", "on") or after[0].text in _QUOTES)
        return is_joined or any(e.deprel in ("xcomp", "ccomp") for e in below) or any(e.text in _QUOTES for e in after)

    def _clause_start(self, cue: Token, clause: Token) -> int:
        """After the cue and what belongs to it: to whom, when and where it was said."""
        at = max(cue.index + 1, min(self.reading.subtree(clause)[0].index, clause.index))
        own = [
            e for e in self.reading.dependents[cue.index] if e.deprel in ("obj", "iobj", "advmod") or "obl" in e.deprel
        ]
        ends = [self.reading.subtree(e)[-1].index + 1 for e in own if cue.index < e.index < clause.index]
        if clause.deprel == "ccomp":  # subjects get lost more often than circumstances
            at = max([cue.index + 1, *(end for end in ends if end <= clause.index)])
        while self.reading.tokens[at].low in _PLACING and at < clause.index:
            end = self._circumstance_end(at)
            if end is None or end > clause.index:
                break
            at = end
        return at

    def _circumstance_end(self, at: int) -> int | None:
        """Where "in Cairo" or "on Thursday" ends, None where something else begins."""
        start = self.reading.tokens[at + 1].start
        named = self.reading.entities.within(Span(start, self.reading.tokens[self.last].end))
        if named and named[0][0].start == start and named[0][1].kind == "LOC":
            end = named[0][0].end
        else:
            times = self.reading.times
            at_time = bisect_right(times, start, key=lambda time: time.start) - 1
            end = max(start, times[at_time].end) if at_time >= 0 else start
        return next((e.index for e in self.tokens if e.start >= end), None) if end > start else None
