"""What was found in one article and on which words it rests, for looking at; from the edition or from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from extractors.language.windows import MOST_CHARACTERS
from flows.extracting import extract, given
from flows.settings import Settings
from storage.edition.ask import ask
from storage.vocabulary import Span

_ARTICLE = """
    SELECT article_id, headline, publisher, published_on, url, language, text
    FROM articles WHERE article_id::VARCHAR = $named OR url = $named OR canonical_url = $named LIMIT 1
"""
_FINDINGS = """
    SELECT producer, producer_version, record_type, payload FROM current_events
    WHERE article_id = $article AND extraction_id IS NOT NULL AND NOT starts_with(record_type, 'Extraction')
    ORDER BY position
"""
_NO_FINDINGS = ("ArticleCleaned", "ExtractionCompleted")


@dataclass(frozen=True)
class Explained:
    """One finding: who found it, the words it rests on, and its other fields as they are worth showing."""

    number: int
    producer: str
    version: int
    record_type: str
    spans: tuple[Span, ...]
    fields: Mapping[str, Any]

    @property
    def first(self) -> int:
        """Where its first span begins."""
        return min((span.start for span in self.spans), default=0)


@dataclass(frozen=True)
class Explanation:
    """An article's text with its findings, numbered in the order of the text, and notes of what was not read."""

    heading: str
    text: str
    findings: tuple[Explained, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamedArticle:
    """An article as the edition has it."""

    article_id: UUID
    headline: str
    publisher: str | None
    published_on: date
    url: str
    language: str | None
    text: str


class NoSuchArticleError(ValueError):
    """What was named is neither a file nor an article of the edition."""

    def __init__(self, named: str) -> None:
        super().__init__(f"{named}: no such file, and no article of the edition has that id or address")
        self.named = named


def explanation(named: str, settings: Settings) -> Explanation:
    """What was found in the article that an id, an address or a file names.

    Raises:
        NoSuchArticleError: there is none.
        NoEditionError: it is no file, and nothing was published yet.
        NoArticleError: the file holds no article.
    """
    if Path(named).is_file():
        return _of_file(named, settings)
    found = article_named(named, settings)
    rows = ask(settings.place, _FINDINGS, {"article": found.article_id}).rows
    heading = " · ".join(str(each) for each in (found.headline, found.publisher, found.published_on, found.url) if each)
    return Explanation(heading, found.text, _numbered((row[0], row[1], row[2], _read(row[3])) for row in rows))


def article_named(named: str, settings: Settings) -> NamedArticle:
    """The article of the edition that an id or an address names.

    Raises:
        NoSuchArticleError: there is none.
        NoEditionError: nothing was published yet.
    """
    found = ask(settings.place, _ARTICLE, {"named": _normal(named)}).rows
    if not found:
        raise NoSuchArticleError(named)
    return NamedArticle(*found[0])


def _of_file(named: str, settings: Settings) -> Explanation:
    records, text = extract(given(named, None, None, settings), settings)
    found = [
        (record.producer, record.producer_version, record.record_type, _read(record.payload))
        for record in records
        if record.extraction_id is not None
    ]
    notes = tuple(f"{name}: {fields['reason']}" for name, _, kind, fields in found if kind == "ExtractionRejected")
    notes += tuple(f"{name}: {fields['error']}" for name, _, kind, fields in found if kind == "ExtractionFailed")
    if len(text) > MOST_CHARACTERS:
        notes += (f"only the first {MOST_CHARACTERS:,} of {len(text):,} characters are read, and of grammar less",)
    about = _day(records[0].published_on)
    kept = [each for each in found if not each[2].startswith("Extraction")]
    return Explanation(f"{named} · {about}", text, _numbered(kept), notes)


def _day(day: date) -> str:
    return f"published on {day.isoformat()}"


def _normal(named: str) -> str:
    try:
        return str(UUID(named.removeprefix("article:")))
    except ValueError:
        return named


def _read(payload: str | bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(payload)
    return read


def _numbered(found: Iterable[tuple[str, int, str, dict[str, Any]]]) -> tuple[Explained, ...]:
    unordered = [
        Explained(0, producer, version, kind, tuple(_spans(fields)), _worth_showing(fields))
        for producer, version, kind, fields in found
    ]
    ordered = sorted(unordered, key=lambda each: (each.first, each.producer))
    return tuple(
        Explained(number, each.producer, each.version, each.record_type, each.spans, each.fields)
        for number, each in enumerate(ordered, 1)
    )


def _spans(value: Any) -> Iterator[Span]:  # noqa: ANN401 - fields of any record
    if isinstance(value, dict):
        if set(value) == {"start", "end"}:
            yield Span(value["start"], value["end"])
            return
        for name, each in value.items():
            if name != "nested_in":
                yield from _spans(each)
    elif isinstance(value, list):
        for each in value:
            yield from _spans(each)


def _worth_showing(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields that say something and are no places in the text."""
    return {
        name: value
        for name, value in fields.items()
        if value not in (None, [], "") and not any(True for _ in _spans(value))
    }
