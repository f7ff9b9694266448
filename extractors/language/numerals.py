"""Numbers as English writes them: digits with separators, number words, fractions, ordinals.

Plurals without a number of their own ("dozens", "hundreds of", "tens of thousands") and "several hundred" say no
number. They are given as vague, with the value of the word itself (12, 100, 10,000, 100): the least they can mean.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from extractors.language.cardinals import MOST, Cardinals
from extractors.language.number_words import number_words
from extractors.language.numeral import Numeral, rounded

_HALF = Decimal("0.5")
_CLOSES = re.compile(r"[ ]?(?:[.,;:!?)\"”]|$)", re.MULTILINE)
_NEAT = frozenset(map(Decimal, (*range(2, 13), 15, 20, 25, 30, 40, 50, 100, 200, 500, 1000, 10_000, 100_000)))


def numerals(text: str) -> list[Numeral]:
    """The numbers of a text in order, apart from each other."""
    words = _Words(text, number_words(text))
    found: list[Numeral] = []
    at = 0
    while at < len(words.all):
        number, after = words.number(at)
        if number is not None and abs(number.value) < MOST:
            found.append(number)
        at = max(after, at + 1)
    return found


class _Words(Cardinals):
    """Reads numbers off a list of words, longest first. Each method gives the place after what it has read."""

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
        value, end = self._divisor(begin, "ordinal")
        if kind in {"ordinal", "parts", "tens"} and end > begin and self._is_part_of(at, value, end):
            return self._scaled_part(at, end, 1 / value)
        return None, at + 1

    def _divisor(self, at: int, kind: Literal["ordinal", "parts"]) -> tuple[Decimal, int]:
        """What a whole is divided into: fifths, a quarter, twenty-firsts. Where there is none the place stays."""
        if self.kind(at) == "tens" and self.kind(at + 1) == kind and self.value(at + 1) < 10:  # noqa: PLR2004
            return self.value(at) + self.value(at + 1), at + 2
        return (self.value(at), at + 1) if self.kind(at) in {kind, "parts"} else (Decimal(1), at)

    def _is_part_of(self, at: int, value: Decimal, end: int) -> bool:
        """A third of, by a third, a hundredth and nothing more; but not by a second."""
        is_by = self.text[max(0, self.all[at].start - 4) : self.all[at].start].lower() == " by "
        is_alone = value > 3 and bool(_CLOSES.match(self.text, self.all[end - 1].end))  # noqa: PLR2004
        return self.kind(end) == "of" or (value > 2 and (is_by or is_alone))  # noqa: PLR2004

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
            value, scale, end = self.scaled(after, self.value(begin))
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
            total, scale, end = self.scaled(begin, value)
            return self._made(at, end, total, scale=scale), end
        return self._made(at, after, value, "fraction"), after

    def _regular(self, at: int) -> tuple[Numeral | None, int]:
        """A cardinal, or what it is the beginning of: two thirds, twenty-first, one in five."""
        value, scale, after = self.cardinal(at)
        if self._is_compound_ordinal(value, after):
            return self._made(at, after + 1, value + self.value(after), "ordinal"), after + 1
        if self._is_large_ordinal(value, at, after):
            return self._made(at, after + 1, value * self.value(after), "ordinal"), after + 1
        divisor, end = self._part(value, after)
        if end > after:
            return self._scaled_part(at, end, value / divisor)
        rest, after = self._rest(after, scale if value == value.to_integral_value() else None)
        value += rest
        if self.kind(after) in {"scale", "hundred"} and scale == 1:
            value, scale, after = self.scaled(after, value)
        if self.kind(after) in {"in", "over"} and self.kind(after + 1) in {"digits", "small", "tens", "a", "hundred"}:
            return self._one_in(at, after, value, scale)
        return self._made(at, after, value, scale=scale), after

    def _rest(self, after: int, scale: Decimal | None) -> tuple[Decimal, int]:
        """What a fraction behind it adds: 10 1/2, two and a half, five and three quarters, five point two."""
        if scale is None:
            return Decimal(0), after
        if self.kind(after) == "fraction":
            return self.value(after), after + 1
        if self.kind(after) == "point" and self.kind(after + 1) in {"small", "tens"}:
            return self._decimals(after + 1)
        return self._joined_part(after, scale) if self.kind(after) == "and" else (Decimal(0), after)

    def _joined_part(self, after: int, scale: Decimal) -> tuple[Decimal, int]:
        """And a half, and three quarters: of the scale before, or of one of their own that is lower."""
        if self.kind(after + 1) not in {"a", "small", "tens"}:
            return Decimal(0), after
        count, begin = self.below_hundred(after + 1)
        if count == 1 and self.kind(begin) == "half":
            part, end = _HALF, begin + 1
        else:
            divisor, end = self._part(count, begin)
            if end == begin:
                return Decimal(0), after
            part = count / divisor
        if self.kind(end) == "scale" and self.value(end) < scale:
            return part * self.value(end), end + 1
        return part * scale, end

    def _decimals(self, at: int) -> tuple[Decimal, int]:
        """Point two five, point eleven."""
        if self.kind(at) == "tens" or self.value(at) >= 10:  # noqa: PLR2004
            value, after = self.below_hundred(at)
            return value / 100, after
        digits = ""
        while self.kind(at) == "small" and self.value(at) < 10 and len(digits) < 9:  # noqa: PLR2004
            digits, at = digits + str(self.value(at)), at + 1
        return Decimal(f"0.{digits}"), at

    def _is_compound_ordinal(self, value: Decimal, after: int) -> bool:
        """twenty-first, two hundred first; but not two second rounds nor $280 million first mortgages."""
        is_word = self.kind(after) == "ordinal" and self.all[after - 1].kind in {"tens", "hundred"}
        return is_word and value % 10 == 0 and self.value(after) < 10 and not self._is_digits(after - 2)  # noqa: PLR2004

    def _is_digits(self, at: int) -> bool:
        return self.kind(at) == "digits"

    def _is_large_ordinal(self, value: Decimal, at: int, after: int) -> bool:
        """Two hundredth; one hundredth is a part."""
        is_ordinal = self.kind(after) == "ordinal" and self.value(after) >= 100  # noqa: PLR2004
        return is_ordinal and not self._is_digits(at) and (value != 1 or self.kind(at) in {"hundred", "scale"})

    def _part(self, value: Decimal, after: int) -> tuple[Decimal, int]:
        """The divisor that makes a number before it a part: two thirds, one fifth, three twenty-firsts."""
        divisor, end = self._divisor(after, "ordinal" if value == 1 else "parts")
        if value <= 0 or divisor <= 2:  # noqa: PLR2004 — one second is a time
            return divisor, after
        return divisor, end

    def _one_in(self, at: int, after: int, value: Decimal, scale: Decimal) -> tuple[Numeral | None, int]:
        whole, _, end = self.cardinal(after + 1)
        is_told = self.kind(after) == "over" and bool(_CLOSES.match(self.text, self.all[end - 1].end))
        is_told = is_told or (self.kind(after) == "in" and (whole in _NEAT or value == 1 < whole <= 100))  # noqa: PLR2004
        if is_told and 0 < value < whole and scale == 1 and value == value.to_integral_value():
            return self._made(at, end, value / whole, "fraction"), end
        return self._made(at, after, value, scale=scale), after
