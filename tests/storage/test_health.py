"""What the edition says of how hosts and feeds fare, and when it warns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.events import ArticleDiscovered, ArticleFetchFailed, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, feed_id, new_run_id, record
from tests.storage.records_of import NOON, context
from tests.storage.weather import FEED, TEXT, captured, cleaned, found, keep, rejected, url_of, weather

Rows = list[tuple[Any, ...]]


def poll(day: int, new_entries: int = 0, outcome: str = "new", url: str = FEED, **fields: Any) -> Record:
    at = NOON + timedelta(days=day)
    event = FeedPolled(feed_url=url, polled_at=at, outcome=outcome, new_entries=new_entries, **fields)  # type: ignore[arg-type]
    return record(event, feed_id(url), context(run_id=new_run_id()))


def asked(home: Home, query: str, *records: Record) -> Rows:
    keep(home, TEXT)
    Log(home, clock=lambda: NOON).append(records)
    publish(home, weather())
    return list(ask(home, query).rows)


def article(name: str, **fields: Any) -> list[Record]:
    capture = captured(name, NOON)
    return [found(name), capture, cleaned(capture, TEXT, **fields)]


def turned_away(name: str) -> list[Record]:
    capture = captured(name, NOON)
    return [found(name), capture, rejected(capture)]


def failed(name: str, reason: str, status: int | None = None) -> list[Record]:
    event = ArticleFetchFailed(url=url_of(name), reason=reason, status=status)  # type: ignore[arg-type]
    return [found(name), record(event, article_id(url_of(name)), context(run_id=new_run_id()))]


def claimed(name: str, at: datetime) -> Record:
    event = ArticleDiscovered(url=url_of(name), via="feed", source=FEED, claimed_published_at=at)
    return record(event, article_id(url_of(name)), context())


def test_every_page_has_its_outcome(home: Home) -> None:
    rows = asked(
        home,
        "SELECT split_part(url, '/', 4), outcome, reason, status, host, source FROM pages ORDER BY 1",
        *article("a"), *turned_away("b"), *failed("c", "not_found", 404), found("d"), captured("d", NOON), found("e"),
    )  # fmt: skip
    assert rows == [
        ("a", "text", None, 200, "example.org", FEED),
        ("b", "rejected", "consent_wall", 200, "example.org", FEED),
        ("c", "failed", "not_found", 404, "example.org", FEED),
        ("d", "captured", None, 200, "example.org", FEED),
    ]


def test_a_host_tells_how_its_pages_fared(home: Home) -> None:
    rows = asked(
        home,
        "SELECT * EXCLUDE (consent_walls, date_conflict_percent, failing_feeds, last_asked_at) FROM hosts",
        *article("a"), *article("b"), *article("c"), *turned_away("d"), *failed("e", "gone", 410),
        *failed("f", "refused", 403), *failed("g", "timeout"), poll(0, 7),
    )  # fmt: skip
    assert rows == [("example.org", 7, 3, 1, 1, 1, 1, {200: 4, 403: 1, 410: 1}, 25, 1, None)]


@pytest.mark.parametrize(
    ("records", "warning"),
    [
        ([*article("a"), *turned_away("b"), *turned_away("c")], []),
        ([*article("a"), *turned_away("b"), *turned_away("c"), *turned_away("d")], [("consent walls", "3 of 4 pages")]),
        (
            [each for number in range(5) for each in failed(str(number), "refused", 403)],
            [("no page can be had", "5 pages asked for")],
        ),
        (
            [
                each
                for number in range(5)
                for each in (claimed(str(number), NOON + timedelta(days=9)), *article(str(number)))
            ],
            [("dates in conflict", "100 % of the pages that are dated twice")],
        ),
        (
            [each for number in range(5) for each in (claimed(str(number), NOON), *article(str(number)))],
            [],
        ),
    ],
)
def test_a_host_that_needs_looking_at_is_warned_of(home: Home, records: list[Record], warning: Rows) -> None:
    assert asked(home, "SELECT warning, detail FROM warnings WHERE about = 'host'", *records) == warning


BUSY = [poll(0, 50), *(poll(day, 10) for day in range(1, 11))]


def test_a_feed_has_an_expectation_without_its_first_poll(home: Home) -> None:
    query = "SELECT expected_per_day, last_new_at, has_fallen_silent FROM feeds"
    assert asked(home, query, *BUSY) == [(10.0, NOON.astimezone(UTC) + timedelta(days=10), False)]


@pytest.mark.parametrize(
    ("polls", "silent"),
    [
        ([*BUSY, poll(11), poll(12)], False),
        ([*BUSY, poll(11), poll(12), poll(13)], True),
        ([poll(0, 50), poll(7, 1), poll(14, 1), poll(21)], False),
        ([poll(0, 50), poll(7, 1), poll(14, 1), poll(70)], True),
        ([poll(0, 50), poll(90)], False),
    ],
)
def test_a_feed_falls_silent_when_chance_no_longer_explains_it(
    home: Home, polls: list[Record], *, silent: bool
) -> None:
    expected = [("has fallen silent",)] if silent else []
    assert asked(home, "SELECT warning FROM warnings WHERE about = 'feed'", *polls) == expected


@pytest.mark.parametrize(
    ("last", "warning"),
    [
        (poll(1, outcome="gone", failures=1), [("has ended", "answered 410")]),
        (poll(1, outcome="unreachable", failures=2, error="answered 404"), []),
        (
            poll(1, outcome="unreachable", failures=3, error="answered 404"),
            [("fails", "3 polls in a row: answered 404")],
        ),
        (poll(1, outcome="moved", moved_to="https://new.example/"), [("has moved", "to https://new.example/")]),
    ],
)
def test_feeds_that_end_fail_or_move_are_warned_of(home: Home, last: Record, warning: Rows) -> None:
    assert asked(home, "SELECT warning, detail FROM warnings", poll(0, 50), last) == warning


def test_an_empty_log_warns_of_nothing(home: Home) -> None:
    assert asked(home, "SELECT count(*) FROM warnings", found("a")) == [(0,)]
