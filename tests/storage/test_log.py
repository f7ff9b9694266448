from __future__ import annotations

import json
import multiprocessing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import deltalake
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake.exceptions import CommitFailedError

from storage import delta
from storage.home import Home
from storage.log import Log, LogContentionError
from storage.reads import Wanted, events
from storage.records import Record, article_id, record
from storage.rows import NO_DIGEST, batch_digest, closing_record, to_rows
from tests.storage.golden import golden_records
from tests.storage.records_of import NOON, context, discovered


def rows(home: Home) -> list[dict[str, Any]]:
    table = pa.concat_tables(pq.read_table(file) for file in Log(home).files())
    return sorted(table.to_pylist(), key=lambda row: row["position"])


def test_an_empty_home_has_no_log(home: Home) -> None:
    assert (Log(home).head().position, Log(home).files(), Log(home).known(["a"])) == (0, [], set())


def test_a_batch_is_closed_by_its_own_row(home: Home) -> None:
    Log(home).append([discovered("a"), discovered("b")])
    found = rows(home)
    assert [row["position"] for row in found] == [1, 2, 3]
    assert [row["record_type"] for row in found] == ["ArticleDiscovered", "ArticleDiscovered", "BatchCommitted"]
    closing = json.loads(found[-1]["payload"])
    assert (closing["events"], closing["first_position"], closing["previous_digest"]) == (2, 1, NO_DIGEST)


def test_records_that_are_there_already_are_left_out(home: Home) -> None:
    log = Log(home)
    log.append([discovered("a")])
    second = log.append([discovered("a"), discovered("b"), discovered("b")])
    assert second.new_ids == {discovered("b").event_id}
    assert log.append([discovered("a"), discovered("b")]).new_ids == frozenset()
    assert log.head() == second.head
    assert len(rows(home)) == 4


def test_the_chain_holds_over_batches_and_covers_every_column(home: Home) -> None:
    log = Log(home, clock=lambda: NOON)
    first, second = [discovered("a")], [discovered("b"), discovered("c")]
    log.append(first)
    head = log.append(second).head
    found = rows(home)
    closings = [row for row in found if row["record_type"] == "BatchCommitted"]
    chained = [json.loads(row["payload"]) for row in closings]
    assert chained[1]["previous_digest"] == chained[0]["digest"]
    assert chained[1]["digest"] == head.digest
    undigested = Record(
        **{name: closings[1][name] for name in Record.__struct_fields__ if name != "payload"},
        payload=closings[1]["payload"].replace(head.digest, ""),
    )
    assert batch_digest(chained[0]["digest"], [*second, undigested], 3, NOON) == head.digest


def test_recorded_at_never_goes_back(home: Home) -> None:
    times = iter([NOON, NOON - timedelta(hours=1)])
    log = Log(home, clock=lambda: next(times))
    log.append([discovered("a")])
    assert log.append([discovered("b")]).head.recorded_at == NOON


def test_delta_itself_refuses_to_change_the_log(home: Home) -> None:
    Log(home).append([discovered("a")])
    with pytest.raises(CommitFailedError, match=r"appendOnly|append-only"):
        deltalake.DeltaTable(home.log).delete()


def test_any_delta_reader_can_read_the_log(home: Home) -> None:
    Log(home).append([discovered("a")])
    assert deltalake.DeltaTable(home.log).count() == 2


