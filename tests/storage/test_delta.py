from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import deltalake
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake.exceptions import CommitFailedError, DeltaError

from storage import delta
from storage.delta import MisreadPathError, append_segment, open_table, segment_files

SCHEMA = pa.schema([("number", pa.int64())])


def append(path: Path, *numbers: int, retries: int = 0) -> None:
    rows = pa.table({"number": numbers}, schema=SCHEMA)
    append_segment(path, open_table(path, SCHEMA), rows, keys=("number",), retries=retries)


def numbers(path: Path) -> list[int]:
    files = segment_files(open_table(path, SCHEMA))
    return sorted(number for file in files for number in pq.read_table(file)["number"].to_pylist())


def commits(path: Path) -> list[str]:
    return sorted(file.name for file in (path / "_delta_log").glob("*.json"))


def make_tables(root: str, barrier: Any, rounds: int) -> None:
    for number in range(rounds):
        barrier.wait()
        open_table(Path(root) / str(number), SCHEMA, {"delta.appendOnly": "true"})


def test_of_processes_that_make_a_table_at_the_same_time_one_makes_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(3)
    makers = [context.Process(target=make_tables, args=(str(tmp_path), barrier, 10)) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert [maker.exitcode for maker in makers] == [0, 0, 0]
    assert [commits(tmp_path / str(number)) for number in range(10)] == [["0" * 20 + ".json"]] * 10


@pytest.mark.parametrize("name", ["Application Support", "Zürich", "a#b?c", "100%", "[1]", "*"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    append(tmp_path / name, 1)
    append(tmp_path / name, 2)
    assert numbers(tmp_path / name) == [1, 2]


@pytest.mark.parametrize("name", ["a%20b", "a\\b"])
def test_a_name_that_delta_takes_for_another_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MisreadPathError, match="rename the folder"):
        open_table(tmp_path / name, SCHEMA)


def test_files_that_are_not_part_of_the_table_do_not_matter(tmp_path: Path) -> None:
    append(tmp_path, 1)
    (tmp_path / "part-half.parquet").write_bytes(b"PAR1 half written")
    (tmp_path / "_delta_log" / "00000000000000000002.json.tmp").write_bytes(b"{")
    (tmp_path / "_delta_log" / ".00000000000000000002.json.swp").write_bytes(b"\0")
    append(tmp_path, 2)
    assert numbers(tmp_path) == [1, 2]


@pytest.mark.parametrize("left", [0, 1, 60, -1])
def test_a_torn_commit_was_never_acknowledged_and_is_put_aside(tmp_path: Path, left: int) -> None:
    append(tmp_path, 1)
    append(tmp_path, 2)
    torn = tmp_path / "_delta_log" / f"{2:020}.json"
    torn.write_bytes(torn.read_bytes()[:left])
    assert numbers(tmp_path) == [1]
    append(tmp_path, 3)
    assert numbers(tmp_path) == [1, 3]


def test_damage_to_an_older_commit_is_not_mended_away(tmp_path: Path) -> None:
    for number in range(3):
        append(tmp_path, number)
    (tmp_path / "_delta_log" / f"{2:020}.json").write_bytes(b'{"add"')
    with pytest.raises(DeltaError):
        open_table(tmp_path, SCHEMA)


def test_a_torn_checkpoint_is_put_aside_while_the_commits_are_there(tmp_path: Path) -> None:
    append(tmp_path, 1)
    deltalake.DeltaTable(tmp_path).create_checkpoint()
    append(tmp_path, 2)
    [checkpoint] = (tmp_path / "_delta_log").glob("*.checkpoint.parquet")
    checkpoint.write_bytes(checkpoint.read_bytes()[:100])
    assert numbers(tmp_path) == [1, 2]
    assert not checkpoint.exists()


def test_a_torn_checkpoint_that_alone_holds_the_table_is_not_thrown_away(tmp_path: Path) -> None:
    append(tmp_path, 1)
    deltalake.DeltaTable(tmp_path).create_checkpoint()
    [checkpoint] = (tmp_path / "_delta_log").glob("*.checkpoint.parquet")
    checkpoint.write_bytes(checkpoint.read_bytes()[:100])
    (tmp_path / "_delta_log" / f"{0:020}.json").unlink()
    with pytest.raises(DeltaError):
        open_table(tmp_path, SCHEMA)
    assert checkpoint.exists()


def test_a_table_of_more_than_a_hundred_commits_has_a_checkpoint(tmp_path: Path) -> None:
    for number in range(102):
        append(tmp_path, number)
    assert [file.name for file in (tmp_path / "_delta_log").glob("*.checkpoint.parquet")] == [
        "00000000000000000100.checkpoint.parquet"
    ]
    for file in (tmp_path / "_delta_log").glob("*.json"):
        if int(file.stem) <= 100:
            file.unlink()  # as cleaning does after thirty days
    append(tmp_path, 102)
    assert numbers(tmp_path) == list(range(103))


def test_a_checkpoint_that_fails_does_not_take_the_commit_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delta, "_COMMITS_PER_CHECKPOINT", 1)
    monkeypatch.setattr("storage.checkpointing.write_checkpoint", refuse)
    append(tmp_path, 1)
    assert numbers(tmp_path) == [1]


def test_a_commit_that_raises_although_it_was_made_keeps_its_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transact = delta._transact

    def made_and_interrupted(*arguments: Any) -> None:
        transact(*arguments)
        raise KeyboardInterrupt

    append(tmp_path, 1)
    monkeypatch.setattr(delta, "_transact", made_and_interrupted)
    with pytest.raises(KeyboardInterrupt):
        append(tmp_path, 2)
    assert numbers(tmp_path) == [1, 2]


def test_without_retries_a_writer_that_comes_second_is_refused(tmp_path: Path) -> None:
    table = open_table(tmp_path, SCHEMA)
    append(tmp_path, 1)
    with pytest.raises(CommitFailedError):
        append_segment(tmp_path, table, pa.table({"number": [2]}, schema=SCHEMA), keys=("number",), retries=0)
    assert numbers(tmp_path) == [1]
    assert len([*tmp_path.glob("*.parquet")]) == 1


def test_several_tables_become_one_segment_with_the_bounds_of_all(tmp_path: Path) -> None:
    parts = [pa.table({"number": each}, schema=SCHEMA) for each in ([5, 9], [1, None])]
    append_segment(tmp_path, open_table(tmp_path, SCHEMA), parts, keys=("number",), retries=0)
    [action] = pa.table(deltalake.DeltaTable(tmp_path).get_add_actions(flatten=True)).to_pylist()
    assert (action["min.number"], action["max.number"], action["num_records"], action["null_count.number"]) == (
        1,
        9,
        4,
        1,
    )
    assert pq.read_metadata(tmp_path / action["path"]).num_row_groups == 2
