"""What a rule for time expressions is: a pattern, and what its matches mean on the day that a text was written.

Patterns are case-sensitive, for March and march differ; words without capitals stand in `(?i:…)`. Every repetition in
them is bounded, so that hostile text costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from extractors.language.calendar_values import Days, days
from extractors.language.time_direction import direction

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Resolve = Callable[["Found"], "Meaning | None"]

MONTHS = {
    name: number
    for number, names in enumerate(
        "January Jan|February Feb|March Mar|April Apr|May|June Jun|July Jul|August Aug|September Sept Sep|October Oct|"
        "November Nov|December Dec".split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        "Monday Mon|Tuesday Tues Tue|Wednesday Weds Wed|Thursday Thurs Thur Thu|Friday Fri|Saturday Sat|"
        "Sunday Sun".split("|"),
        start=1,
    )
    for name in names.split()
}
LONG_MONTHS = tuple(name for name in MONTHS if len(name) > 4 or name in {"May", "June", "July"})  # noqa: PLR2004
LONG_WEEKDAYS = tuple(name for name in WEEKDAYS if name.endswith("day"))
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "12:00", "midnight": "24:00"}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PART = r"(?:early\s|late\s|mid-?)?(?:morning|afternoon|evening|night)"


def either(names: tuple[str, ...] | dict[str, int]) -> str:
    """An alternation of names, as written and in capitals, the longest first."""
    both = {name for each in names for name in (each, each.upper())}
    return "|".join(sorted(both, key=lambda name: (-len(name), name)))


MONTH = rf"(?:{either(LONG_MONTHS)}|(?:{either(MONTHS)})\.?)"
LONG_MONTH = rf"(?:{either(LONG_MONTHS)})"
WEEKDAY = rf"(?:{either(LONG_WEEKDAYS)})"
ANY_WEEKDAY = rf"(?:{either(LONG_WEEKDAYS)}|(?:{either(WEEKDAYS)})\.?)"
BEFORE = r"(?<![\w$£€#@/])(?<!\d[.,:])"  # what no expression follows
YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)"


def number_of(table: dict[str, int], word: str) -> int:
    """The month or weekday a name stands for."""
    return table[word.rstrip(".").capitalize()]


@dataclass(frozen=True)
class Meaning:
    """What an expression stands for, as TIMEX3 and as days."""

    timex_type: Type
    value: str
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    interval: Days | None = None

    @property
    def days(self) -> Days | None:
        """First and last day, where it has any."""
        return self.interval or (days(self.value) if self.timex_type in ("DATE", "TIME") else None)

    def with_mod(self, mod: str | None) -> Meaning:
        """The same, modified; an earlier modifier stays."""
        return replace(self, mod=self.mod or mod)


@dataclass(frozen=True)
class Found:
    """A match in its text, with the days that it may be counted from."""

    match: re.Match[str]
    written_on: date
    mentioned: date | None  # the day or first day of the calendar expression before it
    quarter: str | None = None  # the quarter that the text last named, such as 2024-Q1

    @cached_property
    def direction(self) -> int:
        """1 where the words around it look ahead, -1 where they look back, 0 where they do not say."""
        return direction(self.match.string, self.match.start(), self.match.end())

    def __getitem__(self, group: str) -> str:
        """A group's words in lower case, empty where it took no part or its rule has none of the name."""
        return re.sub(r"\s+", " ", self.match.groupdict().get(group) or "").lower()


@dataclass(frozen=True)
class Rule:
    """One kind of expression."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


def rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    """A rule whose match neither starts nor ends inside a word."""
    return Rule(name, re.compile(rf"{BEFORE}(?:{pattern})(?!\w)"), resolve)
