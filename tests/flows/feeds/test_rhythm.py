from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from flows.feeds.rhythm import Due, Said, freshness, is_due, next_due, next_interval

NIGHT = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        (Said(), None),
        (Said(fresh_seconds=0), None),
        (Said(fresh_seconds=900), Due(NIGHT + HOUR / 4, "Cache-Control")),
        (Said(fresh_seconds=900, ttl_seconds=3600), Due(NIGHT + HOUR, "ttl")),
        (Said(fresh_seconds=7200, fresh_by="Expires", ttl_seconds=3600), Due(NIGHT + 2 * HOUR, "Expires")),
        (Said(fresh_seconds=31_536_000), Due(NIGHT + 2 * DAY, "Cache-Control")),
        (Said(retry_after_seconds=61, fresh_seconds=900), Due(NIGHT + timedelta(seconds=61), "Retry-After")),
        (Said(retry_after_seconds=1e9), Due(NIGHT + 7 * DAY, "Retry-After")),
        (Said(skip_hours=(2, 3)), Due(NIGHT + 1.5 * HOUR, "skipHours")),
        (Said(skip_hours=(5,)), None),
        (Said(ttl_seconds=3600, skip_hours=(3, 4)), Due(NIGHT + 2.5 * HOUR, "skipHours")),
        (Said(skip_days=("Monday", "Tuesday")), Due(datetime(2026, 3, 11, tzinfo=UTC), "skipDays")),
        (
            Said(skip_days=("Monday",), skip_hours=(0, 1)),
            Due(datetime(2026, 3, 10, 2, tzinfo=UTC), "skipHours"),
        ),
        (Said(skip_hours=tuple(range(24))), None),
        (Said(skip_days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")), None),
    ],
)
def test_who_defers_the_next_poll(said: Said, due: Due | None) -> None:
    assert next_due(said, 0, NIGHT) == due


def test_failures_wait_ever_longer_and_at_most_a_week() -> None:
    waits = [due.at - NIGHT for failures in range(1, 60) if (due := next_due(Said(), failures, NIGHT))]
    assert waits[:3] == [HOUR, 2 * HOUR, 4 * HOUR]
    assert waits == sorted(waits)
    assert waits[-1] == 7 * DAY


def test_a_failing_feed_is_asked_on_each_of_the_first_nights() -> None:
    for failures in range(1, 6):
        assert is_due(next_due(Said(), failures, NIGHT), NIGHT + DAY)
    assert not is_due(next_due(Said(), 6, NIGHT), NIGHT + DAY)


@pytest.mark.parametrize(
    ("cache_control", "expires", "age", "seconds", "by"),
    [
        ("max-age=300", None, None, 300, "Cache-Control"),
        ("public, MAX-AGE=300, must-revalidate", "Mon, 09 Mar 2026 09:30:00 GMT", "100", 200, "Cache-Control"),
        ("max-age=300", None, "900", 0, "Cache-Control"),
        ("no-cache, max-age=300", None, None, 0, "Cache-Control"),
        ("s-maxage=300", None, None, 0, "Expires"),
        (None, "Mon, 09 Mar 2026 03:30:00 GMT", None, 3600, "Expires"),
        (None, "Mon Mar  9 03:30:00 2026", None, 3600, "Expires"),  # asctime
        (None, "0", None, 0, "Expires"),
        (None, "Mon, 09 Mar 2020 03:30:00 GMT", None, 0, "Expires"),
        ("max-age=99999999999999999999", None, "x", 9_999_999_999, "Cache-Control"),
        (None, None, None, 0, "Expires"),
    ],
)
def test_how_long_an_answer_is_fresh(
    cache_control: str | None, expires: str | None, age: str | None, seconds: float, by: str
) -> None:
    assert freshness(cache_control, expires, age, NIGHT) == (seconds, by)


def test_a_statement_of_a_whole_day_costs_no_night() -> None:
    due = next_due(Said(fresh_seconds=86_400), 0, NIGHT + timedelta(minutes=20))
    assert is_due(due, NIGHT + DAY)


def test_between_nights_everything_counts_to_the_second() -> None:
    due = next_due(Said(), 1, NIGHT)
    assert not is_due(due, NIGHT + timedelta(seconds=3599), is_between_nights=True)
    assert is_due(due, NIGHT + HOUR, is_between_nights=True)


def test_retry_after_counts_to_the_second() -> None:
    due = next_due(Said(retry_after_seconds=60), 0, NIGHT)
    assert not is_due(due, NIGHT + timedelta(seconds=59))
    assert is_due(due, NIGHT + timedelta(seconds=60))


def test_the_rhythm_follows_how_much_was_known() -> None:
    assert next_interval(None, 0, 10, 10) == 3600
    assert next_interval(3600, 1, 10, 0) == 3600
    assert next_interval(3600, 2, 10, 0) == 5400
    assert next_interval(3600, 2, 0, 0) == 5400
    assert next_interval(3600, 2, 10, 5) == 3600
    assert next_interval(3600, 2, 10, 9) == 2400


def test_the_rhythm_stays_between_ten_minutes_and_a_day() -> None:
    fast = slow = 3600
    for _ in range(20):
        fast, slow = next_interval(fast, 5, 10, 10), next_interval(slow, 5, 10, 0)
    assert (fast, slow) == (600, 86_400)
