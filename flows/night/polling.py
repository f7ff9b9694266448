"""Polling: a feed is asked conditionally, its answer kept, and what it names for the first time discovered.

`FeedPolled` and the `ArticleDiscovered` it caused go into one commit: after a crash between the two, a 304 would hide
those articles for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_limits
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec.structs import replace

from flows.feeds.work import read_or_refuse
from flows.reading.pool import Killed, ReaderPool
from flows.recording import Recorder
from flows.settings import Settings
from flows.sources.feed import FeedDocument, FeedEntry, NotAFeedError
from flows.web.answers import FEED_LIMITS, Answer
from flows.web.client import WebClient
from flows.web.errors import FetchError, GoneError
from storage.canonical import sha256_hex
from storage.captures import CaptureWriter, Exchange
from storage.events import ArticleDiscovered, CapturePlace, FeedPolled
from storage.log import Log
from storage.records import Producer, Record, article_id, feed_id, utc_day
from storage.state import FeedState
from storage.state.articles import forgotten_articles

POLLER = Producer("poller", 1)
NOT_MODIFIED = 304
Document = FeedDocument | NotAFeedError | Killed


@dataclass(frozen=True)
class Poll:
    """What came of asking one feed."""

    feed_url: str
    polled_at: datetime
    answer: Answer | FetchError
    state: FeedState

    @property
    def new_body(self) -> Answer | None:
        """The answer, when there is something to read in it: a body that differs from the last one read."""
        answer = self.answer
        if isinstance(answer, FetchError) or answer.status == NOT_MODIFIED:
            return None
        return None if sha256_hex(answer.body) == self.state.body_sha256 else answer


def due_feeds(listed: Sequence[str], states: dict[str, FeedState], now: datetime) -> list[FeedState]:
    """The feeds to ask now: all but those that ended (410) or asked for more time (Retry-After)."""
    known = [states.get(url) or FeedState(feed_url=url) for url in listed]
    return [each for each in known if not each.is_gone and (each.next_due_at is None or each.next_due_at <= now)]


async def ask_feeds(feeds: Sequence[FeedState], settings: Settings) -> list[Poll]:
    """Ask feeds side by side, sending back the validators they gave; answers in the order of the feeds."""
    client = WebClient(
        settings.contact,
        allow_private=settings.allow_private_addresses,
        max_connections=settings.max_connections,
    )
    async with client:
        room = asyncio.Semaphore(settings.max_connections)
        return await asyncio.gather(*(_ask(client, each, room, settings) for each in feeds))


async def _ask(client: WebClient, state: FeedState, room: asyncio.Semaphore, settings: Settings) -> Poll:
    async with room:
        try:
            limits = replace_limits(FEED_LIMITS, total_seconds=settings.request_seconds)
            answer: Answer | FetchError = await client.get(
                state.feed_url, etag=state.etag, last_modified=state.last_modified, limits=limits
            )
        except FetchError as error:
            answer = error
    at = answer.received_at if isinstance(answer, Answer) else datetime.now(UTC)
    return Poll(state.feed_url, at, answer, state)


def read_feeds(polls: Sequence[Poll], pool: ReaderPool) -> list[Document | None]:
    """Read the bodies that are new, in worker processes: hostile feeds hang parsers."""
    bodies = {poll.feed_url: answer for poll in polls if (answer := poll.new_body)}
    work = [(answer.body, answer.content_type, url) for url, answer in bodies.items()]
    documents = dict(zip(bodies, pool.run(read_or_refuse, work), strict=True))
    return [documents.get(poll.feed_url) for poll in polls]


@dataclass(frozen=True)
class PolledFeed:
    """A feed's poll as records, with the counts for the night's table."""

    poll: FeedPolled
    records: list[Record]


def keep(poll: Poll, captures: CaptureWriter) -> CapturePlace | None:
    """Keep a new answer; one that brings the same body again points to where that body is kept."""
    answer = poll.new_body
    return captures.exchange(as_exchange(answer)) if answer else poll.state.capture


def as_exchange(answer: Answer) -> Exchange:
    """An answer as it is kept. The body is no longer in chunks, so the header that says so gets its archived name."""
    renamed = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}
    return Exchange(
        url=answer.final_url,
        received_at=answer.received_at,
        request_headers=answer.request_headers,
        status=answer.status,
        reason=answer.reason,
        response_headers=[(renamed.get(name.lower(), name), value) for name, value in answer.headers],
        raw_body=answer.raw_body,
    )


def polled(
    polls: Sequence[Poll],
    documents: Sequence[Document | None],
    places: Sequence[CapturePlace | None],
    log: Log,
    recorder: Recorder,
) -> list[PolledFeed]:
    """The records of polls: each poll itself, and a discovery for every entry that is new or has changed."""
    forgotten = forgotten_articles(log)
    found = [
        [_discovery(entry, poll, recorder) for entry in _entries(document) if article_id(entry.url) not in forgotten]
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


def _discovery(entry: FeedEntry, poll: Poll, recorder: Recorder) -> Record:
    event = ArticleDiscovered(
        url=entry.url,
        via="feed",
        source=poll.feed_url,
        guid=entry.guid,
        headline=entry.headline,
        claimed_published_at=entry.published_at,
        claimed_modified_at=entry.modified_at,
    )
    day = utc_day(entry.published_at or poll.polled_at)
    return recorder(event, article_id(entry.url), POLLER, day, occurred_at=poll.polled_at)


def _poll_event(poll: Poll, document: Document | None, place: CapturePlace | None, fresh: int) -> FeedPolled:
    answer = poll.answer
    due_at = None if answer.retry_after is None else poll.polled_at + timedelta(seconds=answer.retry_after)
    due_reason = None if due_at is None else "Retry-After"
    if isinstance(answer, FetchError):
        return FeedPolled(
            feed_url=poll.feed_url,
            polled_at=poll.polled_at,
            outcome="gone" if isinstance(answer, GoneError) else "unreachable",
            status=answer.status,
            error=answer.detail,
            next_due_at=due_at,
            next_due_reason=due_reason,
        )
    is_feed = document is None or isinstance(document, FeedDocument)
    is_body = answer.status != NOT_MODIFIED
    return FeedPolled(
        feed_url=poll.feed_url,
        polled_at=poll.polled_at,
        outcome=_outcome(document, answer),
        status=answer.status,
        etag=answer.etag if is_feed else None,
        last_modified=answer.last_modified if is_feed else None,
        body_sha256=sha256_hex(answer.body) if is_body else None,
        capture=place if is_body else None,
        entries=len(_entries(document)),
        new_entries=fresh,
        moved_to=answer.permanent_redirect_to,
        error=None if is_feed else _why(document),
        next_due_at=due_at,
        next_due_reason=due_reason,
    )


def _outcome(document: Document | None, answer: Answer) -> Literal["new", "unchanged", "moved", "not_a_feed"]:
    if isinstance(document, NotAFeedError | Killed):
        return "not_a_feed"
    if answer.permanent_redirect_to:
        return "moved"
    return "unchanged" if document is None else "new"


def _why(document: Document | None) -> str:
    return document.why if isinstance(document, Killed) else str(document)
