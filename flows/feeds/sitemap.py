"""Sitemaps (sitemaps.org 0.9), news sitemaps and indexes of sitemaps: what the documents say.

Tags count whatever their namespace, which sites misspell; a broken document counts up to where it breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from flows.feeds.document import SITEMAP, FoundEntry, FoundFeed, NotAFeedError
from flows.feeds.plain_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ADDRESSES = 50_000  # in one document, as the protocol has it
MAX_POLLED = 1_000  # as many as a news sitemap holds
MAX_SITEMAPS = 3  # of an index that is polled: this month's, and those that have begun or ended just now
_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
# what is kept, by the tag and the one around it: images and videos have places and titles, too
_KEPT = frozenset(
    (
        ("url", "loc"),
        ("url", "lastmod"),
        ("sitemap", "loc"),
        ("sitemap", "lastmod"),
        ("news", "publication_date"),
        ("news", "title"),
    )
)
_MAX_VALUE_CHARS = 10_000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address of a sitemap, or a sitemap of an index. Times keep the offset they are stated at, UTC without one."""

    address: str  # as it stands
    modified_at: datetime | None = None
    published_at: datetime | None = None  # of news sitemaps
    headline: str | None = None  # of news sitemaps


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A document; its *listed* are sitemaps where it is an index."""

    is_index: bool
    listed: tuple[Listed, ...]
    dropped: int = 0  # beyond the number that is read


def sitemap_or_refuse(body: bytes, url: str) -> Sitemap | NotAFeedError:
    """The document, or the error that says that it is none."""
    try:
        return read_sitemap(body, url)
    except NotAFeedError as error:
        return error


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The addresses of a sitemap or an index, in its order.

    Raises:
        NotAFeedError: another root element, or no XML at all.
    """
    listed: list[Listed] = []
    is_index, found = False, 0
    for root, values in _walk(body, url):
        is_index, found = root == "sitemapindex", found + bool(values.get("loc"))
        if values.get("loc") and found <= MAX_ADDRESSES:
            listed.append(_listed(values))
    return Sitemap(is_index, tuple(listed), max(0, found - MAX_ADDRESSES))


def _walk(body: bytes, url: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The root's name with what each entry says, by the names of tags; at the end once with nothing."""
    # one event at a time, what was read thrown away: 50 MB of document would be a tree of 500
    events = etree.iterparse(
        BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, remove_pis=True
    )
    root, values = "", dict[str, str]()
    try:
        for event, element in events:
            name = _name(element)
            if not root:
                root = _checked_root(name, url)
                continue
            if event == "start":
                continue
            if (_name(element.getparent()), name) in _KEPT:
                values.setdefault(name, (element.text or "")[:_MAX_VALUE_CHARS].strip())
            elif name == _ROOTS[root]:
                yield root, values
                values = {}
                _throw_away(element)
    except etree.XMLSyntaxError as error:
        if not root:
            raise NotAFeedError(url, f"no XML ({error.msg})") from error
    if not root:
        raise NotAFeedError(url, "empty")
    yield root, {}


def _checked_root(name: str, url: str) -> str:
    if name not in _ROOTS:
        raise NotAFeedError(url, f"XML with the root element {name!r}, no sitemap")
    return name


def _name(element: Any) -> str:  # noqa: ANN401 - lxml's elements have no public name
    return "" if element is None else str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _throw_away(element: Any) -> None:  # noqa: ANN401
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _listed(values: dict[str, str]) -> Listed:
    return Listed(
        address=values["loc"],
        modified_at=stated_time(values.get("lastmod")),
        published_at=stated_time(values.get("publication_date")),
        headline=plain_text(values.get("title", "")),
    )


def stated_time(text: str | None) -> datetime | None:
    """A W3C date or time at its stated offset; a date alone is its midnight, a month or year alone nothing."""
    if not text:
        return None
    try:
        if _DATE.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        at = datetime.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def read_as_feed(body: bytes, url: str) -> FoundFeed:
    """A sitemap polled like a feed: the newest addresses it dates, or the first where it dates none.

    Of an index the newest sitemaps are named, those of news first where no dates tell.

    Raises:
        NotAFeedError: an index that names nothing, or something else.
    """
    sitemap = read_sitemap(body, url)
    if sitemap.is_index:
        return _index(sitemap, url)
    newest = sorted(sitemap.listed, key=_newest_first)[:MAX_POLLED]
    return FoundFeed(
        title=None,
        format=SITEMAP,
        entries=[_entry(each) for each in newest],
        dropped_entries=sitemap.dropped + len(sitemap.listed) - len(newest),
    )


def _index(index: Sitemap, url: str) -> FoundFeed:
    if not index.listed:
        raise NotAFeedError(url, "an index of sitemaps that names none")
    newest = sorted(index.listed, key=lambda each: (_newest_first(each), "news" not in each.address.lower()))
    return FoundFeed(None, SITEMAP, [], sitemaps=tuple(each.address for each in newest[:MAX_SITEMAPS]))


def _newest_first(listed: Listed) -> float:
    at = listed.published_at or listed.modified_at or _LONG_AGO
    return -at.timestamp()


def _entry(listed: Listed) -> FoundEntry:
    return FoundEntry(
        link=listed.address,
        guid=None,
        headline=listed.headline,
        published_at=in_utc(listed.published_at),
        modified_at=in_utc(listed.modified_at),
    )


def in_utc(at: datetime | None) -> datetime | None:
    """The same moment; None for one that UTC cannot write."""
    try:
        return None if at is None else at.astimezone(UTC)
    except OverflowError:
        return None
