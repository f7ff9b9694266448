"""Numbers as English writes them: digits with separators, number words, fractions, ordinals.

Plurals without a number of their own ("dozens", "hundreds of", "tens of thousands") and "several hundred" say no
number. They are given as vague, with the value of the word itself (12, 100, 10,000, 100): the least they can mean.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from extractors.language.number_words import Word, number_words
from extractors.language.numeral import Numeral, rounded

_MOST = Decimal(10) ** 30
_GAPS = frozenset({" ", "-", "\u2010", "\u2011", "\u00a0", "\u202f", "\n", "", "  "})
_HALF = Decimal("0.5")
_NEAT = frozenset(map(Decimal, (*range(2, 13), 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10_000, 100_000)))


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text in order, apart from each other."""
    words = _Words(text, number_words(text))
    found: list[Numeral] = []
    at = 0
    while at < len(words.all):
        number, after = words.number(at)
        if number is not None and abs(number.value) < _MOST:
            found.append(number)
        at = max(after, at + 1)
    return found


class _Words:
    """Reads numbers off a list of words, longest first. Each method gives the place after what it has read."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.all, self.begin = text, words, 0

    def kind(self, at: int) -> str:
        """What stands at a place, if it follows the word before it closely; else nothing."""
        if not 0 <= at < len(self.all):
            return ""
        word = self.all[at]
        if at != self.begin and at and self.text[self.all[at - 1].end : word.start] not in _GAPS:
            return ""
        return word.kind

    def value(self, at: int) -> Decimal:
        """The value of the word there."""
        return self.all[at].value

    def number(self, at: int) -> tuple[Numeral | None, int]:
        """The number that begins there."""
        self.begin = at
        first = self.all[at].kind
        if first in {"digits", "small", "tens", "hundred", "scale", "dozen"}:
            return self._regular(at)
        if first == "ordinal":
            return self._made(at, at + 1, self.value(at), "ordinal"), at + 1
        if first == "fraction":
            return self._scaled_part(at, at + 1, self.value(at))
        return self._irregular(at, first)

    def _made(
        self, at: int, after: int, value: Decimal, kind: Literal["cardinal", "fraction", "ordinal"] = "cardinal",
        scale: Decimal = Decimal(1), *, is_vague: bool = False,
    ) -> Numeral:  # fmt: skip
        is_word = not self.text[self.all[at].start].isdecimal()
        start, end = self.all[at].start, self.all[after - 1].end
        return Numeral(start, end, rounded(value), kind, is_vague, scale, is_word)

    def _irregular(self, at: int, first: str) -> tuple[Numeral | None, int]:
        """What begins with a, half, several or a plural."""
        if first == "plural":
            return self._plural(at)
        if first == "half":
            return self._half(at)
        if first == "parts" and self._is_quarter(at):
            return self._scaled_part(at, at + 1, 1 / self.value(at))
        if first in {"a", "vague"}:
            return self._with_article(at, at + 1 if first == "a" else at)
        return None, at + 1

    def _with_article(self, at: int, begin: int) -> tuple[Numeral | None, int]:
        """A hundred, a third of, a few hundred; "a half" is the half that follows."""
        kind = self.kind(begin)
        if kind == "vague":
            return self._vague(at, begin)
        if kind in {"hundred", "scale", "dozen"}:
            return self._regular(at)
        if kind in {"ordinal", "parts"} and self._is_part_of(at, begin):
            return self._scaled_part(at, begin + 1, 1 / self.value(begin))
        return None, at + 1

    def _is_part_of(self, at: int, begin: int) -> bool:
        """A third of, by a third; but not by a second."""
        is_by = self.text[max(0, self.all[at].start - 4) : self.all[at].start].lower() == " by "
        return self.kind(begin + 1) == "of" or (is_by and self.value(begin) > 2)  # noqa: PLR2004

    def _is_quarter(self, at: int) -> bool:
        is_one = self.text[self.all[at].start : self.all[at].end].lower() == "quarter"
        return is_one and (self.kind(at + 1) == "scale" or (self.kind(at + 1) == "of" and self.kind(at + 2) == "a"))

    def _plural(self, at: int) -> tuple[Numeral | None, int]:
        value, after = self.value(at), at + 1
        while self.kind(after) == "of" and self.kind(after + 1) == "plural":
            value, after = value * self.value(after + 1), after + 2
        is_number = after > at + 1 or self.value(at) != 10  # noqa: PLR2004 — tens alone is no number
        is_number = is_number and (value != 20 or self.kind(after) == "of")  # noqa: PLR2004 — scores are also goals
        return (self._made(at, after, value, is_vague=True) if is_number else None), after

    def _vague(self, at: int, begin: int) -> tuple[Numeral | None, int]:
        after = begin + 2 if self.kind(begin + 1) == "of" else begin + 1
        if self.kind(after) in {"hundred", "scale", "dozen"}:
            value, scale, end = self._scaled(after, self.value(begin))
            return self._made(at, end, value, scale=scale, is_vague=True), end
        if self.value(begin) == 2 and after == begin + 2:  # noqa: PLR2004 — a couple of
            return self._made(at, after, self.value(begin), is_vague=True), after
        return None, begin + 1

    def _half(self, at: int) -> tuple[Numeral | None, int]:
        after = at + 1
        if self.kind(after) == "a" and self.kind(after + 1) in {"scale", "dozen", "hundred"}:
            after += 1
        return self._scaled_part(at, after, _HALF)

    def _scaled_part(self, at: int, after: int, value: Decimal) -> tuple[Numeral | None, int]:
        """A part, of a million perhaps."""
        begin = after
        if self.kind(begin) == "of" and self.kind(begin + 1) == "a":
            begin += 2
        if self.kind(begin) in {"scale", "dozen", "hundred"}:
            total, scale, end = self._scaled(begin, value)
            return self._made(at, end, total, scale=scale), end
        return self._made(at, after, value, "fraction"), after

    def _scaled(self, at: int, value: Decimal) -> tuple[Decimal, Decimal, int]:
        scale = Decimal(1)
        while scale < _MOST and (self.kind(at) in {"hundred", "scale", "dozen"} or self._is_plural_scale(at)):
            scale, at = scale * self.value(at), at + 1
        return value * scale, scale, at

    def _is_plural_scale(self, at: int) -> bool:
        """Three dozens, two millions; but not ten tens nor two hundreds of thousands."""
        return self.kind(at) == "plural" and self.value(at) not in {10, 20} and self.kind(at + 1) != "of"

    def _regular(self, at: int) -> tuple[Numeral | None, int]:
        """A cardinal, or what it is the beginning of: two thirds, twenty-first, one in five."""
        value, scale, after = self._cardinal(at)
        if self.kind(after) == "ordinal" and self._is_compound_ordinal(value, after):
            return self._made(at, after + 1, value + self.value(after), "ordinal"), after + 1
        if self._is_part(value, after):
            return self._scaled_part(at, after + 1, value / self.value(after))
        rest, after = self._rest(after, scale if value == value.to_integral_value() else None)
        value += rest
        if self.kind(after) in {"scale", "hundred"} and scale == 1:
            value, scale, after = self._scaled(after, value)
        if self.kind(after) == "in" and self.kind(after + 1) in {"digits", "small", "tens", "a", "hundred"}:
            return self._one_in(at, after, value, scale)
        return self._made(at, after, value, scale=scale), after

    def _rest(self, after: int, scale: Decimal | None) -> tuple[Decimal, int]:
        """What a fraction behind it adds: 10 1/2, two and a half, five and three quarters, five point two."""
        if scale is None:
            return Decimal(0), after
        if self.kind(after) == "fraction":
            return self.value(after), after + 1
        if self.kind(after) == "point" and self.kind(after + 1) == "small":
            return self._decimals(after + 1)
        return self._joined_part(after, scale) if self.kind(after) == "and" else (Decimal(0), after)

    def _joined_part(self, after: int, scale: Decimal) -> tuple[Decimal, int]:
        count, part = self.kind(after + 1), self.kind(after + 2)
        if count == "a" and part == "half":
            return _HALF * scale, after + 3
        if count in {"a", "small"} and part in {"parts", "ordinal"} and self._is_part(self.value(after + 1), after + 2):
            return self.value(after + 1) * scale / self.value(after + 2), after + 3
        return Decimal(0), after

    def _decimals(self, at: int) -> tuple[Decimal, int]:
        digits = ""
        while self.kind(at) == "small" and self.value(at) < 10 and len(digits) < 9:  # noqa: PLR2004
            digits, at = digits + str(self.value(at)), at + 1
        return Decimal(f"0.{digits}"), at

    def _is_compound_ordinal(self, value: Decimal, after: int) -> bool:
        """twenty-first, hundred and first; but not two second rounds."""
        return value >= 20 and value % 10 == 0 and self.value(after) < 10 and self.all[after - 1].kind != "digits"  # noqa: PLR2004

    def _is_part(self, value: Decimal, after: int) -> bool:
        if self.kind(after) == "parts":
            return 0 < value < 100  # noqa: PLR2004
        return self.kind(after) == "ordinal" and value == 1 and 2 < self.value(after) <= 10  # noqa: PLR2004

    def _one_in(self, at: int, after: int, value: Decimal, scale: Decimal) -> tuple[Numeral | None, int]:
        whole, _, end = self._cardinal(after + 1)
        if 0 < value < whole and whole in _NEAT and scale == 1 and value == value.to_integral_value():
            return self._made(at, end, value / whole, "fraction"), end
        return self._made(at, after, value, scale=scale), after

    def _cardinal(self, at: int) -> tuple[Decimal, Decimal, int]:
        """Value, last scale and the place after: groups of falling scale, "and" between them."""
        total, last, begin, end = Decimal(0), _MOST, at, at
        scale = Decimal(1)
        while True:
            value, after = self._group(begin)
            value, scale, after = self._scaled(after, value)
            if after == begin or (end > at and value >= last):
                return total, last, end
            total, last, end = total + value, scale, after
            joined = after + 1 if self.kind(after) == "and" else after
            is_digits = self.kind(joined) == "digits" and joined > after and self.value(joined) < scale
            is_part = joined > after and self.kind(joined + 1) == "parts"
            if scale == 1 or is_part or not (is_digits or self.kind(joined) in {"small", "tens"}):
                return total, scale, end
            begin = joined

    def _group(self, at: int) -> tuple[Decimal, int]:
        """Below a thousand or digits: a hundred and five; 1 before a bare thousand."""
        value, after = self._below_hundred(at)
        if self.kind(after) != "hundred" or (at == after and self.all[at].kind != "hundred"):
            return value, after
        value, after = value * 100, after + 1
        begin = after + 1 if self.kind(after) == "and" else after
        if self.kind(begin) in {"small", "tens"} or (begin > after and self.kind(begin) == "digits"):
            rest, end = self._below_hundred(begin)
            if rest < 100 and self.kind(end) != "hundred" and not (begin > after and self.kind(end) == "parts"):  # noqa: PLR2004
                return value + rest, end
        return value, after

    def _below_hundred(self, at: int) -> tuple[Decimal, int]:
        first = self.all[at].kind
        if first == "a":
            return Decimal(1), at + 1
        if first == "tens" and self.kind(at + 1) == "small" and 0 < self.value(at + 1) < 10:  # noqa: PLR2004
            return self.value(at) + self.value(at + 1), at + 2
        if first in {"small", "tens", "digits"}:
            return self.value(at), at + 1
        return Decimal(1), at
