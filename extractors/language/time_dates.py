"""Dates that a text writes out: days, months, years, decades and centuries."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from datetime import date

from extractors.language.time_counts import NUMBER, ORDINAL, amount, rank
from extractors.language.time_rules import (
    ANY_WEEKDAY,
    LONG_MONTH,
    MONTH,
    MONTHS,
    WEEKDAYS,
    YEAR,
    Found,
    Meaning,
    either,
    number_of,
    rule,
)

_DAY_NUMBER = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:/]\d|\s?%)"
_YEAR = rf"(?:,?\s(?P<year>{YEAR}))?"
_CLOSE_DAYS = 60  # a day without a year is the nearest one, whatever the tense
_CLOSE_MONTHS = 2
_TO = r"\s?(?:-|–|—|to|through|until|and)\s?"
# April Okello and June Haddad are no months; "in April Congress met" is read for its preposition
_NO_NAME = r"(?!\s[A-Z][a-z]+(?:,|\s[A-Z][a-z]+|\s(?:said|told|was|is)\b)|['’]s\s[A-Z]|,\s\d\d\b)"
_NAME_FOLLOWS = re.compile(r"\s[A-Z][a-z]")
_YEAR_FOLLOWS = re.compile(r"\s(?:of\s)?(?:last|next|this)\syear\b")
_TIME_PREPOSITION = re.compile(r"\b(?:in|since|until|till|late|early|during|mid-)\s?$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|by|since|of|from|until|till|to|late|early|during|before|after|through|for|and|or|between|around|mid-)[\s]?$",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?!\s(?:people|persons?|men|women|children|troops|soldiers|workers|employees|jobs|dollars|euros|pounds|yen|points"
    r"|feet|miles|acres|tons|tonnes|barrels|shares|votes|seats|homes|houses|copies|years|days|hours|meters|metres|km"
    r"|million|billion|others|members|refugees|dead|percent|or\sso|civilians|students|vehicles|pages|units|times)\b)"
)


def _iso(found: Found) -> Meaning | None:
    value = f"{found['y']}-{found['m']}-{found['d']}"
    if not _valid(int(found["y"]), int(found["m"]), int(found["d"])):
        return None
    return Meaning("TIME", f"{value}T{found['clock'].upper()}") if found["clock"] else Meaning("DATE", value)


def _slashed(found: Found) -> Meaning | None:
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    readings = {day for day in (_valid(year, first, second), _valid(year, second, first)) if day}
    return Meaning("DATE", readings.pop().isoformat()) if len(readings) == 1 else None  # 3/4 reads two ways


def _day(found: Found) -> Meaning | None:
    day = _which_day(found, number_of(MONTHS, found["month"]), int(found["day"]))
    if day is None:
        return None
    until = found["until"]
    if not until:
        return Meaning("DATE", day.isoformat())
    month = number_of(MONTHS, found["month_until"]) if found["month_until"] else day.month
    last = _valid(day.year, month, int(until))
    return Meaning("DATE", f"{day}/{last}") if last and last > day else Meaning("DATE", day.isoformat())


def _which_day(found: Found, month: int, day: int) -> date | None:
    if found["year"]:
        return _valid(int(found["year"]), month, day)
    weekday = WEEKDAYS.get(found["weekday"].rstrip(".").capitalize())
    near = [found.written_on.year + step for step in (-1, 0, 1)]
    days = [each for year in near if (each := _valid(year, month, day))]
    days = [each for each in days if each.isoweekday() == weekday] or days
    nearest = min((abs(each - found.written_on).days for each in days), default=0)
    if found.direction and nearest > _CLOSE_DAYS:
        seen = [each for each in days if (each - found.written_on).days * found.direction >= 0]
        days = seen or days
    return min(days, key=lambda each: abs(each - found.written_on), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bare_month(found: Found) -> Meaning | None:
    text, (start, end) = found.match.string, found.match.span()
    is_name = _NAME_FOLLOWS.match(text, end)
    introduced = (_TIME_PREPOSITION if is_name else _PREPOSITION).search(text[max(0, start - 12) : start])
    is_ambiguous = is_name or found["month"].rstrip(".") in ("march", "may", "mar", "sep")
    if is_ambiguous and not introduced and not _YEAR_FOLLOWS.match(text, end):
        return None
    return _month(found)


def _month(found: Found) -> Meaning:
    month = number_of(MONTHS, found["month"])
    if found["year"]:
        return Meaning("DATE", f"{found['year']}-{month:02}")
    which = found["which"]
    year, now = found.written_on.year, found.written_on.month
    is_near = 0 < (month - now) % 12 <= _CLOSE_MONTHS
    if which in ("next", "coming") or (not which and (found.direction > 0 or is_near)):
        year += month < now or (which == "next" and month == now)
    elif which in ("last", "this past", "past") or which != "this":
        year -= month > now or (which == "last" and month == now)
    return Meaning("DATE", f"{year:04}-{month:02}")


def _year(found: Found) -> Meaning:
    year, until = found["year"], found["until"]
    if not until:
        return Meaning("DATE", year)
    last = year[: 4 - len(until)] + until
    return Meaning("DATE", f"{year}/{last}" if last > year else year)


def _spoken_year(found: Found) -> Meaning:
    high = amount(found["high"]) if found["high"] else 20
    low = amount(found["low"]) if found["low"] not in ("", "hundred") else 0
    return Meaning("DATE", f"{int(high or 0) * 100 + int(low or 0):04}")


def _short_year(found: Found) -> Meaning:
    return Meaning("DATE", f"{19 if int(found['yy']) > found.written_on.year % 100 else 20}{found['yy']}")


def _decade(found: Found) -> Meaning:
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    if found["name"]:
        return Meaning("DATE", f"19{names.index(found['name']) + 2}")
    digits = found["decade"]
    return Meaning("DATE", digits[:3] if len(digits) == 4 else f"19{digits[0]}")  # noqa: PLR2004 — a full year


def _century(found: Found) -> Meaning:
    return Meaning("DATE", f"{rank(found['rank']) - 1:02}")


_WHICH = r"(?:(?P<which>(?i:last|next|this\spast|this|coming))\s)?"

RULES = (
    rule("iso_date", r"(?P<y>\d{4})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:T(?P<clock>\d\d:\d\d(?::\d\d)?Z?))?", _iso),
    rule("slashed_date", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d\d)", _slashed),
    rule(
        "written_day",
        rf"(?:(?P<weekday>{ANY_WEEKDAY}),?\s)?(?P<month>{MONTH})\s(?:(?i:the)\s)?{_DAY_NUMBER}"
        rf"(?:{_TO}(?:(?P<month_until>{MONTH})\s)?(?P<until>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:/]\d|\s?%))?{_YEAR}",
        _day,
    ),
    rule(
        "written_day",
        rf"(?:(?P<weekday>{ANY_WEEKDAY}),?\s)?(?:(?i:the)\s)?(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{MONTH}){_YEAR}",
        _day,
    ),
    rule("month", rf"{_WHICH}(?P<month>{MONTH}),?\s(?:of\s)?(?P<year>{YEAR})", _month),
    rule("month", rf"(?P<which>(?i:last|next|this\spast|this|coming))\s(?P<month>{MONTH})", _month),
    rule("month", rf"(?P<month>{LONG_MONTH}|(?:{either(MONTHS)})\.){_NO_NAME}", _bare_month),
    rule("year_range", rf"(?P<year>{YEAR})\s?[-–—/]\s?(?P<until>(?:(?:19|20)\d\d|\d\d))(?![\d-])", _year),
    rule("year", rf"(?:(?i:the\syear|the\sfiscal\syear|fiscal)\s)?(?P<year>{YEAR}){_COUNTED}(?![-–]\w|\sx\s|/)", _year),
    rule(
        "year",
        rf"(?i:(?P<high>nineteen|eighteen)\s(?P<low>(?:hundred|{NUMBER})))(?!\s(?:hundred|year|percent|people))",
        _spoken_year,
    ),
    rule("year", rf"(?i:the\syear\stwo\sthousand(?:\s(?:and\s)?(?P<low>{NUMBER}))?(?P<high>))", _spoken_year),
    rule("year", r"['’‘](?P<yy>\d\d)(?![\ds'’])", _short_year),
    rule("decade", r"(?:(?i:the)\s)?(?:['’‘])?(?P<decade>(?:1[5-9]|20)\d0|[1-9]0)['’]?s", _decade),
    rule(
        "decade",
        r"(?i:the\s(?:(?:early|mid|late)[\s-])?(?P<name>(?:twen|thir|for|fif|six|seven|eigh|nine)ties))",
        _decade,
    ),
    rule("century", rf"(?i:(?:the\s)?(?P<rank>{ORDINAL})[\s-]century)", _century),
)
