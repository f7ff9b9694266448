"""A web site on loopback whose every answer a test writes by hand, down to the bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from flows.web.client import WebClient


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]


Route = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


class Site:
    """Answers on 127.0.0.1, or another address; `routes` by path, everything else 404."""

    def __init__(self, routes: dict[str, Route], address: str = "127.0.0.1") -> None:
        self.routes, self._address = routes, address
        self.asked: list[Asked] = []
        self._serving: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._address, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        await self._server.wait_closed()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(each.path == path for each in self.asked)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        try:
            # cancelled: the site is closing, and the server's own callback would complain about a task that says so
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while not writer.is_closing():
                    await self._answer((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"), writer)
                    await writer.drain()
        finally:
            writer.transport.abort() if task.cancelling() else writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, head: str, writer: asyncio.StreamWriter) -> None:
        first, *rest = head.strip().split("\r\n")
        asked = Asked(first.split(" ")[1], {k.lower(): v for k, v in (line.split(": ", 1) for line in rest)})
        self.asked.append(asked)
        await self.routes.get(asked.path, answer(b"no such page", status=404))(asked, writer)


def answer(body: bytes = b"", *, status: int = 200, length: int | None = None, **headers: str) -> Route:
    """A fixed answer; *length* lies about the body's, names in headers use _ for -."""

    async def route(_: Asked, writer: asyncio.StreamWriter) -> None:
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        size = len(body) if length is None else length
        head = "\r\n".join([f"HTTP/1.1 {status} Said", f"Content-Length: {size}", *lines])
        writer.write(head.encode("latin-1") + b"\r\n\r\n" + body)
        if size > len(body):
            writer.close()

    return route


def redirect(to: str, status: int = 302) -> Route:
    return answer(status=status, Location=to)


def in_turn(*routes: Route) -> Route:
    """Another answer each time, the last one for ever."""
    left = list(routes)

    async def route(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return route


def endless(piece: bytes, *, seconds: float = 0.0, **headers: str) -> Route:
    """A body that never ends, a piece every so many seconds."""

    async def route(_: Asked, writer: asyncio.StreamWriter) -> None:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 200 OK\r\n{lines}Connection: close\r\n\r\n".encode())
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return route


async def silence(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Takes the request and never answers."""
    await writer.drain()
    await asyncio.Event().wait()


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


class Web:
    """What the tests of this folder are written with."""

    Site, Clock = Site, Clock
    answer, redirect, in_turn, endless, silence = map(staticmethod, (answer, redirect, in_turn, endless, silence))

    @staticmethod
    def client(clock: Clock | None = None, *, allow_private: bool = True) -> WebClient:
        sleep = (clock or Clock()).sleep
        return WebClient("https://example.org/bot", allow_private=allow_private, sleep=sleep, jitter=lambda: 0.5)
