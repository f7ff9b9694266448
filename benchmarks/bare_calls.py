"""The least a night costs: feedparser, aiohttp and trafilatura called bare, nothing kept, no events.

    python benchmarks/bare_calls.py OPML_ADDRESS

Prints one JSON object: pages, texts, wall seconds. `night.py` measures its CPU from outside.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from xml.etree import ElementTree as ET

import aiohttp
import feedparser
import trafilatura

CONNECTIONS = 32
WORKERS = 2


async def get(session: aiohttp.ClientSession, room: asyncio.Semaphore, url: str) -> bytes:
    """One body."""
    async with room, session.get(url) as response:
        return await response.read()


async def get_all(urls: list[str]) -> list[bytes]:
    """All bodies, side by side."""
    room = asyncio.Semaphore(CONNECTIONS)
    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*(get(session, room, url) for url in urls))


def extract(body: bytes, url: str) -> bool:
    """Whether trafilatura (balanced, with metadata) finds a text."""
    found = trafilatura.bare_extraction(body, url=url, with_metadata=True, include_comments=False)
    return bool(found and found.text)


def main() -> None:
    """Feeds, pages, texts."""
    started = time.perf_counter()
    [opml] = asyncio.run(get_all([sys.argv[1]]))
    feeds = [outline.attrib["xmlUrl"] for outline in ET.fromstring(opml).iter("outline")]  # noqa: S314
    entries = [entry for body in asyncio.run(get_all(feeds)) for entry in feedparser.parse(BytesIO(body)).entries]
    pages = [entry["link"] for entry in entries]
    bodies = asyncio.run(get_all(pages))
    with ProcessPoolExecutor(WORKERS) as pool:
        texts = sum(pool.map(extract, bodies, pages))
    print(json.dumps({"pages": len(pages), "texts": texts, "wall_seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
