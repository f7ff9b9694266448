"""Days that a text names from where it stands: today, Friday, last week, two months ago, the following year."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from datetime import date, timedelta

from extractors.language.calendar_values import in_unit, shifted
from extractors.language.time_counts import COUNT, amount
from extractors.language.time_rules import PART, PARTS, WEEKDAY, WEEKDAYS, Found, Meaning, number_of, rule

_UNIT = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)"
_UNITS = r"(?P<unit>days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"
_STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1, "upcoming": 1}
_HOURS = 24
_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def unit_of(word: str) -> str:
    """The unit a word stands for: years, centuries."""
    return "century" if word.startswith("centur") else word.rstrip("s")


def part_of(words: str) -> str:
    """TIMEX3's letters for a part of the day."""
    return PARTS[words.replace("mid", "").replace("-", " ").split()[-1]]


def _at(day: date, part: str) -> Meaning:
    if not part:
        return Meaning("DATE", day.isoformat())
    mod = "START" if part.startswith("early") else "END" if part.startswith("late") else None
    return Meaning("TIME", f"{day.isoformat()}T{part_of(part)}", mod or ("MID" if part.startswith("mid") else None))


def _deictic(found: Found) -> Meaning:
    word = found["word"]
    if word in ("today's", "nowadays"):
        return Meaning("DATE", found.written_on.isoformat())
    day = found.written_on + timedelta(days=_DEICTIC[word])
    return _at(day, "night" if word == "tonight" else found["part"])


def _day_beyond(found: Found) -> Meaning:
    return Meaning(
        "DATE", (found.written_on + timedelta(days=2 if found["word"] == "after tomorrow" else -2)).isoformat()
    )


def _day_beside(found: Found) -> Meaning | None:
    """The day before, the night before: of the day that the text last named."""
    if found.mentioned is None:
        return None
    day = found.mentioned + timedelta(days=1 if found["way"] == "after" else -1)
    return _at(day, "" if found["part"] == "day" else found["part"])


def _part(found: Found) -> Meaning:
    which = found["which"]
    if which == "last":
        return _at(found.written_on - timedelta(days=1), found["part"])
    if which in ("that", "the next", "the following", "the same"):
        base = found.mentioned or found.written_on
        return _at(base + timedelta(days=which in ("the next", "the following")), found["part"])
    return _at(found.written_on, found["part"])


def _weekday(found: Found) -> Meaning:
    return _at(_weekday_meant(found), found["part"])


def _weekday_meant(found: Found) -> date:
    which, today = found["which"].removeprefix("the ").removeprefix("this "), found.written_on
    ahead = (number_of(WEEKDAYS, found["weekday"]) - today.isoweekday()) % 7
    back = (7 - ahead) % 7
    if which in ("next", "coming", "following"):
        return today + timedelta(days=ahead or 7)
    if which in ("last", "past", "previous"):
        return today - timedelta(days=back or 7)
    if found.direction > 0 or (found.direction == 0 and ahead == 1):
        return today + timedelta(days=ahead)
    return today - timedelta(days=back)


def _ago(found: Found) -> Meaning | None:
    count, unit = amount(found["count"]), unit_of(found["unit"])
    sign = 1 if found["way"] in ("later", "from now", "hence", "from today", "from tomorrow") else -1
    if count is None:
        return Meaning("DATE", "FUTURE_REF" if sign > 0 else "PAST_REF")
    is_relative = found["way"] in ("earlier", "later", "before") and unit in ("day", "week", "month")
    base = (found.mentioned if is_relative else None) or found.written_on
    if unit in ("decade", "century", "year"):
        unit, count = "year", count * {"decade": 10, "century": 100}.get(unit, 1)
    if unit == "year" and count != int(count):
        unit, count = "month", count * 12
    if unit == "year" and count == 1 and sign < 0 and found.quarter:
        return Meaning("DATE", _years_back(found, 1) or "")
    at = moved(base, unit, sign * round(count))
    return Meaning("DATE", in_unit(at, "week" if unit == "fortnight" else unit)) if at else None


def moved(base: date, unit: str, count: int) -> date | None:
    """A day so many units later, or earlier; None beyond the calendar."""
    try:
        return shifted(base, unit, count)
    except (ValueError, OverflowError):
        return None


def _hours_ago(found: Found) -> Meaning:
    hours = amount(found["count"]) or 0
    if found["unit"] == "hours" and hours >= _HOURS and hours % _HOURS == 0:
        days = round(hours) // _HOURS * (-1 if found["way"] in ("ago", "earlier", "before") else 1)
        return Meaning("DATE", (found.written_on + timedelta(days=days)).isoformat())
    return Meaning("TIME", "PAST_REF" if found["way"] in ("ago", "earlier", "before") else "FUTURE_REF")


