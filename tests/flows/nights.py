"""A home and a press for tests of whole nights, without Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flows.night.night import Night
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
    """The flow's steps one after the other, as `flows.nightly` calls them."""
    with Night("nightly", settings, feeds) as night:
        for chunk in night.feed_chunks():
            night.poll(chunk)
        if pages := night.pending():
            with closing(night.arrivals(pages)) as batches:
                for batch in batches:
                    night.read(batch)
        outcome = night.outcome()
        night.complete(outcome)
        night.publish()
        return Ended(outcome, dict(night.tally.counts))


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    return list(ask(home, query).rows)


def substance(home: Home) -> list[tuple[Any, ...]]:
    """Every record but what each run leaves anyway: its own start and end, its polls, the batches."""
    kinds = "('FeedPolled', 'RunStarted', 'RunCompleted', 'BatchCommitted')"
    return rows(home, f"SELECT event_id FROM log.events WHERE record_type NOT IN {kinds} ORDER BY event_id")
