"""Neighbouring time expressions that are one: Friday at 3 p.m., July last year, from Monday to Wednesday."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.language.calendar_values import granularity
from extractors.language.time_rules import Meaning

_FARTHEST = 12
_WEEK = 7
_CLOCK_THEN_DAY = re.compile(r"\s|,?\son\s|,\s|\s\(\d{4}\s(?:GMT|UTC)\)\s(?:on\s)?")
_DAY_THEN_CLOCK = re.compile(r",?\s(?:at\s|around\s|about\s|by\s)?")
_RANGE = re.compile(r"\s?(?:to|through|thru|until|till|[-–—])\s?")
_FROM, _BETWEEN = re.compile(r"\b[Ff]rom\s$"), re.compile(r"\b[Bb]etween\s$")
_OF = re.compile(r",?\s(?:of\s)?")
_POSSESSIVE = re.compile(r"['’]s\s(?:fiscal\s)?")
_WITHIN_YEAR = ("day", "month", "quarter", "half", "season")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Expression:
    """A time expression in its place."""

    start: int
    end: int
    meaning: Meaning
    rule: str
    looks_ahead: bool = False

    @property
    def granularity(self) -> str | None:
        """How fine its value is."""
        return granularity(self.meaning.value)


def joined(text: str, found: Iterable[Expression]) -> list[Expression]:
    """The expressions with those that belong together made one."""
    done: list[Expression] = []
    for each in found:
        pair = _join(text, done[-1], each) if done and each.start - done[-1].end <= _FARTHEST else None
        if pair:
            done[-1] = pair
        else:
            done.append(each)
    return done


def _join(text: str, left: Expression, right: Expression) -> Expression | None:
    between = text[left.end : right.start]
    meaning = _clock_and_day(left, right, between) or _part_and_year(left, right, between)
    if meaning:
        return replace(left, end=right.end, meaning=meaning, rule=left.rule if left.rule != "clock" else right.rule)
    before = text[max(0, left.start - _FARTHEST) : left.start]
    is_range = bool(_RANGE.fullmatch(between)) and (bool(_FROM.search(before)) or not between.endswith("l "))
    if not is_range and not (between == " and " and _BETWEEN.search(before)):
        return None
    value = _range_value(left, right)
    return replace(left, end=right.end, meaning=Meaning("DATE", value), rule="range") if value else None


def _clock_and_day(left: Expression, right: Expression, between: str) -> Meaning | None:
    if left.rule == "clock" and right.granularity == "day" and _CLOCK_THEN_DAY.fullmatch(between):
        clock, day = left, right
    elif right.rule == "clock" and left.granularity == "day" and _DAY_THEN_CLOCK.fullmatch(between):
        clock, day = right, left
    else:
        return None
    return Meaning("TIME", f"{day.meaning.value}T{clock.meaning.value.partition('T')[2]}", day.meaning.mod)


def _part_and_year(left: Expression, right: Expression, between: str) -> Meaning | None:
    """A month, quarter or season in a year that is named by its neighbour."""
    if right.rule in ("relative_unit", "year") and right.granularity == "year" and _OF.fullmatch(between):
        part, year = left, right
    elif left.rule == "relative_unit" and left.granularity == "year" and _POSSESSIVE.fullmatch(between):
        part, year = right, left
    else:
        return None
    if part.granularity not in _WITHIN_YEAR or part.rule not in ("written_day", "month", "quarter", "half", "season"):
        return None
    return Meaning("DATE", year.meaning.value + part.meaning.value[4:], part.meaning.mod)


def _range_value(left: Expression, right: Expression) -> str | None:
    if left.granularity is None or left.granularity != right.granularity or left.meaning.timex_type != "DATE":
        return None
    first, last = left.meaning.value, right.meaning.value
    if "/" in first or "/" in last:
        return None
    if left.rule == right.rule == "weekday":
        return _weekdays(left, right)
    if left.rule == right.rule == "month" and first > last:
        first = f"{int(last[:4]) - (first[4:] > last[4:]):04}{first[4:]}"
    return f"{first}/{last}" if first < last else None


def _weekdays(left: Expression, right: Expression) -> str | None:
    first, last = left.meaning.days, right.meaning.days
    if first is None or last is None or first == last:
        return None
    start, end = first[0], last[0]
    if start.toordinal() <= _WEEK or end.toordinal() > date.max.toordinal() - _WEEK:
        return None
    if start > end and (left.looks_ahead or right.looks_ahead):
        end += timedelta(days=_WEEK)
    elif start > end:
        start -= timedelta(days=_WEEK)
    return f"{start}/{end}" if (end - start).days < _WEEK else f"{start + timedelta(days=_WEEK)}/{end}"
