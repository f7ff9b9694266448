"""Days and weeks named by another day, week or month: a week from Monday, the third Tuesday of June, 1 May's eve."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from datetime import date, timedelta

from extractors.language.calendar_values import in_unit, shifted
from extractors.language.time_counts import COUNT, NUMBER, ORDINAL, amount, rank
from extractors.language.time_relative import moved, unit_of
from extractors.language.time_rules import (
    MONTH,
    MONTHS,
    PARTS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Found,
    Meaning,
    number_of,
    rule,
)

_WEEK = 7
_STEPS = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1}
_MONTHS_IN = {"year": 12, "decade": 120, "month": 1}


def _coming(found: Found) -> date:
    """The weekday named, from the day of writing on."""
    ahead = (number_of(WEEKDAYS, found["weekday"]) - found.written_on.isoweekday()) % _WEEK
    return found.written_on + timedelta(days=ahead)


def _from_weekday(found: Found) -> Meaning | None:
    """A week from Monday, two weeks from Friday, Wednesday week."""
    count = amount(found["count"]) if found["count"] else 1
    unit = unit_of(found["unit"] or "week")
    at = moved(_coming(found), unit, round(count)) if count else None
    return Meaning("DATE", at.isoformat()) if at else None


def _of_week(found: Found) -> Meaning:
    """Friday last week, last week's Friday."""
    monday = found.written_on - timedelta(days=found.written_on.isoweekday() - 1)
    week = timedelta(days=_WEEK * _STEPS[found["which"]])
    return Meaning("DATE", (monday + week + timedelta(days=number_of(WEEKDAYS, found["weekday"]) - 1)).isoformat())


def _weekday_last(found: Found) -> Meaning:
    back = (found.written_on - _coming(found)).days % _WEEK or _WEEK
    return Meaning("DATE", (found.written_on - timedelta(days=back)).isoformat())


def _before_last(found: Found) -> Meaning | None:
    """The week before last, the year after next."""
    unit = unit_of(found["unit"])
    at = moved(found.written_on, unit, -2 if found["way"] == "before last" else 2)
    return Meaning("DATE", in_unit(at, unit)) if at else None


def _month_meant(found: Found) -> tuple[int, int]:
    """Year and month of a month named; without a year the nearest that tense allows."""
    month, now = number_of(MONTHS, found["month"]), found.written_on
    if found["year"]:
        return int(found["year"]), month
    ahead = (month - now.month) % 12
    is_coming = found.direction > 0 or (found.direction == 0 and ahead <= 6)  # noqa: PLR2004 — half a year
    steps = ahead if is_coming else ahead - 12 if ahead else 0
    return now.year + (now.month + steps - 1) // 12, month


def _nth_weekday(found: Found) -> Meaning | None:
    """The third Tuesday of June, the last Sunday in October."""
    year, month = _month_meant(found)
    first = date(year, month, 1)
    to_first = timedelta(days=(number_of(WEEKDAYS, found["weekday"]) - first.isoweekday()) % _WEEK)
    days = [first + to_first + timedelta(days=_WEEK * at) for at in range(5)]
    days = [day for day in days if day.month == month]
    place = len(days) if found["rank"] == "last" else rank(found["rank"])
    return Meaning("DATE", days[place - 1].isoformat()) if 0 < place <= len(days) else None


def _nth_week(found: Found) -> Meaning | None:
    """The first week of May is the one that most of its first seven days lie in; the last one ends with the month."""
    year, month = _month_meant(found)
    first = date(year, month, 1)
    if found["rank"] == "last":
        return Meaning("DATE", in_unit(shifted(first, "month", 1) - timedelta(days=4), "week"))
    place = rank(found["rank"])
    at = first + timedelta(days=_WEEK * place - 4)
    return Meaning("DATE", in_unit(at, "week")) if place <= 5 else None  # noqa: PLR2004 — no month has six


def _day_meant(found: Found) -> date | None:
    """The day and month named, in the nearest year."""
    years = [int(found["year"])] if found["year"] else [found.written_on.year + step for step in (-1, 0, 1)]
    days: list[date] = []
    for year in years:
        try:
            days.append(
                date(year, number_of(MONTHS, found["month"] or found["month2"]), int(found["day"] or found["day2"]))
            )
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - found.written_on), default=None)


def _week_of(found: Found) -> Meaning | None:
    day = _day_meant(found)
    return Meaning("DATE", in_unit(day, "week")) if day else None


