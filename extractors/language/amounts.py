"""Numbers with what belongs to them: the unit, the hedge, the other end of a range."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.language.comparators import Comparator, comparator_after, comparator_before
from extractors.language.no_figures import NoFigures, is_year
from extractors.language.numeral import Numeral, rounded
from extractors.language.numerals import numerals
from extractors.language.units import Unit, money_before, unit_after

AmountType = Literal["count", "percent", "fraction", "money", "duration", "measure", "age", "ordinal"]
_RANGE = re.compile(r"[ ]?[-–—~][ ]?|[ ](?:to|or)[ ]|-(?:to|or)-")
_AND = re.compile(r"[ ]and[ ]")
_BETWEEN = re.compile(r"\b(?:between|from)[ ]$", re.IGNORECASE)
_CHANGED_FROM = re.compile(
    r"\b(?:r[oi]se|risen|rising|fell|fall\w*|grew|grow\w*|increas\w+|decreas\w+|declin\w+|dropp\w+|drop|climb\w+|cut\w*"
    r"|rais\w+|jump\w+|slipp\w+|lower\w+|reduc\w+|up|down|went|chang\w+|mov\w+|soar\w+)\b[^.;]{0,30}\bfrom[ ]$",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged?|ages|age of|the ages? of|between the ages of)[ ](?:between[ ])?$", re.IGNORECASE)
_NAME_COMMA = re.compile(
    r"(?:^|[^\w])(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?, $)[A-Z][\w'’.-]*, $"
)
_CLOSES_AGE = re.compile(r"[,;)]|\.(?:\s|$)|$")
_BARE_HALF = re.compile(r"(?<!\band )\ba half$", re.IGNORECASE)
_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>(?:minus|negative)[ ]|[-−])$", re.IGNORECASE)
_OVER_TIME = re.compile(r"\bover$", re.IGNORECASE)
_LETTER_BEFORE = re.compile(r"\w$")
_ONE = re.compile(r"one", re.IGNORECASE)
_ARTICLE = re.compile(r"[ ](?:of[ ])?an?(?=[ ])")
_PART_OF = re.compile(r"[ ](?:of\b|people\b|the\b|its\b|their\b|his\b|her\b|our\b|all\b|as\b)")
_ORDINAL_NOUN = re.compile(r"[ -][^\W\d_]")
_RANKED = re.compile(r"\b(?:the|finish(?:ed)?|came|come|placed?|ranked)[ ]$", re.IGNORECASE)
_OLDEST = 120


@dataclass(frozen=True)
class Amount:
    """A number, its unit and hedge; `number_end` is where the number itself ends, `start` and `end` hold everything."""

    start: int
    end: int
    number_end: int
    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    type: AmountType
    unit: Unit | None
    is_bare_one: bool
    is_adverb: bool  # first, second: without a noun they tell in which order, not which one


def amounts(text: str) -> list[Amount]:
    """The amounts of a text in order, apart from each other; numbers that count nothing are left out."""
    return list(_Amounts(text).all())


class _Amounts:
    def __init__(self, text: str) -> None:
        self.text, self.numbers, self.left_out = text, numerals(text), NoFigures(text)

    def all(self) -> Iterator[Amount]:
        at = end = 0
        while at < len(self.numbers):
            number, other = self.numbers[at], self._other_end(at)
            if other is None and self._is_result(at):
                at += 2
                continue
            at += 2 if other else 1
            if number.start < end or self._is_left_out(number) or (other and self._is_left_out(other)):
                continue
            amount = self._amount(number, other, end)
            if amount is not None:
                end = amount.end
                yield amount

    def _is_left_out(self, number: Numeral) -> bool:
        text = self.text
        if self.left_out.cover(number.start):
            return True
        money = money_before(text, number.start)
        if money is None and _LETTER_BEFORE.search(text[max(0, number.start - 1) : number.start]):
            return True
        if number.is_word or money:
            return False
        following = text[number.end : number.end + 1]
        if is_year(text, number.start, number.end, number.value):
            return not unit_after(text, number.end) or following == "-"
        return following.isalpha() and unit_after(text, number.end) is None

    def _other_end(self, at: int) -> Numeral | None:
        """The number that ends a range begun by this one."""
        if at + 1 == len(self.numbers):
            return None
        low, high = self.numbers[at], self.numbers[at + 1]
        if "ordinal" in {low.kind, high.kind} or low.is_vague or high.is_vague:
            return None
        unit, other = unit_after(self.text, low.end), unit_after(self.text, high.end)
        if unit and not (other and other.type == unit.type):
            return None
        begin = unit.end if unit else low.end
        money = money_before(self.text, high.start)
        gap = self.text[begin : money.start if money else high.start]
        before = self.text[max(0, self._begin(low) - 60) : self._begin(low)]
        is_range = _RANGE.fullmatch(gap) or (_AND.fullmatch(gap) and before.lower().endswith("between "))
        if not is_range or _CHANGED_FROM.search(before):
            return None
        return high if self._lower(low, high) < high.value else None

    def _is_result(self, at: int) -> bool:
        """52-48: two numbers joined by a hyphen of which the first is no lower."""
        if at + 1 == len(self.numbers) or self.numbers[at].is_word or self.numbers[at + 1].is_word:
            return False
        first, second = self.numbers[at], self.numbers[at + 1]
        return self.text[first.end : second.start] in {"-", "–"} and first.value >= second.value

    def _unit_end(self, number: Numeral) -> int:
        unit = unit_after(self.text, number.end)
        return unit.end if unit else number.end

    def _begin(self, number: Numeral) -> int:
        money = money_before(self.text, number.start)
        return money.start if money else number.start

    def _lower(self, low: Numeral, high: Numeral) -> Decimal:
        """10 to 12 million: the scale of the higher number counts for both."""
        is_shared = low.scale == 1 and high.scale > 1 and low.value * high.scale < high.value and low.value < 1000  # noqa: PLR2004
        return rounded(low.value * high.scale) if is_shared and self._unit_end(low) == low.end else low.value

    def _amount(self, number: Numeral, other: Numeral | None, floor: int) -> Amount | None:
        final = other or number
        unit = money_before(self.text, number.start) or self._unit(final)
        start = min(number.start, unit.start) if unit else number.start
        end = max(final.end, unit.end) if unit else final.end
        kind = self._type(number, start, end, unit)
        if kind is None:
            return None
        scale = unit.scale if unit else 1
        value, start = self._signed(number, scale * (self._lower(number, other) if other else number.value), start)
        if other and (match := _BETWEEN.search(self.text[max(0, start - 9) : start])):
            start -= len(match.group())
        hedge, start, end = self._hedge(kind, number, start, end, floor)
        return Amount(
            start, end, final.end, value, scale * other.value if other else None, hedge, kind, unit,
            is_bare_one=kind == "count" and value > 0 and bool(_ONE.fullmatch(self.text, number.start, number.end)),
            is_adverb=number.is_word and value <= 2 and not _RANKED.search(self.text[max(0, start - 12) : start]),  # noqa: PLR2004
        )  # fmt: skip

    def _unit(self, number: Numeral) -> Unit | None:
        end = number.end
        if number.kind == "fraction" and (match := _ARTICLE.match(self.text, end)):
            return unit_after(self.text, match.end())
        if self.text[number.start : number.end].lower().endswith("half") and (match := _ARTICLE.match(self.text, end)):
            end = match.end()
        return unit_after(self.text, end, is_large=number.scale >= 1000 or number.value >= 10**5)  # noqa: PLR2004

    def _type(self, number: Numeral, start: int, end: int, unit: Unit | None) -> AmountType | None:
        if number.kind == "ordinal":
            is_told = not number.is_word or number.value > 2 or _ORDINAL_NOUN.match(self.text, number.end)  # noqa: PLR2004
            is_told = is_told or _RANKED.search(self.text[max(0, start - 12) : start])
            return "ordinal" if is_told else None
        if unit:
            return unit.type
        if number.kind == "fraction":
            is_half = self.text[number.start : number.end].lower() in {"half", "a half"}
            return "fraction" if not is_half or self._is_half_of(number) else None
        return "age" if self._is_age(number, start, end) else "count"

    def _is_half_of(self, number: Numeral) -> bool:
        """Half the seats; a half and nothing more; but not an hour and a half, nor the first half."""
        is_alone = _BARE_HALF.search(self.text[max(0, number.start - 7) : number.end])
        return bool(_PART_OF.match(self.text, number.end) or (is_alone and _CLOSES_AGE.match(self.text, number.end)))

    def _is_age(self, number: Numeral, start: int, end: int) -> bool:
        if not 0 < number.value < _OLDEST or number.is_vague:
            return False
        before = self.text[max(0, start - 40) : start]
        if _AGED.search(before):
            return True
        return not number.is_word and bool(_NAME_COMMA.search(before) and _CLOSES_AGE.match(self.text, end))

    def _signed(self, number: Numeral, value: Decimal, start: int) -> tuple[Decimal, int]:
        match = _MINUS.search(self.text[max(0, start - 10) : start])
        if match is None or number.kind == "ordinal":
            return value, start
        return -value, start - len(match["sign"])

    def _hedge(self, kind: str, number: Numeral, start: int, end: int, floor: int) -> tuple[Comparator, int, int]:
        plain: Comparator = "~" if number.is_vague else "="
        if kind == "ordinal":
            return plain, start, end
        before = comparator_before(self.text, start)
        if before and before[1] >= floor and not (kind == "duration" and self._means_during(before[1], start)):
            return before[0], before[1], end
        if after := comparator_after(self.text, end):
            return after[0], start, after[1]
        return plain, start, end

    def _means_during(self, begin: int, start: int) -> bool:
        """Over three days: while they lasted, not for longer."""
        return (
            bool(_OVER_TIME.fullmatch(self.text[begin:start].strip()))
            and self.text[max(0, begin - 4) : begin].lower() != "for "
        )
