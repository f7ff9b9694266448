"""Amounts told in two units that are one: three dollars and 50 cents, 5 feet 2 inches, two hours, 15 dollars 50."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.language.amounts import Amount
from extractors.language.numeral import rounded

_JOIN = re.compile(r"[ ](?:and[ ])?|,[ ](?:and[ ])?|")
_CLOSES = re.compile(r"[ ]?(?:[.,;:!?)\"]|$)", re.MULTILINE)
_INCHES = re.compile(r"[ ]in\b(?=[ ]?(?:[.,;)]|tall|long|wide|high|deep|$))")
_WITH_CENTS = frozenset({"dollar", "euro", "pound"})
_IN_ONE = {
    ("dollar", "cent"): 100,
    ("euro", "cent"): 100,
    ("pound", "penny"): 100,
    ("foot", "inch"): 12,
    ("pound", "ounce"): 16,
    ("metre", "centimetre"): 100,
    ("kilometre", "metre"): 1000,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
    ("year", "month"): 12,
}


def compounded(text: str, found: Iterable[Amount]) -> Iterator[Amount]:
    """The amounts with each pair of units that is one amount put together."""
    last: Amount | None = None
    for each in found:
        whole = _whole(text, last, each) if last else None
        if last and whole is None:
            yield last
        last = whole or each
    if last:
        yield last


def _whole(text: str, large: Amount, small: Amount) -> Amount | None:
    if not large.unit or large.value_max or small.value_max or small.comparator != "=":
        return None
    parts = _IN_ONE.get((large.unit.name, small.unit.name)) if small.unit else _small_change(text, large, small)
    if parts is None or not 0 <= small.value < parts or not _JOIN.fullmatch(text, large.end, small.start):
        return None
    value = rounded(large.value + small.value / Decimal(parts))
    inches = _INCHES.match(text, small.end) if parts == _IN_ONE["foot", "inch"] else None
    return replace(large, value=value, end=inches.end() if inches else small.end, number_end=small.number_end)


def _small_change(text: str, large: Amount, small: Amount) -> int | None:
    """How many of what is left unsaid make one: 15 dollars 50, with nothing after that it could count."""
    if large.unit and large.unit.name == "foot" and small.type == "count" and _INCHES.match(text, small.end):
        return _IN_ONE["foot", "inch"]
    is_change = small.type == "count" and 10 <= small.value < 100 and bool(_CLOSES.match(text, small.end))  # noqa: PLR2004
    is_whole = large.value == large.value.to_integral_value() and large.unit is not None
    return 100 if is_change and is_whole and large.unit and large.unit.name in _WITH_CENTS else None
