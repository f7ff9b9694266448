"""What feeds answer right now: asked, read and judged, nothing stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows.cli.answers.feed_states import explained, known_states
from flows.feeds.document import FeedDocument, NotAFeedError
from flows.night.indexes import read_all
from flows.night.polling import Document, Poll, ask_feeds
from flows.reading.pool import ReaderPool
from flows.web.errors import FetchError
from storage.state import FeedState

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.web.answers import Answer
    from storage.home import Home

_STALE = timedelta(days=60)
_LATER = "ask again later"
_ADVICE = {
    "bad_url": "write it as http://… or https://…",
    "blocked_address": "yours? set DATELINE_ALLOW_PRIVATE_ADDRESSES=true",
    "robots": "leave it to its site",
    "not_found": "look on the site for its new address",
    "gone": "remove it: its site says it has ended",
    "refused": "say who you are in DATELINE_CONTACT, or write to the site",
    "redirect_loop": "look on the site for its new address",
    "too_large": "look on the site for the feed itself",
}


@dataclass(frozen=True)
class FeedCheck:
    """What a feed answered and what to make of it."""

    url: str
    is_good: bool
    answer: str  # HTTP status, or why there is none
    title: str | None = None
    format: str | None = None
    entries: int | None = None
    newest_entry_at: datetime | None = None
    moved_to: str | None = None
    problem: str | None = None
    advice: str | None = None
    nights: str | None = None  # what nights do with it, and why


def check_feeds(urls: Sequence[str], settings: Settings) -> list[FeedCheck]:
    """Ask all feeds side by side; the checks stand in the order of the addresses."""
    with readers(settings, len(urls)) as pool:
        return checks_of(urls, settings, pool)


def readers(settings: Settings, feeds: int) -> ReaderPool:
    """Processes to read so many feeds in."""
    return ReaderPool(min(settings.workers, max(feeds, 1)), settings.cpu_seconds_per_page)


def checks_of(urls: Sequence[str], settings: Settings, pool: ReaderPool) -> list[FeedCheck]:
    """`check_feeds` in a pool that is there already."""
    return _judged(asyncio.run(ask_feeds([FeedState(feed_url=url) for url in urls], settings)), pool, settings)


def judged_page(answer: Answer, pool: ReaderPool, settings: Settings) -> FeedCheck:
    """The check of an answer that is there already."""
    poll = Poll(answer.url, answer.received_at, answer, FeedState(feed_url=answer.url))
    [check] = _judged([poll], pool, settings)
    return check


def with_states(checks: Sequence[FeedCheck], home: Home) -> list[FeedCheck]:
    """The checks with what nights do with each feed, as far as the home knows it."""
    states, now = known_states(home), datetime.now(UTC)
    return [replace(each, nights=explained(states.get(each.url), now)) for each in checks]


def _judged(polls: Sequence[Poll], pool: ReaderPool, settings: Settings) -> list[FeedCheck]:
    documents, now = read_all(polls, pool, settings), datetime.now(UTC)
    return [judged(poll, document, now) for poll, document in zip(polls, documents, strict=True)]


def judged(poll: Poll, document: Document | None, now: datetime) -> FeedCheck:
    """What to make of an answer and what was read from it."""
    answer = poll.answer
    if isinstance(answer, FetchError):
        reason = answer.reason
        stated = str(answer.status or reason.replace("_", " "))
        return FeedCheck(
            poll.feed_url, is_good=False, answer=stated, problem=answer.detail, advice=_ADVICE.get(reason, _LATER)
        )
    if isinstance(document, FeedDocument):
        return _judged_feed(poll.feed_url, str(answer.status), answer.permanent_redirect_to, document, now)
    what = f"not a feed but {document.what}" if isinstance(document, NotAFeedError) else _unread(document)
    return FeedCheck(
        poll.feed_url,
        is_good=False,
        answer=str(answer.status),
        problem=what,
        advice="look on the site for the feed itself",
    )


def _unread(document: object) -> str:
    return f"cannot be read: {getattr(document, 'why', 'it is empty')}"


def _judged_feed(url: str, status: str, moved_to: str | None, document: FeedDocument, now: datetime) -> FeedCheck:
    newest = max((entry.published_at for entry in document.entries if entry.published_at), default=None)
    problem, advice = _about(document, newest, moved_to, now)
    return FeedCheck(
        url,
        is_good=True,
        answer=status,
        title=document.title,
        format=document.format,
        entries=len(document.entries),
        newest_entry_at=newest,
        moved_to=moved_to,
        problem=problem,
        advice=advice,
    )


def _about(
    document: FeedDocument, newest: datetime | None, moved_to: str | None, now: datetime
) -> tuple[str | None, str | None]:
    """What deserves a remark although the feed answers well."""
    if moved_to:
        return f"has moved for good to {moved_to}", "remove it and add the new address"
    if not document.entries:
        return "has no entries", "look whether the site has another feed"
    if newest is not None and now - newest > _STALE:
        return f"nothing new since {newest:%Y-%m-%d}", "look whether the site has another feed"
    return None, None
