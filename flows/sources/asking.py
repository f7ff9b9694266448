"""How sources ask a site for documents about its articles: politely, and read where a parser can be killed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from flows.reading.pool import Killed
from flows.sources.candidates import Unread
from flows.web.answers import FEED_LIMITS, Answer, Limits
from flows.web.errors import FetchError
from flows.web.fetcher import PoliteDoor

if TYPE_CHECKING:
    from flows.reading.pool import ReaderPool
    from flows.web.client import WebClient
    from flows.web.manners import HostPacer
    from flows.web.robots import Robots

_T = TypeVar("_T")


class Visit:
    """One client's way through sites: robots.txt obeyed, hosts paced, documents parsed in worker processes.

    Without a *pool* documents are parsed in this process, whatever they hold: for tests and trusted files.
    """

    def __init__(self, client: WebClient, robots: Robots, pacer: HostPacer, pool: ReaderPool | None = None) -> None:
        self._client, self._robots, self._pacer, self._pool = client, robots, pacer, pool

    async def ask(self, url: str, limits: Limits = FEED_LIMITS, *, is_invited: bool = False) -> Answer | Unread:
        """The answer to an address, or why there is none.

        *is_invited*: the site itself has named the address for robots to read, so that robots.txt is not asked.
        """
        door = self._pacer if is_invited else PoliteDoor(self._robots, self._pacer)
        try:
            return await self._client.get(url, limits=limits, door=door)
        except FetchError as error:
            return Unread(url, error.detail, error.is_final)

    async def sitemaps_named(self, site: str) -> tuple[str, ...] | Unread:
        """The sitemaps that a site's robots.txt names; without a robots.txt, none."""
        try:
            return await self._robots.sitemaps(site)
        except FetchError as error:
            return Unread(site, error.detail, error.is_final)

    async def read(self, function: Callable[..., _T], *arguments: Any) -> _T | Killed:  # noqa: ANN401
        """Call a function of a module that workers can import."""
        if self._pool is None:
            return function(*arguments)
        [result] = await asyncio.to_thread(self._pool.run, function, [arguments])
        return result
