"""How long and how often: two weeks, a 45-minute speech, the past three months, every Friday, twice a week."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from datetime import date

from extractors.language.calendar_values import Days, shifted
from extractors.language.time_counts import COUNT, NUMBER, amount
from extractors.language.time_relative import unit_of
from extractors.language.time_rules import (
    LONG_MONTHS,
    MONTHS,
    PARTS,
    WEEKDAY,
    WEEKDAYS,
    Found,
    Meaning,
    number_of,
    rule,
)

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "weekend": "WE", "semester": "M",
}  # fmt: skip
_UNITS = (
    r"(?P<unit>seconds?|minutes?|hours?|nights?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?"
    r"|centur(?:y|ies))"
)
_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W",
    "monthly": "P1M", "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip
_HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
_TIMES = {"once": "1X", "twice": "2X"}


def period(count: float | None, unit: str) -> str:
    """A TIMEX3 duration; X stands for a number that is not told.

    >>> period(45, "minute"), period(None, "week"), period(1.5, "year")
    ('PT45M', 'PXW', 'P1Y6M')
    """
    factor = 2 if unit == "fortnight" else 1
    number = "X" if count is None else f"{count * factor:.12g}"
    letters = _LETTERS[unit]
    half = _HALVES.get(unit) if count and count % 1 == 0.5 and count > 1 else None  # noqa: PLR2004 — two and a half
    if half:
        number, letters = number.partition(".")[0], letters + half
    return f"PT{number}{letters[1:]}" if letters[0] == "T" else f"P{number}{letters}"


def _duration(found: Found) -> Meaning | None:
    unit = unit_of(found["unit"])
    if unit == "second" and found["count"] in ("a", "an"):
        return None  # a second attack
    if found["count"] in ("some", "many", "few") and unit == "second":
        return None
    return Meaning("DURATION", period(amount(found["count"]) if found["count"] else None, unit))


def _hyphened(found: Found) -> Meaning:
    return Meaning("DURATION", period(amount(found["count"]), unit_of(found["unit"])))


def _between(found: Found) -> Meaning | None:
    low, high, unit = amount(found["count"]), amount(found["most"]), unit_of(found["unit"])
    if low is None or high is None:
        return None
    return Meaning("DURATION", f"{period(low, unit)}/{period(high, unit)}")


def _and_a_half(found: Found) -> Meaning:
    return Meaning("DURATION", period((amount(found["count"]) or 1) + 0.5, unit_of(found["unit"])))


def _stretch(found: Found) -> Meaning:
    """The past three months: a duration, and the days that it covers up to the day of writing or from it."""
    count = amount(found["count"]) if found["count"] else None
    unit = unit_of(found["unit"])
    is_ahead = found["which"].split()[-1] in ("next", "coming", "following")
    value = period(1 if found["unit"] == unit and not found["count"] else count, unit)
    return Meaning("DURATION", value, interval=_covered(found.written_on, unit, count, is_ahead=is_ahead))


def _covered(written_on: date, unit: str, count: float | None, *, is_ahead: bool) -> Days | None:
    if count is None or unit in ("second", "minute", "hour", "night", "weekend"):
        return None
    try:
        edge = shifted(written_on, unit, round(count) if is_ahead else -round(count))
    except (ValueError, OverflowError):
        return None
    return (written_on, edge) if is_ahead else (edge, written_on)


def _first(found: Found) -> Meaning:
    return Meaning("DURATION", period(amount(found["count"]) if found["count"] else None, unit_of(found["unit"])))


def _every(found: Found) -> Meaning:
    quant = "EVERY" if found["quant"] == "every" else "EACH"
    if found["weekday"]:
        part = f"T{PARTS[found['part']]}" if found["part"] else ""
        return Meaning("SET", f"XXXX-WXX-{number_of(WEEKDAYS, found['weekday'])}{part}", quant=quant)
    if found["month"]:
        return Meaning("SET", f"XXXX-{number_of(MONTHS, found['month']):02}", quant=quant)
    if found["part"]:
        return Meaning("SET", f"XXXX-XX-XXT{PARTS[found['part']]}", quant=quant)
    count = 2.0 if found["count"] == "other" else amount(found["count"]) if found["count"] else 1.0
    return Meaning("SET", period(count, unit_of(found["unit"])), quant=quant)


def _adverb(found: Found) -> Meaning:
    return Meaning("SET", _ADVERBS[found["adverb"] or "quarterly"])


def _times(found: Found) -> Meaning:
    freq = _TIMES.get(found["times"]) or f"{(amount(found['count']) or 0):.0f}X"
    return Meaning("SET", period(1.0, unit_of(found["unit"])), freq=freq)


def _plural_weekday(found: Found) -> Meaning:
    part = f"T{PARTS[found['part'].rstrip('s')]}" if found["part"] else ""
    return Meaning("SET", f"XXXX-WXX-{number_of(WEEKDAYS, found['weekday'])}{part}")


def _rate(found: Found) -> Meaning:
    return Meaning("SET", period(1.0, unit_of(found["unit"])))


_MANY_PARTS = r"(?P<part>mornings?|afternoons?|evenings?|nights?)"
_NO_AGE = r"(?![-\s](?:old|olds)\b)"
_STRETCH = r"(?P<which>(?:the\s|this\s|these\s)?(?:last|past|next|coming|previous|following))"

RULES = (
    rule("past_or_next", rf"(?i:{_STRETCH}\s(?P<count>{COUNT})[\s-](?:or\sso\s)?{_UNITS})", _stretch),
    rule("past_or_next", rf"(?i:(?P<which>(?:the\s)?(?:past|previous))\s{_UNITS})(?=[\s.,;])", _stretch),
    rule(
        "first_or_only",
        rf"(?i:the\s(?:(?:first|last|latest|final|opening)\s)?(?P<count>{COUNT})\s{_UNITS}){_NO_AGE}",
        _first,
    ),
    rule(
        "duration",
        rf"(?i:(?P<count>{COUNT})\s(?:(?:more|full|long|straight|consecutive|whole|additional|business|working)\s)?{_UNITS}){_NO_AGE}(?!\s(?:of\sage|per)\b|-(?:earlier|ago|end)\b)",
        _duration,
    ),
    rule(
        "duration",
        rf"(?i:(?P<count>{NUMBER})\sand\sa\shalf\s{_UNITS}|an?\s(?P<u>hour|year|day|month|week|minute)\sand\sa\shalf)",
        lambda f: _and_a_half(f) if f["unit"] else Meaning("DURATION", period(1.5, f["u"])),
    ),
    rule("duration", rf"(?i:(?P<count>{NUMBER})[-‑–]{_UNITS}(?:[-\s]long)?){_NO_AGE}", _hyphened),
    rule(
        "duration",
        r"(?i:(?P<count>half)[-\s](?:an?\s)?(?P<unit>hour|day|year|century|decade))",
        lambda f: Meaning("DURATION", period(0.5, f["unit"])),
    ),
    rule(
        "duration",
        r"(?i:(?P<unit>day|week|month|year|hour|decade|century)s?-long|(?P<u>week|month|year|decade)long)",
        lambda f: Meaning("DURATION", period(1, f["unit"] or f["u"])),
    ),
    rule(
        "duration",
        rf"(?i:(?P<count>{NUMBER})(?:\s?[-–]\s?|\s(?:to|or)\s)(?P<most>{NUMBER})[\s-]{_UNITS}){_NO_AGE}",
        _between,
    ),
    rule(
        "duration",
        r"(?i:(?<!\d\s)(?P<count>)(?P<unit>hours|days|weeks|months|years|decades|centuries))(?!\sold\b)",
        _duration,
    ),
    rule(
        "every",
        rf"(?i:(?P<quant>every|each))\s(?:(?P<weekday>{WEEKDAY})(?:\s(?P<part>morning|afternoon|evening|night))?|(?P<month>{'|'.join(LONG_MONTHS)})|(?i:(?:(?P<count>other|{NUMBER}|few)\s)?{_UNITS}))",
        _every,
    ),
    rule("every", r"(?i:(?P<quant>every|each)\s(?P<part>morning|afternoon|evening|night))", _every),
    rule(
        "adverb",
        rf"(?i:(?P<adverb>{'|'.join(_ADVERBS)}))(?<!quarterly)|(?i:(?P<late_adverb>quarterly))(?=[.,;]|\s(?:by|in|on|and|to|from|basis))",
        _adverb,
    ),
    rule(
        "times", rf"(?i:(?:(?P<times>once|twice)|(?P<count>{NUMBER})\stimes)\s(?:an?|per|each|every)\s{_UNITS})", _times
    ),
    rule("weekdays", rf"(?P<weekday>{WEEKDAY})(?:s|\s{_MANY_PARTS.replace('s?', 's')})", _plural_weekday),
    rule(
        "rate",
        r"(?i:(?<=[\d%]\s)|(?<=percent\s)|(?<=times\s)|(?<=illion\s))(?i:an?|per)\s(?i:(?P<unit>hour|day|week|month|year))",
        _rate,
    ),
)
