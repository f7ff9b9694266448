from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from extractors.extractor import reader_configuration
from flows.reading.readings import Text, reading_records, superseded
from flows.reading.work import ReadBy
from flows.recording import Recorder
from storage.events import ExtractionCompleted
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, article_id, extraction_id, new_run_id
from storage.state import Closing, closings
from tests.storage.records_of import DAY

ARTICLE = article_id("https://example.org/a")
OLD, NEW, OLDER = UUID(int=1), UUID(int=2), UUID(int=3)
TEXT = Text(ARTICLE, "Rain fell.", "ab" * 32, DAY, "en")


def closing(identity: UUID, number: int, version: int = 1, supersedes: UUID | None = None) -> Closing:
    return Closing(
        article_id=ARTICLE,
        text_sha256="ab" * 32,
        producer="rain",
        version=version,
        extraction_id=identity,
        closed_by=UUID(int=100 + number),
        supersedes=supersedes,
    )


def test_what_nobody_has_read_supersedes_nothing() -> None:
    assert superseded(NEW, 1, []) is None


def test_new_code_supersedes_by_coming_later() -> None:
    assert superseded(NEW, 1, [closing(OLD, 1)]) is None
    assert superseded(NEW, 2, [closing(OLD, 1)]) is None


def test_a_return_to_older_code_names_what_it_takes_the_place_of() -> None:
    assert superseded(OLD, 1, [closing(OLD, 1), closing(NEW, 2)]) == UUID(int=102)


def test_the_reading_that_counts_is_the_record_that_is_there() -> None:
    returned = closing(OLD, 3, supersedes=UUID(int=102))
    assert superseded(OLD, 1, [closing(OLD, 1), closing(NEW, 2), returned]) == UUID(int=102)
    assert superseded(NEW, 1, [closing(OLD, 1), closing(NEW, 2)]) is None


def test_an_older_version_that_runs_again_does_not_come_back() -> None:
    assert superseded(OLDER, 1, [closing(OLDER, 1), closing(NEW, 2, version=2)]) is None


def closed(home: Home, monkeypatch: pytest.MonkeyPatch, configuration: str) -> Record:
    """What a reading under a configuration leaves in the log."""
    monkeypatch.setattr("flows.reading.readings.reader_configuration", lambda _model: configuration)
    known = closings(Log(home), [ARTICLE])
    [record] = reading_records(TEXT, [ReadBy("rain", 1)], Recorder(new_run_id()), known)
    Log(home).append([record])
    return record


def test_one_can_go_back_and_forth_between_configurations(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = [closed(home, monkeypatch, each) for each in ("cd", "ef", "cd", "ef", "cd", "cd")]
    assert len({each.event_id for each in turns}) == 5  # the last one is the one before
    known = closings(Log(home), [ARTICLE])
    assert [each.supersedes for each in known] == [None, None, *(each.closed_by for each in known[1:4])]
    old = extraction_id(ARTICLE, TEXT.text_sha256, Producer("rain", 1), "cd")
    assert known[-1].extraction_id == old


def test_a_reading_is_closed_under_the_installed_configuration() -> None:
    [record] = reading_records(TEXT, [ReadBy("rain", 1)], Recorder(uuid4()))
    assert record.record_type == ExtractionCompleted.record_type()
    assert reader_configuration() in record.payload


def test_a_reading_that_ended_early_says_where() -> None:
    [record] = reading_records(TEXT, [ReadBy("rain", 1, read_until=120_000)], Recorder(uuid4()))
    assert ReadBy("rain", 1).read_until is None
    assert '"read_until":120000' in record.payload
