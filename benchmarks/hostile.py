"""What hostile feeds and servers cost: the catalogue of `tests/flows/hostile/`, each feed in a process of its own.

    uv run python benchmarks/hostile.py

Prints the feeds that cost most, in CPU seconds and memory, and the peak memory of fetching from all hostile servers at
once, the servers themselves included. Ends with 1 when a feed passes five seconds or 300 MB, or the run 1 GiB.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import time
from pathlib import Path
from typing import NamedTuple

from measuring import Line

sys.path.insert(0, str(Path(__file__).parent.parent))

from flows.feeds.work import read_or_refuse
from flows.web.answers import Limits
from flows.web.fetcher import fetch_pages
from flows.web.manners import HostPacer
from flows.web.robots import Robots
from tests.flows.hostile.feeds import FEEDS, item, rss
from tests.flows.hostile.servers import FURTHER, SERVERS
from tests.flows.sites import Site, Web

_SHOWN = 5
_MOST_SECONDS, _MOST_MB, _MOST_RUN_MB = 5, 300, 1_074


class Cost(NamedTuple):
    """What reading one feed took."""

    seconds: float
    megabytes: float
    name: str


def cost_of(name: str, body: bytes) -> Cost:
    """Read a feed in a forked process, which also tells how far its memory grew."""
    reader, writer = os.pipe()
    if not (child := os.fork()):
        before, started = _peak_mb(), time.process_time()
        read_or_refuse(body, None, "https://x.example/feed.xml")
        os.write(writer, f"{time.process_time() - started} {_peak_mb() - before}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as told:
        seconds, megabytes = map(float, told.read().split())
    return Cost(seconds, megabytes, name)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


async def _fetch_all() -> int:
    limits = Limits(total_seconds=3.0, read_seconds=2.0, repeats=0)
    routes = FURTHER | {f"/{name}": route for name, (route, _) in SERVERS.items()}
    async with Site(routes) as site, Web.client() as client:
        urls = [site.url(f"/{name}", f"{name}.localhost") for name in SERVERS]
        pacer = HostPacer(allow_private=True)
        pages = fetch_pages(urls, client, robots=Robots(client, pacer), pacer=pacer, limits=limits)
        return len([url async for url, _ in pages])


def main() -> int:
    """Measure and print."""
    read_or_refuse(rss(item()), None, "https://x.example/feed.xml")  # what is imported on first use
    costs = [cost_of(name, body) for name, (body, *_) in FEEDS.items()]
    lines = [
        Line(f"{len(FEEDS)} feeds, CPU of all", f"{sum(each.seconds for each in costs):.1f} s"),
        *(
            Line(f"slowest: {each.name}", f"{each.seconds:.2f} s", "<= 5 s", each.seconds <= _MOST_SECONDS)
            for each in sorted(costs, reverse=True)[:_SHOWN]
        ),
        *(
            Line(f"largest: {each.name}", f"{each.megabytes:.0f} MB", "<= 300 MB", each.megabytes <= _MOST_MB)
            for each in sorted(costs, key=lambda each: -each.megabytes)[:_SHOWN]
        ),
    ]
    fetched = asyncio.run(_fetch_all())
    lines += [
        Line(f"{fetched} servers at once, peak memory", f"{_peak_mb():.0f} MB", "<= 1 GiB", _peak_mb() <= _MOST_RUN_MB)
    ]
    print(*lines, sep="\n")
    return int(any(line.is_met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
