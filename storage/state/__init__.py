"""What the log says so far, as far as a run must know it: feeds' validators, pages to fetch, texts to compare with.

Each question is a .sql file here over `records`, the log's rows in the shape of today's classes. The log is asked, not
the edition, so that a run never waits for a publisher and never trusts what can be rebuilt.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar
from uuid import UUID

import duckdb
import msgspec
import pyarrow as pa

from storage.events import CapturePlace
from storage.log import Log
from storage.state.shapes import rows_for

_T = TypeVar("_T")


class FeedState(msgspec.Struct, frozen=True, kw_only=True):
    """What the last answers of a feed left to remember."""

    feed_url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    capture: CapturePlace | None = None
    sitemaps: int | None = None  # read in its place, where it is an index of sitemaps
    ttl_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    outcome: str | None = None  # of the last poll
    error: str | None = None  # of the last poll
    polled_at: datetime | None = None
    answered_at: datetime | None = None  # last good answer
    good_polls: int = 0
    failures: int = 0  # in a row
    interval_seconds: int | None = None
    next_due_at: datetime | None = None
    next_due_reason: str | None = None
    moved_to: str | None = None  # permanent redirect of the last good polls, all the same
    is_move_confirmed: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether the feed's server has said that it ended."""
        return self.outcome == "gone"

    @property
    def asked_url(self) -> str:
        """Where the feed is asked: where it has moved to for good, unless that has failed last."""
        return self.moved_to if self.moved_to and self.is_move_confirmed and not self.failures else self.feed_url


class PendingPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that was discovered, or whose entry changed, and that was not fetched since."""

    article_id: UUID
    url: str
    discovered: UUID  # event id of the discovery
    headline: str | None
    claimed_published_at: datetime | None
    claimed_modified_at: datetime | None
    attempts: int
    retry_at: datetime | None
    guid: str | None = None  # the entry's own id, with the source that gave it
    first_seen_at: datetime | None = None


class KnownText(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an article's latest capture."""

    article_id: UUID
    text_sha256: str
    headline: str | None
    captured_at: datetime
    configuration_sha256: str
    word_count: int


class Fingerprint(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to tell whether two articles carry the same story."""

    article_id: UUID
    published_on: date
    word_count: int
    minhash: str
    publisher: str | None = None


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The record that closed a reading of a text by an extractor."""

    article_id: UUID
    text_sha256: str
    producer: str
    version: int
    extraction_id: UUID
    closed_by: UUID  # event id of the record
    supersedes: UUID | None


def feed_states(log: Log) -> dict[str, FeedState]:
    """The state of every feed that was ever polled, by its address as listed."""
    return {each.feed_url: each for each in ask_log(log, "feed_states", FeedState)}


def resting_addresses(log: Log, now: datetime) -> list[str]:
    """Addresses of pages and feeds whose hosts have asked to be left alone (429, 503) until after *now*."""
    return [str(row["url"]) for row in rows_of(log, "host_rests", now=now)]


def pending_pages(log: Log) -> list[PendingPage]:
    """Pages to fetch, oldest discovery first; five failures or a final one end the asking."""
    return ask_log(log, "pending_pages", PendingPage)


def latest_texts(log: Log, articles: Iterable[UUID]) -> dict[UUID, KnownText]:
    """The text of each article's latest capture, for those that have one."""
    wanted = streams_of(articles)
    return {each.article_id: each for each in ask_log(log, "latest_texts", KnownText, wanted=wanted)}


def fingerprints(log: Log, since: date, until: date) -> list[Fingerprint]:
    """Fingerprints of the articles published in a range of days, both ends included."""
    return ask_log(log, "fingerprints", Fingerprint, since=since, until=until)


def captured_bodies(log: Log, articles: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Which bodies (by SHA-256) were already captured for which articles."""
    wanted = streams_of(articles)
    return {(row["article_id"], row["body_sha256"]) for row in rows_of(log, "captured_bodies", wanted=wanted)}


def closings(log: Log, articles: Iterable[UUID]) -> list[Closing]:
    """What has closed the readings of these articles, in the order of the log."""
    wanted = streams_of(articles)
    return ask_log(log, "closings", Closing, wanted=wanted) if wanted.num_rows else []


def streams_of(articles: Iterable[UUID]) -> pa.Table:
    """The streams of articles, as a relation to join with."""
    return pa.table({"stream": pa.array([f"article:{each}" for each in articles], pa.string())})


def ask_log(log: Log, question: str, kind: type[_T], **given: Any) -> list[_T]:  # noqa: ANN401
    """The answer to a question of this folder, a struct for each row."""
    return [msgspec.convert(row, kind) for row in rows_of(log, question, **given)]


def rows_of(log: Log, question: str, **given: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - parameters or Arrow tables
    """The answer to a question of this folder, a dictionary for each row."""
    log_files = log.files()
    if not log_files:
        return []
    tables = {name: value for name, value in given.items() if isinstance(value, pa.Table)}
    parameters = {name: value for name, value in given.items() if name not in tables}
    with closing(duckdb.connect()) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name, table in tables.items():
            connection.register(name, table)
        sql = f"WITH records AS ({rows_for(connection, log_files, _sql(question))})\n{_sql(question)}"
        result = connection.execute(sql, {"files": log_files, **parameters})
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@cache
def _sql(question: str) -> str:
    return files("storage.state").joinpath(f"{question}.sql").read_text("utf-8")
