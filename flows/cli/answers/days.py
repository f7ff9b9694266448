"""The ledger as a calendar in the terminal: how far each day has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from rich import box
from rich.table import Table
from rich.text import Text

from flows.backfill.day_grid import MARKS, WEEKDAYS, day_states, legend, marks, weeks
from flows.cli.console import out, plain

if TYPE_CHECKING:
    from storage.home import Home
    from storage.ledger import DayStage

_STYLES = {
    "complete": "green",
    "partial": "yellow",
    "stale": "cyan",
    "failed": "red",
    "missing": "yellow",
    "unavailable": "dim",
    "never fetched": "dim",
}


def tell_days(home: Home, since: date, until: date, *, as_json: bool) -> None:
    """Show the ledger of a range of days, both ends included.

    Raises:
        NoEditionError: nothing was published yet.
        BackwardDaysError: the range ends before it begins.
    """
    from flows.backfill.request import Request
    from storage.ledger import day_stages

    request = Request(since=since, until=until)
    ledger = day_stages(home, request.code, since, until)
    states = day_states(ledger)
    if as_json:
        told = [
            {
                "day": day,
                "state": states.get(day, "never fetched"),
                "stages": [e for e in ledger if e.published_on == day],
            }
            for day in sorted(request.days)
        ]
        out.file.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
        return
    out.print(_calendar(since, until, states))
    out.print(legend([*states.values(), *(["never fetched"] if len(states) < len(request.days) else [])]))
    out.print(_stages(ledger))


def _calendar(since: date, until: date, states: Mapping[date, str]) -> Table:
    table = Table(box=None, show_edge=False, header_style="dim", padding=(0, 1))
    table.add_column("")
    for name in WEEKDAYS:
        table.add_column(name, justify="center")
    month = ""
    for week in weeks(since, until):
        first = next(day for day in week if day is not None)
        named = f"{first:%b %Y}"
        label = named if named != month else ""
        month = named
        cells = [_cell(day, mark, states) for day, mark in zip(week, marks(week, states), strict=True)]
        table.add_row(Text(f"{label:<8} {first.day:>2}", style="dim"), *cells)
    return table


def _cell(day: date | None, mark: str, states: Mapping[date, str]) -> Text:
    return Text("") if day is None else Text(mark, style=_STYLES[states.get(day, "never fetched")])


def _stages(ledger: Sequence[DayStage]) -> Table:
    """How many days are in which state, by stage."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="dim", padding=(0, 1))
    shown = [state for state in MARKS if any(each.state == state for each in ledger)]
    table.add_column("stage")
    for name in ("version", "articles", *shown):
        table.add_column(name, justify="right")
    for stage in dict.fromkeys(each.stage for each in ledger):
        days = [each for each in ledger if each.stage == stage]
        counts = [str(sum(each.state == state for each in days) or "") for state in shown]
        version = next((str(each.version) for each in days if each.version is not None), "")
        table.add_row(plain(stage), version, str(sum(each.articles for each in days)), *counts)
    return table
