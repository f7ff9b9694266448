"""One backfill over one home: what the flow calls. Tests call it without Prefect."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from types import TracebackType
from typing import Any, Literal, Self
from uuid import UUID

import msgspec

from flows.backfill.archived import archived_units
from flows.backfill.kept import KeptDay
from flows.backfill.request import Request
from flows.backfill.visitor import Visitor
from flows.backfill.work import Step, Turn, Unit
from flows.forgetting import finish
from flows.progress import progress
from flows.reading.batch import Desk
from flows.reading.pool import ReaderPool
from flows.reading.tally import Tally
from flows.recording import Recorder
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.captures import CaptureWriter
from storage.edition.publish import Publication, publish
from storage.events import RunCompleted, RunStarted
from storage.ledger import Changes, DayStage, day_stages, due_articles, run_changes
from storage.log import Log
from storage.records import Producer, new_run_id, utc_day
from storage.texts import TextStore

FLOW = "backfill"
RUNNER = Producer("runner", 1)
Outcome = Literal["done", "retry", "cancelled", "failed"]


class UnitReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a unit ended: what was counted, or why it failed."""

    label: str
    day: date
    counts: dict[str, int]
    error: str | None = None


class Backfill:
    """Holds the capture file, the worker processes and the turn to commit of one run; use as a context manager.

    Nightly runs may go on meanwhile; a second backfill may not.

    Raises:
        BusyError: another backfill is going on in this home.
    """

    def __init__(self, request: Request, settings: Settings) -> None:
        self.run_id: UUID = new_run_id()
        self.tally, self.turn = Tally(), Turn()
        self.units: list[UnitReport] = []
        self._request, self._settings, self._home = request, settings, settings.place
        self._recorder = Recorder(self.run_id)
        self._stack = ExitStack()
        self._visitor: Visitor | None = None
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._lock = self._home.claim(FLOW)
            stack.callback(self._lock.release)
            self._log = Log(self._home)
            captures = stack.enter_context(CaptureWriter(self._home, self.run_id))
            pool = stack.enter_context(ReaderPool(self._settings.workers, self._settings.cpu_seconds_per_page))
            self._desk = Desk(self._log, TextStore(self._home), captures, pool, self._recorder, self.turn)
            stack.push(self._stop_on_error)
            self._record_start()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def _stop_on_error(self, kind: type[BaseException] | None, *_: object) -> None:
        """Before worker processes are ended in the middle of pages: nobody commits any more."""
        if kind is not None:
            self.turn.stop()

    def stop(self) -> None:
        """End what is under way: nobody commits any more; who waits for a page waits to the end of its batch."""
        self.turn.stop()
        if self._visitor is not None:
            self._visitor.stop()

    @contextmanager
    def unlocked(self) -> Generator[None]:
        """Hold no lock for a while."""
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire(timeout=-1)

    def _record_start(self) -> None:
        now = datetime.now(UTC)
        parameters: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self._request))  # as it is read back
        event = RunStarted(flow=FLOW, parameters=parameters, started_at=now, day=utc_day(now))
        self._log.append([self._recorder(event, self.run_id, RUNNER, utc_day(now), occurred_at=now)])

    def work(self, days: Sequence[date]) -> list[Unit]:
        """The units that these days are done in, in their order."""
        if self._request.source != "kept":
            self._visitor = self._stack.enter_context(Visitor(self._settings))
            return archived_units(self._request, days, self._desk, self._settings, self._visitor)
        request, size = self._request, self._settings.pages_per_batch
        due = due_articles(self._home, request.code, request.since, request.until, request.outcomes)
        by_day = {day: list(articles) for day, articles in groupby(due, key=lambda each: each.published_on)}
        return [KeptDay(day, by_day[day], self._home, self._desk, size) for day in days if day in by_day]

    def run_step(self, step: Step) -> dict[str, int]:
        """One step; what was counted."""
        tally = step()
        with self.turn:
            self.tally.merge(tally)
            progress().note(self._told())
        return tally.counts

    def _told(self) -> str:
        """How far the run is: articles, findings and requests, and articles a second."""
        counts, seconds = self.tally.counts, time.monotonic() - self._began
        articles = counts.get("done", 0) + counts.get("articles", 0)
        told = f"{articles} articles, {counts.get('findings', 0)} findings, {articles / seconds:.1f}/s"
        return told if self._visitor is None else f"{told}, {self._visitor.requests} requests"

    def ended(self, unit: Unit, counts: dict[str, int], error: Exception | None = None) -> UnitReport:
        """Note how a unit ended."""
        report = UnitReport(label=unit.label, day=unit.day, counts=counts, error=None if error is None else _why(error))
        self.units.append(report)
        progress().advance()
        return report

    def outcome(self) -> Outcome:
        """How the run ends: `retry` when a day has failed, or something of one."""
        troubles = ("extractions_failed", "captures_missing", "surveys_failed")
        has_failed = any(each.error for each in self.units) or any(self.tally.counts.get(name) for name in troubles)
        self.tally.add("days_failed", sum(each.error is not None for each in self.units))
        return "retry" if has_failed else "done"

    def complete(self, outcome: Outcome) -> None:
        """Record how the run ended."""
        now = datetime.now(UTC)
        self.tally.add("requests", self._visitor.requests if self._visitor else 0)
        event = RunCompleted(flow=FLOW, completed_at=now, outcome=outcome, counts=dict(self.tally.counts))
        self._log.append([self._recorder(event, self.run_id, RUNNER, utc_day(now), occurred_at=now)])

    def publish(self) -> Publication:
        """Bring the edition up to the log's head, without what was forgotten."""
        finish(self._settings)
        return publish(self._home, vocabulary())

    def changes(self) -> list[Changes]:
        """What the run has changed of what counts, by extractor; the edition must hold it."""
        return run_changes(self._home, self.run_id)

    def ledger(self) -> list[DayStage]:
        """How far the days have come now."""
        return day_stages(self._home, self._request.code, self._request.since, self._request.until)


def run_here(request: Request, settings: Settings, days: Sequence[date]) -> Backfill:
    """The whole of it without Prefect: the days of a plan, as many side by side as may be active.

    Raises:
        Exception: whatever a day has failed by; others that were begun are done.
    """
    with Backfill(request, settings) as backfill:
        with ThreadPoolExecutor(request.max_active) as threads:
            for _ in threads.map(partial(_do, backfill), backfill.work(days)):
                pass
        backfill.complete(backfill.outcome())
        backfill.publish()
    return backfill


def _do(backfill: Backfill, unit: Unit) -> None:
    counts = Tally()
    for step in unit.steps():
        counts.merge(Tally(backfill.run_step(step)))
    backfill.ended(unit, counts.counts)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
