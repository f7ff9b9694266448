"""Articles, captures and readings by a small extractor of weather, for tests of what supersedes what and of what leaves
the edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace
from typing_extensions import Doc

from storage.canonical import sha256_hex
from storage.edition.publish import publish
from storage.edition.views import View
from storage.edition.vocabulary import Vocabulary, vocabulary
from storage.events import (
    ArticleCleaned,
    ArticleDiscovered,
    ArticleFetched,
    ArticleFetchFailed,
    ArticleRejected,
    CapturePlace,
    ExtractionCompleted,
    ExtractionFailed,
    ExtractionRejected,
)
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, article_id, extraction_id, new_run_id, record
from storage.texts import TextStore
from storage.vocabulary import Finding, Span, event
from tests.storage.records_of import DAY, NOON, context

TEXT = "Zürich 🌧 rain fell on the lake, then hail, then nothing at all."
CORRECTED = "Zürich 🌧 rain fell on the lake, then nothing at all."
NEXT = DAY + timedelta(days=1)
HEADLINE = 'Rain, "at last"\nover Zürich'
FEED = "https://example.org/feed.xml"


class Observer(msgspec.Struct, frozen=True):
    name: Annotated[str, Doc("name as it stands in the text")]
    spans: Annotated[list[Span], Doc("where it stands")]


@event
class RainSeen(Finding, frozen=True, kw_only=True):
    """Rain was seen."""

    span: Annotated[Span, Doc("the word for it")]
    kind: Annotated[Literal["rain", "hail"], Doc("what fell")] = "rain"
    observer: Annotated[Observer | None, Doc("who saw it")] = None
    amount: Annotated[Decimal | None, Doc("how much")] = None


RAIN = View(
    "rain.sql",
    """\
-- rain: where it rained, one row for each time an article says so
SELECT
    finding.article_id,                -- the article
    finding.published_on,              -- the publisher's calendar day
    finding.kind,                      -- what fell
    finding.span.text AS words,        -- the word for it
    finding.span,                      -- where it stands
    finding.observer,                  -- who saw it
    finding.amount,                    -- how much
    finding.event_id                   -- record it rests on, in events
