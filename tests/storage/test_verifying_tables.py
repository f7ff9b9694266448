"""One cause is one fault: damage to what says which files a table has, and to the edition's own bytes."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from storage.delta import MisreadPathError
from storage.home import Home
from storage.maintenance import compact
from tests.storage.homes import look


def commits(home: Home, table: str = "log") -> list[Path]:
    return sorted((home.root / table / "_delta_log").glob("*.json"))


def by_position(home: Home) -> list[Path]:
    return sorted(home.log.glob("part-*.parquet"), key=lambda file: int(pq.read_table(file)["position"][0].as_py()))


def test_a_missing_commit_file_is_named(kept: Home) -> None:
    gone = commits(kept)[2]
    gone.unlink()
    [fault] = look(kept).faults
    assert fault.where == f"log/_delta_log/{gone.name}"


def test_a_damaged_checkpoint_is_named(kept: Home) -> None:
    compact(kept)
    [checkpoint] = (kept.log / "_delta_log").glob("*.checkpoint.parquet")
    checkpoint.write_bytes(checkpoint.read_bytes()[:-9])
    [fault] = look(kept).faults
    assert fault.where == f"log/_delta_log/{checkpoint.name}"


def test_a_folder_that_delta_would_misread_is_named_and_not_taken_for_a_damaged_one(kept: Home) -> None:
    moved = Home(kept.root.rename(kept.root.with_name("my%20home")))
    with pytest.raises(MisreadPathError, match="rename the folder"):
        look(moved)


def test_where_no_list_of_texts_can_be_read_none_is_said_to_be_missing(kept: Home) -> None:
    newest = commits(kept, "texts")[-1]
    newest.write_bytes(newest.read_bytes()[:-9])
    [fault] = look(kept).faults
    assert fault.where == f"texts/_delta_log/{newest.name}"


def test_a_missing_newest_segment_is_one_fault(kept: Home) -> None:
    gone = by_position(kept)[-1]
    gone.unlink()
    [fault] = look(kept).faults
    assert fault.where == f"log/{gone.name}"


def test_segments_that_changed_names_are_a_handful_of_faults_and_not_one_for_each_row(kept: Home) -> None:
    first, second = by_position(kept)[1:3]
    other = first.with_name("other")
    for source, target in ((first, other), (second, first), (other, second)):
        source.rename(target)
    faults = look(kept).faults
    assert [fault.what.partition(",")[0] for fault in faults].count("stands again or out of order") == 1


def test_a_log_that_could_be_changed_is_a_fault(kept: Home) -> None:
    first = commits(kept)[0]
    first.write_bytes(first.read_bytes().replace(b'"delta.appendOnly":"true"', b'"delta.appendOnly":"false"'))
    [fault] = look(kept).faults
    assert "delta.appendOnly = true" in fault.what


@pytest.mark.parametrize("quick", [False, True])
def test_a_flipped_bit_among_the_editions_rows_is_found_when_all_is_read(kept: Home, quick: bool) -> None:
    with duckdb.connect(str(kept.edition), read_only=True) as edition:
        [(block,)] = edition.execute(
            "SELECT max(block_id) FROM pragma_storage_info('log.events') WHERE column_name = 'payload'"
        ).fetchall()
    kept.edition.chmod(0o644)
    at = 3 * 4096 + block * 262_144 + 100  # behind the file's three headers
    with kept.edition.open("r+b") as file:
        [byte] = os.pread(file.fileno(), 1, at)
        os.pwrite(file.fileno(), bytes([byte ^ 4]), at)
    told = [(fault.where, "publish --rebuild" in fault.what) for fault in look(kept, quick=quick).faults]
    assert told == ([] if quick else [("dateline.duckdb", True)])
