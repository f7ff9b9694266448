"""Indexes of sitemaps in the list of feeds: what is read of one are the newest of the sitemaps that it names.

An index may stay the same while what it names changes, so it is asked for and read at every poll.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from flows.feeds.document import FeedDocument, FeedEntry, NotAFeedError
from flows.feeds.sitemap import MAX_POLLED
from flows.night.polling import Document, Poll, ask_feeds, read_feeds
from flows.reading.pool import ReaderPool
from flows.settings import Settings
from storage.records import utc_now
from storage.state import FeedState


def read_all(
    polls: Sequence[Poll], pool: ReaderPool, settings: Settings, now: Callable[[], datetime] = utc_now
) -> list[Document | None]:
    """What `read_feeds` gives, with the entries of the sitemaps that indexes name."""
    documents = read_feeds(polls, pool)
    named = [url for document in documents if isinstance(document, FeedDocument) for url in document.sitemaps]
    if not named:
        return documents
    asked = asyncio.run(ask_feeds([FeedState(feed_url=url) for url in dict.fromkeys(named)], settings, now))
    read = {poll.feed_url: document for poll, document in zip(asked, read_feeds(asked, pool), strict=True)}
    return [
        _joined(poll.feed_url, document, read) if isinstance(document, FeedDocument) and document.sitemaps else document
        for poll, document in zip(polls, documents, strict=True)
    ]


def _joined(url: str, index: FeedDocument, read: dict[str, Document | None]) -> FeedDocument | NotAFeedError:
    found = [each for name in index.sitemaps if isinstance(each := read.get(name), FeedDocument) and not each.sitemaps]
    if not found:
        return NotAFeedError(url, f"an index of sitemaps, of which none can be read ({', '.join(index.sitemaps)})")
    entries: dict[str, FeedEntry] = {}
    for sitemap in found:
        for entry in sitemap.entries:
            entries.setdefault(entry.url, entry)
    return replace(index, entries=tuple(entries.values())[:MAX_POLLED])
