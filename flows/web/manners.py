"""Being a good guest: one request at a time per host, a pause between them, and everybody gets a turn."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Container, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Protocol

from flows.web.addresses import Network, is_local_name, is_public, is_within
from flows.web.breaker import Breaker
from flows.web.errors import BadUrlError, FetchError, RateLimitedError
from flows.web.urls import host_of

MAX_PACE_SECONDS = 60.0  # what a Crawl-delay may ask for

Sleep = Callable[[float], Awaitable[object]]


class Door(Protocol):
    """What a client passes before each request."""

    async def check(self, url: str) -> None:
        """Raise a FetchError when the address may not be asked for."""

    def slot(self, url: str) -> AbstractAsyncContextManager[object]:
        """Held while a host is being asked; entering waits for one's turn."""
        ...

    def postpone(self, url: str, seconds: float) -> None:
        """The host has asked to be left alone for a while."""

    def note(self, url: str, error: FetchError | None) -> None:
        """What came of asking the host; None: it answered."""


class OpenDoor:
    """Lets everything through at once."""

    async def check(self, url: str) -> None:
        """See `Door`."""

    def slot(self, url: str) -> AbstractAsyncContextManager[object]:  # noqa: ARG002
        """See `Door`."""
        return nullcontext()

    def postpone(self, url: str, seconds: float) -> None:
        """See `Door`."""

    def note(self, url: str, error: FetchError | None) -> None:
        """See `Door`."""


@dataclass
class _Host:
    pace_seconds: float
    breaker: Breaker = field(default_factory=Breaker)
    next_start: float = float("-inf")
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class HostPacer:
    """One request at a time per host, *seconds_per_host* between two starts, *max_connections* over all hosts.

    Private addresses that were explicitly allowed are one's own machines: they are not paced.
    """

    def __init__(
        self,
        *,
        seconds_per_host: float = 5.0,
        max_connections: int = 50,
        allow_private: bool = False,
        allowed_networks: Sequence[Network] = (),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._seconds_per_host, self._allow_private, self._allowed = seconds_per_host, allow_private, allowed_networks
        self._monotonic, self._sleep = monotonic, sleep
        self._hosts: dict[str, _Host] = {}
        self._connections = asyncio.Semaphore(max_connections)

    async def check(self, url: str) -> None:
        """See `Door`: everybody may ask, in turn."""

    def slot(self, url: str) -> AbstractAsyncContextManager[None]:
        """See `Door`. Entering it raises.

        Raises:
            RateLimitedError: the host has asked for a longer rest than its turn could wait.
            HostDownError: it did not answer several times in a row.
        """
        return _Slot(self, url)

    async def take(self, url: str) -> None:
        """Wait for one's turn at the host; `slot` gives it back."""
        host = self._host(url)
        await host.turn.acquire()
        try:
            host.breaker.check(url, self._monotonic())
            await self._wait(url, host)
            await self._connections.acquire()
        except BaseException:
            host.turn.release()
            raise
        host.next_start = self._monotonic() + host.pace_seconds

    def give_back(self, url: str) -> None:
        """The host has answered, or never will: whoever is next may ask."""
        self._connections.release()
        self._host(url).turn.release()

    async def _wait(self, url: str, host: _Host) -> None:
        while (wait := host.next_start - self._monotonic()) > 0:
            if wait > MAX_PACE_SECONDS:
                raise RateLimitedError(url, "the host has asked to be left alone", retry_after=wait)
            await self._sleep(wait)

    def postpone(self, url: str, seconds: float) -> None:
        """See `Door`."""
        host = self._host(url)
        host.next_start = max(host.next_start, self._monotonic() + seconds)

    def note(self, url: str, error: FetchError | None) -> None:
        """See `Door`."""
        self._host(url).breaker.note(error, self._monotonic())

    def slow_down(self, url: str, seconds: float) -> None:
        """Let at least so many seconds pass between two requests to the host from now on, within reason."""
        host = self._host(url)
        pace = max(host.pace_seconds, min(seconds, MAX_PACE_SECONDS))
        host.next_start += pace - host.pace_seconds
        host.pace_seconds = pace

    def _host(self, url: str) -> _Host:
        name = host_of(url)
        if name not in self._hosts:
            self._hosts[name] = _Host(0.0 if self._is_own(name) else self._seconds_per_host)
        return self._hosts[name]

    def _is_own(self, host_and_port: str) -> bool:
        host = re.sub(r":\d+\Z", "", host_and_port).strip("[]")  # an IPv6 address ends with a bracket
        try:
            ip_address(host)
        except ValueError:
            return self._allow_private and is_local_name(host)
        return is_within(host, self._allowed) or (self._allow_private and not is_public(host))


class _Slot(AbstractAsyncContextManager[None]):
    """A turn at a host; a class, since a generator would cost every page twice as much."""

    def __init__(self, pacer: HostPacer, url: str) -> None:
        self._pacer, self._url = pacer, url

    async def __aenter__(self) -> None:
        await self._pacer.take(self._url)

    async def __aexit__(self, *_: object) -> None:
        self._pacer.give_back(self._url)


def by_host(urls: Iterable[str]) -> dict[str, list[str]]:
    """Addresses under their hosts, both in order of first appearance; those without a usable host under ''."""
    hosts: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        try:
            host = host_of(url)
        except BadUrlError:
            host = ""
        hosts.setdefault(host, []).append(url)
    return hosts


def is_on(hosts: Container[str], url: str) -> bool:
    """Whether an address lies on one of the *hosts*, written as `by_host` does."""
    return any(host in hosts for host in by_host([url]))
