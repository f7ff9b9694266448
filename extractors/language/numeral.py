"""A number of a text as a value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class Numeral:
    """A number and where it stands. `scale` is what a word such as million multiplied it by."""

    start: int
    end: int
    value: Decimal
    kind: Literal["cardinal", "fraction", "ordinal"] = "cardinal"
    is_vague: bool = False
    scale: Decimal = Decimal(1)
    is_word: bool = True


def rounded(value: Decimal) -> Decimal:
    """To six decimals, without an exponent and without zeros at the end.

    >>> rounded(Decimal(2) / 3), rounded(Decimal("1.50e3"))
    (Decimal('0.666667'), Decimal('1500'))
    """
    short = f"{value:.6f}".rstrip("0").rstrip(".")
    return Decimal("0" if short == "-0" else short)
