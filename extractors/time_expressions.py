"""When: dates, times, durations and sets of English news, in TIMEX3 and as the days that they cover.

Plain rules over the text; each finding names the rule it rests on. What counts from the day of writing is anchored at
the day of a dated opening line, else at `published_on`; tense and signal words decide between past and coming days.
What cannot be dated keeps null days: "two weeks", "recently", "every Friday". Ages are left to the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.calendar_values import granularity
from extractors.language.reading import Reading
from extractors.language.time_joining import Expression
from storage.events import Finding, Span, event

_UNITS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century"}
_CLOCK_UNITS = {"S": "second", "M": "minute", "H": "hour"}
_REFERENCES = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")


@event
class TimeExpressionResolved(Finding, frozen=True, kw_only=True):
    """The text names a time, a length of time or how often something happens."""

    anchor: ClassVar[tuple[str, ...]] = ("span",)
    span: Annotated[Span, Doc("the expression with its modifiers: early on Friday, nearly two months")]
    timex_type: Annotated[
        Literal["DATE", "TIME", "DURATION", "SET"], Doc("TIMEX3 type; TIME is finer than a day, SET recurs")
    ]
    value: Annotated[
        str, Doc("TIMEX3 value: 2024-03-22, 2024-W13, 2024-Q1, 199, P2W, PXD, PAST_REF; first/last for a range")
    ]
    mod: Annotated[str | None, Doc("TIMEX3 modifier, such as APPROX, START, MORE_THAN; null for none")] = None
    quant: Annotated[str | None, Doc("EVERY or EACH, of a set; else null")] = None
    freq: Annotated[str | None, Doc("how many times within each period of a set, such as 2X; else null")] = None
    starts_on: Annotated[date | None, Doc("first day it covers; null where it cannot be dated")] = None
    ends_on: Annotated[date | None, Doc("last day it covers, included; null where it cannot be dated")] = None
    granularity: Annotated[str | None, Doc("how fine it is: minute, hour, day, week, month, year; null: untold")] = None
    rule: Annotated[str, Doc("the kind of expression that was recognised, such as weekday or counted_from")]


@extractor(version=1, languages=["en"])
def time_expressions(reading: Reading) -> Iterator[TimeExpressionResolved]:
    """The time expressions of a text, in its order."""
    for each in reading.times:
        yield _finding(each)


def _finding(found: Expression) -> TimeExpressionResolved:
    meaning = found.meaning
    days = meaning.days
    return TimeExpressionResolved(
        span=Span(found.start, found.end),
        timex_type=meaning.timex_type,
        value=meaning.value,
        mod=meaning.mod,
        quant=meaning.quant,
        freq=meaning.freq,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        granularity=_fineness(meaning.value),
        rule=found.rule,
    )


def _fineness(value: str) -> str | None:
    if value in _REFERENCES:
        return None
    if value.startswith("XXXX"):
        return "month" if value[5:].isdigit() else "hour" if "T" in value else "day"
    if value.startswith("P"):
        return "weekend" if value.endswith("WE") else (_CLOCK_UNITS if "T" in value else _UNITS).get(value[-1])
    return granularity(value)
