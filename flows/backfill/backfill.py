"""One backfill over one home: what the flow calls. Tests call it without Prefect."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from itertools import groupby

import msgspec

from flows.backfill.archived import archived_units
from flows.backfill.errors import SurveyError
from flows.backfill.kept import KeptDay
from flows.backfill.request import Request
from flows.backfill.visitor import Visitor
from flows.backfill.work import Step, Turn, Unit
from flows.progress import progress
from flows.reading.tally import Tally
from flows.run import Outcome, Run
from flows.settings import Settings
from storage.ledger import Changes, DayStage, day_stages, due_articles, run_changes

FLOW = "backfill"


class UnitReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a unit ended: what was counted, why it failed, what else there is to know."""

    label: str
    day: date
    counts: dict[str, int]
    error: str | None = None
    note: str | None = None


class Backfill(Run):
    """One backfill: units of work, side by side, taking turns to commit; use as a context manager.

    Nightly runs may go on meanwhile; a second backfill may not.

    Raises:
        BusyError: another backfill is going on in this home.
    """

    def __init__(self, request: Request, settings: Settings) -> None:
        self.turn = Turn()
        super().__init__(FLOW, settings, claims=FLOW, turn=self.turn)
        self.units: list[UnitReport] = []
        self._request = request
        self._visitor: Visitor | None = None
        self._began = time.monotonic()

    def _open(self, stack: ExitStack) -> None:
        super()._open(stack)
        stack.push(self._stop_on_error)
        self.start(msgspec.json.decode(msgspec.json.encode(self._request)))  # as it is read back

    def _stop_on_error(self, kind: type[BaseException] | None, *_: object) -> None:
        """Before worker processes are ended in the middle of pages: nobody commits any more."""
        if kind is not None:
            self.turn.stop()

    def stop(self) -> None:
        """End what is under way: nobody commits any more; who waits for a page waits to the end of its batch."""
        self.turn.stop()
        if self._visitor is not None:
            self._visitor.stop()

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
        why = None if error is None else _why(error)
        if why is not None:
            with suppress(Exception):  # what ended the unit may end this, too; it is told in any case
                unit.failed(why)
        report = UnitReport(label=unit.label, day=unit.day, counts=counts, error=why, note=unit.note)
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
        self.tally.add("requests", self._visitor.requests if self._visitor else 0)
        super().complete(outcome)

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
        work_here(backfill, days, request.max_active)
        backfill.complete(backfill.outcome())
        backfill.publish()
    return backfill


def work_here(backfill: Backfill, days: Sequence[date], max_active: int) -> None:
    """The units of these days, as many side by side as may be active."""
    with ThreadPoolExecutor(max_active) as threads:
        for _ in threads.map(partial(_do, backfill), backfill.work(days)):
            pass


def _do(backfill: Backfill, unit: Unit) -> None:
    counts = Tally()
    try:
        for step in unit.steps():
            counts.merge(Tally(backfill.run_step(step)))
    except SurveyError as error:  # a day that fails does not stop the others
        backfill.ended(unit, counts.counts, error)
    else:
        backfill.ended(unit, counts.counts)


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__
