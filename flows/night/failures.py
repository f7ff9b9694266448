"""A page that could not be had, as a record."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.reading.articles import FETCHER
from flows.recording import Recorder
from flows.web.errors import FetchError
from storage.events import ArticleFetchFailed
from storage.records import Record, utc_day
from storage.state import PendingPage

MOST_ATTEMPTS = 5


def failure_record(page: PendingPage, error: FetchError, at: datetime, recorder: Recorder) -> Record:
    """The failure, with how often the page was asked for in vain and whether it will be asked for again."""
    event = ArticleFetchFailed(
        url=page.url,
        reason=error.reason,
        status=error.status,
        detail=error.detail,
        attempts=page.attempts + 1,
        is_final=error.is_final,
        retry_at=None if error.retry_after is None else at + timedelta(seconds=error.retry_after),
    )
    day = utc_day(page.claimed_published_at or at)
    return recorder(event, page.article_id, FETCHER, day, occurred_at=at, caused_by=page.discovered)
