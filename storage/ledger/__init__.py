"""The ledger: how far each day has come at each stage, compared with the code that is installed; and what is due.

It is read from the edition, whose tables answer for ten years in a second; whoever plans work by it brings the edition
up to the log first. Nothing is lost by an edition that lags: what is done twice is the same fact, with the same id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar
from uuid import UUID

import msgspec

from storage.edition.snapshot import Snapshot, snapshot
from storage.events import CapturePlace
from storage.home import Home

State = Literal["complete", "partial", "failed", "stale", "missing", "never fetched", "unavailable"]
Reached = Literal["done", "stale", "failed", "missing"]
FETCHED, CLEANED = "fetched", "cleaned"
_T = TypeVar("_T")


class StageVersion(msgspec.Struct, frozen=True):
    """The code of a stage that days are compared with: the cleaner's or an extractor's."""

    stage: str
    version: int
    configuration_sha256: str


class DayStage(msgspec.Struct, frozen=True, kw_only=True):
    """How far a day's articles have come at one stage; counts of articles."""

    published_on: date
    stage: str
    version: int | None
    articles: int
    done: int
    stale: int
    failed: int
    missing: int
    state: State

    def count(self, only: Collection[Reached]) -> int:
        """How many articles have come so far and no further."""
        return sum(getattr(self, each) for each in only)


class DueArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with the stages that it has to pass again."""

    published_on: date
    article_id: UUID
    stages: list[str]


class KeptText(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an article that counts now, as extractors take it."""

    article_id: UUID
    text: str
    text_sha256: str
    published_on: date
    language: str | None


class KeptCapture(msgspec.Struct, frozen=True, kw_only=True):
    """A page that is kept, and what the source that named it said of it."""

    article_id: UUID
    url: str
    final_url: str
    status: int
    content_type: str | None
    captured_at: datetime
    capture: CapturePlace
    discovered: UUID | None
    headline: str | None
    claimed_published_at: datetime | None
    first_seen_at: datetime | None


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """How the last asking of a source about a day ended."""

    day: date
    outcome: Literal["found", "unavailable", "failed"]
    candidates: int
    reason: str | None
    asked_at: datetime  # of the site that was asked first


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """CPU seconds that the last runs have spent on a page and on a text; None where none has."""

    cleaning_seconds: float | None
    reading_seconds: float | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What has changed of an extractor's findings that count."""

    extractor: str
    added: int
    withdrawn: int
    changed: int


class CurrentFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that counts, its payload as canonical JSON."""

    producer: str
    article_id: UUID
    published_on: date
    event_key: UUID
    payload: str


def day_stages(home: Home, code: Sequence[StageVersion], since: date, until: date) -> list[DayStage]:
    """The ledger of a range of days, both ends included, by day and stage; days that nothing is known of are left out.

    Raises:
        NoEditionError: nothing was published yet.
    """
    with snapshot(home) as edition:
        _compare_with(edition, code)
        return _all(edition, "day_stages", DayStage, since=since, until=until)


def due_articles(
    home: Home, code: Sequence[StageVersion], since: date, until: date, only: Collection[Reached]
) -> list[DueArticle]:
    """Every article of a range of days that has to be cleaned or read again, by day, then by id."""
    with snapshot(home) as edition:
        _compare_with(edition, code)
        stages = [each.stage for each in code]
        return _all(edition, "due_articles", DueArticle, since=since, until=until, stages=stages, only=sorted(only))


def kept_texts(home: Home, articles: Iterable[UUID]) -> dict[UUID, KeptText]:
    """The texts of articles that count now."""
    with snapshot(home) as edition:
        found = _all(edition, "kept_texts", KeptText, articles=[str(each) for each in articles])
        return {each.article_id: each for each in found}


def kept_captures(home: Home, articles: Iterable[UUID]) -> dict[UUID, list[KeptCapture]]:
    """Everything that was captured of articles, each in the order of capture."""
    captures: dict[UUID, list[KeptCapture]] = {}
    with snapshot(home) as edition:
        for each in _all(edition, "kept_captures", KeptCapture, articles=[str(each) for each in articles]):
            captures.setdefault(each.article_id, []).append(each)
    return captures


def surveys(
    home: Home, source: str, archive: str, sites: Sequence[str], since: date, until: date
) -> dict[date, Survey]:
    """How the last asking of a source about each day of a range ended, as its worst site did; "" is the site of all.

    Days that were not asked about at every site are left out.
    """
    with snapshot(home) as edition:
        given = {"source": source, "archive": archive, "sites": list(sites)}
        return {each.day: each for each in _all(edition, "surveys", Survey, since=since, until=until, **given)}


def costs(home: Home) -> Costs:
    """What cleaning a page and reading a text has cost in the last runs."""
    with snapshot(home) as edition:
        return _all(edition, "costs", Costs)[0]


def run_changes(home: Home, run_id: UUID) -> list[Changes]:
    """What a run has changed of what counts, by extractor."""
    with snapshot(home) as edition:
        return _all(edition, "run_changes", Changes, run=str(run_id))


def current_findings(home: Home, articles: Iterable[UUID], extractors: Collection[str]) -> list[CurrentFinding]:
    """The findings of some articles that count, by the extractors named."""
    with snapshot(home) as edition:
        given = {"articles": [str(each) for each in articles], "extractors": sorted(extractors)}
        return _all(edition, "current_findings", CurrentFinding, **given)


def _compare_with(edition: Snapshot, code: Sequence[StageVersion]) -> None:
    versions = msgspec.json.encode(code).decode()
    kind = '[{"stage": "VARCHAR", "version": "BIGINT", "configuration_sha256": "VARCHAR"}]'
    edition.ask("SET VARIABLE versions = from_json($versions, $kind)", {"versions": versions, "kind": kind})


def _all(edition: Snapshot, question: str, kind: type[_T], **given: Any) -> list[_T]:  # noqa: ANN401 - parameters
    answer = edition.ask(_sql(question), given)
    return [msgspec.convert(dict(zip(answer.columns, row, strict=True)), kind) for row in answer.rows]


@cache
def _sql(question: str) -> str:
    return files("storage.ledger").joinpath(f"{question}.sql").read_text("utf-8")
