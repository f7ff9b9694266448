"""Whole numbers off a list of number words: groups of falling scale, "and" between them.

Each method is given the place of a word and tells the place after what it has read.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.language.number_words import Word

MOST = Decimal(10) ** 30
_GAPS = frozenset({" ", "-", "\u2010", "\u2011", "\u00a0", "\u202f", "\n", "", "  ", "   "})
_SPACED_DASHES = frozenset({" - ", " \u2010 "})


class Cardinals:
    """The number words of a text. `begin` is the place of the number that is being read."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.all, self.begin = text, words, 0

    def kind(self, at: int) -> str:
        """What stands at a place, if it follows the word before it closely; else nothing."""
        if not 0 <= at < len(self.all):
            return ""
        word = self.all[at]
        is_close = at in {self.begin, 0} or self._is_close(self.all[at - 1], word)
        return word.kind if is_close else ""

    def _is_close(self, before: Word, word: Word) -> bool:
        """Whether two words may belong to one number; a dash between spaces only joins fifty - two, five - eighths."""
        gap = self.text[before.end : word.start]
        if gap in _SPACED_DASHES:
            is_low = before.kind == "tens" and word.kind == "small"
            return is_low or (before.kind in {"tens", "small"} and word.kind in {"ordinal", "parts"})
        return gap in _GAPS

    def value(self, at: int) -> Decimal:
        """The value of the word there."""
        return self.all[at].value

    def cardinal(self, at: int) -> tuple[Decimal, Decimal, int]:
        """Value, last scale and the place after: groups of falling scale, "and" between them."""
        total, last, begin, end = Decimal(0), MOST, at, at
        scale = Decimal(1)
        while True:
            value, after = self._group(begin)
            value, scale, after = self.scaled(after, value)
            if after == begin or (end > at and value >= last):
                return total, last, end
            total, last, end = total + value, scale, after
            joined = after + 1 if self.kind(after) == "and" else after
            is_scaled = self.kind(joined + 1) in {"hundred", "scale"}  # 4 thousand 3 hundred
            is_digits = self.kind(joined) == "digits" and (joined > after or is_scaled) and self.value(joined) < scale
            is_part = joined > after and self._begins_part(joined)
            if scale == 1 or is_part or not (is_digits or self.kind(joined) in {"small", "tens"}):
                return total, scale, end
            begin = joined

    def _group(self, at: int) -> tuple[Decimal, int]:
        """Below a thousand or digits: a hundred and five; 1 before a bare thousand."""
        value, after = self.below_hundred(at)
        if self.kind(after) != "hundred" or (at == after and self.all[at].kind != "hundred"):
            return value, after
        value, after = value * 100, after + 1
        begin = after + 1 if self.kind(after) == "and" else after
        if self.kind(begin) in {"small", "tens"} or (begin > after and self.kind(begin) == "digits"):
            rest, end = self.below_hundred(begin)
            if rest < 100 and self.kind(end) != "hundred" and not (begin > after and self._begins_part(begin)):  # noqa: PLR2004
                return value + rest, end
        return value, after

    def _begins_part(self, at: int) -> bool:
        """Three quarters, fifty-four hundredths, one half: less than a whole."""
        value, after = self.below_hundred(at)
        is_part = self.kind(after) == "parts" and value < self.value(after)
        return is_part or (value == 1 and self.kind(after) == "half")

    def below_hundred(self, at: int) -> tuple[Decimal, int]:
        """Digits, or words up to ninety-nine; nothing read is 1."""
        first = self.all[at].kind if at < len(self.all) else ""
        if first == "a":
            return Decimal(1), at + 1
        if first == "tens" and self.kind(at + 1) == "small" and 0 < self.value(at + 1) < 10:  # noqa: PLR2004
            return self.value(at) + self.value(at + 1), at + 2
        if first in {"small", "tens", "digits"}:
            return self.value(at), at + 1
        return Decimal(1), at

    def scaled(self, at: int, value: Decimal) -> tuple[Decimal, Decimal, int]:
        """Times the hundreds, dozens and millions that follow; then what they multiply by."""
        scale = Decimal(1)
        while scale < MOST and (self.kind(at) in {"hundred", "scale", "dozen"} or self._is_plural_scale(at)):
            scale, at = scale * self.value(at), at + 1
        return value * scale, scale, at

    def _is_plural_scale(self, at: int) -> bool:
        """Three dozens, two millions; but not ten tens nor two hundreds of thousands."""
        return self.kind(at) == "plural" and self.value(at) not in {10, 20} and self.kind(at + 1) != "of"