def _unit(found: Found) -> Meaning | None:
    which = found["which"].removeprefix("the ").removeprefix("this ")
    unit = unit_of(found["unit"])
    base = found.written_on
    if (
        which in ("following", "previous")
        or (which == "next" and found["which"].startswith("the ") and unit == "day")
        or which in ("same", "that", "that same")
    ):
        base = found.mentioned or base
    step = _STEPS.get(which, 0)
    if unit == "quarter" and found["which"] in ("the", "the latest"):
        return Meaning("DATE", found.quarter or in_unit(shifted(base, unit, -1), unit))  # reports tell of whole ones
    if unit == "weekend" and which not in _STEPS and found.direction <= 0 and base.isoweekday() < 5:  # noqa: PLR2004
        step = 0 if which == "this" or found["which"].startswith("this") else -1
    at = moved(base, unit, step)
    return Meaning("DATE", in_unit(at, unit)) if at else None


def _year_earlier(found: Found) -> Meaning:
    return Meaning("DATE", _years_back(found, 1) or f"{found.written_on.year - 1:04}")


def _years_back(found: Found, years: int) -> str | None:
    """In a report on a quarter, a year ago is that quarter a year ago."""
    return f"{int(found.quarter[:4]) - years:04}{found.quarter[4:]}" if found.quarter else None


def _year_end(found: Found) -> Meaning:
    return Meaning("DATE", f"{found.written_on.year:04}", "END")


def _reference(value: str) -> Meaning:
    return Meaning("DATE", value)


_WHICH = (
    r"(?P<which>(?:the\s|this\s)?(?:last|next|past|previous|following|coming|upcoming)|this|that(?:\ssame)?|the\ssame"
)
_WAY = r"(?P<way>ago|earlier|later|from\snow|from\stoday|hence|before(?=[.,;\n]|$))"

RULES = (
    rule("today", rf"(?i:(?P<word>today|tonight|yesterday|tomorrow)(?:\s(?P<part>{PART}))?)", _deictic),
    rule("today", r"(?i:the\sday\s(?P<word>after\stomorrow|before\syesterday))", _day_beyond),
    rule("day_beside", rf"(?i:the\s(?P<part>day|{PART})\s(?P<way>before|after))(?=[.,;)]|$)", _day_beside),
    rule(
        "part_of_day",
        rf"(?i:(?P<which>last|this|that|the\snext|the\sfollowing|the\ssame)\s(?P<part>{PART}))",
        _part,
    ),
    rule(
        "weekday",
        rf"(?:(?P<which>(?i:(?:the\s|this\s)?(?:last|next|past|coming|previous|following)|this))\s)?"
        rf"(?P<weekday>{WEEKDAY})(?:\s(?P<part>(?i:{PART})))?",
        _weekday,
    ),
    rule("counted_from", rf"(?i:(?P<count>{COUNT})\s(?:more\s)?{_UNITS}(?:\sor\sso)?\s{_WAY})", _ago),
    rule("counted_from", rf"(?i:(?P<count>{COUNT})\s(?P<unit>hours?|minutes?|seconds?)\s{_WAY})", _hours_ago),
    rule("relative_unit", rf"(?i:{_WHICH}|the\scurrent|the\slatest|current)\s(?:fiscal\s|calendar\s)?{_UNIT})", _unit),
    rule(
        "relative_unit",
        r"(?i:(?P<which>the)\s(?:full\s|fiscal\s)?(?P<unit>weekend|quarter|year))(?!\s(?:of|before|after|that|when)\b|-)",
        _unit,
    ),
    rule(
        "relative_unit",
        r"(?i:(?<=end\sof\s)|(?<=beginning\sof\s)|(?<=start\sof\s)|(?<=later\sin\s)|(?<=earlier\sin\s))"
        r"(?i:(?P<which>the)\s(?P<unit>week|month|decade|century))(?!\s(?:of|before|after)\b)",
        _unit,
    ),
    rule(
        "year_earlier",
        r"(?i:(?:the\s)?year-(?:earlier|ago)(?:\s(?:quarter|period))?|the\s(?:quarter|period)\sa\syear\s(?:ago|earlier))",
        _year_earlier,
    ),
    rule("year_end", r"(?i:(?:the\s)?year(?:-|['’]s\s|\s)end)", _year_end),
)
REFERENCES = (
    rule(
        "reference",
        r"(?i:now(?!\sthat)|currently|at\spresent(?=[.,])|nowadays|these\sdays|current(?=\s[a-z]))",
        lambda _: _reference("PRESENT_REF"),
    ),
    rule(
        "reference",
        r"(?i:recently|recent(?:\s(?P<unit>days|weeks|months|years|decades))?|the\spast(?=[.,;\n])|long\sago)",
        lambda _: _reference("PAST_REF"),
    ),
    rule(
        "reference",
        r"(?i:the\s(?:near\s)?future|(?<!as\s)soon(?!er)|(?:the\s)?(?:coming|next\sfew)\s(?:days|weeks|months|years)|future(?=[.,;]))",
        lambda _: _reference("FUTURE_REF"),
    ),
)
