from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from storage import upcasting
from storage.events import ArticleDiscovered, ArticleFetched, ArticleFetchFailed, CapturePlace, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, feed_id, new_run_id, record
from storage.state import (
    captured_bodies,
    feed_states,
    fingerprints,
    latest_texts,
    pending_pages,
    resting_addresses,
)
from tests.storage.records_of import DAY, NOON, context, discovered, page_read

A = article_id("https://example.org/a")
FEED = "https://example.org/feed.xml"


def poll(outcome: str, **fields: object) -> Record:
    event = FeedPolled(**{"feed_url": FEED, "polled_at": NOON, "outcome": outcome, **fields})  # type: ignore[arg-type]
    return record(event, feed_id(FEED), context(run_id=new_run_id()))


def failure(**fields: object) -> Record:
    event = ArticleFetchFailed(url="https://example.org/a", reason="timeout", **fields)  # type: ignore[arg-type]
    return record(event, A, context(run_id=new_run_id()))


def fetched(at: datetime = NOON, body: str = "ab") -> Record:
    event = ArticleFetched(
        url="https://example.org/a",
        final_url="https://example.org/a",
        status=200,
        content_type="text/html",
        body_sha256=body,
        body_bytes=2,
        captured_at=at,
        capture=CapturePlace("a.warc.gz", 5),
    )
    return record(event, A, context())


def cleaned(cause: Record, text_sha256: str, headline: str = "H", minhash: str = "00") -> Record:
    event = page_read(text_sha256=text_sha256, headline=headline, word_count=400, minhash=minhash)
    return record(event, A, context(caused_by=UUID(cause.event_id)))


def test_an_empty_log_answers_every_question(home: Home) -> None:
    log = Log(home)
    assert (feed_states(log), pending_pages(log), latest_texts(log, [A])) == ({}, [], {})
    assert (fingerprints(log, DAY, DAY), captured_bodies(log, [A])) == ([], set())