def test_a_writer_that_comes_second_takes_the_new_head(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    log, overtaken = Log(home), list[bool]()
    log.append([discovered("a")])

    def overtake(*arguments: Any, **named: Any) -> None:
        if not overtaken:
            overtaken.append(True)
            Log(home).append([discovered("b"), discovered("shared")])
        delta.append_segment(*arguments, **named)

    monkeypatch.setattr("storage.log.append_segment", overtake)
    commit = log.append([discovered("c"), discovered("shared")])
    assert commit.new_ids == {discovered("c").event_id}
    assert [row["position"] for row in rows(home)] == list(range(1, 8))


def test_a_refused_commit_leaves_no_segment_behind(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(home)
    log.append([discovered("a")])
    before = sorted(home.log.glob("*.parquet"))

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delta, "_commit", refuse)
    with pytest.raises(OSError, match="No space left"):
        log.append([discovered("b")])
    assert sorted(home.log.glob("*.parquet")) == before
    monkeypatch.undo()
    assert log.append([discovered("b")]).head.position == 4


def append_many(root: str, name: str, commits: int) -> None:
    for number in range(commits):
        Log(Home(Path(root))).append([discovered(f"{name}-{number}"), discovered(f"shared-{number}")])


def test_processes_append_side_by_side_without_gap_or_double(home: Home) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=append_many, args=(str(home.root), name, 8)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = rows(home)
    ids = [row["event_id"] for row in found]
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert [row["position"] for row in found] == list(range(1, len(found) + 1))
    assert len(ids) == len(set(ids))
    assert sum(row["record_type"] == "ArticleDiscovered" for row in found) == 24


def test_times_come_back_in_utc(home: Home) -> None:
    Log(home, clock=lambda: NOON).append([discovered("a")])
    assert rows(home)[0]["recorded_at"].astimezone(UTC) == datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_digest_of_a_batch_never_changes() -> None:
    records = golden_records()
    closing = closing_record(records, 5, NOON, "12" * 32)
    digest = batch_digest("12" * 32, [*records, closing], 5, NOON)
    assert digest == "109d4a2e1ad2ebbf965c2a3f765a122c75b1d5d27b41ac94e4f8779f20f74556"


def test_rows_give_back_the_records() -> None:
    records = golden_records()
    table = to_rows(records, 2**62, NOON)
    back = [
        Record(**{name: value for name, value in row.items() if name in Record.__struct_fields__})
        for row in table.to_pylist()
    ]
    assert back == records
    assert table["position"].to_pylist() == list(range(2**62, 2**62 + len(records)))


def test_a_long_batch_is_chained_like_a_short_one(home: Home) -> None:
    log = Log(home, clock=lambda: NOON)
    many = [discovered(str(number)) for number in range(1_200)]
    head = log.append(many).head
    closing = closing_record(many, 1, NOON, NO_DIGEST)
    assert (head.position, head.digest) == (1_201, batch_digest(NO_DIGEST, [*many, closing], 1, NOON))
    assert log.head() == head
    assert json.loads(rows(home)[-1]["payload"])["digest"] == head.digest


def test_a_clock_of_another_zone_counts_in_utc(home: Home) -> None:
    here = NOON.astimezone(timezone(timedelta(hours=-5)))
    head = Log(home, clock=lambda: here).append([discovered("a")]).head
    assert (head.recorded_at, head.recorded_at.tzinfo) == (NOON, UTC)
    assert Log(home).head() == head


def test_days_and_times_at_their_extremes_come_back(home: Home) -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    fields = {"claimed_published_at": first, "claimed_modified_at": last}
    early = record(discovered_event(**fields), article_id("a"), context(published_on=date.min, occurred_at=first))
    late = record(discovered_event(**fields), article_id("b"), context(published_on=date.max, occurred_at=last))
    Log(home, clock=lambda: last).append([early, late])
    Log(home).append([discovered("c")])
    found = [each.record for each in events(Log(home), [type(discovered_event())])]
    assert found == [early, late, discovered("c")]
    assert [each.record for each in events(Log(home), [type(discovered_event())], Wanted(until=date.min))] == [early]


def discovered_event(**fields: Any) -> Any:
    from storage.events import ArticleDiscovered

    return ArticleDiscovered(**({"url": "https://example.org/a", "via": "list", "source": "list"} | fields))


def test_nothing_appended_leaves_an_empty_log(home: Home) -> None:
    assert Log(home).append([]).head.position == 0
    assert Log(home).append([discovered("a")]).head.position == 2


def test_a_writer_that_always_comes_second_gives_up(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def conflict(*_: Any, **__: Any) -> None:
        raise CommitFailedError

    monkeypatch.setattr("storage.log.append_segment", conflict)
    monkeypatch.setattr("storage.log.time.sleep", lambda _: None)
    with pytest.raises(LogContentionError, match="100 times in a row"):
        Log(home).append([discovered("a")])
