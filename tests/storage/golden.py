"""Records whose ids, payloads and digest are fixed for ever: changing one would store known facts a second time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec
from typing_extensions import Doc

from storage.events import (
    ArticleCleaned,
    ArticleDiscovered,
    ArticleFetched,
    CapturePlace,
    ExtractionCompleted,
    FeedPolled,
    RunCompleted,
    RunStarted,
)
from storage.records import Producer, Record, article_id, extraction_id, feed_id, record
from storage.vocabulary import Event, Finding, Scope, Span, event
from tests.storage.records_of import DAY, NOON, RUN, context

ARTICLE = article_id("https://example.org/zürich?a=1")
HOURS_AHEAD = timezone(timedelta(hours=2))


class Actor(msgspec.Struct, frozen=True):
    """Who did something."""

    name: Annotated[str, Doc("name")]
    spans: Annotated[list[Span], Doc("where")]


@event
class RainMeasured(Finding, frozen=True, kw_only=True):
    """Rain was measured."""

    anchor: ClassVar[tuple[str, ...]] = ("span", "actor")
    span: Annotated[Span, Doc("the words")]
    actor: Annotated[Actor | None, Doc("who")]
    amount: Annotated[Decimal | None, Doc("how much")]
    sources: Annotated[list[str], Doc("whence")]
    wet: Annotated[bool, Doc("whether anything fell")] = True


@event
class Noted(Event, frozen=True, kw_only=True):
    """Anything was noted."""

    scope: ClassVar[Scope] = Scope.CAPTURE
    note: Annotated[dict[str, Any], Doc("anything")]


def golden_records() -> list[Record]:
    """One record of each kind of identity, with every type that a field may have."""
    reading = extraction_id(ARTICLE, "ab" * 32, Producer("rain", 3), "cd" * 32)
    found = context(producer=Producer("rain", 3), extraction_id=reading)
    caused = context(producer=Producer("cleaner", 2), caused_by=UUID(int=77), occurred_at=NOON)
    micro = datetime(2026, 3, 2, 8, 5, 6, 789, tzinfo=HOURS_AHEAD)
    return [
        record(
            ArticleDiscovered(
                url="https://example.org/zürich?a=1",
                via="feed",
                source='https://example.org/"feed".xml',
                headline='Quote " back \\ slash / tab \t nul \x00 del \x7f sep \u2028 € 🌧 \U0010fffd',
                claimed_published_at=micro,
            ),
            ARTICLE,
            context(),
        ),
        record(
            FeedPolled(
                feed_url="https://example.org/feed.xml",
                polled_at=NOON,
                outcome="new",
                status=200,
                capture=CapturePlace("a.warc.gz", 2**53 - 1),
                entries=-3,
            ),
            feed_id("https://example.org/feed.xml"),
            context(occurred_at=NOON.replace(microsecond=120)),
        ),
        record(
            ArticleFetched(
                url="https://example.org/a",
                final_url="https://example.org/b",
                status=200,
                content_type=None,
                body_sha256="ef" * 32,
                body_bytes=0,
                captured_at=NOON,
                capture=CapturePlace("b.warc.gz", 0),
            ),
            ARTICLE,
            caused,
        ),
        record(
            ArticleCleaned(
                url="https://example.org/a",
                canonical_url="https://example.org/b",
                text_sha256="ab" * 32,
                headline="",
                authors=["Ann Árnason", "Bo"],
                published_at=datetime.min.replace(tzinfo=UTC),
                published_at_source="meta",
                modified_at=datetime.max.replace(tzinfo=UTC),
                language="is",
                publisher=None,
                site_name=None,
                section=None,
                keywords=[],
                word_count=12,
                minhash="00" * 256,
                configuration_sha256="cd" * 32,
            ),
            ARTICLE,
            caused,
        ),
        record(
            RainMeasured(
                span=Span(0, 4),
                actor=Actor("Zoë", [Span(5, 9), Span(11, 12)]),
                amount=Decimal("2.50"),
                sources=["a", "b"],
            ),
            ARTICLE,
            found,
        ),
        record(RainMeasured(span=Span(0, 4), actor=None, amount=None, sources=[], wet=False), ARTICLE, found),
        record(
            ExtractionCompleted(
                article=ARTICLE,
                text_sha256="ab" * 32,
                producer="rain",
                version=3,
                configuration_sha256="cd" * 32,
                events=2,
                supersedes=None,
            ),
            ARTICLE,
            found,
        ),
        record(Noted(note={"b": [1, None, True, {"é": "x", "a": []}], "a": {}, "B": "0.5"}), ARTICLE, caused),
        record(RunStarted(flow="nightly", parameters={"day": "2026-03-02"}, started_at=NOON, day=DAY), RUN, context()),
        record(
            RunCompleted(flow="nightly", completed_at=NOON, outcome="done", counts={"b": 2, "a": 1}),
            RUN,
            context(published_on=date.max),
        ),
    ]
