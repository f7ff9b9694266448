"""Homes for the tests of the command line and the demo's look.

The filled one is filled as two nights of the press would: records go straight to the log, no server, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest

from extractors.extractor import discover
from extractors.language.reading import Reading
from flows.press import Story, stories
from flows.reading.revision import change
from flows.recording import Recorder
from flows.vocabulary import vocabulary
from storage.canonical import sha256_hex
from storage.edition.publish import publish
from storage.events import (
    ArticleCleaned,
    ArticleDiscovered,
    ArticleDuplicated,
    ArticleFetched,
    ArticleFetchFailed,
    ArticleRejected,
    ArticleRevised,
    ArticleWithdrawn,
    CapturePlace,
    DateClaim,
    ExtractionCompleted,
    FeedPolled,
    RunCompleted,
    RunStarted,
)
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, article_id, extraction_id, feed_id
from storage.texts import TextStore

RUNS = (UUID("01960000-0000-7000-8000-000000000001"), UUID("01960000-0000-7000-8000-000000000002"))
NIGHTS = (datetime(2026, 3, 9, 3, tzinfo=UTC), datetime(2026, 3, 10, 3, tzinfo=UTC))
STEP = Producer("test", 1)
CONFIGURATION = "0" * 64
WITHDRAWN = stories(1)[0].headline
GOOD_FEED, FAILING_FEED = "http://saltgate-ledger.localhost/feed.xml", "http://gone.localhost/feed.xml"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published home that tests only read."""
    return fill(Home(tmp_path_factory.mktemp("filled")))


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home that nothing was ever written to."""
    return Home(tmp_path / "empty")


def fill(home: Home) -> Home:
    """Two nights: the second sees a correction, a 304 and a feed that has ended."""
    seen: dict[UUID, str] = {}
    for night in (1, 2):
        records = list(_night(home, night, seen))
        Log(home, clock=lambda: NIGHTS[night - 1]).append(records)  # noqa: B023 - used at once
    publish(home, vocabulary())
    return home


def _night(home: Home, night: int, seen: dict[UUID, str]) -> Iterator[Record]:
    at, run, make = NIGHTS[night - 1], RUNS[night - 1], Recorder(RUNS[night - 1])
    started = RunStarted(flow="nightly", parameters={}, started_at=at, day=at.date())
    yield make(started, run, STEP, at.date(), occurred_at=at)
    yield from _polls(make, night, at)
    counts = {"articles": 0, "pages_failed": 0}
    for story in stories(night):
        for each in _story(home, make, story, at, seen):
            counts["articles"] += each.record_type == "ArticleCleaned"
            counts["pages_failed"] += each.record_type == "ArticleFetchFailed"
            yield each
    ended = RunCompleted(flow="nightly", completed_at=at + timedelta(seconds=41), outcome="done", counts=counts)
    yield make(ended, run, STEP, at.date(), occurred_at=at)


def _polls(make: Recorder, night: int, at: datetime) -> Iterator[Record]:
    good = FeedPolled(
        feed_url=GOOD_FEED, polled_at=at, outcome="new" if night == 1 else "unchanged",
        status=200 if night == 1 else 304, entries=7 if night == 1 else 0,
    )  # fmt: skip
    bad = FeedPolled(feed_url=FAILING_FEED, polled_at=at, outcome="gone", status=410, error="answered 410")
    for poll in (good, bad):
        yield make(poll, feed_id(poll.feed_url), STEP, at.date(), occurred_at=at)


def _story(home: Home, make: Recorder, story: Story, at: datetime, seen: dict[UUID, str]) -> Iterator[Record]:
    url = f"http://{story.publisher}.localhost{story.path}"
    article, day, text = article_id(url), story.published.date(), "\n\n".join(story.paragraphs)
    if seen.get(article) == text:
        return
    found = ArticleDiscovered(url=url, via="feed", source=GOOD_FEED, headline=story.headline)
    yield make(found, article, STEP, day)
    if story.kind == "gone":
        failed = ArticleFetchFailed(url=url, reason="not_found", status=404, is_final=True)
        yield make(failed, article, STEP, day)
        return
    fetched = make(_fetched(url, text, at), article, STEP, day)
    yield fetched
    if story.kind == "consent-wall":
        wall = ArticleRejected(url=url, reason="consent_wall", detail=None, configuration_sha256=CONFIGURATION)
        yield make(wall, article, STEP, day, caused_by=fetched.id)
        return
    TextStore(home).put([text])
    yield make(_cleaned(url, story, text), article, STEP, day, caused_by=fetched.id)
    if article in seen:
        revised = ArticleRevised(
            previous_text_sha256=sha256_hex(seen[article].encode()), text_sha256=sha256_hex(text.encode()),
            inserted_chars=300, deleted_chars=20, headline_changed=False,
            passages=list(change(seen[article], text).passages),
        )  # fmt: skip
        yield make(revised, article, STEP, day, caused_by=fetched.id)
    yield from _copies(make, article, text, day, seen)
    seen[article] = text
    yield from _findings(make, article, text, day, story.language)
    if story.headline == WITHDRAWN:
        yield make(ArticleWithdrawn(url=url, status=410, asked_at=at + timedelta(days=7)), article, STEP, day)


def _fetched(url: str, text: str, at: datetime) -> ArticleFetched:
    return ArticleFetched(
        url=url, final_url=url, status=200, content_type="text/html", body_sha256=sha256_hex(text.encode()),
        body_bytes=len(text), captured_at=at, capture=CapturePlace("test.warc.gz", 0),
    )  # fmt: skip


def _cleaned(url: str, story: Story, text: str) -> ArticleCleaned:
    return ArticleCleaned(
        url=url, canonical_url=None, text_sha256=sha256_hex(text.encode()), headline=story.headline,
        authors=[story.byline], published_at=story.published.astimezone(UTC), published_at_source="json_ld",
        modified_at=story.updated.astimezone(UTC), language=story.language[:2],
        publisher=f"{story.publisher}.localhost",
        site_name=story.publisher.replace("-", " ").title(), section=story.section, keywords=[],
        word_count=len(text.split()), minhash="", configuration_sha256=CONFIGURATION, agency=story.agency,
        date_claims=[_claim("json_ld", story.published), _claim("feed", story.updated + timedelta(days=1))],
    )  # fmt: skip


def _claim(source: Literal["json_ld", "feed"], at: datetime) -> DateClaim:
    return DateClaim(source, at.astimezone(UTC), at.date())


def _copies(make: Recorder, article: UUID, text: str, day: date, seen: dict[UUID, str]) -> Iterator[Record]:
    """Texts that open alike are copies here."""
    for other, known in seen.items():
        if other != article and known[:200] == text[:200]:
            one, two = sorted((article, other))
            pair = ArticleDuplicated(other_article=str(two), relation="copy", similarity_percent=87)
            yield make(pair, one, STEP, day)


def _findings(make: Recorder, article: UUID, text: str, day: date, language: str) -> Iterator[Record]:
    reading = Reading(text, day, language[:2])
    for name, extractor in discover().items():
        producer, sha256 = Producer(name, extractor.version), sha256_hex(text.encode())
        read_as = extraction_id(article, sha256, producer, CONFIGURATION)
        findings = [] if extractor.refusal(reading) else list(extractor.read(reading))
        for each in findings:
            yield make(each, article, producer, day, extraction_id=read_as)
        completed = ExtractionCompleted(
            article=article, text_sha256=sha256, producer=name, version=extractor.version,
            configuration_sha256=CONFIGURATION, events=len(findings), supersedes=None,
        )  # fmt: skip
        yield make(completed, article, producer, day, extraction_id=read_as)
