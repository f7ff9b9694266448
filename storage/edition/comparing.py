"""What another version of an extractor finds: by `event_key`, what appeared, vanished and changed.

Like is compared with like: readings of the same text of the same article. Where both versions have read several texts
of an article the current one counts, else the one that was read last. SQL does the comparing, over digests of the
findings; their fields are fetched for those that are looked at, no more than a page of them at a time.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal
from uuid import UUID

import msgspec

from storage.edition.column_types import bare, struct_fields
from storage.edition.selecting import BackwardRangeError, SelectionError
from storage.edition.snapshot import Snapshot, snapshot
from storage.edition.tables import quoted, table_name
from storage.edition.vocabulary import Vocabulary
from storage.home import Home
from storage.vocabulary import Event, Finding, Span

Version = int | Literal["current"]
Change = Literal["appeared", "vanished", "changed"]
_ABOUT = "position, event_id, event_key, extraction_id, published_on"
_PAGE = 5_000  # differences whose fields are fetched together


class UnknownExtractorError(SelectionError):
    """No extractor of that name has read anything."""

    def __init__(self, extractor: str, present: Sequence[str]) -> None:
        there = f"; those that have: {', '.join(present)}" if present else ""
        super().__init__(f"no extractor {extractor!r} has read any text{there}")
        self.extractor, self.present = extractor, present


class UnknownVersionError(SelectionError):
    """An extractor has read nothing in a version."""

    def __init__(self, extractor: str, version: Version, present: Sequence[int]) -> None:
        there = ", ".join(map(str, present))
        super().__init__(f"{extractor} has read no text in version {version}; there are {there}, current")
        self.extractor, self.version, self.present = extractor, version, present


@dataclass(frozen=True)
class Question:
    """An extractor, the two versions to compare, and days of publication with both ends included."""

    extractor: str
    before: Version
    after: Version
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BackwardRangeError(self.since, self.until)


@dataclass(frozen=True)
class Counts:
    """How many findings of one kind differ in which way."""

    appeared: int
    vanished: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class Articles:
    """How many articles both versions have read in one text, how many only one of them, or each in another text."""

    both: int
    before_only: int
    after_only: int
    different_texts: int


@dataclass(frozen=True)
class Difference:
    """A finding that only one version has, or that the two describe differently; spans with their words."""

    change: Change
    record_type: str
    event_key: UUID
    article_id: UUID
    published_on: date
    headline: str | None
    url: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> list[str]:
        """The fields that differ, where both versions have the finding."""
        if self.before is None or self.after is None:
            return []
        return [name for name in self.after if self.before.get(name) != self.after[name]]


class Comparison:
    """The answer, while its edition is held open."""

    def __init__(self, edition: Snapshot, question: Question, classes: Mapping[str, type[Event]]) -> None:
        self._edition, self._classes, self.question = edition, classes, question
        self.articles = Articles(*edition.ask("FROM read_by").rows[0])
        self.counts = {row[0]: Counts(*row[1:]) for row in edition.ask("FROM difference_counts ORDER BY ALL").rows}

    def differences(self, limit: int | None = None) -> Iterator[Difference]:
        """Every difference, or the first *limit*: by day, by article, then as they stand in the text."""
        most = sum(each.appeared + each.vanished + each.changed for each in self.counts.values())
        for start in range(0, most if limit is None else min(limit, most), _PAGE):
            end = start + _PAGE if limit is None else min(start + _PAGE, limit)
            query = "FROM differences WHERE number > $start AND number <= $end ORDER BY number"
            yield from self._page(self._edition.ask(query, {"start": start, "end": end}).rows)

    def _page(self, rows: Sequence[tuple[Any, ...]]) -> Iterator[Difference]:
        found: dict[UUID, Mapping[str, Any]] = {}
        for record_type in sorted({row[2] for row in rows}):
            wanted = [event for row in rows if row[2] == record_type for event in row[-2:] if event is not None]
            found |= self._fields(record_type, wanted)
        for _, change, kind, key, article, day, headline, url, *events in rows:
            before, after = (None if event is None else found[event] for event in events)
            yield Difference(change, kind, key, article, day, headline, url, before, after)

    def _fields(self, record_type: str, wanted: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
        """The fields of findings, from their typed table, or as they were written where there is none."""
        cls = self._classes.get(record_type)
        names = [] if cls is None else list(cls.__struct_fields__)
        columns = _columns(cls) if cls else "payload"
        table = f"log.{table_name(cls)}" if cls else "log.events"
        query = f"SELECT event_id, {columns} FROM {table} WHERE event_id IN (SELECT unnest($wanted::UUID[]))"  # noqa: S608
        rows = self._edition.ask(query, {"wanted": [str(each) for each in wanted]}).rows
        if cls is None:
            return {event: msgspec.json.decode(payload) for event, payload in rows}
        return {event: dict(zip(names, values, strict=True)) for event, *values in rows}


@contextmanager
def comparison(home: Home, vocabulary: Vocabulary, question: Question) -> Generator[Comparison]:
    """Compare two versions of an extractor over the published edition; read the answer while the block lasts.

    Raises:
        NoEditionError: nothing was published yet.
        UnknownExtractorError: no such extractor has read anything.
        UnknownVersionError: it has read nothing in one of the versions.
    """
    with snapshot(home) as edition:
        _check(edition, question)
        edition.ask("SET VARIABLE asked = $asked", {"asked": _asked(question)})
        edition.ask(f"CREATE TEMP VIEW every_finding AS {_every_finding(vocabulary.classes)}")
        edition.ask(files("storage.edition").joinpath("comparing.sql").read_text("utf-8"))
        yield Comparison(edition, question, vocabulary.classes)


def _check(edition: Snapshot, question: Question) -> None:
    rows = edition.ask("SELECT DISTINCT producer, version FROM log.extraction_completed ORDER BY ALL").rows
    present = [version for producer, version in rows if producer == question.extractor]
    if not present:
        raise UnknownExtractorError(question.extractor, sorted({producer for producer, _ in rows}))
    for version in (question.before, question.after):
        if version not in (*present, "current"):
            raise UnknownVersionError(question.extractor, version, present)


def _asked(question: Question) -> dict[str, Any]:
    """The question as the SQL reads it: null is what counts now."""
    numbers = {side: None if each == "current" else each for side, each in _sides(question)}
    return {"extractor": question.extractor, "since": question.since, "until": question.until, **numbers}


def _every_finding(classes: Mapping[str, type[Event]]) -> str:
    """SQL: the findings with a digest of their fields as today's class has them; as written, where there is none."""
    untyped = f"SELECT {_ABOUT}, record_type, md5(payload::VARCHAR) AS digest, 0 AS place FROM log.events"  # noqa: S608
    parts = [f"{untyped} WHERE record_type NOT IN ({', '.join(map(quoted, classes))})"]
    for name, cls in classes.items():
        if issubclass(cls, Finding):
            digest = f"md5(row({_columns(cls)})::VARCHAR)"
            found = f"{_ABOUT}, {quoted(name)}, {digest}, {_place(cls)}"
            parts.append(f"SELECT {found} FROM log.{table_name(cls)}")  # noqa: S608
    return " UNION ALL ".join(parts)


def _place(cls: type[Event]) -> str:
    """SQL: where in the text a finding stands, as far as its anchor says so."""
    for name in cls.anchor:
        hint = bare(struct_fields(cls)[name])
        if hint is Span:
            return f'"{name}"."start"'
        if hint == list[Span]:
            return f'"{name}"[1]."start"'
    return "0"


def _columns(cls: type[Event]) -> str:
    return ", ".join(f'"{name}"' for name in cls.__struct_fields__)


def _sides(question: Question) -> tuple[tuple[str, Version], tuple[str, Version]]:
    return ("before", question.before), ("after", question.after)
