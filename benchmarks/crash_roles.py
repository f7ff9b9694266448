"""What the processes of `crash.py` do until they are killed: append, publish, compact, read."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from storage.canonical import sha256_hex
from storage.captures import CaptureWriter, Exchange
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.events import ArticleCleaned, ArticleDiscovered, ArticleFetched
from storage.home import Home
from storage.log import Log
from storage.maintenance import compact
from storage.records import Context, Producer, Record, article_id, new_run_id, record
from storage.texts import TextStore
from storage.vocabulary import Event

DAY, NOON = date(2026, 3, 2), datetime(2026, 3, 2, 12, tzinfo=UTC)
RUN = UUID("01890000-0000-7000-8000-000000000001")
_CONSISTENT = "SELECT coalesce(max(position), 0), count(*), (SELECT position FROM log.checkpoint) FROM log.events"


def append_batches(root: Path, name: str) -> None:
    """Append batch after batch, and note each that was acknowledged."""
    home, noted = Home(root), root / f"acknowledged-{name}"
    first = sum(1 for _ in noted.open()) if noted.exists() else 0
    log, texts = Log(home), TextStore(home)
    with CaptureWriter(home, new_run_id()) as captures, noted.open("a") as note:
        for number in count(first):
            text = f"Beira, 2 March: batch {number} of {name} has come in."
            records = batch(name, number, text, captures)
            texts.put([text])
            captures.sync()
            log.append(records)
            # one write, so that a line is there whole or its end is missing
            note.write(" ".join(each.event_id for each in records) + "\n")
            note.flush()
            os.fsync(note.fileno())


def batch(name: str, number: int, text: str, captures: CaptureWriter) -> list[Record]:
    """A page with its capture and text, pages of its own, and pages that the other appender names too."""
    url, body = f"https://example.org/{name}/{number}", text.encode()
    place = captures.exchange(Exchange(url, NOON, [], 200, "OK", [("Content-Type", "text/plain")], body))
    fetched = in_envelope(
        ArticleFetched(
            url=url,
            final_url=url,
            status=200,
            content_type="text/plain",
            body_sha256=sha256_hex(body),
            body_bytes=len(body),
            captured_at=NOON,
            capture=place,
        ),
        url,
    )
    own = [f"{url}/{each}" for each in range(number % 5)]
    shared = [f"https://example.org/shared/{number}/{each}" for each in range(3)]
    return [fetched, in_envelope(_cleaned(url, text), url, fetched.id), *map(_discovered, (*own, *shared))]


def _discovered(url: str) -> Record:
    return in_envelope(ArticleDiscovered(url=url, via="feed", source="https://example.org/feed.xml"), url)


def _cleaned(url: str, text: str) -> ArticleCleaned:
    return ArticleCleaned(
        url=url,
        canonical_url=None,
        text_sha256=sha256_hex(text.encode()),
        headline=None,
        authors=[],
        published_at=NOON,
        published_at_source="meta",
        modified_at=None,
        language="en",
        publisher="example.org",
        site_name=None,
        section=None,
        keywords=[],
        word_count=len(text.split()),
        minhash="",
        configuration_sha256="",
    )


def in_envelope(event: Event, url: str, cause: UUID | None = None) -> Record:
    """The event as the log stores it."""
    context = Context(producer=Producer("crash", 1), run_id=RUN, published_on=DAY, caused_by=cause)
    return record(event, article_id(url), context)


def publish_always(root: Path) -> None:
    """Publish again and again."""
    words = vocabulary({}, [])
    with (root / "publications").open("a") as note:
        while True:
            publish(Home(root), words)
            note.write(".")
            note.flush()


def compact_always(root: Path) -> None:
    """Compact again and again."""
    while True:
        compact(Home(root), retain_hours=1)


def read_always(root: Path, orders: Connection) -> None:
    """Open the edition until told to stop; tell how often, how often in vain, how often it was not of one moment."""
    opens, failed, torn, seen = 0, list[str](), 0, 0
    while not orders.poll():
        opens += 1
        try:
            [(last, rows, checkpoint)] = ask(Home(root), _CONSISTENT).rows
        except Exception as error:  # noqa: BLE001 - any failure counts
            failed.append(repr(error))
            continue
        torn += not (last == rows == checkpoint >= seen)
        seen = checkpoint
    orders.send((opens, failed, torn))
