from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from filelock import Timeout

from flows.vocabulary import vocabulary
from storage import merging
from storage.captures import CaptureWriter
from storage.delta import append_segment
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.home import BusyError, Home
from storage.log import Log
from storage.maintenance import compact
from storage.merging import Kept, UnsoundSegmentError, mergeable
from storage.records import new_run_id
from storage.sealing import is_broken
from storage.texts import TextStore
from tests.storage.homes import look, page_records, text_of
from tests.storage.records_of import discovered

WEEK = 7 * 24 * 3600


def rows(files: list[str]) -> pa.Table:
    return pa.concat_tables(pq.read_table(file) for file in files)


def age(folder: Path, seconds: int = WEEK + 60) -> None:
    for file in folder.glob("*.parquet"):
        os.utime(file, (time.time() - seconds, time.time() - seconds))


def test_many_small_files_become_one_with_the_same_rows_in_order(kept: Home) -> None:
    before = rows(Log(kept).files()).sort_by("position")
    done = {each.table: each for each in compact(kept)}
    assert (done["log"].files_before, done["log"].files_after) == (4, 1)
    assert (done["texts"].files_before, done["texts"].files_after) == (3, 1)
    [file] = Log(kept).files()
    assert pq.read_table(file).equals(before)
    assert not is_broken(Path(file))


def test_the_chain_verifies_before_and_after(kept: Home) -> None:
    before = look(kept)
    compact(kept)
    after = look(kept)
    assert after.is_sound
    assert (after.digest, after.records, after.batches) == (before.digest, before.records, before.batches)


def test_the_head_is_found_by_its_statistic_and_the_log_goes_on(kept: Home) -> None:
    log, head = Log(kept), Log(kept).head()
    compact(kept)
    [action] = pa.table(DeltaTable(kept.log).get_add_actions(flatten=True)).to_pylist()
    assert (action["min.position"], action["max.position"], action["num_records"]) == (1, 14, 14)
    assert log.head() == head
    assert log.known([discovered("a").event_id, "nobody"]) == {discovered("a").event_id}
    assert log.append([discovered("a")]).new_ids == frozenset()
    assert log.append([discovered("later")]).head.position == 16
    publish(kept, vocabulary())
    assert ask(kept, "SELECT count(*), max(position) FROM log.events").rows == [(16, 16)]
    assert look(kept).is_sound


def test_a_published_edition_goes_on_from_where_it_was(kept: Home) -> None:
    publish(kept, vocabulary())
    compact(kept)
    Log(kept).append([discovered("later")])
    done = publish(kept, vocabulary())
    assert (done.rebuilt, done.new_records) == (False, 2)


def test_a_second_compaction_has_nothing_to_do(kept: Home) -> None:
    compact(kept)
    version = DeltaTable(kept.log).version()
    log, texts = compact(kept)
    assert (log.files_before, log.files_after, log.has_new_checkpoint, texts.has_new_checkpoint) == (1, 1, False, False)
    assert DeltaTable(kept.log).version() == version


def test_a_home_without_a_log_has_nothing_to_compact(home: Home) -> None:
    assert compact(home) == []


def test_the_table_opens_from_its_checkpoint_alone(kept: Home) -> None:
    head = Log(kept).head()
    [log, _] = compact(kept)
    assert log.has_new_checkpoint
    newest = DeltaTable(kept.log).version()
    for commit in (kept.log / "_delta_log").glob("*.json"):
        if int(commit.stem) < newest:
            commit.unlink()
    assert Log(kept).head() == head


def test_a_reader_keeps_its_files_until_the_retention_has_passed(kept: Home) -> None:
    files = Log(kept).files()
    before = rows(files)
    age(kept.log)  # written long ago: what counts is when they left the table
    compact(kept)
    assert compact(kept)[0].removed_files == 0
    assert rows(files).equals(before)
    age(kept.log)  # Delta itself remembers when they left
    assert compact(kept)[0].removed_files == 0


