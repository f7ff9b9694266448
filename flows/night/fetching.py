"""Fetching all night's pages at once, in a thread of its own, handed over in batches as they arrive.

No slow page holds up the others, and no more answers wait than fit into memory.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self

from flows.settings import Settings
from flows.web.answers import PAGE_LIMITS, Answer, Validators
from flows.web.configured import client_for, pacer_for
from flows.web.errors import FetchError
from flows.web.fetcher import fetch_pages
from flows.web.robots import Robots
from storage.records import utc_now
from storage.state import PendingPage

BATCH_SECONDS = 20.0  # a batch that does not fill is handed over after this time
_READY = 32


@dataclass(frozen=True)
class Arrival:
    """A page with its answer, or what became of it."""

    page: PendingPage
    outcome: Answer | FetchError


class Fetching:
    """Pages on their way; use as a context manager and iterate over `batches`.

    *validators*, by address, make a request conditional.
    """

    def __init__(
        self,
        pages: Sequence[PendingPage],
        settings: Settings,
        validators: Mapping[str, Validators] | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._pages = {page.url: page for page in pages}
        self._settings, self._validators, self._now = settings, validators, now
        self._arrivals: queue.Queue[Arrival | BaseException | None] = queue.Queue(maxsize=_READY)
        self._is_done = False
        self.cpu_seconds = 0.0
        self._runner = asyncio.Runner()
        self._thread = threading.Thread(target=self._fetch, name="fetching", daemon=True)

    def batches(self, size: int) -> Iterator[list[Arrival]]:
        """Arrivals in batches of *size*, smaller when pages come slowly; each page once."""
        while not self._is_done:
            if batch := self._collect(size):
                yield batch

    def _collect(self, size: int) -> list[Arrival]:
        batch: list[Arrival] = []
        until = None
        while len(batch) < size:
            try:
                arrival = self._arrivals.get(timeout=None if until is None else max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if isinstance(arrival, BaseException):
                raise arrival
            if arrival is None:
                self._is_done = True
                break
            batch.append(arrival)
            until = until or time.monotonic() + BATCH_SECONDS
        return batch

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._thread.is_alive():
            self._runner.get_loop().call_soon_threadsafe(self._cancel)
        while self._thread.is_alive():  # make room: the thread may be waiting to hand something over
            with suppress(queue.Empty):
                self._arrivals.get(timeout=0.05)
        self._thread.join()

    def _cancel(self) -> None:
        for task in asyncio.all_tasks(self._runner.get_loop()):
            task.cancel()

    def _fetch(self) -> None:
        ending: BaseException | None = None
        try:
            with self._runner:
                self._runner.run(self._fetch_all())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that reads
            ending = error
        self.cpu_seconds = time.thread_time()
        self._arrivals.put(ending)

    async def _fetch_all(self) -> None:
        settings = self._settings
        pacer = pacer_for(settings)
        limits = replace(PAGE_LIMITS, total_seconds=settings.request_seconds)
        async with client_for(settings, self._now) as client:
            arriving = fetch_pages(
                self._pages,
                client,
                robots=Robots(client, pacer),
                pacer=pacer,
                limits=limits,
                max_ready=_READY,
                validators=self._validators,
            )
            async with aclosing(arriving):
                async for url, outcome in arriving:
                    await self._hand_over(Arrival(self._pages[url], outcome))

    async def _hand_over(self, arrival: Arrival) -> None:
        try:
            self._arrivals.put_nowait(arrival)
        except queue.Full:
            await asyncio.to_thread(self._arrivals.put, arrival)
