"""The backfill flow: a range of days done again or for the first time, a sub-flow for each, several side by side.

What happens to each article is an event in the log, not a state of Prefect's: a run that is interrupted anywhere, and
begun again, does what the ledger says is left.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import date
from itertools import islice
from typing import Any

import msgspec
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Completed, Failed

from flows.backfill.backfill import Backfill
from flows.backfill.choices import Only, Source
from flows.backfill.errors import StoppedError
from flows.backfill.planning import plan
from flows.backfill.request import Request
from flows.backfill.work import Step, Unit
from flows.engine import wanted_state
from flows.progress import progress
from flows.reading.tally import Tally
from flows.run import Outcome
from flows.settings import Settings

PAUSE_SECONDS = 5.0  # between two looks at a paused run

_task = task(cache_policy=NO_CACHE, persist_result=False)


class Held:
    """Something that Prefect does not look into: it would walk through every page's body for futures."""

    def __init__(self, backfill: Backfill, work: Any) -> None:  # noqa: ANN401 - a unit or a step
        self.backfill, self.work = backfill, work


@_task
def work_step(held: Held) -> dict[str, int]:
    """Clean and read a batch, and commit it."""
    step: Step = held.work
    return held.backfill.run_step(step)


@_task
def publish_edition(backfill: Held) -> int:
    """Publish the edition; the log position it stands at."""
    return backfill.backfill.publish().position


def day_name() -> str:
    """The sub-flow run's name: its day, or the file it reads."""
    return f"backfill-{flow_run.parameters['label']}"


@flow(name="backfill-day", flow_run_name=day_name, persist_result=False, validate_parameters=False)
def backfill_day(label: str, held: Held) -> State[Any]:
    """Do one day."""
    del label  # names the run
    backfill, unit = held.backfill, held.work
    counts = Tally()
    try:
        for step in unit.steps():
            rest_or_stop(backfill)
            counts.merge(Tally(work_step(Held(backfill, step))))
    except StoppedError:
        return Cancelled(message="Cancelled between two batches; every commit stands.")
    except Exception as error:  # noqa: BLE001 - a day that fails does not stop the others; its error is reported
        backfill.ended(unit, counts.counts, error)
        return Failed(message=str(error) or type(error).__name__)
    backfill.ended(unit, counts.counts)
    return Completed(message=", ".join(f"{name} {number}" for name, number in counts.counts.items()))


def run_name() -> str:
    """The flow run's name: source and range."""
    given = flow_run.parameters
    return f"backfill-{given.get('source') or 'kept'}-{given.get('since')}-{given.get('until')}"


@flow(name="backfill", flow_run_name=run_name, persist_result=False, validate_parameters=True)
def backfill(
    since: date,
    until: date,
    source: Source = "kept",
    only: Only | None = None,
    options: dict[str, Any] | None = None,
) -> dict[str, Any] | State[Any]:
    """Do a range of days again, or for the first time, then publish the edition.

    Args:
        since: first day.
        until: last day.
        source: where pages come from; `kept` needs no network.
        only: missing, failed, stale or all; what is missing, failed or stale when left out.
        options: the rest of `flows.backfill.request.Request` by name.
    """
    given = {"since": since, "until": until, "source": source, "only": only, **(options or {})}
    request, settings = msgspec.convert(given, Request), Settings()
    days = [each.day for each in plan(request, settings).days]
    if not days:
        return {"run_id": "", "outcome": "nothing", "counts": {}, "units": [], "changes": []}
    with Backfill(request, settings) as running:
        try:
            work_all(running, running.work(days), request.max_active)
        except StoppedError:
            close(running, "cancelled")
            return Cancelled(message="Cancelled between two batches; every commit stands.")
        except Exception:
            close(running, "failed")
            raise
        return close(running, running.outcome())


def work_all(running: Backfill, units: Sequence[Unit], max_active: int) -> None:
    """Do the units side by side, as many at once as may be active.

    Raises:
        StoppedError: the run is being cancelled.
    """
    progress().stage("days", len(units))
    waiting = iter(units)
    with ThreadPoolExecutor(max_active, thread_name_prefix="backfill") as threads:
        active = {_begun(threads, running, each) for each in islice(waiting, max_active)}
        try:
            while active:
                ended, active = wait(active, timeout=PAUSE_SECONDS, return_when=FIRST_COMPLETED)
                if not ended or any(each.result().is_cancelled() for each in ended):
                    rest_or_stop(running, is_holding=True)  # a day may be cancelled alone
                active |= {_begun(threads, running, each) for each in islice(waiting, max_active - len(active))}
        except StoppedError:
            raise  # the days that are under way see it too, and end with their batch
        except BaseException:
            running.stop()
            raise


def _begun(threads: ThreadPoolExecutor, running: Backfill, unit: Unit) -> Future[State[Any]]:
    """A unit in a thread of its own, whose flow run is a child of this one."""
    context = copy_context()
    return threads.submit(lambda: context.run(_day, running, unit))


def _day(running: Backfill, unit: Unit) -> State[Any]:
    return backfill_day(unit.label, Held(running, unit), return_state=True)


def rest_or_stop(running: Backfill, *, is_holding: bool = False) -> None:
    """Between batches: wait while the run is paused; stop when it is being cancelled.

    Raises:
        StoppedError: the run is being cancelled.
    """
    running.turn.check()
    while (wanted := wanted_state()) == "paused":
        if is_holding:
            with running.unlocked():
                time.sleep(PAUSE_SECONDS)
        else:
            time.sleep(PAUSE_SECONDS)
        running.turn.check()
    if wanted == "cancelling":
        raise StoppedError


def close(running: Backfill, outcome: Outcome) -> dict[str, Any]:
    """Record how the run ended, publish the edition, leave the calendar and what has changed in Prefect."""
    running.complete(outcome)
    progress().stage("edition")
    publish_edition(Held(running, None))
    changes = [msgspec.to_builtins(each) for each in running.changes()]
    leave_artifacts(running, changes)
    return {
        "run_id": str(running.run_id),
        "outcome": outcome,
        "counts": dict(running.tally.counts),
        "units": [msgspec.to_builtins(each) for each in running.units],
        "changes": changes,
    }


def leave_artifacts(running: Backfill, changes: list[dict[str, Any]]) -> None:
    """The calendar of the range, and how many facts have changed."""
    from flows.backfill.day_grid import as_markdown

    create_markdown_artifact(key="backfill-calendar", markdown=as_markdown(running.ledger()))
    create_table_artifact(key="backfill-changes", table=changes, description="Facts that count, by extractor")
