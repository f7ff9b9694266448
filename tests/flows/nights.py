"""A home and a press for tests of whole nights, without Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows.night.night import Night, run_here
from flows.settings import Settings
from storage.edition.ask import ask
from storage.home import Home


@dataclass(frozen=True)
class Ended:
    """A night that is over."""

    outcome: str
    counts: dict[str, int]


def settings_for(home: Home, **changes: Any) -> Settings:
    return Settings(home=home.root, allow_private_addresses=True, workers=2, **changes)


def run_night(settings: Settings, feeds: Sequence[str]) -> Ended:
    """Without Prefect."""
    with Night(settings, feeds) as night:
        outcome = run_here(night)
        night.publish()
        return Ended(outcome, dict(night.tally.counts))


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    return list(ask(home, query).rows)


def substance(home: Home) -> list[tuple[Any, ...]]:
    """Every record but what each run leaves anyway: its own start and end, its polls, the batches."""
    kinds = "('FeedPolled', 'RunStarted', 'RunCompleted', 'BatchCommitted')"
    return rows(home, f"SELECT event_id FROM log.events WHERE record_type NOT IN {kinds} ORDER BY event_id")
