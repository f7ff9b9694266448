"""A night's steps without Prefect, as the flow calls them; `night.py` measures its CPU from outside.

    python benchmarks/steps.py OPML_ADDRESS

Reads the settings from the environment. Prints one JSON object: counts, CPU seconds by stage, wall seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time


async def listed(address: str) -> bytes:
    """The press's list of feeds."""
    from flows.web.client import WebClient

    async with WebClient("", allow_private=True) as client:
        return (await client.get(address)).body


def main() -> None:
    """Poll, fetch, clean, read, append, publish."""
    # worker processes import this file: what the night needs is no business of theirs
    from flows.feed_list import FeedList
    from flows.night.night import Night, run_here
    from flows.settings import Settings

    started, settings = time.perf_counter(), Settings()
    settings.place.root.mkdir(parents=True, exist_ok=True)
    feeds = FeedList.load(settings.place.feed_list)
    feeds.import_opml(asyncio.run(listed(sys.argv[1])))
    with Night(settings, [feed.url for feed in FeedList.load(settings.place.feed_list).feeds]) as night:
        run_here(night)
        night.publish()
        wall = time.perf_counter() - started
        print(json.dumps({"counts": night.tally.counts, "cpu": night.tally.cpu_seconds, "wall_seconds": wall}))


if __name__ == "__main__":
    main()
