"""TIMEX3 calendar values and the days they cover: `2024`, `2024-03`, `2024-W13`, `2024-Q3`, `2024-SU`, `199`, `18`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

Granularity = Literal[
    "century",
    "decade",
    "year",
    "half",
    "quarter",
    "season",
    "month",
    "week",
    "weekend",
    "day",
    "hour",
    "minute",
    "second",
]
Days = tuple[date, date]

_DAY = timedelta(days=1)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; meteorological, northern
_FORMS: tuple[tuple[Granularity, re.Pattern[str]], ...] = (
    ("minute", re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T\d\d:\d\d.*")),
    ("hour", re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T.+")),
    ("day", re.compile(r"(?P<day>\d{4}-\d\d-\d\d)")),
    ("month", re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")),
    ("weekend", re.compile(r"(?P<year>\d{4})-W(?P<week>\d\d)-(?P<weekend>WE)")),
    ("week", re.compile(r"(?P<year>\d{4})-W(?P<week>\d\d)")),
    ("quarter", re.compile(r"(?P<year>\d{4})-Q(?P<quarter>[1-4])")),
    ("half", re.compile(r"(?P<year>\d{4})-H(?P<half>[12])")),
    ("season", re.compile(r"(?P<year>\d{4})-(?P<season>SP|SU|FA|WI)")),
    ("year", re.compile(r"(?P<year>\d{4})")),
    ("decade", re.compile(r"(?P<decade>\d{3})")),
    ("century", re.compile(r"(?P<century>\d{2})")),
)


def granularity(value: str) -> Granularity | None:
    """How fine a calendar value is; None for durations, sets and references such as PRESENT_REF."""
    first = value.partition("/")[0]
    return next((name for name, form in _FORMS if form.fullmatch(first)), None)


def days(value: str) -> Days | None:
    """First and last day of a calendar value, both included; None where it names none.

    >>> [day.isoformat() for day in days("2024-W13")]
    ['2024-03-25', '2024-03-31']
    """
    first, _, last = value.partition("/")
    if last:
        start, end = days(first), days(last)
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None
    for _, form in _FORMS:
        match = form.fullmatch(value)
        if match:
            return _covered({key: text for key, text in match.groupdict().items() if text})
    return None


def _covered(parts: dict[str, str]) -> Days | None:
    try:
        return _days_of(parts)
    except (ValueError, OverflowError):
        return None


def _days_of(parts: dict[str, str]) -> Days:
    if "day" in parts:
        day = date.fromisoformat(parts["day"])
        return day, day
    if "decade" in parts:
        return _years(int(parts["decade"]) * 10, 10)
    if "century" in parts:
        return _years(int(parts["century"]) * 100, 100)
    year = int(parts["year"])
    if "week" in parts:
        week = date.fromisocalendar(year, int(parts["week"]), 1)
        return (week + 5 * _DAY if "weekend" in parts else week), week + 6 * _DAY
    return _months(year, *_part_of_year(parts))


def _part_of_year(parts: dict[str, str]) -> tuple[int, int]:
    """First month and months of what a value names within its year."""
    if "season" in parts:
        return _SEASONS[parts["season"]], 3
    for name, months in (("month", 1), ("quarter", 3), ("half", 6)):
        if name in parts:
            return (int(parts[name]) - 1) * months + 1, months
    return 1, 12


def _years(year: int, count: int) -> Days:
    return date(year, 1, 1), date(year + count - 1, 12, 31)


def _months(year: int, month: int, count: int) -> Days:
    following = year * 12 + month - 1 + count
    return date(year, month, 1), date(following // 12, following % 12 + 1, 1) - _DAY


def weekend(day: date) -> str:
    """The value of the weekend in the ISO week of a day."""
    return f"{week(day)}-WE"


def week(day: date) -> str:
    """The value of the ISO week a day lies in."""
    return f"{day.isocalendar().year:04}-W{day.isocalendar().week:02}"


def quarter(day: date) -> str:
    """The value of the quarter a day lies in."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def season_start(season: str) -> int:
    """First month of SP, SU, FA or WI."""
    return _SEASONS[season]


def shifted_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month.

    >>> shifted_months(date(2024, 3, 31), -1).isoformat()
    '2024-02-29'
    """
    at = day.year * 12 + day.month - 1 + months
    last = (date(at // 12 + (at % 12 == 11), (at + 1) % 12 + 1, 1) - _DAY).day  # noqa: PLR2004 — December
    return date(at // 12, at % 12 + 1, min(day.day, last))


def in_unit(day: date, unit: str) -> str:
    """The value of the day, week, month, quarter, year, decade or century that a day lies in."""
    if unit in ("week", "weekend", "quarter"):
        return {"week": week, "weekend": weekend, "quarter": quarter}[unit](day)
    return day.isoformat()[: _DIGITS_OF.get(unit, 10)]


def shifted(day: date, unit: str, count: int) -> date:
    """The day so many units on."""
    if unit in _MONTHS_OF:
        return shifted_months(day, _MONTHS_OF[unit] * count)
    return day + timedelta(days=_DAYS_OF.get(unit, 1) * count)


_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_DIGITS_OF = {"month": 7, "year": 4, "decade": 3, "century": 2}  # of an ISO day
_DAYS_OF = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
