from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable

from storage import reads
from storage.events import ArticleDiscovered, BatchCommitted, RunStarted
from storage.home import Home
from storage.log import Log
from storage.reads import CheckpointAheadError, Wanted, batches, events, look_again, subscribe
from storage.records import Record, article_id, record
from storage.rows import SCHEMA
from storage.segments import Segment, in_turn
from tests.storage.records_of import DAY, NOON, RUN, context, discovered


def on(day: date, name: str) -> Record:
    event = ArticleDiscovered(url=f"https://example.org/{name}", via="feed", source="feed")
    return record(event, article_id(event.url), context(published_on=day))


def run_started() -> Record:
    return record(RunStarted(flow="nightly", parameters={}, started_at=NOON, day=DAY), RUN, context())


@pytest.fixture
def log(home: Home) -> Log:
    """Three commits: positions 1 to 4, 5 to 7 and 8 to 9."""
    log = Log(home, clock=lambda: NOON)
    log.append([on(DAY, "a"), on(DAY, "b"), run_started()])
    log.append([on(DAY - timedelta(days=9), "c"), on(DAY - timedelta(days=8), "d")])
    log.append([on(DAY + timedelta(days=1), "a2")])
    return log


def positions(log: Log, **wanted: Any) -> list[int]:
    return [position for batch in batches(log, Wanted(**wanted)) for position in batch["position"].to_pylist()]


def test_an_empty_home_reads_as_nothing(home: Home) -> None:
    log = Log(home)
    assert [list(batches(log)), list(events(log, [ArticleDiscovered])), list(subscribe(log, wait=never))] == [
        [],
        [],
        [],
    ]
    assert not home.log.exists()


def test_everything_comes_in_the_order_of_positions_and_the_schema_of_the_log(log: Log) -> None:
    assert positions(log) == list(range(1, 10))
    assert all(batch.schema.equals(SCHEMA) for batch in batches(log))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"after": 3}, [4, 5, 6, 7, 8, 9]),
        ({"after": 3, "to": 5}, [4, 5]),
        ({"after": 9}, []),
        ({"streams": [on(DAY, "b").stream]}, [2]),
        ({"streams": [on(DAY, "b").stream, on(DAY, "d").stream]}, [2, 6]),
        ({"streams": []}, []),
        ({"record_types": ["RunStarted", "BatchCommitted"]}, [3, 4, 7, 9]),
        ({"since": DAY + timedelta(days=1)}, [8]),
        ({"until": DAY - timedelta(days=8)}, [5, 6]),
        ({"since": DAY - timedelta(days=8), "until": DAY - timedelta(days=8)}, [6]),
        ({"since": DAY, "until": DAY, "record_types": ["ArticleDiscovered"], "after": 1}, [2]),
    ],
)
def test_rows_are_picked_by_everything_that_is_wanted_of_them(
    log: Log, wanted: dict[str, Any], expected: list[int]
) -> None:
    assert positions(log, **wanted) == expected


def test_files_that_cannot_hold_what_is_wanted_are_not_opened(log: Log, home: Home) -> None:
    first, second, third = log.segments()
    for unwanted in (first, third):
        Path(unwanted.path).write_bytes(b"opened")
    assert positions(log, after=4, to=7) == [5, 6, 7]
    assert positions(log, until=DAY - timedelta(days=1)) == [5, 6]
    assert Path(second.path).parent == home.log


def test_batches_hold_no_more_rows_than_asked(log: Log) -> None:
    assert [batch.num_rows for batch in batches(log, rows=4)] == [4, 4, 1]


def test_a_log_of_many_groups_of_files_reads_the_same(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "_ROWS_IN_TURN", 1)
    assert positions(log) == list(range(1, 10))


def test_a_log_that_another_tool_has_merged_out_of_order_reads_the_same(log: Log, home: Home) -> None:
    DeltaTable(home.log).optimize.compact()
    assert len(log.files()) == 1
    assert positions(log) == list(range(1, 10))


def test_segments_that_overlap_are_read_together() -> None:
    def segment(first: int, last: int) -> Segment:
        return Segment(f"{first}", last - first + 1, first, last, DAY, DAY)

    found = [segment(1, 4), segment(5, 20), segment(8, 9), segment(21, 22), segment(23, 30)]
    assert [[each.first for each in group] for group in in_turn(found, 1)] == [[1], [5, 8], [21], [23]]
    assert [[each.first for each in group] for group in in_turn(found, 20)] == [[1, 5, 8], [21, 23]]


def test_events_come_typed_with_their_place_and_envelope(log: Log) -> None:
    found = list(events(log, [ArticleDiscovered, RunStarted], Wanted(to=3)))
    assert [each.position for each in found] == [1, 2, 3]
    assert [each.record for each in found] == [on(DAY, "a"), on(DAY, "b"), run_started()]
    assert {each.recorded_at for each in found} == {NOON}
    assert found[2].event == RunStarted(flow="nightly", parameters={}, started_at=NOON, day=DAY)


def test_only_events_of_the_classes_asked_for_come(log: Log) -> None:
    assert [each.position for each in events(log, [RunStarted])] == [3]
    assert [each.event.events for each in events(log, [BatchCommitted])] == [3, 2, 1]
    assert list(events(log, [ArticleDiscovered], Wanted(record_types=["RunStarted"]))) == []


def never() -> bool:
    return False


def test_a_subscriber_gets_commit_by_commit_and_a_checkpoint_with_each(log: Log) -> None:
    found = [(each.checkpoint, each.rows["position"].to_pylist()) for each in subscribe(log, wait=never)]
    assert found == [(4, [1, 2, 3, 4]), (7, [5, 6, 7]), (9, [8, 9])]


def test_a_subscriber_goes_on_from_any_checkpoint_even_within_a_commit(log: Log) -> None:
    for checkpoint in range(9):
        rest = [
            position
            for each in subscribe(log, checkpoint, wait=never)
            for position in each.rows["position"].to_pylist()
        ]
        assert rest == list(range(checkpoint + 1, 10))


def test_a_commit_without_anything_wanted_still_moves_the_checkpoint(log: Log) -> None:
    wanted = Wanted(record_types=["RunStarted"])
    assert [(each.checkpoint, each.rows.num_rows) for each in subscribe(log, 0, wanted, never)] == [
        (4, 1),
        (7, 0),
        (9, 0),
    ]


def test_a_commit_of_many_batches_is_delivered_whole(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reads.batches
    monkeypatch.setattr(reads, "batches", lambda *arguments: read(*arguments, rows=1))
    assert [each.rows.num_rows for each in subscribe(log, wait=never)] == [4, 3, 2]


def test_a_subscriber_waits_at_the_end_and_gets_what_comes(log: Log) -> None:
    coming = iter([[discovered("e")], [], [discovered("f")]])

    def wait() -> bool:
        records = next(coming, None)
        if records:
            log.append(records)
        return records is not None

    assert [each.checkpoint for each in subscribe(log, 9, wait=wait)] == [11, 13]


def test_a_checkpoint_that_the_log_never_reached_is_refused(log: Log) -> None:
    with pytest.raises(CheckpointAheadError, match="checkpoint is at position 10, but the log ends at 9"):
        next(subscribe(log, 10, wait=never))


def test_looking_again_goes_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("storage.reads.time.sleep", slept.append)
    assert [look_again(), look_again(5.0)] == [True, True]
    assert slept == [1.0, 5.0]
