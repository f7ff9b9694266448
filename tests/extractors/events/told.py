"""A home with reports as short as a test needs, read for events and figures and published; no server, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from extractors.extractor import discover
from extractors.language.reading import Reading
from flows.recording import Recorder
from flows.vocabulary import vocabulary
from storage.canonical import sha256_hex
from storage.edition.publish import publish
from storage.events import ArticleDuplicated, ArticleFetched, CapturePlace, ExtractionCompleted
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, article_id, extraction_id
from storage.texts import TextStore
from tests.storage.records_of import NOON, RUN, page_read

_STEP, _READ_BY, _CONFIGURATION = Producer("test", 1), ("political_events", "figures", "entities"), "0" * 64


@dataclass(frozen=True)
class Report:
    """An article: who printed it and when, what it says, and the agency it credits."""

    publisher: str
    day: str
    text: str
    agency: str | None = None

    @property
    def url(self) -> str:
        return f"https://{self.publisher}/{self.day}/{sha256_hex(self.text.encode())[:6]}"


def tell(home: Home, reports: Sequence[Report], copies: Sequence[tuple[Report, Report]] = ()) -> Home:
    """Take reports in, say which are copies of one text, and publish."""
    TextStore(home).put([each.text for each in reports])
    records = [record for each in reports for record in _records(each)]
    Log(home, clock=lambda: datetime(2026, 3, 9, 3, tzinfo=UTC)).append([*records, *_copies(copies)])
    publish(home, vocabulary())
    return home


def _records(report: Report) -> Iterator[Record]:
    article, day, make = article_id(report.url), date.fromisoformat(report.day), Recorder(RUN)
    cleaned = page_read(
        url=report.url,
        publisher=report.publisher,
        text_sha256=sha256_hex(report.text.encode()),
        published_at=datetime.combine(day, time(12), UTC),
        agency=report.agency,
    )
    fetched = make(_fetched(report), article, _STEP, day)
    yield fetched
    yield make(cleaned, article, _STEP, day, caused_by=fetched.id)
    for name in _READ_BY:
        yield from _findings(make, article, report, day, name)


def _fetched(report: Report) -> ArticleFetched:
    return ArticleFetched(
        url=report.url, final_url=report.url, status=200, content_type="text/html", body_sha256="0" * 64,
        body_bytes=len(report.text), captured_at=NOON, capture=CapturePlace("test.warc.gz", 0),
    )  # fmt: skip


def _findings(make: Recorder, article: UUID, report: Report, day: date, name: str) -> Iterator[Record]:
    extractor, sha256 = discover()[name], sha256_hex(report.text.encode())
    producer = Producer(name, extractor.version)
    read_as = extraction_id(article, sha256, producer, _CONFIGURATION)
    findings = list(extractor.read(Reading(report.text, day, "en")))
    for each in findings:
        yield make(each, article, producer, day, extraction_id=read_as)
    completed = ExtractionCompleted(
        article=article, text_sha256=sha256, producer=name, version=extractor.version,
        configuration_sha256=_CONFIGURATION, events=len(findings), supersedes=None,
    )  # fmt: skip
    yield make(completed, article, producer, day, extraction_id=read_as)


def _copies(copies: Sequence[tuple[Report, Report]]) -> Iterator[Record]:
    for pair in copies:
        one, two = sorted(article_id(each.url) for each in pair)
        linked = ArticleDuplicated(other_article=str(two), relation="copy", similarity_percent=90)
        yield Recorder(RUN)(linked, one, _STEP, date.fromisoformat(pair[0].day))
