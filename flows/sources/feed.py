"""Feeds: what a document of RSS, RDF, Atom, JSON Feed or a sitemap says about articles. Pure: bytes in, entries out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.feeds.document import FeedDocument, FeedEntry, FoundEntry, FoundFeed, NotAFeedError
from flows.feeds.json_feed import read_json_feed
from flows.feeds.plain_text import plain_text
from flows.feeds.xml_feed import read_xml_feed
from flows.web.answers import FEED_LIMITS
from flows.web.decoding import GZIP_MAGIC, UndecodableError, gunzipped
from flows.web.errors import BadUrlError
from flows.web.urls import absolute, normalised

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["FeedDocument", "FeedEntry", "NotAFeedError", "read_feed"]

_YEARS = range(1900, 2200)
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # NUL and half characters, which no record holds
MAX_ENTRIES = 5_000  # real feeds hold 10 to 500; the whole archive of a weekly paper fits
_HEAD_BYTES = 4_096
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]*)")
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_HTML_TITLE = re.compile(rb"<title[^<>]*>([^<]{1,200})", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"<\0", b"\0<", b"\0\0\0<")  # how UTF-16 and UTF-32 begin
_MAGIC = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"PK\x03\x04": "a ZIP archive",
}
_ROOTS = {
    b"opml": "an OPML list of feeds",
    b"svg": "an image",
    b"html": "an HTML page",
}


def read_feed(body: bytes, content_type: str | None, url: str) -> FeedDocument:
    """The entries of a feed that was received from *url*, against which relative links are resolved.

    Entries without an http(s) address are left out and counted; of several with one address the first counts.

    Raises:
        NotAFeedError: it is something else, such as a page of HTML.
    """
    return _document(found_feed(body, content_type, url), url)


def found_feed(body: bytes, content_type: str | None, url: str) -> FoundFeed:
    """Every entry as its format's reader finds it, whether or not it names an article.

    Raises:
        NotAFeedError: see `read_feed`.
    """
    if body.startswith(GZIP_MAGIC):
        body, content_type = _unpacked(body, url), None
    if b"{" in body[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]:
        return read_json_feed(body.removeprefix(b"\xef\xbb\xbf"), url, MAX_ENTRIES)
    if body.startswith(_WIDE):
        body, content_type = _narrow(body), None
    head = _PROLOGUE.sub(b"", body[:_HEAD_BYTES]).lstrip(b"\xef\xbb\xbf \t\r\n")
    root = _ROOT.search(head)
    name = root[1].lower() if root else b""
    if name == b"html" or not body.strip() or head.startswith(tuple(_MAGIC)):
        raise NotAFeedError(url, _appearance(head, name))
    if name in (b"urlset", b"sitemapindex"):
        return _read_sitemap(body, url)
    found = read_xml_feed(body, content_type, url, MAX_ENTRIES)
    if not found.format and not found.entries:
        raise NotAFeedError(url, _appearance(head, name))
    return found


def _read_sitemap(body: bytes, url: str) -> FoundFeed:
    from flows.feeds.sitemap import read_as_feed  # lxml, which feeds need not wait for

    return read_as_feed(body, url)


def _unpacked(body: bytes, url: str) -> bytes:
    """What a gzip file holds: sitemaps are often stored as such."""
    try:
        return gunzipped(body, FEED_LIMITS.max_body_bytes)
    except UndecodableError as error:
        raise NotAFeedError(url, f"gzip data that cannot be read ({error})") from error


def _narrow(body: bytes) -> bytes:
    """UTF-16 and UTF-32 as UTF-8: feedparser reads them only where the XML declaration names them too."""
    if body.startswith((b"\xff\xfe\0\0", b"<\0\0\0", b"\0\0")):
        name = "utf-32-be" if body.startswith(b"\0") else "utf-32-le"
    else:
        name = "utf-16-be" if body[:1] in (b"\0", b"\xfe") else "utf-16-le"
    text = body.decode(name, "replace").removeprefix("\ufeff")
    return re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", text).encode("utf-8", "replace")


def _appearance(head: bytes, root: bytes) -> str:
    """What a document looks like, for people."""
    if not head:
        return "empty"
    magic = next((name for start, name in _MAGIC.items() if head.startswith(start)), None)
    title = _HTML_TITLE.search(head) if root == b"html" else None
    if title and (text := plain_text(title[1].decode("utf-8", "replace"))):
        return f"an HTML page, {text!r}"
    if magic or root in _ROOTS:
        return magic or _ROOTS[root]
    start = head[:60].decode("utf-8", "replace")
    return f"XML with the root element {root.decode()!r}" if root else f"text that begins {start!r}"


def _document(found: FoundFeed, url: str) -> FeedDocument:
    links = [(entry, _article_url(entry.link)) for entry in found.entries]
    first: dict[str, FeedEntry] = {}
    for entry, link in links:
        if link is not None:
            first.setdefault(link, _entry(entry, link))
    guids = Counter(entry.guid for entry in first.values())
    named = sum(link is not None for _, link in links)
    return FeedDocument(
        title=found.title,
        format=found.format,
        entries=tuple(e if guids[e.guid] == 1 else replace(e, guid=None) for e in first.values()),
        ttl_seconds=found.ttl_seconds,
        skip_hours=found.skip_hours,
        skip_days=found.skip_days,
        dropped_links=len(links) - named,
        repeated_links=named - len(first),
        dropped_entries=found.dropped_entries,
        older_url=absolute(url, found.older_url),
        generator=found.generator,
        sitemaps=tuple(filter(None, (absolute(url, each) for each in found.sitemaps))),
    )


def _entry(entry: FoundEntry, url: str) -> FeedEntry:
    guid = entry.guid if entry.guid and _UNKEPT.search(entry.guid) is None else None
    return FeedEntry(url, guid, entry.headline, _plausible(entry.published_at), _plausible(entry.modified_at))


def _plausible(claimed: datetime | None) -> datetime | None:
    """A time, unless a reader made it out of digits that were none."""
    return claimed if claimed and claimed.year in _YEARS else None


def _article_url(link: str) -> str | None:
    try:
        # line breaks within a link come from pretty-printed XML; browsers drop them too
        return normalised(re.sub(r"[\t\r\n]", "", link))
    except BadUrlError:
        return None
