"""Where what is said ends: with its sentence, or where another attribution or the reporter's own clause begins."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from extractors.language.reporting.cues import is_quoted, phrase_of, subject_of

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.tokens import Token

_TURNS = frozenset({"and", "but", "while", "though", "although", "as", "whereas"})
_OPENERS = frozenset({"when", "after", "although", "though", "while", "since", "as", "because"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})


class Endings:
    """Knows the words of a sentence, its cues, and of each cue whether what it reports follows it."""

    def __init__(
        self, reading: Reading, tokens: tuple[Token, ...], cues: Sequence[Token], is_leading: Callable[[Token], bool]
    ) -> None:
        self.reading, self.tokens, self.cues, self.is_leading = reading, tokens, cues, is_leading

    def end_after(self, cue: Token, start: int, last: int) -> int:
        """The last token of what a cue reports that begins at *start*, at most the one at *last*."""
        if (main := self._main_clause(cue, start)) is not None:
            return main - 1
        for other in self.cues:
            if other.index > max(cue.index, start) and (turn := self._turn(cue, other, start)) is not None:
                return turn - 1
        for each in self.reading.dependents[cue.index]:
            if each.index > start and each.deprel in ("conj", "advcl") and each.upos in ("VERB", "AUX"):
                first = self.reading.subtree(each)[0].index
                is_free = each.deprel == "conj" or (each.xpos == "VBG" and self.reading.tokens[first - 1].text == ",")
                if is_free and first > start + 1 and not self._goes_on(first, last):
                    return first - 1
        if self.reading.tokens[start].low == "to" and (own := self._own_clause(start, last)) is not None:
            return own - 1
        semicolon = next((e.index for e in self.tokens if e.text == ";" and e.index > start + 1), None)
        if semicolon is not None and not is_quoted(self.reading.tokens[start:semicolon]):
            return semicolon - 1
        according = next((e.index for e in self.tokens if e.low == "according" and e.index > start), None)
        return last if according is None else according - 1

    def _main_clause(self, cue: Token, start: int) -> int | None:
        """The comma before the main clause that follows: When Haddad noted that …, nobody laughed."""
        opener = next(
            (e for e in self.reading.dependents[cue.index] if e.low in _OPENERS and e.index < cue.index), None
        )
        if opener is None or opener.index > self.tokens[0].index + 1:
            return None
        beside = (e for e in self.tokens if e.deprel == "parataxis" and e.index > start)
        main = next(beside, None) if cue.is_root else self.reading.tokens[cue.head]
        subject = subject_of(self.reading, main) if main is not None and main.index > start else None
        if subject is None:
            return None
        first = self.reading.subtree(subject)[0].index
        return first - 1 if first - 1 > start and self.reading.tokens[first - 1].text == "," else None

    def _goes_on(self, first: int, last: int) -> bool:
        """Whether a clause that seems joined to the cue belongs to what is said: … and that; …, could."""
        while self.reading.tokens[first].upos == "PUNCT" and first < last:
            first += 1
        one, two = self.reading.tokens[first], self.reading.tokens[min(first + 1, last)]
        return two.low == "that" if one.upos == "CCONJ" else one.upos == "AUX"

    def _own_clause(self, start: int, last: int) -> int | None:
        """Where somebody else's clause follows what was promised: vowed to go, and his wife is going with him."""
        for each in self.reading.tokens[start : last - 1]:
            after = self.reading.tokens[each.index + 2]
            if each.text == "," and self.reading.tokens[each.index + 1].low in ("and", "but", "while"):
                clause = self.reading.tokens[each.index + 2 : last + 1]
                subject = next((e for e in clause if e.deprel.startswith("nsubj")), None)
                if subject is not None and subject.index - after.index < 4:  # noqa: PLR2004 — the coal miners' union
                    return each.index
        return None

    def _turn(self, cue: Token, other: Token, start: int) -> int | None:
        """The comma at which a later attribution begins: …, adding that; …, but Haddad said; … and warned that."""
        tokens = self.reading.tokens
        if self.is_of_same_speaker(cue, other):
            at = other.index
            while tokens[at - 1].upos in ("AUX", "ADV") and at - 1 > start:
                at -= 1
            return at - 1 if tokens[at - 1].low in ("and", "but") and at - 2 > start else None
        head = subject_of(self.reading, other)
        at = other.index
        if head is not None and head.index < other.index:
            at = self.reading.tokens_in(phrase_of(self.reading, head))[0].index
        if at <= start + 1:
            return None
        before = tokens[at - 1]
        if before.low in _TURNS and at - 2 > start:
            return at - 1
        is_free = other.xpos == "VBG" or not self.is_leading(other)
        return at if before.text in ",—–”" and is_free else None

    def is_of_same_speaker(self, cue: Token, other: Token) -> bool:
        """Whether a second cue is joined to a verb of another tense inside: said he would go and warned that."""
        if any(e.deprel.startswith("nsubj") for e in self.reading.dependents[other.index]):
            return False
        if other.deprel != "conj" or other.xpos != cue.xpos or other.xpos not in _FINITE:
            return False
        inner = self.reading.tokens[other.head]
        has_auxiliary = any(e.deprel.startswith("aux") for e in self.reading.dependents[inner.index])
        return inner.index > cue.index and (inner.xpos != other.xpos or has_auxiliary)
