"""What reading again would change of what counts: a dry run, and its differences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from flows.backfill.kept import prepared
from flows.backfill.request import Request
from flows.progress import progress
from flows.reading.batch import DueText
from flows.reading.pool import ReaderPool
from flows.reading.readings import read_all, reading_records
from flows.reading.tally import Tally
from flows.recording import Recorder
from flows.settings import Settings
from storage.home import Home
from storage.ledger import Changes, DueArticle, current_findings, due_articles
from storage.records import Record

_NO_RUN = UUID(int=0)  # findings are named by text and extraction alone, so the run may be any
_Key = tuple[str, UUID]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that would be added, withdrawn or changed; fields as they are stored, null where there is none."""

    change: Literal["added", "withdrawn", "changed"]
    extractor: str
    article_id: UUID
    published_on: date
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


class DryRun(msgspec.Struct, frozen=True, kw_only=True):
    """What reading again would change."""

    articles: int
    changes: list[Changes]
    differences: list[Difference]


def dry_run(request: Request, settings: Settings) -> DryRun:
    """Clean and read what is due, store nothing, and compare with what counts.

    Raises:
        NoEditionError: nothing was published yet.
    """
    home = settings.place
    due = due_articles(home, request.code, request.since, request.until, request.outcomes)
    found: list[Difference] = []
    progress().stage("articles", len(due))
    with ReaderPool(settings.workers, settings.cpu_seconds_per_page) as pool:
        for start in range(0, len(due), settings.pages_per_batch):
            batch = due[start : start + settings.pages_per_batch]
            found += _differences(home, batch, pool)
            progress().advance(len(batch))
    return DryRun(articles=len(due), changes=list(_counted(found)), differences=found)


def _differences(home: Home, due: Sequence[DueArticle], pool: ReaderPool) -> Iterator[Difference]:
    tally = Tally()
    texts = prepared(home, pool, due, tally).due
    reads = read_all([each.text for each in texts], [each.extractors for each in texts], pool, tally)
    records = [
        record
        for each, read in zip(texts, reads, strict=True)
        for record in reading_records(each.text, read, Recorder(_NO_RUN))
    ]
    # an extractor that broke, or stepped aside, withdraws nothing
    closed = {(each.stream, each.producer) for each in records if each.record_type == "ExtractionCompleted"}
    yield from compared(home, texts, [each for each in records if (each.stream, each.producer) in closed], closed)


def compared(
    home: Home, texts: Sequence[DueText], records: Iterable[Record], closed: set[tuple[str, str]]
) -> Iterator[Difference]:
    """The findings in *records* against those that count, of the readings that were *closed* (stream, extractor)."""
    about: dict[_Key, tuple[UUID, date]] = {}
    before: dict[_Key, list[str]] = {}
    after: dict[_Key, list[str]] = {}
    articles = [each.text.article for each in texts]
    for known in current_findings(home, articles, {extractor for _, extractor in closed}):
        if (f"article:{known.article_id}", known.producer) in closed:
            key = known.producer, known.event_key
            about[key] = known.article_id, known.published_on
            before.setdefault(key, []).append(known.payload)
    for record in records:
        if not record.record_type.startswith("Extraction"):
            key = record.producer, UUID(record.event_key)
            about[key] = UUID(record.stream.partition(":")[2]), record.published_on
            after.setdefault(key, []).append(record.payload)
    for key, (article, day) in about.items():
        old, new = sorted(before.get(key, [])), sorted(after.get(key, []))
        if old != new:
            change: Literal["added", "withdrawn", "changed"] = (
                "changed" if old and new else "added" if new else "withdrawn"
            )
            yield Difference(
                change=change,
                extractor=key[0],
                article_id=article,
                published_on=day,
                before=[json.loads(each) for each in old],
                after=[json.loads(each) for each in new],
            )


def _counted(found: Sequence[Difference]) -> Iterator[Changes]:
    for extractor in sorted({each.extractor for each in found}):
        kinds = [each.change for each in found if each.extractor == extractor]
        yield Changes(
            extractor=extractor,
            added=kinds.count("added"),
            withdrawn=kinds.count("withdrawn"),
            changed=kinds.count("changed"),
        )