def test_what_left_the_table_before_the_retention_is_removed(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_now", lambda: int((time.time() - WEEK - 60) * 1000))
    compact(kept)
    assert compact(kept)[0].removed_files == 0
    age(kept.log)
    assert compact(kept, retain_hours=169)[0].removed_files == 0
    done = compact(kept, retain_hours=168)[0]
    assert (done.removed_files, done.removed_bytes > 0) == (4, True)
    assert [str(file) for file in kept.log.glob("*.parquet")] == Log(kept).files()
    assert look(kept).is_sound


def test_uncommitted_files_go_when_they_are_old(kept: Home) -> None:
    young, old = kept.log / "part-young.parquet", kept.log / "part-old.parquet"
    for file in (young, old):
        file.write_bytes(b"torn")
    os.utime(old, (time.time() - WEEK - 60, time.time() - WEEK - 60))
    assert compact(kept)[0].removed_files == 1
    assert (young.exists(), old.exists()) == (True, False)


def test_files_that_are_part_of_the_table_are_never_removed_however_old(kept: Home) -> None:
    age(kept.log)
    age(kept.texts)
    compact(kept, retain_hours=1)
    age(kept.log, WEEK * 60)
    compact(kept, retain_hours=1)
    assert look(kept).is_sound


def test_a_writer_that_appends_in_between_is_given_way_to(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    commit, overtaken = merging._commit, list[bool]()

    def overtake(folder: Path, *rest: Any) -> bool:
        if folder == kept.log:
            overtaken.append(True)
            Log(kept).append([discovered("in between")])
        return commit(folder, *rest)

    monkeypatch.setattr(merging, "_commit", overtake)
    [log, _] = compact(kept)
    assert (overtaken, log.skipped_groups, log.files_after) == ([True], 0, 2)
    assert Log(kept).head().position == 16
    assert look(kept).is_sound


def test_an_appender_that_a_compaction_overtakes_tries_again(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    overtaken: list[bool] = []

    def overtake(*arguments: Any, **named: Any) -> None:
        if not overtaken:
            overtaken.append(True)
            compact(kept)
        append_segment(*arguments, **named)

    monkeypatch.setattr("storage.log.append_segment", overtake)
    assert Log(kept).append([discovered("later")]).head.position == 16
    assert look(kept).is_sound


def test_a_writer_that_takes_a_segment_away_wins(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write = merging._write

    def overtake(draft: Path, group: list[Kept], *rest: Any) -> None:
        write(draft, group, *rest)
        if draft.parent == kept.texts:
            DeltaTable(kept.texts).delete(f"text_sha256 = '{pq.read_table(group[0].path)['text_sha256'][0].as_py()}'")

    monkeypatch.setattr(merging, "_write", overtake)
    before = {*kept.texts.glob("*.parquet")}
    [_, texts] = compact(kept)
    assert texts.skipped_groups == 1
    assert {*kept.texts.glob("*.parquet")} <= before  # the merged draft is gone: it held what the other removed
    assert len(TextStore(kept).files()) == 2


def test_two_compactions_do_not_work_at_once(kept: Home) -> None:
    lock = kept.claim("compaction")
    with pytest.raises(BusyError):
        compact(kept)
    lock.release()


@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_a_damaged_segment_is_not_hidden_by_merging_it(kept: Home, damage: str) -> None:
    file = Path(Log(kept).files()[1])
    content = bytearray(file.read_bytes())
    content[300] ^= 4
    file.write_bytes(content if damage == "flip" else content[:-20])
    files = {*kept.log.glob("*.parquet")}
    with pytest.raises(UnsoundSegmentError, match="dateline verify"):
        compact(kept)
    assert {*kept.log.glob("*.parquet")} == files
    assert len(Log(kept).files()) == 4


def test_a_log_with_a_gap_is_not_merged(kept: Home) -> None:
    table = DeltaTable(kept.log)
    [second] = [Path(file) for file in Log(kept).files() if pq.read_table(file)["position"][0].as_py() == 3]
    remove = merging.RemoveAction(second.name, data_change=False, deletion_timestamp=0, size=second.stat().st_size)
    table.create_write_transaction([remove], mode="append", schema=table.schema())
    with pytest.raises(UnsoundSegmentError, match="gaps"):
        compact(kept)


def test_data_is_durable_before_its_commit_and_a_commit_before_it_is_told(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    compact(kept)
    [merged] = [Path(file).name for file in Log(kept).files()]
    draft, commit = merged[: len("part-") + 36] + ".parquet", f"{DeltaTable(kept.log).version():020}"
    order = [draft, "log", f"{commit}.json", "_delta_log", f"{commit}.checkpoint.parquet", "_delta_log"]
    others = [f"{version:020}.json" for version in range(int(commit))]  # those that the commit rests on
    assert [name for name in synced if name not in others][:8] == [*order, "_last_checkpoint", "_delta_log"]


def test_a_full_disk_leaves_the_table_as_it_was(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    files = {*kept.log.iterdir()}
    monkeypatch.setattr(merging, "sealed", refuse)
    with pytest.raises(OSError, match="No space left"):
        compact(kept)
    assert {*kept.log.iterdir()} == files
    monkeypatch.undo()
    assert compact(kept)[0].files_after == 1


def test_what_crashes_left_behind_is_cleared(kept: Home) -> None:
    draft = kept.root / ".checkpoint-log-xyz"
    (draft / "_delta_log").mkdir(parents=True)
    os.utime(draft, (0, 0))
    head = kept.root / "head.7.tmp"
    head.touch()
    os.utime(head, (0, 0))
    compact(kept)
    assert not draft.exists()
    assert not head.exists()


def test_no_word_of_a_text_gets_into_commits(kept: Home) -> None:
    compact(kept)
    for file in (kept.texts / "_delta_log").iterdir():
        assert text_of("a").encode()[:20] not in file.read_bytes()


def test_neighbours_are_grouped_until_they_are_large_enough() -> None:
    def sizes(*found: int) -> list[list[int]]:
        kept = [Kept(Path(str(number)), {"size_bytes": size}) for number, size in enumerate(found)]
        return [[each.size for each in group] for group in mergeable(kept, target_bytes=100)]

    assert sizes(10, 10, 10) == [[10, 10, 10]]
    assert sizes(10) == []
    assert sizes(80, 10, 10) == [[10, 10]]
    assert sizes(10, 10, 80, 10, 10) == [[10, 10], [10, 10]]
    assert sizes(40, 40, 40) == [[40, 40]]
    assert sizes(10, 50, 10) == []


def test_texts_are_held_while_they_are_merged(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    write = merging._write

    def look_at_the_lock(draft: Path, *rest: Any) -> None:
        if draft.parent == kept.texts:
            with pytest.raises(Timeout):
                kept.lock("texts", wait_seconds=0).acquire()
            held.append(True)
        write(draft, *rest)

    monkeypatch.setattr(merging, "_write", look_at_the_lock)
    compact(kept)
    assert held == [True]


def test_pages_can_be_taken_in_right_after(kept: Home) -> None:
    compact(kept)
    with CaptureWriter(kept, new_run_id()) as captures:
        records = page_records("d", captures)
    TextStore(kept).put([text_of("d")])
    Log(kept).append(records)
    assert look(kept).texts == 4


def test_commits_that_a_checkpoint_holds_go_after_a_month(kept: Home) -> None:
    head, commits = Log(kept).head(), kept.log / "_delta_log"
    compact(kept)
    assert len(list(commits.glob("*.json"))) > 1
    for file in commits.iterdir():
        os.utime(file, (time.time() - 31 * 24 * 3600,) * 2)
    compact(kept)
    assert [int(file.stem) for file in commits.glob("*.json")] == [DeltaTable(kept.log).version()]
    assert Log(kept).head() == head
    assert look(kept).is_sound
