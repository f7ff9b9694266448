"""What every run over a home has in common: a lock, a file of captures, worker processes, a first and a last record."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime
from threading import Lock
from types import TracebackType
from typing import Any, Literal, Self
from uuid import UUID

from filelock import FileLock

from flows.forgetting import finish
from flows.reading.batch import Desk
from flows.reading.pool import ReaderPool
from flows.reading.tally import Tally
from flows.reading.work import timed
from flows.recording import Recorder
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.captures import CaptureWriter
from storage.edition.publish import Publication, publish
from storage.events import RunCompleted, RunStarted
from storage.log import Log
from storage.records import Producer, new_run_id, utc_day, utc_now
from storage.texts import TextStore

RUNNER = Producer("runner", 1)
Outcome = Literal["done", "retry", "cancelled", "failed"]


class Run:
    """Holds what a run works with, from its beginning to its end; use as a context manager.

    Args:
        flow: what the run is called in `runs`.
        settings: of the home.
        day: the day it belongs to; today (UTC) when left out.
        claims: what only one run at a time may be doing in a home; nothing when left out.
        turn: where batches that are worked on side by side take turns.
        now: the clock.

    Raises:
        BusyError: another run is doing the same in this home.
    """

    def __init__(
        self,
        flow: str,
        settings: Settings,
        day: date | None = None,
        *,
        claims: str | None = None,
        turn: AbstractContextManager[object] | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.run_id: UUID = new_run_id()
        self.tally = Tally()
        self._flow, self._settings, self._home = flow, settings, settings.place
        self._day, self._now = day or utc_day(now()), now
        self._claims = claims
        self._lock: FileLock | None = None
        self._turn = turn or Lock()
        self._log = Log(self._home, clock=now)
        self._recorder = Recorder(self.run_id)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def _open(self, stack: ExitStack) -> None:
        """Take what the run works with; *stack* gives it back, also when the rest cannot be had."""
        if self._claims is not None:
            self._lock = self._home.claim(self._claims)
            stack.callback(self._lock.release)
        captures = stack.enter_context(CaptureWriter(self._home, self.run_id))
        pool = stack.enter_context(ReaderPool(self._settings.workers, self._settings.cpu_seconds_per_page))
        self._desk = Desk(self._log, TextStore(self._home), captures, pool, self._recorder, self._turn)

    @contextmanager
    def unlocked(self) -> Generator[None]:
        """Let others work in the home for a while; waits at the end until the home is free again."""
        if self._lock is None:
            yield
            return
        self._lock.release()
        try:
            yield
        finally:
            self._lock.acquire(timeout=-1)

    def start(self, parameters: Mapping[str, Any]) -> None:
        """Record that the run goes on, and what it was asked to do."""
        now = self._now()
        event = RunStarted(flow=self._flow, parameters=dict(parameters), started_at=now, day=self._day)
        self._log.append([self._recorder(event, self.run_id, RUNNER, self._day, occurred_at=now)])

    def complete(self, outcome: Outcome) -> None:
        """Record how the run ended."""
        now = self._now()
        counts = self.tally.counts | self.tally.costs()
        event = RunCompleted(flow=self._flow, completed_at=now, outcome=outcome, counts=counts)
        self._log.append([self._recorder(event, self.run_id, RUNNER, self._day, occurred_at=now)])

    def publish(self) -> Publication:
        """Bring the edition up to the log's head, without what was forgotten."""
        finish(self._settings)
        published = timed(lambda: publish(self._home, vocabulary()))
        self.tally.spend("publish", published.cpu_seconds)
        return published.value
