from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from flows.night.failures import MOST_ATTEMPTS, failure_record
from flows.recording import Recorder
from flows.web.errors import FetchError, NotFoundError, RateLimitedError, SlowError
from storage.records import Record, article_id, new_run_id
from storage.state import PendingPage

NOW = datetime(2026, 3, 9, tzinfo=UTC)
URL = "https://example.org/a"
HOUR = timedelta(hours=1)


def failed(error: FetchError, **known: Any) -> Record:
    page = PendingPage(
        article_id=article_id(URL), url=URL, discovered=new_run_id(), headline=None,
        claimed_published_at=None, claimed_modified_at=None, attempts=0, retry_at=None,
    )  # fmt: skip
    return failure_record(msgspec.structs.replace(page, **known), error, NOW, Recorder(new_run_id()))


def failure(error: FetchError, attempts: int = 0) -> dict[str, Any]:
    payload: dict[str, Any] = msgspec.json.decode(failed(error, attempts=attempts).payload)
    return payload


def retry_at(error: FetchError, attempts: int = 0) -> timedelta:
    return datetime.fromisoformat(failure(error, attempts)["retry_at"]) - NOW


def test_a_failure_counts_under_the_day_that_the_source_gives() -> None:
    error, claimed, seen = SlowError(URL, "took too long"), NOW - timedelta(days=5), NOW - timedelta(days=3)
    days = [
        failed(error, claimed_published_at=claimed, first_seen_at=seen).published_on,
        failed(error, first_seen_at=seen).published_on,
        failed(error).published_on,
    ]
    assert days == [claimed.date(), seen.date(), NOW.date()]


def test_a_page_is_left_alone_ever_longer_however_often_runs_come() -> None:
    pauses = [retry_at(SlowError(URL, "took too long"), before) for before in range(MOST_ATTEMPTS)]
    assert pauses[:4] == [HOUR, 3 * HOUR, 9 * HOUR, 27 * HOUR]


@pytest.mark.parametrize(("stated", "pause"), [(90.5, timedelta(seconds=90.5)), (1e9, timedelta(days=7))])
def test_what_a_server_asks_for_goes_before_within_reason(stated: float, pause: timedelta) -> None:
    error = RateLimitedError(URL, "answered 429", status=429, retry_after=stated)
    assert retry_at(error, attempts=3) == pause
    assert failure(error)["retry_after_seconds"] == -(-stated // 1)


def test_a_final_failure_names_no_time() -> None:
    assert failure(NotFoundError(URL, "answered 404", status=404))["retry_at"] is None
