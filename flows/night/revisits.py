"""Asking again for pages that are kept: when, with what condition, and what the answer means.

Corrections come soon after publication or not at all, so a page is asked for again at growing distances. What has not
changed leaves a record that it was asked for, and no second copy of anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from flows.night.polling import as_exchange
from flows.reading.articles import FETCHER
from flows.recording import Recorder
from flows.web.answers import Answer, Validators
from flows.web.errors import FetchError, GoneError, NotFoundError
from storage.canonical import sha256_hex
from storage.captures import CaptureWriter
from storage.events import ArticleUnchanged, ArticleWithdrawn
from storage.records import Record
from storage.state import PendingPage
from storage.state.pages import AskedPage, KeptPage

ASKED_AGAIN_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(days=7))
LATEST = timedelta(days=14)  # what a home that rested for weeks has missed by then is let go
REACH = LATEST + timedelta(days=2)  # an article's day may lie that much before the instant of its publication
_NOT_MODIFIED = 304


def is_due(page: AskedPage, now: datetime) -> bool:
    """Whether one of the times of `ASKED_AGAIN_AFTER` has come since the page was asked for last.

    They count from the publication as stated; from the first capture where none is stated or it is stated later.
    """
    begun = min(page.published_at or page.first_captured_at, page.first_captured_at)
    return now - begun <= LATEST and any(page.asked_at < begun + wait <= now for wait in ASKED_AGAIN_AFTER)


def validators(pages: Iterable[PendingPage], kept: Mapping[UUID, KeptPage]) -> dict[str, Validators]:
    """What to send back with the requests for pages that are kept, by address."""
    known = ((page.url, kept[page.article_id]) for page in pages if page.article_id in kept)
    return {url: Validators(each.etag, each.last_modified) for url, each in known}


def settled(
    page: PendingPage,
    kept: KeptPage,
    outcome: Answer | FetchError,
    captures: CaptureWriter,
    recorder: Recorder,
    now: datetime,
) -> Record | None:
    """The record of an answer that brings nothing to read: the page is as it was, or it is gone. None otherwise."""
    if isinstance(outcome, FetchError):
        status = outcome.status if isinstance(outcome, NotFoundError | GoneError) else None
        return None if status is None else _withdrawn(page, kept, status, now, recorder)
    if outcome.status == _NOT_MODIFIED or sha256_hex(outcome.body) == kept.body_sha256:
        return _unchanged(page, kept, outcome, captures, recorder)
    if _is_front(outcome.final_url) and not _is_front(kept.final_url):
        return _withdrawn(page, kept, outcome.status, outcome.received_at, recorder)
    return None


def _unchanged(
    page: PendingPage, kept: KeptPage, answer: Answer, captures: CaptureWriter, recorder: Recorder
) -> Record:
    event = ArticleUnchanged(
        url=page.url,
        final_url=answer.final_url,
        status=answer.status,
        asked_at=answer.received_at,
        capture=captures.revisit(as_exchange(answer), kept.final_url, kept.captured_at),
    )
    return recorder(
        event, page.article_id, FETCHER, kept.published_on, occurred_at=answer.received_at, caused_by=kept.fetched
    )


def _withdrawn(page: PendingPage, kept: KeptPage, status: int, at: datetime, recorder: Recorder) -> Record:
    event = ArticleWithdrawn(url=page.url, status=status, asked_at=at)
    return recorder(event, page.article_id, FETCHER, kept.published_on, occurred_at=at, caused_by=kept.fetched)


def _is_front(url: str) -> bool:
    """Whether the address is a site's front page, where many sites lead who asks for what they took away."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
