from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any, ClassVar
from uuid import UUID

import pytest
from typing_extensions import Doc

from storage.canonical import NotCanonicalError
from storage.events import ArticleCleaned, ArticleFetched, BatchCommitted, CapturePlace, FeedPolled, RunStarted
from storage.payloads import UnreadableEventError
from storage.records import EnvelopeError, Producer, article_id, extraction_id, new_run_id, record
from storage.vocabulary import Finding, Span, UnexplainedFieldError, event
from tests.storage.golden import Noted, RainMeasured, golden_records
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


GOLDEN = [
    ("baaaa62d-824e-8580-af39-9ddfdf616219", "baaaa62d-824e-8580-af39-9ddfdf616219", "5c8ea9ca71966e41"),
    ("08a26b9e-a40a-8074-bbdf-b0ccffa5d012", "08a26b9e-a40a-8074-bbdf-b0ccffa5d012", "b9ccd9a2a9cf113f"),
    ("b71190f7-270e-8b2b-8d6a-fb215e8cd594", "b71190f7-270e-8b2b-8d6a-fb215e8cd594", "99562bb4168d702e"),
    ("a0d1f560-221f-812b-b82d-853edf1127e2", "a0d1f560-221f-812b-b82d-853edf1127e2", "d92ea0eee740ebb4"),
    ("880dcad2-49a5-8691-883a-074f6d2ed9d9", "3d89765e-0c60-868b-8b56-eedacc9259b4", "50dc56697414baaf"),
    ("e911403e-f973-81ee-98ea-310f84d1d913", "001d1382-86da-8e81-a1c0-5f6d5211e895", "3d969331ae54e640"),
    ("b270b3e0-2a6e-84fd-930b-5ac080d6c716", "b270b3e0-2a6e-84fd-930b-5ac080d6c716", "05b97af1cd795e11"),
    ("6f2a6bf5-20e6-864c-b479-0ee1694092ea", "6f2a6bf5-20e6-864c-b479-0ee1694092ea", "3b85c0fa9f7ed2d3"),
    ("ad148e45-4a28-8901-b580-d82ec58ebebd", "ad148e45-4a28-8901-b580-d82ec58ebebd", "2fa2ddf91446e095"),
    ("8c05d875-2a2b-8c28-bb8a-32a7bf7302b3", "8c05d875-2a2b-8c28-bb8a-32a7bf7302b3", "13ecec6a2927bbb4"),
]


def test_ids_keys_and_payloads_never_change() -> None:
    found = [
        (each.event_id, each.event_key, sha256(each.payload.encode()).hexdigest()[:16]) for each in golden_records()
    ]
    assert found == GOLDEN


def rain(**changes: Any) -> RainMeasured:
    given: dict[str, Any] = {"span": Span(0, 4), "actor": None, "amount": None, "sources": []}
    return RainMeasured(**(given | changes))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wet", 1),
        ("wet", float("nan")),
        ("sources", ("a",)),
        ("sources", [0.5]),
        ("amount", float("nan")),
        ("amount", Decimal("NaN")),
        ("amount", Decimal("Infinity")),
        ("span", Span(0, 2**53)),
        ("span", Span(start=True, end=4)),
        ("span", Span(0.0, 4)),  # type: ignore[arg-type]
        ("actor", {"name": "a", "spans": []}),
        ("sources", ["\ud800"]),
    ],
)
def test_a_field_that_would_be_read_back_otherwise_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(NotCanonicalError, match=rf"RainMeasured\.{field}"):
        record(rain(**{field: value}), ARTICLE, context())


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(UnreadableEventError, match=r"FeedPolled\.outcome.*'maybe'"):
        record(FeedPolled(feed_url="a", polled_at=NOON, outcome="maybe"), ARTICLE, context())  # type: ignore[arg-type]


def test_a_value_that_no_json_holds_is_refused() -> None:
    for value in ({"x": object()}, {"x": {1, 2}}, {"x": b"bytes"}, {"x": date(2026, 3, 2)}, {1: "x"}):
        with pytest.raises(NotCanonicalError, match=r"Noted"):
            record(Noted(note=value), ARTICLE, context())  # type: ignore[arg-type]


def test_bottomless_nesting_is_refused() -> None:
    note: dict[str, Any] = {}
    for _ in range(100_000):
        note = {"in": note}
    with pytest.raises(NotCanonicalError, match="nested too deeply"):
        record(Noted(note=note), ARTICLE, context())


def test_a_time_of_another_zone_is_stored_as_utc() -> None:
    berlin = datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=1)))
    stored = record(rain(), ARTICLE, context(occurred_at=berlin))
    assert (stored.occurred_at, stored.occurred_at.tzinfo) == (NOON, UTC)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "changes",
    [
        {"occurred_at": datetime(2026, 3, 2)},  # noqa: DTZ001 - what is refused
        {"occurred_at": datetime.min.replace(tzinfo=timezone(timedelta(hours=1)))},
        {"published_on": NOON},
    ],
)
def test_an_envelope_that_rows_would_give_back_otherwise_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(EnvelopeError, match=next(iter(changes))):
        record(rain(), ARTICLE, context(**changes))


@pytest.mark.parametrize(("name", "version"), [("a\ud800", 1), ("a\n", 1), ("a", 2**31), ("a", -(2**31))])
def test_a_producer_that_does_not_fit_a_row_is_refused(name: str, version: int) -> None:
    with pytest.raises(EnvelopeError, match="producer"):
        Producer(name, version)