def _part_of(found: Found) -> Meaning | None:
    day = _day_meant(found)
    return Meaning("TIME", f"{day.isoformat()}T{PARTS[found['part']]}") if day else None


def _eve(found: Found) -> Meaning | None:
    day = _day_meant(found)
    return Meaning("DATE", (day - timedelta(days=1)).isoformat()) if day else None


def _half_ago(found: Found) -> Meaning | None:
    """A year and a half ago, six and a half months ago: to the month, or the day where days were counted."""
    unit = found["whole"] or unit_of(found["unit"])
    count = (amount(found["count"]) or 1) + 0.5
    sign = 1 if found["way"] in ("later", "from now") else -1
    if unit in _MONTHS_IN and count * _MONTHS_IN[unit] >= 2:  # noqa: PLR2004 — of a month and a half days are told
        at, fine = moved(found.written_on, "month", sign * int(count * _MONTHS_IN[unit])), "month"
    else:
        days = {"month": 30, "week": 7, "day": 1}.get(unit)
        at, fine = (moved(found.written_on, "day", sign * int(count * days)) if days else None), "day"
    return Meaning("DATE", in_unit(at, fine)) if at else None


def _weekday_of_more(found: Found) -> Meaning:
    """Monday, of Monday and Tuesday nights."""
    part = f"T{PARTS[found['part'].removesuffix('s')]}" if found["part"] else ""
    return Meaning("SET", f"XXXX-WXX-{number_of(WEEKDAYS, found['weekday'])}{part}")


_UNITS = r"(?P<unit>days?|weeks?|months?|years?)"
_MANY = r"(?P<part>mornings|afternoons|evenings|nights)"
_WHICH = r"(?P<which>(?i:last|this|next|previous|coming|following))"
_MONTH_YEAR = rf"(?:of|in)\s(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?"
_DATE = (
    rf"(?:(?P<month>{MONTH})\s(?P<day>3[01]|[12]\d|0?[1-9])|(?P<day2>3[01]|[12]\d|0?[1-9])\s(?P<month2>{MONTH}))"
    rf"(?!\d|[-–]\d)(?:,?\s(?P<year>{YEAR}))?"
)

RULES = (
    rule("weekday", rf"(?i:(?P<count>{COUNT})\s{_UNITS}\sfrom\s)(?P<weekday>{WEEKDAY})", _from_weekday),
    rule("weekday", rf"(?P<weekday>{WEEKDAY})\sweek(?=[.,;)]|$)", _from_weekday),
    rule("weekday", rf"(?P<weekday>{WEEKDAY})(?:\sof)?\s{_WHICH}\s(?i:week)(?!['’]s)", _of_week),
    rule("weekday", rf"{_WHICH}\s(?i:week)['’]s\s(?P<weekday>{WEEKDAY})", _of_week),
    rule("weekday", rf"(?P<weekday>{WEEKDAY})\slast(?=[.,;)]|$)", _weekday_last),
    rule(
        "weekday_of_month",
        rf"(?i:the\s)?(?P<rank>(?i:last|{ORDINAL}))\s(?P<weekday>{WEEKDAY})\s{_MONTH_YEAR}",
        _nth_weekday,
    ),
    rule("week_of_month", rf"(?i:(?:the\s)?(?P<rank>last|{ORDINAL})\sweek)\s{_MONTH_YEAR}", _nth_week),
    rule("week_of_day", rf"(?i:(?:the\s)?week\s(?:of|beginning|starting)\s){_DATE}", _week_of),
    rule("part_of_day", rf"(?i:(?:the\s)?(?P<part>morning|afternoon|evening|night)\sof\s){_DATE}", _part_of),
    rule("eve", rf"(?i:(?:the\s)?eve\sof\s){_DATE}", _eve),
    rule(
        "relative_unit",
        r"(?i:(?:the\s)?(?P<unit>weekend|week|month|year)\s(?P<way>before\slast|after\snext))",
        _before_last,
    ),
    rule(
        "counted_from",
        rf"(?i:(?:(?P<count>{NUMBER})\sand\sa\shalf\s(?P<unit>days|weeks|months|years|decades)"
        r"|an?\s(?P<whole>month|year|decade)\sand\sa\shalf)\s(?P<way>ago|earlier|later|from\snow))",
        _half_ago,
    ),
    rule(
        "weekdays",
        rf"(?P<weekday>{WEEKDAY})(?=,?\s(?:(?:and|or)\s)?{WEEKDAY}(?:\s(?:and|or)\s{WEEKDAY})?\s{_MANY})",
        _weekday_of_more,
    ),
)
