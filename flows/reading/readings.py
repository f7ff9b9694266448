"""Reading texts in worker processes, and what was read as records: findings, each reading closed by how it ended.

What decides is pure: which readings of a text the log holds comes in, records go out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from extractors.extractor import discover, reader_configuration
from flows.reading.model import chosen_model
from flows.reading.pool import Killed, ReaderPool
from flows.reading.tally import Tally
from flows.reading.work import ReadBy, read_text
from flows.recording import Recorder
from storage.events import ExtractionCompleted, ExtractionFailed, ExtractionRejected
from storage.records import Producer, Record, extraction_id
from storage.state import Closing


@dataclass(frozen=True)
class Text:
    """An article's text, as extractors take it."""

    article: UUID
    text: str
    text_sha256: str
    published_on: date
    language: str | None


def read_all(
    texts: Sequence[Text], names: Sequence[Sequence[str]], pool: ReaderPool, tally: Tally
) -> list[list[ReadBy]]:
    """Read each text with the extractors named for it, side by side."""
    readings: list[list[ReadBy]] = []
    work = [_work(text, wanted) for text, wanted in zip(texts, names, strict=True)]
    for text, wanted, result in zip(texts, names, pool.run(read_text, work), strict=True):
        if isinstance(result, Killed):
            readings.append(_read_one_by_one(text, wanted, pool))
        else:
            tally.spend("read", result.cpu_seconds, 1)
            readings.append(result.value)
    return readings


def _read_one_by_one(text: Text, names: Sequence[str], pool: ReaderPool) -> list[ReadBy]:
    """After a kill: each extractor alone, so that only the one that cannot bear the text fails."""
    results = pool.run(read_text, [_work(text, (name,)) for name in names])
    versions = {name: each.version for name, each in discover().items()}
    return [
        ReadBy(name, versions[name], error=result.why) if isinstance(result, Killed) else result.value[0]
        for name, result in zip(names, results, strict=True)
    ]


def _work(text: Text, names: Sequence[str]) -> tuple[object, ...]:
    return text.text, text.published_on, text.language, tuple(names), chosen_model()


def reading_records(
    text: Text, reads: Sequence[ReadBy], recorder: Recorder, known: Iterable[Closing] = ()
) -> list[Record]:
    """Findings of every extractor, each reading closed by how it ended.

    Args:
        text: what was read.
        reads: what the extractors made of it.
        recorder: makes the run's records.
        known: what has closed readings of the article before, in the order of the log.
    """
    before = list(known)
    return [each for read in reads for each in _closed(text, read, recorder, before)]


def _closed(text: Text, read: ReadBy, recorder: Recorder, known: Sequence[Closing]) -> list[Record]:
    producer = Producer(read.producer, read.version)
    identity = extraction_id(text.article, text.text_sha256, producer, reader_configuration(chosen_model()))
    findings = [
        recorder(event, text.article, producer, text.published_on, extraction_id=identity) for event in read.findings
    ]
    unique = list({each.event_id: each for each in findings}.values())
    of_this = [each for each in known if (each.producer, each.text_sha256) == (read.producer, text.text_sha256)]
    ending = _ending(text, read, len(unique), superseded(identity, read.version, of_this))
    return [*unique, recorder(ending, text.article, producer, text.published_on, extraction_id=identity)]


def superseded(identity: UUID, version: int, closings: Sequence[Closing]) -> UUID | None:
    """What the record that closes a reading says it supersedes.

    A reading of a text by an extractor counts when its version is the highest, then when it was closed last. New code
    wins by coming later. Code that has read the text before must close its reading once more to come later, so that
    record names what it takes the place of; else it would be the one that is there, and nothing would be appended.

    Args:
        identity: the reading's extraction id.
        version: the extractor's version.
        closings: what has closed readings of this text by this extractor, in the order of the log.
    """
    if not closings:
        return None
    _, current = max(enumerate(closings), key=lambda each: (each[1].version, each[0]))
    if current.extraction_id == identity:
        return current.supersedes
    is_return = any(each.extraction_id == identity for each in closings) and current.version == version
    return current.closed_by if is_return else None


def _ending(
    text: Text, read: ReadBy, events: int, supersedes: UUID | None
) -> ExtractionCompleted | ExtractionFailed | ExtractionRejected:
    common: dict[str, Any] = {
        "article": text.article,
        "text_sha256": text.text_sha256,
        "producer": read.producer,
        "version": read.version,
        "configuration_sha256": reader_configuration(chosen_model()),
    }
    if read.error is not None:
        return ExtractionFailed(**common, error=read.error)
    if read.refusal is not None:
        return ExtractionRejected(**common, reason=read.refusal)
    return ExtractionCompleted(**common, events=events, supersedes=supersedes, read_until=read.read_until)
