"""A feed's document without the entries that name certain articles, all else as it was.

An entry is cut out whole, from its opening tag to its closing one. Whether it names an article is asked of the same
reader that discovered the article: of the document with this one entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from flows.feeds.document import NotAFeedError
from flows.sources.feed import read_feed
from flows.web.answers import FEED_LIMITS
from flows.web.decoding import GZIP_MAGIC, UndecodableError, gunzipped

_TAG = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_SITEMAP_TAG = re.compile(rb"<(/?)(?:[\w.-]{1,40}:)?url(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BOM_AND_SPACE = b"\xef\xbb\xbf \t\r\n"


def without_entries(body: bytes, content_type: str | None, feed_url: str, articles: frozenset[str]) -> bytes | None:
    """The document without the entries of *articles* (normalised addresses), the same when it has none.

    None when it has some and they cannot be told from the rest.
    """
    if body.startswith(GZIP_MAGIC):
        return _packed_without_entries(body, content_type, feed_url, articles)
    document = _Document(body, content_type, feed_url, articles)
    try:
        before = document.urls(body)
    except NotAFeedError:
        return None if mentions(body, articles) else body
    if articles.isdisjoint(before) and not mentions(body, articles):
        return body
    cut = document.cut()
    if cut is None:
        return body if articles.isdisjoint(before) else None
    return cut


def _packed_without_entries(
    body: bytes, content_type: str | None, feed_url: str, articles: frozenset[str]
) -> bytes | None:
    """The same for a gzip file: it stays, or goes as a whole, since it could not be packed again as it was."""
    try:
        unpacked = gunzipped(body, FEED_LIMITS.max_body_bytes)
    except UndecodableError:
        return body
    return body if without_entries(unpacked, content_type, feed_url, articles) == unpacked else None


def mentions(body: bytes, articles: frozenset[str]) -> bool:
    """Whether one of the addresses stands anywhere in a document, however it is escaped."""
    text = unquote(unescape(body.replace(b"\0", b"").replace(b"\\/", b"/").decode("utf-8", "replace")))
    return any(unquote(address).partition("://")[2] in text for address in articles)


@dataclass(frozen=True)
class _Document:
    """A feed's document and what is to go from it."""

    body: bytes
    content_type: str | None
    feed_url: str
    articles: frozenset[str]

    def urls(self, body: bytes) -> list[str]:
        """The articles that the document names when this is its body."""
        return [entry.url for entry in read_feed(body, self.content_type, self.feed_url).entries]

    def cut(self) -> bytes | None:
        """The body without them; None when the entries cannot be told apart."""
        is_json = self.body.lstrip(_BOM_AND_SPACE).startswith(b"{")
        try:
            cut = self._cut_json() if is_json else self._cut_xml()
            expected = [url for url in self.urls(self.body) if url not in self.articles]
            return cut if cut is not None and self.urls(cut) == expected else None
        except NotAFeedError:
            return None

    def _cut_xml(self) -> bytes | None:
        entries = _xml_entries(self.body)
        if not entries:
            return None
        head, tail = self.body[: entries[0].start], self.body[entries[-1].stop :]
        gone = [each for each in entries if self._is_named(head + self.body[each] + tail)]
        return b"".join(self.body[kept] for kept in _between(gone))

    def _cut_json(self) -> bytes | None:
        document = json.loads(self.body.removeprefix(b"\xef\xbb\xbf"))
        kept = [item for item in document["items"] if not self._is_named(_json({**document, "items": [item]}))]
        return self.body if len(kept) == len(document["items"]) else _json({**document, "items": kept})

    def _is_named(self, body: bytes) -> bool:
        return not self.articles.isdisjoint(self.urls(body))


def _xml_entries(body: bytes) -> list[slice]:
    """Where the entries stand; none when opening and closing tags do not take turns."""
    pattern = _SITEMAP_TAG if b"<urlset" in body or b":urlset" in body else _TAG
    tags = [*pattern.finditer(body)]
    opening, closing = tags[::2], tags[1::2]
    if len(opening) != len(closing) or any(tag[1] for tag in opening) or not all(tag[1] for tag in closing):
        return []
    return [slice(one.start(), other.end()) for one, other in zip(opening, closing, strict=True)]


def _between(gone: list[slice]) -> Iterator[slice]:
    """What is left around the pieces that go."""
    start = 0
    for each in gone:
        yield slice(start, each.start)
        start = each.stop
    yield slice(start, None)


def _json(document: dict[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
