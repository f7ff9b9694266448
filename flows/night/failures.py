"""A page that could not be had, as a record, and when it is asked for again."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from flows.feeds.rhythm import LONGEST_RETRY_AFTER
from flows.reading.articles import FETCHER
from flows.recording import Recorder
from flows.web.errors import FetchError
from storage.events import ArticleFetchFailed
from storage.records import Record, utc_day
from storage.state import PendingPage

MOST_ATTEMPTS = 5
_FIRST_PAUSE, _STEP = timedelta(hours=1), 3  # five attempts span two days, however often runs come


def failure_record(
    page: PendingPage, error: FetchError, at: datetime, recorder: Recorder, day: date | None = None
) -> Record:
    """The failure, with how often the page was asked for in vain and whether it will be asked for again.

    *day* is the one that the page is thought to be of; when left out, that of the source's claim, else that on which
    the source saw it first, else that of the failure.
    """
    event = ArticleFetchFailed(
        url=page.url,
        reason=error.reason,
        status=error.status,
        detail=error.detail,
        attempts=page.attempts + 1,
        is_final=error.is_final,
        retry_at=None if error.is_final else at + _pause(error, page.attempts),
        retry_after_seconds=None if error.retry_after is None else math.ceil(error.retry_after),
    )
    on = day or utc_day(page.claimed_published_at or page.first_seen_at or at)
    return recorder(event, page.article_id, FETCHER, on, occurred_at=at, caused_by=page.discovered)


def _pause(error: FetchError, attempts_before: int) -> timedelta:
    """How long to leave a page alone: as the server asked, else ever longer."""
    if error.retry_after is not None:
        return min(timedelta(seconds=error.retry_after), LONGEST_RETRY_AFTER)
    return _FIRST_PAUSE * int(_STEP**attempts_before)
