"""RSS 0.9x to 2.0, RDF and Atom, through feedparser, with its dangerous sides covered.

feedparser is only ever given a stream: bytes or text that look like a path or an address would be opened.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser
import feedparser.mixin

from flows.feeds.document import FoundEntry, FoundFeed, NotAFeedError
from flows.feeds.plain_text import plain_text
from flows.web.answers import stated_date

_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{8192,}")
_MAX_ATTRIBUTES = 1_000  # on one tag; their number counts squared, 60,000 run for minutes
_MAX_SKIP_BYTES = 3_000
_MAX_DATE_CHARS = 100


_MIXIN: Any = vars(feedparser.mixin)["_FeedParserMixin"]


def _leave_it(_parser: object, _key: str = "author") -> None:
    """In place of feedparser's splitting of authors."""


@contextmanager
def _without_authors() -> Generator[None]:
    """Authors are not kept, and splitting them into name and address is quadratic (64 kB: 14 s)."""
    before = _MIXIN._sync_author_detail  # noqa: SLF001 - feedparser has no public switch for it
    _MIXIN._sync_author_detail = _leave_it  # noqa: SLF001
    try:
        yield
    finally:
        _MIXIN._sync_author_detail = before  # noqa: SLF001


def read_xml_feed(body: bytes, content_type: str | None, url: str, max_entries: int) -> FoundFeed:
    """The document of an XML feed; an empty `format` and no entries when it is none.

    Raises:
        NotAFeedError: feedparser broke on it, or would take minutes.
    """
    if any(tag[0].count(b"=") > _MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(body)):
        raise NotAFeedError(url, f"XML with a tag of more than {_MAX_ATTRIBUTES} attributes")
    body, dropped = _cut(body, max_entries)
    parsed = _parse(body, content_type, url)
    feed, version = parsed["feed"], parsed.get("version") or ""
    is_literal = version.startswith("atom")
    entries = [_entry(entry, is_literal=is_literal) for entry in parsed["entries"]]
    return FoundFeed(
        title=_headline(feed, is_literal=is_literal),
        format=version,
        entries=entries[:max_entries],
        ttl_seconds=_ttl_seconds(dict.get(feed, "ttl")),
        skip_hours=tuple(hour for hour in map(int, _skipped(body, b"Hours", rb"\d{1,2}")) if hour < 24),  # noqa: PLR2004
        skip_days=tuple(day.decode().capitalize() for day in _skipped(body, b"Days", rb"[A-Za-z]{6,9}")),
        dropped_entries=dropped + max(0, len(entries) - max_entries),
        older_url=_older_url(feed),
        generator=plain_text(str(dict.get(feed, "generator") or "")),
    )


def _parse(body: bytes, content_type: str | None, url: str) -> dict[str, Any]:
    # links of entries are resolved all the same; the switch is about markup in summaries, which nobody reads here
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        stream = BytesIO(body)
        with _without_authors():
            return dict(
                feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
            )
    except Exception as error:  # what a parser of tag soup may raise is not written down anywhere
        raise NotAFeedError(url, f"something that feedparser breaks on ({type(error).__name__}: {error})") from error


def _cut(body: bytes, max_entries: int) -> tuple[bytes, int]:
    """The document up to the last entry that is read, closed again, and how many follow."""
    starts = [match.start() for match in _ENTRY.finditer(body)]
    if len(starts) <= max_entries:
        return body, 0
    root = re.search(rb"<((?:[\w.-]{1,40}:)?(?:rss|rdf|feed))[\s>]", body[: starts[0]], re.IGNORECASE)
    name = root[1] if root else b""
    channel = b"</channel>" if name.lower() == b"rss" else b""
    return body[: starts[max_entries]] + channel + (b"</" + name + b">" if name else b""), len(starts) - max_entries


def _entry(entry: dict[str, Any], *, is_literal: bool) -> FoundEntry:
    # dict.get: feedparser's own warns when it answers `updated` with `published`
    guid = dict.get(entry, "id")
    published, modified = _stated(entry, "published"), _stated(entry, "updated")
    if published is None and not is_literal:
        published, modified = modified, None  # dc:date and its like: the only date there is
    return FoundEntry(
        link=_link(entry, guid),
        guid=guid.strip() or None if isinstance(guid, str) else None,
        headline=_headline(entry, is_literal=is_literal),
        published_at=published,
        modified_at=modified,
    )


def _link(entry: dict[str, Any], guid: object) -> str:
    alternates = [each.get("href") for each in dict.get(entry, "links") or [] if each.get("rel") == "alternate"]
    permalink = guid if isinstance(guid, str) and guid.lower().startswith(("http://", "https://")) else ""
    return str(dict.get(entry, "link") or next(filter(None, alternates), None) or permalink)


def _older_url(feed: dict[str, Any]) -> str | None:
    """Where older entries stand (RFC 5005): an archived feed names the document before, a paged one the next page."""
    named = {str(each.get("rel")): str(each.get("href") or "") for each in dict.get(feed, "links") or []}
    return named.get("prev-archive") or named.get("next") or None


def _headline(titled: dict[str, Any], *, is_literal: bool) -> str | None:
    kind = (dict.get(titled, "title_detail") or {}).get("type")
    return plain_text(str(dict.get(titled, "title") or ""), is_literal=is_literal and kind == "text/plain")


def _stated(entry: dict[str, Any], name: str) -> datetime | None:
    """What feedparser makes of a date; it gives up those of e-mail's form without a zone, which mean UTC."""
    text = dict.get(entry, name)
    at = _time(dict.get(entry, f"{name}_parsed"))
    return stated_date(text[:_MAX_DATE_CHARS]) if at is None and isinstance(text, str) else at


def _time(parsed: Any) -> datetime | None:  # noqa: ANN401
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _ttl_seconds(minutes: object) -> int | None:
    text = str(minutes or "").strip()
    return int(text) * 60 if re.fullmatch(r"\d{1,6}", text, re.ASCII) else None


def _skipped(body: bytes, what: bytes, value: bytes) -> list[bytes]:
    start = body.find(b"<skip" + what)
    block = body[start : start + _MAX_SKIP_BYTES].partition(b"</skip" + what)[0] if start >= 0 else b""
    return re.findall(rb">\s*(" + value + rb")\s*</", block)
