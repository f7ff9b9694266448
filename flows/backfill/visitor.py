"""Asking archives and sites: one loop, one session and one pace for all the days that are done side by side."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from flows.reading.pool import ReaderPool
from flows.settings import Settings
from flows.sources.asking import Visit
from flows.sources.candidates import Found
from flows.web.answers import FEED_LIMITS, PAGE_LIMITS, Answer, Limits
from flows.web.configured import client_for, pacer_for
from flows.web.errors import FetchError
from flows.web.fetcher import PoliteDoor
from flows.web.manners import Door, HostPacer
from flows.web.robots import Robots
from flows.web.trail import rest_asked_for

# the Internet Archive blocks who asks its index more than 0.4, or for copies more than 8 times a second
INDEX_SECONDS, COPY_SECONDS = 2.5, 0.125
INDEX_LIMITS = replace(FEED_LIMITS, total_seconds=120.0, read_seconds=60.0, repeats=2)
_T = TypeVar("_T")


class _Pace(HostPacer):
    """One of two paces at an archive: when it asks to be left alone, that is meant for both."""

    _other: HostPacer | None = None

    def rests_with(self, other: _Pace) -> None:
        """Share every rest from now on."""
        self._other, other._other = other, self

    def postpone(self, url: str, seconds: float) -> None:
        """See `Door`."""
        super().postpone(url, seconds)
        if self._other is not None:
            HostPacer.postpone(self._other, url, seconds)


class Visitor:
    """Asks in a thread of its own; use as a context manager, from any thread.

    Archives are asked at the pace they have asked for, sites at their own with their robots.txt; private addresses that
    were explicitly allowed are not paced.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="visitor", daemon=True)
        self._client = client_for(settings)
        self._index, self._copies = self._pacer(INDEX_SECONDS), self._pacer(COPY_SECONDS)
        self._index.rests_with(self._copies)
        self._pages = pacer_for(settings)
        self._robots = Robots(self._client, self._pages)

    def _pacer(self, seconds: float) -> _Pace:
        settings = self._settings
        return _Pace(
            seconds_per_host=seconds,
            max_connections=settings.max_connections,
            allow_private=settings.allow_private_addresses,
            allowed_networks=settings.allowed_networks,
        )

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait(self._client.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wait(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def requests(self) -> int:
        """How many were sent, for robots.txt and sites' own lists, too."""
        return self._client.requests

    def stop(self) -> None:
        """Give up what is being asked for; whoever waits for it is told so by an error."""

        def give_up() -> None:
            for task in asyncio.all_tasks(self._loop):
                task.cancel()

        self._loop.call_soon_threadsafe(give_up)

    def index(self, url: str) -> Answer:
        """What an archive's index answers.

        Raises:
            FetchError: no complete answer.
        """
        return self._wait(self._get(url, self._index, INDEX_LIMITS))

    def walked(self, walk: Callable[[Visit], AsyncGenerator[Found]], pool: ReaderPool | None) -> list[Found]:
        """What a walk through a site's own lists finds."""
        return self._wait(self._walk(walk(Visit(self._client, self._robots, self._pages, pool))))

    async def _walk(self, walking: AsyncGenerator[Found]) -> list[Found]:
        async with aclosing(walking):
            return [each async for each in walking]

    def copies(self, urls: Sequence[str]) -> list[Answer | FetchError]:
        """An archive's copies of pages, each or what became of it, in their order."""
        return self._wait(self._get_all(urls, self._copies))

    def pages(self, urls: Sequence[str]) -> list[Answer | FetchError]:
        """Pages of sites as they are now, each or what became of it, in their order."""
        return self._wait(self._get_all(urls, PoliteDoor(self._robots, self._pages)))

    def download(self, url: str, path: Path) -> None:
        """Fetch a large file into a file of ours.

        Raises:
            FetchError: it could not be had whole.
        """
        self._wait(self._download(url, path))

    async def _download(self, url: str, path: Path) -> None:
        async with self._index.slot(url):
            try:
                with path.open("wb") as file:
                    await self._client.download(url, file)
            except FetchError as error:
                if rest := rest_asked_for(error):
                    self._index.postpone(url, rest)
                raise

    async def _get_all(self, urls: Sequence[str], door: Door) -> list[Answer | FetchError]:
        return await asyncio.gather(*(self._outcome(url, door) for url in urls))

    async def _outcome(self, url: str, door: Door) -> Answer | FetchError:
        limits = replace(PAGE_LIMITS, total_seconds=self._settings.request_seconds)
        try:
            return await self._get(url, door, limits)
        except FetchError as error:
            return error

    async def _get(self, url: str, door: Door, limits: Limits) -> Answer:
        return await self._client.get(url, limits=limits, door=door)

    def _wait(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _end(self) -> None:
        others = [each for each in asyncio.all_tasks() if each is not asyncio.current_task()]
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.__aexit__(None, None, None)
