"""Polling: which feeds are due, asking them conditionally, reading and keeping what they answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_limits
from datetime import datetime, timedelta

from flows.feeds.document import FeedDocument, NotAFeedError
from flows.feeds.rhythm import RETRY_AFTER, Due, is_due
from flows.feeds.work import read_or_refuse
from flows.reading.pool import Killed, ReaderPool
from flows.settings import Settings
from flows.web.answers import FEED_LIMITS, Answer
from flows.web.client import WebClient
from flows.web.configured import client_for, pacer_for
from flows.web.errors import FetchError
from flows.web.manners import HostPacer
from storage.canonical import sha256_hex
from storage.captures import CaptureWriter
from storage.events import CapturePlace
from storage.records import Producer, utc_now
from storage.state import FeedState
from storage.warc_records import Exchange

POLLER = Producer("poller", 1)
NOT_MODIFIED = 304
SECONDS_BETWEEN_FEEDS = 1.0  # of one host: feeds are small and made to be polled
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
        is_known = sha256_hex(answer.body) == self.state.body_sha256 and not self.state.sitemaps
        return None if is_known else answer


def due_feeds(
    listed: Sequence[str], states: dict[str, FeedState], now: datetime, *, is_between_nights: bool = False
) -> list[FeedState]:
    """The feeds to ask now: all but those that ended (410) or are to be given time (see `flows.feeds.rhythm`).

    Between nights a feed is asked no more often than its own rhythm suggests.
    """
    known = [states.get(url) or FeedState(feed_url=url) for url in listed]
    return [
        each
        for each in known
        if not each.is_gone
        and is_due(stated_due(each), now, is_between_nights=is_between_nights)
        and not (is_between_nights and _is_resting(each, now))
    ]


def stated_due(state: FeedState) -> Due | None:
    """Until when a feed is to be left alone, as its last poll found."""
    return Due(state.next_due_at, state.next_due_reason or RETRY_AFTER) if state.next_due_at else None


def _is_resting(state: FeedState, now: datetime) -> bool:
    """Whether less time has passed than its rhythm suggests."""
    if state.polled_at is None or state.interval_seconds is None:
        return False
    return now < state.polled_at + timedelta(seconds=state.interval_seconds)


async def ask_feeds(
    feeds: Sequence[FeedState], settings: Settings, now: Callable[[], datetime] = utc_now
) -> list[Poll]:
    """Ask feeds side by side, sending back the validators they gave; answers in the order of the feeds."""
    pacer = pacer_for(settings, most_seconds=SECONDS_BETWEEN_FEEDS)
    async with client_for(settings, now) as client:
        return await asyncio.gather(*(_ask(client, each, pacer, settings, now) for each in feeds))


async def _ask(
    client: WebClient, state: FeedState, pacer: HostPacer, settings: Settings, now: Callable[[], datetime]
) -> Poll:
    try:
        limits = replace_limits(FEED_LIMITS, total_seconds=settings.request_seconds)
        answer: Answer | FetchError = await client.get(
            state.asked_url, etag=state.etag, last_modified=state.last_modified, limits=limits, door=pacer
        )
    except FetchError as error:
        answer = error
    at = answer.received_at if isinstance(answer, Answer) else now()
    return Poll(state.feed_url, at, answer, state)


def read_feeds(polls: Sequence[Poll], pool: ReaderPool) -> list[Document | None]:
    """Read the bodies that are new, in worker processes: hostile feeds hang parsers."""
    bodies = {poll.feed_url: answer for poll in polls if (answer := poll.new_body)}
    work = [(answer.body, answer.content_type, answer.final_url) for answer in bodies.values()]
    documents = dict(zip(bodies, pool.run(read_or_refuse, work), strict=True))
    return [documents.get(poll.feed_url) for poll in polls]


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
