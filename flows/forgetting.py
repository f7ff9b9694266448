"""Forgetting articles: what is asked for is recorded, then carried out; what an interruption left is finished.

The publishers of this room call `finish` first, so that what a night brings of forgotten articles is gone at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from flows.progress import progress
from flows.reading.pool import Killed, ReaderPool
from flows.recording import Recorder
from flows.settings import Settings
from flows.sources.forgotten_entries import mentions, without_entries
from flows.vocabulary import vocabulary
from flows.web.errors import BadUrlError
from flows.web.urls import normalised, requestable
from storage.edition.publish import Publication, publish
from storage.events import ArticleForgotten
from storage.forgetting.plan import Plan, check_reason, plan
from storage.forgetting.search import Removed, search
from storage.log import Log
from storage.records import Producer, Record, new_run_id

FORGETTER = Producer("forget", 1)


class FeedCutter:
    """Cuts entries out of feeds in a worker process: hostile feeds hang parsers. Use as a context manager."""

    def __init__(self, cpu_seconds: int) -> None:
        self._cpu_seconds = cpu_seconds
        self._pool: ReaderPool | None = None

    def __call__(self, body: bytes, content_type: str | None, feed_url: str, articles: frozenset[str]) -> bytes | None:
        """See `storage.forgetting.captures.CutFeed`."""
        self._pool = self._pool or ReaderPool(1, self._cpu_seconds)
        [cut] = self._pool.run(without_entries, [(body, content_type, feed_url, articles)])
        if isinstance(cut, Killed):
            return None if mentions(body, articles) else body
        return cut

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.__exit__(kind, error, trace)


def wanted(settings: Settings, address: str, *, with_same_text: bool) -> Plan:
    """What forgetting an article would mean.

    Raises:
        UnknownArticleError: no article has this address or id.
        SharedAddressError: several articles name the address as theirs.
    """
    return plan(settings.place, address, list(_written(address)), with_same_text=with_same_text)


def _written(address: str) -> Iterator[str]:
    for write in (normalised, requestable):
        try:
            yield write(address)
        except BadUrlError:
            return


def forget(settings: Settings, asked: Plan, reason: str, requested_by: str | None) -> tuple[Removed, Publication]:
    """Record that articles are to be forgotten, remove them from every file, and publish an edition without them.

    Raises:
        QuotingReasonError: the reason repeats the article's words.
    """
    check_reason(settings.place, asked, reason, requested_by)
    run_id, now = new_run_id(), datetime.now(UTC)
    Log(settings.place).append(_requests(asked, reason, requested_by, run_id, now))
    removed = finish(settings, again=tuple(each.article_id for each in asked.articles))
    return removed, publish(settings.place, vocabulary())


def _requests(asked: Plan, reason: str, requested_by: str | None, run_id: UUID, now: datetime) -> Iterator[Record]:
    for each in asked.articles:
        event = ArticleForgotten(article=each.article_id, reason=reason, requested_by=requested_by)
        yield Recorder(run_id)(event, each.article_id, FORGETTER, each.published_on, occurred_at=now)


def finish(settings: Settings, again: tuple[UUID, ...] = ()) -> Removed:
    """Remove what is left of forgotten articles, and what has come in since; *again*: look everywhere for these."""
    with FeedCutter(settings.cpu_seconds_per_page) as cut:
        return search(settings.place, cut, progress(), again)
