"""Backfills in this process, without Prefect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.backfill.backfill import Backfill, run_here
from flows.backfill.planning import plan
from flows.backfill.request import Request
from storage.home import Home
from tests.flows.nights import rows, settings_for

MARCH = {"since": date(2026, 3, 1), "until": date(2026, 3, 10)}


@dataclass(frozen=True)
class Done:
    planned: list[date]
    run: Backfill | None

    @property
    def outcome(self) -> str:
        return "nothing" if self.run is None else self.run.outcome()

    @property
    def counts(self) -> dict[str, int]:
        return {} if self.run is None else self.run.tally.counts


def backfilled(home: Home, **given: Any) -> Done:
    request, settings = Request(**{**MARCH, **given}), settings_for(home, seconds_per_host=0.0)
    days = [each.day for each in plan(request, settings).days]
    return Done(days, run_here(request, settings, days) if days else None)


def days(home: Home) -> dict[str, str]:
    return dict(rows(home, "SELECT published_on::VARCHAR, state FROM days"))
