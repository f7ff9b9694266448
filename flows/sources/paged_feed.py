"""Feeds as a source of the past: page after page into older entries, as far as a range of days needs.

A feed says itself where its older entries stand (RFC 5005: `prev-archive` or `next`; JSON Feed: `next_url`), or a site
runs WordPress, whose feeds take `?paged=2`. Pages are read until one lies wholly before the days, names nothing new, or
is missing.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from flows.feeds.document import FeedDocument, FeedEntry, NotAFeedError
from flows.feeds.work import read_or_refuse
from flows.reading.pool import Killed
from flows.sources.candidates import Candidate, Days, Found, Unread

if TYPE_CHECKING:
    from flows.sources.asking import Visit

MAX_PAGES = 300
_PAGED = re.compile(r"(?:\A|&)paged=\d+")
_WORDPRESS_PATH = re.compile(r"/feed/?\Z")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to be read; *is_guess* when no document has named it."""

    url: str
    number: int = 1
    is_guess: bool = False


async def paged_candidates(
    feed_url: str, days: Days, visit: Visit, *, max_pages: int = MAX_PAGES
) -> AsyncGenerator[Found]:
    """The articles that a feed and its older pages date to a range of days, newest page first, each once.

    An entry without a date counts as its neighbour does; a page on which nothing is dated ends the walk as unread,
    since no end of it could be told.
    """
    page: _Page | None = _Page(feed_url)
    asked: set[str] = set()
    given: set[str] = set()
    while page:
        asked.add(page.url)
        document = await _read(page, visit)
        if not isinstance(document, FeedDocument):
            if not page.is_guess:
                yield document
            return
        fresh = [entry for entry in document.entries if entry.url not in given]
        given.update(entry.url for entry in fresh)
        for entry in _of_the_days(fresh, days):
            yield _candidate(entry, page.url)
        page = _next_page(page, document) if _goes_on(fresh, days) else None
        if fresh and all(_date(entry) is None for entry in fresh):
            yield Unread(feed_url, "its entries state no dates", is_final=True)
        if page and (page.url in asked or page.number > max_pages):
            yield Unread(page.url, f"not read: {max_pages} pages were, or it leads in a circle", is_final=True)
            return


async def _read(page: _Page, visit: Visit) -> FeedDocument | Unread:
    answer = await visit.ask(page.url, is_invited=page.number == 1)
    if isinstance(answer, Unread):
        return answer
    document = await visit.read(read_or_refuse, answer.body, answer.content_type, answer.final_url)
    match document:
        case NotAFeedError():
            return Unread(page.url, f"not a feed but {document.what}", is_final=True)
        case Killed():
            return Unread(page.url, document.why, is_final=True)
        case _:
            return document


def _date(entry: FeedEntry) -> datetime | None:
    return entry.published_at or entry.modified_at


def _of_the_days(entries: Iterable[FeedEntry], days: Days) -> Iterator[FeedEntry]:
    waiting: list[FeedEntry] = []  # for the first date of the document
    is_in: bool | None = None
    for entry in entries:
        at = _date(entry)
        is_in = is_in if at is None else days.may_hold(at)
        if is_in is None:
            waiting.append(entry)
        elif is_in:
            yield from waiting
            yield entry
        if is_in is not None:
            waiting = []


def _goes_on(fresh: list[FeedEntry], days: Days) -> bool:
    """Whether older pages may still hold the days: not after a page without anything new, dated or recent."""
    dates = [at for entry in fresh if (at := _date(entry))]
    return any(not days.is_over(at) for at in dates)


def _next_page(page: _Page, document: FeedDocument) -> _Page | None:
    if document.older_url:
        return _Page(document.older_url, page.number + 1)
    if page.number > 1 and not page.is_guess:
        return None  # the end of a chain that the feed itself has laid
    parts = urlsplit(page.url)
    if not (_is_wordpress(document) or _WORDPRESS_PATH.search(parts.path)):
        return None
    kept = _PAGED.sub("", parts.query)
    query = f"{kept}&paged={page.number + 1}" if kept else f"paged={page.number + 1}"
    return _Page(urlunsplit(parts._replace(query=query)), page.number + 1, is_guess=True)


def _is_wordpress(document: FeedDocument) -> bool:
    return "wordpress" in (document.generator or "").lower()


def _candidate(entry: FeedEntry, source: str) -> Candidate:
    return Candidate(entry.url, source, entry.published_at, entry.modified_at, entry.headline, entry.guid)
