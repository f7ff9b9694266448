"""A home with something of everything, for tests of what keeps it whole."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flows.vocabulary import vocabulary
from storage.canonical import sha256_hex
from storage.captures import CaptureWriter, Exchange
from storage.edition.publish import publish
from storage.events import ArticleFetched, CapturePlace, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, feed_id, record
from storage.texts import TextStore
from storage.verifying import Verification, verify
from tests.storage.records_of import NOON, RUN, context, discovered, page_read

FEED = "https://example.org/feed.xml"


def text_of(name: str) -> str:
    return f"Beira, 2 March — the rain stopped in {name}."


def exchange(url: str, body: bytes) -> Exchange:
    return Exchange(url, NOON, [("Host", "example.org")], 200, "OK", [("Content-Type", "text/html")], body)


def page_records(name: str, captures: CaptureWriter) -> list[Record]:
    """A page that was discovered, fetched and cleaned; its capture is written."""
    url, body = f"https://example.org/{name}", f"<p>{text_of(name)}</p>".encode()
    fetched = fetched_record(url, body, captures.exchange(exchange(url, body)))
    return [discovered(name), fetched, cleaned(name, fetched)]


def fetched_record(url: str, body: bytes, place: CapturePlace) -> Record:
    event = ArticleFetched(
        url=url,
        final_url=url,
        status=200,
        content_type="text/html",
        body_sha256=sha256_hex(body),
        body_bytes=len(body),
        captured_at=NOON,
        capture=place,
    )
    return record(event, article_id(url), context(occurred_at=NOON))


def cleaned(name: str, fetched: Record) -> Record:
    event = page_read(url=f"https://example.org/{name}", text_sha256=sha256_hex(text_of(name).encode()))
    subject = article_id(f"https://example.org/{name}")
    return record(event, subject, context(caused_by=UUID(fetched.event_id)))


def poll_record(captures: CaptureWriter) -> Record:
    """A feed that was polled; its capture is written."""
    body = b"<rss/>"
    place = captures.exchange(exchange(FEED, body))
    event = FeedPolled(feed_url=FEED, polled_at=NOON, outcome="new", capture=place, body_sha256=sha256_hex(body))
    return record(event, feed_id(FEED), context())


def fill(home: Home, *, pages: Sequence[str] = ("a", "b", "c"), run: UUID = RUN) -> None:
    """A batch with a poll, then one for each page; nothing is published."""
    log, texts = Log(home), TextStore(home)
    with CaptureWriter(home, run) as captures:
        polled = poll_record(captures)
        captures.sync()
        log.append([polled])
        for name in pages:
            records = page_records(name, captures)
            texts.put([text_of(name)])
            captures.sync()
            log.append(records)


def published(home: Home) -> None:
    publish(home, vocabulary())


def look(home: Home, *, quick: bool = False) -> Verification:
    return verify(home, vocabulary().classes, quick=quick)


def said(home: Home) -> list[str]:
    """The faults in words."""
    return [str(fault) for fault in look(home).faults]