FROM log.rain_seen AS finding
SEMI JOIN current_extractions_as_of(commit_position) USING (extraction_id)
""",
)


LAKE = Observer("the lake", [Span(22, 30)])


def weather() -> Vocabulary:
    return vocabulary({"RainSeen": RainSeen}, [RAIN])


def url_of(name: str) -> str:
    return f"https://example.org/{name}"


def sha(text: str) -> str:
    return sha256_hex(text.encode())


def found(name: str, day: date = DAY, headline: str | None = None) -> Record:
    event = ArticleDiscovered(url=url_of(name), via="feed", source=FEED, headline=headline)
    return record(event, article_id(url_of(name)), context(published_on=day))


def captured(name: str, at: datetime, body: str = "", day: date = DAY) -> Record:
    event = ArticleFetched(
        url=url_of(name), final_url=url_of(name), status=200, content_type="text/html",
        body_sha256=sha(body or f"{name} {at}"), body_bytes=2, captured_at=at, capture=CapturePlace("a.warc.gz", 5),
    )  # fmt: skip
    return record(event, article_id(url_of(name)), context(published_on=day))


def cleaned(capture: Record, text: str, version: int = 1, configuration: str = "cd", **fields: object) -> Record:
    name = msgspec.json.decode(capture.payload)["url"]
    given: dict[str, object] = {
        "url": name, "canonical_url": None, "text_sha256": sha(text), "headline": "Rain over Zürich", "authors": [],
        "published_at": datetime.combine(capture.published_on, datetime.min.time(), UTC),
        "published_at_source": "meta", "modified_at": None, "language": "en", "publisher": "example.org",
        "site_name": None, "section": None, "keywords": [], "word_count": len(text.split()), "minhash": "",
        "configuration_sha256": configuration,
    }  # fmt: skip
    return record(ArticleCleaned(**(given | fields)), UUID(capture.stream[8:]), _by_cleaner(capture, version))  # type: ignore[arg-type]


def rejected(capture: Record, version: int = 1) -> Record:
    url = msgspec.json.decode(capture.payload)["url"]
    event = ArticleRejected(url=url, reason="consent_wall", detail=None, configuration_sha256="cd")
    return record(event, UUID(capture.stream[8:]), _by_cleaner(capture, version))


def unfetched(name: str, day: date = DAY) -> Record:
    event = ArticleFetchFailed(url=url_of(name), reason="timeout")
    return record(event, article_id(url_of(name)), context(published_on=day, run_id=new_run_id()))


def _by_cleaner(capture: Record, version: int) -> object:
    producer = Producer("cleaner", version)
    return context(producer=producer, caused_by=capture.id, published_on=capture.published_on)


def seen(text: str, word: str, **fields: object) -> RainSeen:
    start = text.index(word)
    return RainSeen(span=Span(start, start + len(word)), **fields)  # type: ignore[arg-type]


def reading(
    name: str,
    text: str,
    findings: Sequence[RainSeen] = (),
    *,
    version: int = 1,
    configuration: str = "cd",
    supersedes: UUID | None = None,
    day: date = DAY,
) -> list[Record]:
    """Findings and the record that closes the reading, last."""
    article, producer = article_id(url_of(name)), Producer("rain", version)
    ending = ExtractionCompleted(
        article=article, text_sha256=sha(text), producer="rain", version=version, configuration_sha256=configuration,
        events=len(findings), supersedes=supersedes,
    )  # fmt: skip
    identity = extraction_id(article, sha(text), producer, configuration)
    envelope = context(producer=producer, extraction_id=identity, published_on=day)
    return [record(each, article, envelope) for each in (*findings, ending)]


def by_another(records: Sequence[Record]) -> list[Record]:
    """The same reading, as if an extractor named hail had made it."""
    extraction = str(UUID(int=UUID(records[-1].extraction_id or "").int ^ 1))
    return [
        replace(
            each,
            event_id=str(UUID(int=each.id.int ^ 1)),
            extraction_id=extraction,
            producer="hail",
            payload=each.payload.replace('"producer":"rain"', '"producer":"hail"'),
        )
        for each in records
    ]


def broken(name: str, text: str, version: int) -> Record:
    """A reading that failed."""
    return _unfinished(name, text, version, ExtractionFailed, error="ValueError: no rain")


def refused(name: str, text: str, version: int) -> Record:
    """A reading that its extractor stepped aside from."""
    return _unfinished(name, text, version, ExtractionRejected, reason="reads en")


def _unfinished(
    name: str, text: str, version: int, cls: type[ExtractionFailed | ExtractionRejected], **why: str
) -> Record:
    article, producer = article_id(url_of(name)), Producer("rain", version)
    ending = cls(
        article=article, text_sha256=sha(text), producer="rain", version=version, configuration_sha256="cd", **why
    )  # type: ignore[call-arg]
    identity = extraction_id(article, sha(text), producer, "cd")
    return record(ending, article, context(producer=producer, extraction_id=identity))


def keep(home: Home, *texts: str) -> None:
    TextStore(home).put(texts)


def fill(home: Home) -> Home:
    """Two commits, published: an article on one day, then its correction and an article on the next.

    The first ends at position 6.
    """
    keep(home, TEXT, CORRECTED)
    first, corrected = captured("a", NOON), captured("a", NOON + timedelta(days=2))
    other = captured("b", NOON + timedelta(days=1), day=NEXT)
    rain = seen(TEXT, "rain", observer=LAKE, amount=Decimal("2.50"))
    times = iter([NOON, NOON + timedelta(days=2)])
    log = Log(home, clock=lambda: next(times))
    about = cleaned(first, TEXT, headline=HEADLINE)
    log.append([found("a", headline=HEADLINE), first, about, *reading("a", TEXT, [rain])])
    log.append(
        [
            *(found("b", NEXT), other, cleaned(other, TEXT, headline=None)),
            *reading("b", TEXT, [seen(TEXT, "hail")], day=NEXT),
            *(corrected, cleaned(corrected, CORRECTED), *reading("a", CORRECTED, [seen(CORRECTED, "rain")])),
        ]
    )
    publish(home, weather())
    return home
