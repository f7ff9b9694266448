"""Articles with real captures and texts, for tests of what can be forgotten."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import brotli
import zstandard

from storage.canonical import sha256_hex
from storage.captures import CaptureWriter
from storage.events import ArticleDiscovered, ArticleFetched, ArticleForgotten, CapturePlace, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, feed_id, record
from storage.texts import TextStore
from storage.warc_records import Exchange
from tests.storage.records_of import NOON, context, page_read

FEED = "https://example.org/feed.xml"
PACK = {
    "": bytes,
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


@dataclass(frozen=True)
class Kept:
    """An article that was taken in."""

    url: str
    text: str
    capture: CapturePlace

    @property
    def id(self) -> UUID:
        return article_id(self.url)

    @property
    def text_sha256(self) -> str:
        return sha256_hex(self.text.encode())


def url_of(name: str) -> str:
    return f"https://example.org/{name}"


def exchange(url: str, body: bytes, coding: str = "", content_type: str = "text/html; charset=utf-8") -> Exchange:
    headers = [("Content-Type", content_type), ("Content-Length", str(len(PACK[coding](body))))]
    headers += [("Content-Encoding", coding)] if coding else []
    return Exchange(url, NOON, [("Host", "example.org")], 200, "OK", headers, PACK[coding](body))


def page(text: str) -> bytes:
    return f"<html><body><article>{text}</article></body></html>".encode()


def take_in(
    home: Home,
    writer: CaptureWriter,
    name: str,
    text: str,
    *,
    final: str | None = None,
    at: datetime = NOON,
    canonical: str | None = None,
) -> Kept:
    """Capture, store and record an article, as a run does."""
    capture = writer.exchange(exchange(url_of(final or name), page(text)))
    TextStore(home).put([text])
    writer.sync()
    kept = Kept(url_of(name), text, capture)
    Log(home).append(records(kept, final=url_of(final or name), at=at, canonical=canonical))
    return kept


def records(kept: Kept, *, final: str, at: datetime = NOON, canonical: str | None = None) -> list[Record]:
    body = page(kept.text)
    found = ArticleDiscovered(url=kept.url, via="feed", source=FEED, headline=f"Headline of {kept.url}")
    fetched = record(
        ArticleFetched(
            url=kept.url,
            final_url=final,
            status=200,
            content_type="text/html",
            body_sha256=sha256_hex(body),
            body_bytes=len(body),
            captured_at=at,
            capture=kept.capture,
        ),
        kept.id,
        context(),
    )
    cleaned = page_read(
        url=kept.url,
        canonical_url=canonical,
        text_sha256=kept.text_sha256,
        headline=f"Headline of {kept.url}",
        word_count=len(kept.text.split()),
        minhash="ff",
    )
    return [
        record(found, kept.id, context()),
        fetched,
        record(cleaned, kept.id, context(caused_by=UUID(fetched.event_id))),
    ]


def polled(place: CapturePlace, body: bytes, feed_url: str = FEED) -> Record:
    event = FeedPolled(
        feed_url=feed_url, polled_at=NOON, outcome="new", status=200, body_sha256=sha256_hex(body), capture=place
    )
    return record(event, feed_id(feed_url), context(run_id=uuid4()))


def request(article: UUID, reason: str = "asked by the family") -> Record:
    return record(ArticleForgotten(article=article, reason=reason), article, context(occurred_at=NOON))
