"""The nightly flow: live feeds in, facts out, edition published.

Tasks are coarse (one per up to 50 feeds, one per up to 200 pages): what happens to each article is an event in the log,
not a state of Prefect's.
"""

from __future__ import annotations

import time
from contextlib import closing
from datetime import date
from typing import Any, Generic, TypeVar

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled

from flows.engine import wanted_state
from flows.feed_list import FeedList
from flows.night.fetching import Arrival
from flows.night.night import Night
from flows.progress import progress
from flows.run import Outcome
from flows.settings import Settings
from storage.state import FeedState

PAUSE_SECONDS = 5.0  # between two looks at a paused run

_T = TypeVar("_T")
_task = task(cache_policy=NO_CACHE, persist_result=False)


class StopNightError(Exception):
    """Somebody has cancelled the run."""


class Chunk(Generic[_T]):
    """A list that Prefect does not look into: it would walk through every page's body for futures."""

    def __init__(self, items: list[_T]) -> None:
        self.items = items


@_task
def poll_feeds(night: Night, chunk: Chunk[FeedState]) -> dict[str, int]:
    """Ask up to 50 feeds and commit what they name."""
    return night.poll(chunk.items)


@_task
def read_pages(night: Night, chunk: Chunk[Arrival]) -> dict[str, int]:
    """Keep, clean and read a batch of pages, and commit it."""
    return night.read(chunk.items)


@_task
def publish_edition(night: Night) -> int:
    """Publish the edition; the log position it stands at."""
    return night.publish().position


def run_name() -> str:
    """The flow run's name: the day it is given, or the time it was scheduled for."""
    day = flow_run.parameters.get("day")
    return f"nightly-{day or flow_run.scheduled_start_time.strftime('%Y-%m-%dT%H%M')}"


@flow(name="nightly", flow_run_name=run_name, persist_result=False, validate_parameters=True)
def nightly(day: date | None = None, *, between_nights: bool = False) -> dict[str, Any] | State[Any]:
    """Turn what was published since the last run into facts, then publish the edition.

    Args:
        day: the day the run belongs to, in `runs`; today (UTC) when left out. It does not choose articles: whatever is
            new since the last run is taken.
        between_nights: ask each feed no more often than its own rhythm suggests, for runs in between.
    """
    settings = Settings()
    feeds = [feed.url for feed in FeedList.load(settings.place.feed_list).feeds]
    with Night(settings, feeds, day, is_between_nights=between_nights) as night:
        try:
            poll_all(night)
            read_all(night)
        except StopNightError:
            close(night, "cancelled")
            return Cancelled(message="Cancelled between two batches; every commit stands.")
        except Exception:
            close(night, "failed")
            raise
        return close(night, night.outcome())


def poll_all(night: Night) -> None:
    """Poll every live feed."""
    chunks = night.feed_chunks()
    progress().stage("feeds", sum(map(len, chunks)))
    for chunk in chunks:
        rest_or_stop(night)
        poll_feeds(night, Chunk(chunk))
        progress().advance(len(chunk))


def read_all(night: Night) -> None:
    """Fetch every page that is due and read it, batch by batch; after a pause, whatever is due then."""
    while pages := night.pending():
        progress().stage("pages", len(pages))
        with closing(night.arrivals(pages)) as batches:
            for batch in batches:
                read_pages(night, Chunk(batch))
                progress().advance(len(batch))
                if wanted_state():
                    break
        rest_or_stop(night)


def rest_or_stop(night: Night) -> None:
    """Between batches: wait while the run is paused, holding no lock; stop when it is being cancelled.

    Raises:
        StopNightError: the run is being cancelled.
    """
    while (wanted := wanted_state()) == "paused":
        with night.unlocked():
            time.sleep(PAUSE_SECONDS)
    if wanted == "cancelling":
        raise StopNightError


def close(night: Night, outcome: Outcome) -> dict[str, Any]:
    """Record how the night ended, publish the edition, leave the tables of feeds and warnings in Prefect."""
    night.complete(outcome)
    progress().stage("edition")
    publish_edition(night)
    create_table_artifact(key="nightly-warnings", table=night.warnings(), description="What somebody should look at.")
    create_table_artifact(
        key="nightly-feeds",
        table=night.feed_table(),
        description=", ".join(f"{name} {number}" for name, number in night.tally.counts.items()),
    )
    return {"run_id": str(night.run_id), "outcome": outcome, "counts": dict(night.tally.counts)}
