"""What fetching costs beside bare aiohttp, what a night with nothing new costs, and whether memory stays flat.

    uv run python benchmarks/fetch.py [--pages 2000] [--memory-pages 5000]

A server of its own process answers on fifty addresses of loopback. Bare aiohttp asks for small pages with as many
connections and reads them; dateline fetches the same ones without pacing, with robots.txt, every check on, and writes
its captures. The two take turns in one process; the ratio is that of the medians. Then 500 feeds that all answer 304
are polled by a whole night without Prefect, CPU of all its processes counted; and pages are fetched and captured while
the memory of the process is watched.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import Line, at_least, surroundings, workplace

HOSTS = 50
CONNECTIONS = 32
FEEDS = 500
TURNS = 5
_WORDS = "The harbour council met on Monday to hear how the sea wall had held through the storm. "
PAGE = f"<html><head><title>Sea wall</title></head><body><article><p>{_WORDS * 40}</p></article></body></html>".encode()
# entries that name no page, so that a night has nothing to fetch
FEED = f"<rss version='2.0'><channel>{'<item><title>Sea wall</title></item>' * 30}</channel></rss>".encode()
_MEGABYTE = 1_000_000
_MOST_CPU_SECONDS, _MOST_GROWTH_MB = 10, 50


# what serves


class _Server(asyncio.Protocol):
    """HTTP/1.1 with as little work as possible: pages, feeds that know their ETag, no robots.txt."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        path = data.split(b" ", 2)[1]
        if path == b"/robots.txt":
            self._answer(b"404 Not Found", b"")
        elif path.startswith(b"/feed"):
            is_known = b'if-none-match: "1"' in data.lower()
            self._answer(b"304 Not Modified" if is_known else b"200 OK", b"" if is_known else FEED, b'ETag: "1"\r\n')
        else:
            self._answer(b"200 OK", PAGE)

    def _answer(self, status: bytes, body: bytes, more: bytes = b"") -> None:
        kind = b"Content-Type: text/html; charset=utf-8\r\n"
        self._transport.write(
            b"HTTP/1.1 %b\r\n%b%bContent-Length: %d\r\n\r\n%b" % (status, kind, more, len(body), body)
        )


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Server, "0.0.0.0", 0, backlog=1024)  # noqa: S104
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving() -> Iterator[int]:
    """The server's port, while it runs."""
    with subprocess.Popen([sys.executable, __file__, "--role", "serve"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def _pages(port: int, number: int) -> list[str]:
    return [f"http://127.0.1.{each % HOSTS + 1}:{port}/page/{each}" for each in range(number)]


# what is measured, each in a process of its own


async def _bare(urls: list[str]) -> float:
    import aiohttp

    async def ask(session: aiohttp.ClientSession, url: str, room: asyncio.Semaphore) -> None:
        async with room, session.get(url) as response:
            assert len(await response.read()) == len(PAGE)

    started = time.perf_counter()
    room = asyncio.Semaphore(CONNECTIONS)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:
        await asyncio.gather(*(ask(session, url, room) for url in urls))
    return time.perf_counter() - started


async def _ours(urls: list[str], home: Path, watch: list[float]) -> float:
    from flows.night.polling import as_exchange
    from flows.web.answers import Answer
    from flows.web.client import WebClient
    from flows.web.fetcher import fetch_pages
    from flows.web.manners import HostPacer
    from flows.web.robots import Robots
    from storage.captures import CaptureWriter
    from storage.home import Home
    from storage.records import new_run_id

    started, done = time.perf_counter(), 0
    client = WebClient("", allow_private=True, max_connections=CONNECTIONS)
    pacer = HostPacer(seconds_per_host=0, max_connections=CONNECTIONS, allow_private=True)
    with CaptureWriter(Home(home), new_run_id()) as captures:
        async with client:
            async for _, outcome in fetch_pages(urls, client, robots=Robots(client, pacer), pacer=pacer):
                assert isinstance(outcome, Answer), outcome
                captures.exchange(as_exchange(outcome))
                done += 1
                if done % 100 == 0:
                    watch.append(_memory_bytes() / _MEGABYTE)
        captures.sync()
    return time.perf_counter() - started


def _memory_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _night(port: int, home: Path) -> dict[str, Any]:
    """One night's steps, CPU of this process and its workers; imports are start-up and not counted."""
    from flows.night.night import Night, run_here
    from flows.settings import Settings

    feeds = [f"http://127.0.1.{each % HOSTS + 1}:{port}/feed/{each}" for each in range(FEEDS)]
    settings = Settings(home=home, allow_private_addresses=True, workers=2)
    before = time.process_time()
    with Night(settings, feeds) as night:
        run_here(night)
        night.publish()
        counts = dict(night.tally.counts)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"cpu": time.process_time() - before + children.ru_utime + children.ru_stime, "counts": counts}


def _in_turn(port: int, number: int, home: Path) -> dict[str, list[float]]:
    """Requests a second of both, taking turns in one process; the first turn of each is not counted."""
    urls, rates = _pages(port, number), dict[str, list[float]](bare=[], ours=[])
    for turn in range(TURNS + 1):
        seconds = {"bare": asyncio.run(_bare(urls)), "ours": asyncio.run(_ours(urls, home / str(turn), []))}
        if turn:
            for name, each in seconds.items():
                rates[name].append(number / each)
    return rates


def role(name: str, port: int, number: int, home: Path) -> Any:  # noqa: ANN401 - what JSON holds
    """Do one of the measured things in this process."""
    if name == "night":
        return _night(port, home)
    if name == "speed":
        return _in_turn(port, number, home)
    watch: list[float] = []
    asyncio.run(_ours(_pages(port, number), home, watch))
    return watch


def _measured(name: str, port: int, number: int, home: Path) -> Any:  # noqa: ANN401
    command = [
        sys.executable,
        __file__,
        "--role",
        name,
        "--port",
        str(port),
        "--pages",
        str(number),
        "--home",
        str(home),
    ]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--memory-pages", type=int, default=5_000)
    parser.add_argument("--role", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role == "serve":
        asyncio.run(_serve())
        return 0
    if given.role:
        print(json.dumps(role(given.role, given.port, given.pages, given.home)))
        return 0
    return _report(given.pages, given.memory_pages)


def _report(pages: int, memory_pages: int) -> int:
    with workplace(None) as folder, serving() as port:
        rates = _measured("speed", port, pages, folder / "speed")
        _measured("night", port, 0, folder / "night")
        again = _measured("night", port, 0, folder / "night")
        watch = _measured("memory", port, memory_pages, folder / "watched")
        lines = [*surroundings(folder)]
    bare, ours = statistics.median(rates["bare"]), statistics.median(rates["ours"])
    early, peak = watch[4], max(watch[4:])
    cpu, unchanged = again["cpu"], again["counts"].get("feeds_unchanged", 0)
    lines += [
        Line(f"bare aiohttp, {pages} pages of {len(PAGE)} bytes", f"{bare:.0f} a second"),
        Line("dateline, all checks on, captures written", f"{ours:.0f} a second"),
        at_least("of bare aiohttp", ours / bare, 0.6),
        Line(f"night, {unchanged} of {FEEDS} feeds answer 304, CPU", f"{cpu:.1f} s", "< 10 s", cpu < _MOST_CPU_SECONDS),
        Line(
            f"memory after 500 and at most, {memory_pages} pages",
            f"{early:.0f} and {peak:.0f} MB",
            "+ < 50 MB",
            peak - early < _MOST_GROWTH_MB,
        ),
    ]
    print(*lines, sep="\n")
    return int(any(line.is_met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
