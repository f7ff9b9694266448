from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

import pytest
from typing_extensions import Doc

from storage.canonical import NotCanonicalError
from storage.events import ArticleCleaned, ArticleFetched, BatchCommitted, CapturePlace, FeedPolled, RunStarted
from storage.records import Producer, article_id, extraction_id, new_run_id, record
from storage.vocabulary import Finding, Span, UnexplainedFieldError, event
from tests.storage.records_of import NOON, context, discovered

ARTICLE = article_id("https://example.org/a")


@event
class WordSeen(Finding, frozen=True, kw_only=True):
    """A word was seen."""

    span: Annotated[Span, Doc("where")]
    word: Annotated[str, Doc("which")]


def fetched(**changes: object) -> ArticleFetched:
    given: dict[str, object] = {
        "url": "https://example.org/a",
        "final_url": "https://example.org/a",
        "status": 200,
        "content_type": "text/html",
        "body_sha256": "ab",
        "body_bytes": 2,
        "captured_at": NOON,
        "capture": CapturePlace("a.warc.gz", 5),
    }
    return ArticleFetched(**(given | changes))  # type: ignore[arg-type]


def test_the_same_fact_has_the_same_id_in_every_run() -> None:
    one, other = discovered("a"), discovered("a")
    assert one.event_id == other.event_id


def test_another_headline_is_another_discovery() -> None:
    assert discovered("a").event_id != discovered("a", headline="New").event_id


def test_a_capture_is_named_by_its_time_and_body_not_by_where_it_lies() -> None:
    one = record(fetched(), ARTICLE, context())
    moved = record(fetched(capture=CapturePlace("b.warc.gz", 9)), ARTICLE, context())
    later = record(fetched(captured_at=datetime(2026, 3, 3, tzinfo=UTC)), ARTICLE, context())
    assert one.event_id == moved.event_id != later.event_id


def test_what_happened_in_two_runs_happened_twice() -> None:
    event = RunStarted(flow="nightly", parameters={}, started_at=NOON, day=date(2026, 3, 2))
    ids = {record(event, ARTICLE, context(run_id=new_run_id())).event_id for _ in range(2)}
    assert len(ids) == 2


def test_a_finding_is_named_by_its_extraction_and_not_by_the_run() -> None:
    finding = WordSeen(span=Span(0, 3), word="war")
    first = extraction_id(ARTICLE, "ab", Producer("words", 1), "cd")
    one = record(finding, ARTICLE, context(extraction_id=first, run_id=new_run_id()))
    again = record(finding, ARTICLE, context(extraction_id=first, run_id=new_run_id()))
    newer = record(finding, ARTICLE, context(extraction_id=extraction_id(ARTICLE, "ab", Producer("words", 2), "cd")))
    assert one.event_id == again.event_id != newer.event_id
    assert one.event_key == newer.event_key


def test_findings_about_other_spans_have_other_keys() -> None:
    keys = {record(WordSeen(span=Span(start, start + 3), word="war"), ARTICLE, context()).event_key for start in (0, 4)}
    assert len(keys) == 2


def test_cleaning_the_same_text_from_two_captures_gives_two_facts() -> None:
    cleaned = ArticleCleaned(
        url="https://example.org/a",
        canonical_url=None,
        text_sha256="ab",
        headline=None,
        authors=[],
        published_at=None,
        published_at_source="captured_at",
        modified_at=None,
        language=None,
        publisher=None,
        site_name=None,
        section=None,
        keywords=[],
        word_count=0,
        minhash="",
        configuration_sha256="cd",
    )
    ids = {record(cleaned, ARTICLE, context(caused_by=UUID(int=number))).event_id for number in (1, 2)}
    assert len(ids) == 2


def test_streams_say_what_they_are_about() -> None:
    poll = FeedPolled(feed_url="https://example.org/feed.xml", polled_at=NOON, outcome="new")
    batch = BatchCommitted(events=1, first_position=1, digest="", previous_digest="")
    streams = [record(poll, ARTICLE, context()).stream, record(batch, None, context()).stream]
    assert streams == [f"feed:{ARTICLE}", "log"]


def test_a_float_is_refused_before_anything_is_stored() -> None:
    event = RunStarted(flow="nightly", parameters={"share": 0.5}, started_at=NOON, day=date(2026, 3, 2))
    with pytest.raises(NotCanonicalError, match=r"RunStarted\.parameters\.share"):
        record(event, ARTICLE, context())


def test_a_field_without_an_explanation_is_refused() -> None:
    with pytest.raises(UnexplainedFieldError, match="span"):

        @event
        class Mute(Finding, frozen=True, kw_only=True):
            """Nothing is explained."""

            span: Span


def test_an_anchor_that_is_no_field_is_refused() -> None:
    with pytest.raises(UnexplainedFieldError, match="elsewhere"):

        @event
        class Adrift(Finding, frozen=True, kw_only=True):
            """Anchored to nothing."""

            anchor: ClassVar[tuple[str, ...]] = ("elsewhere",)
            word: Annotated[str, Doc("which")]


def test_run_ids_sort_by_their_start() -> None:
    ids = [new_run_id() for _ in range(100)]
    assert ids == sorted(ids)
    assert {each.version for each in ids} == {7}
