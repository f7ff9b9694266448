from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from flows.night.revisits import LATEST, is_due
from storage.home import Home
from storage.log import Log
from storage.records import record
from storage.state import pending_pages
from storage.state.pages import AskedPage, asked_pages, kept_pages
from tests.storage.records_of import DAY, NOON, context, discovered
from tests.storage.test_state import A, cleaned, failure, fetched

HOUR = timedelta(hours=1)


def asked(after: timedelta, published_at: datetime | None = NOON, first: datetime = NOON) -> AskedPage:
    """A page of noon that was asked for last so long after noon."""
    return AskedPage(
        article_id=UUID(int=1), url="https://example.org/a", discovered=UUID(int=2), headline=None,
        claimed_published_at=None, claimed_modified_at=None, attempts=0, retry_at=None,
        first_captured_at=first, published_at=published_at, asked_at=NOON + after,
    )  # fmt: skip


def ages_when_due(after: timedelta, **given: datetime | None) -> list[int]:
    """The hours of the first two weeks at which the page is due, taken together."""
    return [hours for hours in range(24 * 16) if is_due(asked(after, **given), NOON + hours * HOUR)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("asked_at", "first_due"), [(0, 1), (1, 6), (2, 6), (6, 24), (20, 24), (24, 168), (100, 168)])
def test_a_page_is_due_an_hour_six_a_day_and_a_week_after_publication(asked_at: int, first_due: int) -> None:
    due = ages_when_due(asked_at * HOUR)
    assert due == list(range(first_due, LATEST // HOUR + 1))


def test_a_page_that_was_asked_for_after_a_week_is_left_alone() -> None:
    assert ages_when_due(168 * HOUR) == []


def test_without_a_stated_time_the_first_capture_counts() -> None:
    assert ages_when_due(timedelta(), published_at=None)[0] == 1
    assert ages_when_due(timedelta(), published_at=NOON + 5 * HOUR)[0] == 1


def test_an_article_that_was_old_when_it_was_found_is_not_asked_for_again() -> None:
    assert ages_when_due(timedelta(), published_at=NOON - timedelta(days=30)) == []


def test_the_log_tells_which_pages_are_kept_and_when_they_were_asked_for(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a"), discovered("b")])
    page = fetched()
    log.append([page])
    assert asked_pages(log, DAY) == []  # nothing was read in it yet
    log.append([cleaned(page, "0" * 64)])
    [known] = asked_pages(log, DAY)
    assert (known.article_id, known.asked_at, known.attempts) == (A, NOON, 0)
    log.append([failure()])
    assert [each.attempts for each in asked_pages(log, DAY)] == [1]
    assert asked_pages(log, DAY + timedelta(days=1)) == []
    assert kept_pages(log, [A])[A].captured_at == NOON


def test_a_page_that_is_asked_for_again_keeps_the_day_on_which_its_source_saw_it_first(home: Home) -> None:
    log, page, seen_at = Log(home), fetched(), NOON - timedelta(days=3)
    log.append([discovered("a", via="list", first_seen_at=seen_at)])
    [before] = pending_pages(log)
    log.append([page, cleaned(page, "0" * 64)])
    [again] = asked_pages(log, DAY)
    assert (before.first_seen_at, again.first_seen_at) == (seen_at, seen_at)


def test_an_answer_that_nothing_has_changed_settles_a_changed_entry(home: Home) -> None:
    from storage.events import ArticleUnchanged, CapturePlace

    log = Log(home)
    log.append([discovered("a")])
    log.append([fetched()])
    log.append([discovered("a", headline="Corrected")])
    assert len(pending_pages(log)) == 1
    later = datetime(2026, 3, 3, tzinfo=UTC)
    event = ArticleUnchanged(
        url="https://example.org/a", final_url="https://example.org/a", status=304, asked_at=later,
        capture=CapturePlace("w", 1),
    )  # fmt: skip
    log.append([record(event, A, context(occurred_at=later))])
    assert pending_pages(log) == []
