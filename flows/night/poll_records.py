"""The records of polls: each poll itself, and a discovery for everything it names for the first time.

`FeedPolled` and the `ArticleDiscovered` it caused go into one commit: after a crash between the two, a 304 would hide
those articles for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from flows.feeds.document import SITEMAP, FeedDocument, FeedEntry, NotAFeedError
from flows.feeds.rhythm import Said, freshness, next_due, next_interval
from flows.night.polling import NOT_MODIFIED, POLLER, Document, Poll
from flows.reading.pool import Killed
from flows.recording import Recorder
from flows.web.answers import Answer
from flows.web.errors import FetchError, GoneError
from storage.canonical import sha256_hex
from storage.events import ArticleDiscovered, CapturePlace, FeedPolled
from storage.log import Log
from storage.records import Record, article_id, feed_id, utc_day
from storage.state.articles import forgotten_articles


@dataclass(frozen=True)
class PolledFeed:
    """A feed's poll as records, with the counts for the night's table."""

    poll: FeedPolled
    records: list[Record]


def polled(
    polls: Sequence[Poll],
    documents: Sequence[Document | None],
    places: Sequence[CapturePlace | None],
    log: Log,
    recorder: Recorder,
) -> list[PolledFeed]:
    """Each poll itself, and a discovery for every entry that is new or has changed."""
    forgotten = forgotten_articles(log)
    found = [
        [
            _discovery(entry, poll, _via(document), recorder)
            for entry in _entries(document)
            if article_id(entry.url) not in forgotten
        ]
        for poll, document in zip(polls, documents, strict=True)
    ]
    known = log.known(each.event_id for entries in found for each in entries)
    return [
        _polled(poll, document, place, [each for each in entries if each.event_id not in known], recorder)
        for poll, document, place, entries in zip(polls, documents, places, found, strict=True)
    ]


def _polled(
    poll: Poll, document: Document | None, place: CapturePlace | None, fresh: list[Record], recorder: Recorder
) -> PolledFeed:
    event = _poll_event(poll, document, place, len(fresh))
    row = recorder(event, feed_id(poll.feed_url), POLLER, utc_day(poll.polled_at), occurred_at=poll.polled_at)
    return PolledFeed(event, [row, *(replace(each, caused_by=row.event_id) for each in fresh)])


def _entries(document: Document | None) -> tuple[FeedEntry, ...]:
    return document.entries if isinstance(document, FeedDocument) else ()


def _sitemaps(document: Document | None) -> int | None:
    return len(document.sitemaps) or None if isinstance(document, FeedDocument) else None


def _via(document: Document | None) -> Literal["feed", "sitemap"]:
    return "sitemap" if isinstance(document, FeedDocument) and document.format == SITEMAP else "feed"


def _discovery(entry: FeedEntry, poll: Poll, via: Literal["feed", "sitemap"], recorder: Recorder) -> Record:
    event = ArticleDiscovered(
        url=entry.url,
        via=via,
        source=poll.feed_url,
        guid=entry.guid,
        headline=entry.headline,
        claimed_published_at=entry.published_at,
        claimed_modified_at=entry.modified_at,
    )
    day = utc_day(entry.published_at or poll.polled_at)
    return recorder(event, article_id(entry.url), POLLER, day, occurred_at=poll.polled_at)


def _poll_event(poll: Poll, document: Document | None, place: CapturePlace | None, fresh: int) -> FeedPolled:
    if isinstance(poll.answer, FetchError):
        return _failed(poll, poll.answer)
    answer, is_body = poll.answer, poll.answer.status != NOT_MODIFIED
    is_feed = document is None or isinstance(document, FeedDocument)
    failures = 0 if is_feed else poll.state.failures + 1
    said = _said(poll, answer, document)
    entries, sitemaps = len(_entries(document)), _sitemaps(document)
    due = next_due(said, failures, poll.polled_at)
    return FeedPolled(
        feed_url=poll.feed_url,
        polled_at=poll.polled_at,
        outcome=_outcome(document, answer),
        status=answer.status,
        etag=answer.etag if is_feed and not sitemaps else None,
        last_modified=answer.last_modified if is_feed and not sitemaps else None,
        body_sha256=sha256_hex(answer.body) if is_body else None,
        capture=place if is_body else None,
        entries=entries,
        new_entries=fresh,
        moved_to=_moved_to(poll, answer),
        error=None if is_feed else _why(document),
        next_due_at=due.at if due else None,
        next_due_reason=due.reason if due else None,
        failures=failures,
        interval_seconds=_interval(poll, entries, fresh) if is_feed else poll.state.interval_seconds,
        ttl_seconds=said.ttl_seconds,
        skip_hours=list(said.skip_hours) or None,
        skip_days=list(said.skip_days) or None,
        sitemaps=sitemaps,
    )


def _failed(poll: Poll, error: FetchError) -> FeedPolled:
    has_ended = isinstance(error, GoneError)
    failures = poll.state.failures + 1
    due = None if has_ended else next_due(Said(retry_after_seconds=error.retry_after), failures, poll.polled_at)
    return FeedPolled(
        feed_url=poll.feed_url,
        polled_at=poll.polled_at,
        outcome="gone" if has_ended else "unreachable",
        status=error.status,
        error=error.detail,
        next_due_at=due.at if due else None,
        next_due_reason=due.reason if due else None,
        failures=failures,
        interval_seconds=poll.state.interval_seconds,
    )


def _said(poll: Poll, answer: Answer, document: Document | None) -> Said:
    """What is said about the next poll; an answer without a new document leaves standing what the last one said."""
    stated = document if isinstance(document, FeedDocument) else poll.state
    fresh, by = freshness(
        answer.header("Cache-Control"), answer.header("Expires"), answer.header("Age"), poll.polled_at
    )
    return Said(answer.retry_after, fresh, by, stated.ttl_seconds, stated.skip_hours, stated.skip_days)


def _moved_to(poll: Poll, answer: Answer) -> str | None:
    """Where the feed has gone for good: what redirects say, else the confirmed address that was asked."""
    asked = poll.state.asked_url
    return answer.permanent_redirect_to or (asked if asked != poll.feed_url and answer.final_url == asked else None)


def _interval(poll: Poll, entries: int, fresh: int) -> int:
    return next_interval(poll.state.interval_seconds, poll.state.good_polls + 1, entries, fresh)


def _outcome(document: Document | None, answer: Answer) -> Literal["new", "unchanged", "moved", "not_a_feed"]:
    if isinstance(document, NotAFeedError | Killed):
        return "not_a_feed"
    if answer.permanent_redirect_to:
        return "moved"
    return "unchanged" if document is None else "new"


def _why(document: Document | None) -> str:
    return document.why if isinstance(document, Killed) else str(document)
