"""The HTTP client: one GET at a time followed to its end, within limits, every hop checked.

No cookies, no proxies from the environment, no credentials. What fails, fails as a `FetchError`.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

import aiohttp
from yarl import URL

from flows.web.addresses import Network, connector
from flows.web.answers import PAGE_LIMITS, Answer, Limits, seconds_to_wait
from flows.web.errors import FetchError, status_error
from flows.web.manners import Door, OpenDoor, Sleep
from flows.web.patience import Patience
from flows.web.reading import failure, read_body
from flows.web.trail import Trail, pause_before_repeat, rest_asked_for
from flows.web.urls import origin_of, requestable
from storage.records import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_MAX_HEADER_BYTES = 65_536  # of one header: some sites' security policies pass aiohttp's 8 kB
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OPEN = OpenDoor()


def user_agent(contact: str) -> str:
    """How we introduce ourselves; *contact* is an address where a site's owner finds whoever runs this."""
    return f"dateline/{version('dateline')}" + (f" (+{contact})" if contact else "")


class WebClient:
    """Async context manager; one session, one pool of connections.

    The clock, sleeping and the jitter of pauses are arguments so that tests need not wait.
    """

    def __init__(
        self,
        contact: str,
        *,
        allow_private: bool = False,
        allowed_networks: Sequence[Network] = (),
        max_connections: int = 100,
        now: Callable[[], datetime] = utc_now,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._headers = {
            "User-Agent": user_agent(contact),
            "Accept": _ACCEPT,
            "Accept-Encoding": _ACCEPT_ENCODING,
        }
        self._allow_private, self._allowed, self._max_connections = allow_private, allowed_networks, max_connections
        self._now, self._sleep, self._jitter = now, sleep, jitter
        self._stack = AsyncExitStack()
        self._session: aiohttp.ClientSession | None = None
        self.requests = 0  # that were sent, redirects and repetitions included

    async def __aenter__(self) -> Self:
        session = aiohttp.ClientSession(
            connector=connector(
                allow_private=self._allow_private, allowed=self._allowed, max_connections=self._max_connections
            ),
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            max_line_size=_MAX_HEADER_BYTES,
            max_field_size=_MAX_HEADER_BYTES,
        )
        self._session = await self._stack.enter_async_context(session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        limits: Limits = PAGE_LIMITS,
        door: Door = _OPEN,
    ) -> Answer:
        """Ask for an address, conditionally where validators are given, and follow it through redirects.

        What may pass by itself is asked for once more after a pause; timeouts are left to a later run, they have
        already cost their time. *door* is passed before each request to another host.

        Raises:
            FetchError: no complete answer with a 2xx status, nor 304 to a condition.
        """
        # not stamina: it costs each request 33 µs, a tenth of a small page, and its sleep and hooks are the process's
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        sent = {name: value for name, value in conditions.items() if value}
        repeats = 0
        while True:
            try:
                return await self._follow(Trail(url, requestable(url), sent, limits), door)
            except FetchError as error:
                pause = pause_before_repeat(error, limits, self._jitter())
                if repeats == limits.repeats or pause is None:
                    raise
            repeats += 1
            await self._sleep(pause)

    async def download(self, url: str, file: BinaryIO, *, read_seconds: float = 60.0) -> None:
        """Fetch an address that is large into a file, as it comes, without following redirects.

        Raises:
            FetchError: no complete answer with status 200.
        """
        assert self._session, "use the client as a context manager"
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10.0, sock_read=read_seconds)
        try:
            address = URL(requestable(url), encoded=True)
            self.requests += 1
            async with self._session.get(address, allow_redirects=False, timeout=timeout) as response:
                if response.status != 200:  # noqa: PLR2004
                    wait = seconds_to_wait(response.headers.get("Retry-After"), self._now())
                    raise status_error(url, response.status, wait)
                async for piece in response.content.iter_chunked(1 << 20):
                    file.write(piece)
        except FetchError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise failure(url, error) from error

    async def _follow(self, trail: Trail, door: Door) -> Answer:
        trail.seconds_left = trail.limits.total_seconds
        while True:
            asked = trail.here
            await door.check(asked)
            try:
                async with door.slot(asked):
                    answer = await self._within_origin(trail, door)
            except FetchError as error:
                door.note(asked, error)
                if rest := rest_asked_for(error):
                    door.postpone(asked, rest)
                raise
            door.note(asked, None)
            if answer:
                return answer

    async def _within_origin(self, trail: Trail, door: Door) -> Answer | None:
        """The answer, or None when the trail has led to another origin, whose own turn is to be waited for."""
        origin = origin_of(trail.here)
        while (answer := await self._in_time(trail)) is None:
            if origin_of(trail.here) != origin:
                return None
            await door.check(trail.here)
        return answer

    async def _in_time(self, trail: Trail) -> Answer | None:
        patience = Patience(trail.limits, trail.seconds_left)
        try:
            async with patience:
                return await self._ask(trail, patience)
        except FetchError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            raise failure(trail.url, error) from error
        finally:
            trail.seconds_left -= patience.seconds_spent

    async def _ask(self, trail: Trail, patience: Patience) -> Answer | None:
        """One request; None when it was a redirect and the trail has moved."""
        assert self._session, "use the client as a context manager"
        self.requests += 1
        async with self._session.get(
            URL(trail.here, encoded=True),
            headers=trail.conditions,
            allow_redirects=False,
            timeout=_timeout(trail.limits),
        ) as response:
            status = response.status
            if status in _REDIRECTS and (location := response.headers.get("Location")):
                trail.move(location, status)
                return None
            # nobody asked for a part of it (206)
            if (200 <= status <= 299 and status != 206) or (status == 304 and trail.conditions):  # noqa: PLR2004
                return await self._answer(trail, response, patience)
            raise status_error(trail.url, status, seconds_to_wait(response.headers.get("Retry-After"), self._now()))

    async def _answer(self, trail: Trail, response: aiohttp.ClientResponse, patience: Patience) -> Answer:
        body = await read_body(trail.url, response, trail.limits, patience)
        headers, now = response.headers, self._now()
        http = response.version
        return Answer(
            url=trail.url,
            final_url=trail.here,
            status=response.status,
            reason=response.reason or "",
            http_version=f"{http.major}.{http.minor}" if http else "1.1",
            request_headers=tuple(response.request_info.headers.items()),
            headers=tuple([(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers]),
            raw_body=body.raw,
            body=body.decoded,
            content_type=_readable(headers.get("Content-Type")),
            etag=_sendable(headers.get("ETag")),
            last_modified=_sendable(headers.get("Last-Modified")),
            retry_after=seconds_to_wait(headers.get("Retry-After"), now) if "Retry-After" in headers else None,
            permanent_redirect_to=trail.here if trail.seen and trail.is_permanent else None,
            received_at=now,
            is_cut=body.is_cut,
        )


def _readable(value: str | None) -> str | None:
    """A header in whole characters: aiohttp puts half a surrogate pair for a byte that is not UTF-8."""
    return value and value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _sendable(validator: str | None) -> str | None:
    """A validator, if it can go back byte for byte: aiohttp sends UTF-8."""
    return validator if validator == _readable(validator) else None


@cache
def _timeout(limits: Limits) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_seconds)  # for the rest see `Patience`
