"""Many pages at once, none waiting for another: politely, and no faster than they are taken away."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from flows.web.answers import PAGE_LIMITS, Answer, Limits, Validators
from flows.web.errors import FetchError
from flows.web.manners import by_host

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager

    from flows.web.client import WebClient
    from flows.web.manners import HostPacer
    from flows.web.robots import Robots

MAX_READY = 50  # answers that wait for the consumer: at 10 MB each, the most of the memory used

Outcome = Answer | FetchError


class PoliteDoor:
    """The door for pages: robots.txt first, then one's turn at the host."""

    def __init__(self, robots: Robots, pacer: HostPacer) -> None:
        self._robots, self._pacer = robots, pacer

    async def check(self, url: str) -> None:
        """See `Door`."""
        await self._robots.check(url)

    def slot(self, url: str) -> AbstractAsyncContextManager[None]:
        """See `Door`."""
        return self._pacer.slot(url)

    def postpone(self, url: str, seconds: float) -> None:
        """See `Door`."""
        self._pacer.postpone(url, seconds)

    def note(self, url: str, error: FetchError | None) -> None:
        """See `Door`."""
        self._pacer.note(url, error)


class _Shelf:
    """Outcomes on their way to the consumer; fetching stops while it is full."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._outcomes: asyncio.Queue[tuple[str, Outcome] | None] = asyncio.Queue()
        self._has_room = asyncio.Event()
        self._has_room.set()

    async def room(self) -> None:
        await self._has_room.wait()

    def put(self, outcome: tuple[str, Outcome] | None) -> None:
        self._outcomes.put_nowait(outcome)
        if self._outcomes.qsize() >= self._size:
            self._has_room.clear()

    async def take(self) -> tuple[str, Outcome] | None:
        outcome = await self._outcomes.get()
        if self._outcomes.qsize() < self._size:
            self._has_room.set()
        return outcome


async def fetch_pages(
    urls: Iterable[str],
    client: WebClient,
    *,
    robots: Robots,
    pacer: HostPacer,
    limits: Limits = PAGE_LIMITS,
    max_ready: int = MAX_READY,
    validators: Mapping[str, Validators] | None = None,
) -> AsyncGenerator[tuple[str, Outcome]]:
    """Every address once with its answer or what became of it, each as soon as it is known.

    Each host has its own queue, so a slow one delays only itself. While *max_ready* outcomes wait to be taken, no new
    request is begun (those under way still arrive). Where *validators* are given for an address, it is asked for on the
    condition that it has changed. Close it (`contextlib.aclosing`) when leaving early.
    """
    door, shelf = PoliteDoor(robots, pacer), _Shelf(max_ready)
    hosts = by_host(urls).values()
    get = partial(_outcome, client, door, limits, validators or {})
    workers = [asyncio.create_task(_fetch_host(each, get, shelf)) for each in hosts]
    closing = asyncio.create_task(_close_when_done(workers, shelf))
    try:
        while (outcome := await shelf.take()) is not None:
            yield outcome
        await closing
    finally:
        for task in (*workers, closing):
            task.cancel()
        await asyncio.gather(*workers, closing, return_exceptions=True)


async def _fetch_host(urls: list[str], get: Callable[[str], Awaitable[Outcome]], shelf: _Shelf) -> None:
    for url in urls:
        await shelf.room()
        shelf.put((url, await get(url)))


async def _outcome(
    client: WebClient, door: PoliteDoor, limits: Limits, validators: Mapping[str, Validators], url: str
) -> Outcome:
    held = validators.get(url, Validators())
    try:
        return await client.get(url, etag=held.etag, last_modified=held.last_modified, limits=limits, door=door)
    except FetchError as error:
        return error


async def _close_when_done(workers: list[asyncio.Task[None]], shelf: _Shelf) -> None:
    try:
        await asyncio.gather(*workers)
    finally:
        shelf.put(None)
