"""The ledger as a calendar: a row for each week, a mark for each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from storage.ledger import DayStage, State

MARKS: dict[str, str] = {
    "complete": "●",
    "partial": "◐",
    "stale": "◌",
    "failed": "✗",
    "missing": "○",
    "unavailable": "∅",
    "never fetched": "·",
}
# what a day as a whole is: the first of these that one of its stages is
_WORST: tuple[State, ...] = ("failed", "never fetched", "stale", "partial", "missing", "unavailable", "complete")
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def day_states(ledger: Iterable[DayStage]) -> dict[date, str]:
    """What each day is as a whole: as its worst stage."""
    states: dict[date, set[str]] = {}
    for each in ledger:
        states.setdefault(each.published_on, set()).add(each.state)
    return {day: next(state for state in _WORST if state in found) for day, found in states.items()}


def weeks(since: date, until: date) -> Iterator[list[date | None]]:
    """The days of a range by weeks from Monday on; None stands before and after the range."""
    monday = since - timedelta(days=since.weekday())
    while monday <= until:
        days = [monday + timedelta(days=number) for number in range(7)]
        yield [day if since <= day <= until else None for day in days]
        monday += timedelta(days=7)


def marks(week: Sequence[date | None], states: Mapping[date, str]) -> list[str]:
    """The marks of a week's days; empty outside the range."""
    return ["" if day is None else MARKS[states.get(day, "never fetched")] for day in week]


def legend(states: Iterable[str]) -> str:
    """What the marks mean that stand in a calendar."""
    found = set(states)
    return " · ".join(f"{mark} {state}" for state, mark in MARKS.items() if state in found)


def as_markdown(ledger: Sequence[DayStage]) -> str:
    """The calendar as a Markdown table, with what each mark means."""
    states = day_states(ledger)
    if not states:
        return "Nothing is known of these days."
    since, until = min(states), max(states)
    head = ["| week of | " + " | ".join(WEEKDAYS) + " |", "|---" * 8 + "|"]
    rows = [f"| {_first(week)} | " + " | ".join(marks(week, states)) + " |" for week in weeks(since, until)]
    return "\n".join([*head, *rows, "", legend(states.values())])


def _first(week: Sequence[date | None]) -> date:
    return next(day for day in week if day is not None)
