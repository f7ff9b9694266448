"""Parts of a year that go by a name: quarters, halves, seasons and a few holidays."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.easter import easter

from extractors.language.calendar_values import quarter, season_start
from extractors.language.time_counts import rank
from extractors.language.time_rules import SEASONS, YEAR, Found, Meaning, rule

_LAST_WINTRY = 4
_FROM_EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}


def _quarter(found: Found) -> Meaning:
    number = int(found["q"]) if found["q"] else rank(found["rank"])
    year = int(found["year"] or found["year_before"] or found.written_on.year)
    if not (found["year"] or found["year_before"]) and f"{year}-Q{number}" > quarter(found.written_on):
        year -= found.direction <= 0 and number - int(quarter(found.written_on)[-1]) > 1
    return Meaning("DATE", f"{year:04}-Q{number}")


def _half(found: Found) -> Meaning:
    number = 1 if found["rank"] == "first" else 2
    return Meaning("DATE", f"{found['year'] or found.written_on.year}-H{number}")


def _season(found: Found) -> Meaning:
    season, which, now = SEASONS[found["season"]], found["which"], found.written_on
    if found["year"]:
        return Meaning("DATE", f"{found['year']}-{season}")
    first = season_start(season)
    is_running = first <= now.month < first + 3
    year = now.year
    if season == "WI":  # a winter carries its December's year; until spring is well on, this winter is the last
        is_running = now.month in (12, 1, 2)
        year -= now.month <= _LAST_WINTRY
    if which in ("last", "this past", "past"):
        year -= is_running or (season != "WI" and first > now.month) or (season == "WI" and now.month > _LAST_WINTRY)
    elif which in ("next", "coming", "this coming"):
        year += (season == "WI" and now.month in (1, 2, 3, 4, 12)) or (season != "WI" and first <= now.month)
    return Meaning("DATE", f"{year:04}-{season}")


def _holiday(found: Found) -> Meaning:
    name, year = re.sub("['’]s", "", found["name"]), found.written_on.year
    days = {each: _feast(name, each) for each in (year - 1, year, year + 1)}
    near = min(days.values(), key=lambda day: abs(day - found.written_on))
    return Meaning("DATE", (_feast(name, int(found["year"])) if found["year"] else near).isoformat())


def _feast(name: str, year: int) -> date:
    if name.startswith("thanksgiving"):
        first = date(year, 11, 1)
        return first + timedelta(days=(3 - first.weekday()) % 7 + 21)
    if (after := _FROM_EASTER.get(name)) is not None:
        return easter(year) + timedelta(days=after)
    fixed = {
        "christmas eve": (12, 24),
        "new year eve": (12, 31),
        "halloween": (10, 31),
        "new year": (1, 1),
        "valentine": (2, 14),
        "may day": (5, 1),
    }
    return date(year, *fixed.get(name, (12, 25)))


_YEAR = rf"(?:,?\s(?P<year>{YEAR}))?"
_OF_YEAR = rf"(?:,?\s(?:(?:of|in)\s)?(?:(?i:fiscal|the\syear)\s)?(?P<year>{YEAR}))?"
_SEASON = r"(?P<season>spring|summer|fall|autumn|winter)"

RULES = (
    rule(
        "quarter",
        rf"(?i:(?:the\s(?:latest\s)?(?!\S{{1,7}}-))?(?:(?:fiscal|(?P<year_before>(?:19|20)\d\d))[\s-])?"
        rf"(?P<rank>first|second|third|fourth|[1-4](?:st|nd|rd|th))(?:\sfiscal|\scalendar)?[\s-]quarter){_OF_YEAR}",
        _quarter,
    ),
    rule("quarter", rf"Q(?P<q>[1-4]){_OF_YEAR}", _quarter),
    rule("half", rf"(?i:the\s(?P<rank>first|second|last)[\s-]half)\sof\s(?P<year>{YEAR})", _half),
    rule("season", rf"(?i:(?P<which>last|next|this\spast|this\scoming|this|coming)\s{_SEASON})", _season),
    rule("season", rf"(?i:(?:the\s)?{_SEASON})(?:\sof)?,?\s(?P<year>{YEAR})", _season),
    rule("season", r"(?i:(?:the\s)?(?P<season>summer|autumn|winter))(?!\s[A-Z])", _season),
    rule("season", r"(?i:the\s(?P<season>spring|fall))(?!\s[A-Z]|\sof|-)", _season),
    rule(
        "holiday",
        r"(?P<name>Christmas\sEve|Christmas|Good\sFriday|Easter\sSunday|Easter\sMonday|Easter(?!\s[A-Z])|New\sYear['’]s\sEve|Thanksgiving|Halloween|New\sYear['’]s|Valentine['’]s|May\sDay)"
        rf"(?:\sDay)?{_YEAR}",
        _holiday,
    ),
)