def test_what_an_older_version_of_a_class_wrote_is_asked_in_the_shape_of_today(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, now = discovered("a"), discovered("b")
    older = json.loads(before.payload)
    older["address"] = older.pop("url")
    monkeypatch.setattr(ArticleDiscovered, "schema_version", 2)
    monkeypatch.setattr(upcasting, "_upcasts", dict(upcasting._upcasts))
    upcasting.upcaster(ArticleDiscovered, 1)(lambda each: {"url": each.pop("address"), **each})
    newer = msgspec.structs.replace(now, schema_version=2)
    Log(home).append([msgspec.structs.replace(before, payload=json.dumps(older)), newer])
    assert [page.url for page in pending_pages(Log(home))] == ["https://example.org/a", "https://example.org/b"]


def test_a_304_and_a_failure_keep_the_validators(home: Home) -> None:
    log, place = Log(home), CapturePlace("a.warc.gz", 1)
    log.append([poll("new", etag='"x"', last_modified="Mon", body_sha256="ab", capture=place)])
    log.append([poll("unchanged", status=304)])
    log.append([poll("unreachable")])
    state = feed_states(log)[FEED]
    assert (state.etag, state.last_modified, state.body_sha256, state.capture) == ('"x"', "Mon", "ab", place)
    assert not state.is_gone


def test_a_document_that_was_no_feed_is_read_again(home: Home) -> None:
    log = Log(home)
    log.append([poll("not_a_feed", etag=None, body_sha256="ab")])
    assert feed_states(log)[FEED].body_sha256 is None


def test_a_gone_feed_is_remembered_and_the_last_wish_counts(home: Home) -> None:
    log = Log(home)
    log.append([poll("unreachable", next_due_at=NOON)])
    assert feed_states(log)[FEED].next_due_at == NOON
    log.append([poll("gone")])
    assert feed_states(log)[FEED].is_gone
    assert feed_states(log)[FEED].next_due_at is None


def test_a_discovered_page_is_pending_until_it_is_fetched(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a", headline="H")])
    [page] = pending_pages(log)
    assert (page.article_id, page.url, page.headline, page.attempts) == (A, "https://example.org/a", "H", 0)
    log.append([fetched()])
    assert pending_pages(log) == []


def test_a_changed_entry_makes_its_page_pending_again(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    log.append([fetched()])
    log.append([discovered("a", headline="Corrected")])
    assert [page.headline for page in pending_pages(log)] == ["Corrected"]


def test_another_feed_that_names_a_known_page_asks_for_nothing(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    log.append([fetched()])
    log.append([discovered("a", source="https://example.org/world.xml")])
    assert pending_pages(log) == []


def test_a_page_is_asked_for_five_times_at_most(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    for attempt in range(1, 5):
        log.append([failure(attempts=attempt, retry_at=NOON)])
        assert [(page.attempts, page.retry_at) for page in pending_pages(log)] == [(attempt, NOON)]
    log.append([failure(attempts=5)])
    assert pending_pages(log) == []


def test_a_final_failure_ends_the_asking_until_the_entry_changes(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    log.append([failure(is_final=True)])
    assert pending_pages(log) == []
    log.append([discovered("a", headline="Back")])
    assert [page.attempts for page in pending_pages(log)] == [0]


def test_the_latest_capture_gives_the_text_not_the_latest_commit(home: Home) -> None:
    log = Log(home)
    newer, older = fetched(datetime(2026, 3, 5, tzinfo=UTC), "bb"), fetched(datetime(2026, 3, 3, tzinfo=UTC), "aa")
    log.append([newer, cleaned(newer, "new")])
    log.append([older, cleaned(older, "old")])
    assert latest_texts(log, [A])[A].text_sha256 == "new"
    assert captured_bodies(log, [A]) == {(A, "aa"), (A, "bb")}


def test_fingerprints_are_those_of_the_days_asked_for(home: Home) -> None:
    log, one = Log(home), fetched()
    log.append([one, cleaned(one, "t", minhash="ff")])
    assert [each.minhash for each in fingerprints(log, DAY, DAY)] == ["ff"]
    assert fingerprints(log, DAY.replace(day=3), DAY.replace(day=4)) == []


def moves(*days_and_targets: tuple[int, str | None], outcome: str = "moved") -> list[Record]:
    return [poll(outcome, polled_at=NOON.replace(day=day), moved_to=target) for day, target in days_and_targets]


@pytest.mark.parametrize(
    ("polls", "asked"),
    [
        (moves((5, "B"), (6, "B"), (7, "B")), "B"),
        (moves((5, "B"), (6, "B")), FEED),
        (moves((5, "B"), (5, "B"), (5, "B")), FEED),
        (moves((5, "B"), (6, "C"), (7, "B")), FEED),
        (moves((5, "B"), (6, "B"), (7, None)), FEED),
        (moves((5, "B"), (6, "B"), (7, "B")) + moves((8, "B"), outcome="unchanged"), "B"),
        ([*moves((5, "B"), (6, "B"), (7, "B")), poll("unreachable", failures=1)], FEED),
        ([*moves((5, "B"), (6, "B"), (7, "B")), poll("unreachable", failures=1), *moves((9, None))], FEED),
    ],
)
def test_a_move_counts_once_three_good_polls_over_a_day_agree(home: Home, polls: list[Record], asked: str) -> None:
    log = Log(home)
    for each in polls:
        log.append([each])
    assert feed_states(log)[FEED].asked_url == asked


def test_what_a_document_states_about_polling_outlives_answers_without_one(home: Home) -> None:
    log = Log(home)
    log.append([poll("new", body_sha256="ab", ttl_seconds=3600, skip_hours=[1, 2], skip_days=["Sunday"])])
    log.append([poll("unchanged", status=304)])
    log.append([poll("unreachable", failures=1, error="no such name")])
    state = feed_states(log)[FEED]
    assert (state.ttl_seconds, state.skip_hours, state.skip_days) == (3600, (1, 2), ("Sunday",))
    assert (state.failures, state.good_polls, state.error) == (1, 2, "no such name")
    log.append([poll("new", body_sha256="cd")])
    assert feed_states(log)[FEED].ttl_seconds is None


def test_hosts_rest_until_the_time_they_asked_for(home: Home) -> None:
    log, later = Log(home), NOON.replace(day=9)
    log.append([discovered("a"), failure(status=503, retry_at=later, retry_after_seconds=9)])
    log.append([poll("unreachable", status=429, next_due_at=later, next_due_reason="Retry-After")])
    assert resting_addresses(log, NOON) == ["https://example.org/a", FEED]
    assert resting_addresses(log, later) == []


def test_a_freshness_or_a_plain_failure_is_no_wish_for_rest(home: Home) -> None:
    log, later = Log(home), NOON.replace(day=9)
    log.append([poll("new", status=200, next_due_at=later, next_due_reason="Cache-Control")])
    log.append([poll("new", status=200, next_due_at=later, next_due_reason="Retry-After")])
    log.append([failure(status=500, retry_at=later, retry_after_seconds=9), failure(status=503, retry_at=later)])
    assert resting_addresses(log, NOON) == []
