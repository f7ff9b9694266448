from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable
from deltalake.transaction import AddAction, RemoveAction

from storage.captures import CaptureWriter
from storage.events import ArticleForgotten, CapturePlace
from storage.home import Home
from storage.log import Log
from storage.records import article_id, record
from storage.sealing import sealed
from storage.texts import TextStore
from storage.verification.archives import check_archive
from storage.verification.findings import LISTED, Fault, Findings
from tests.storage.homes import exchange, fetched_record, fill, look, published, said, text_of
from tests.storage.records_of import RUN, context, discovered

Change = Callable[[pa.Table], pa.Table]


def in_order(home: Home) -> list[Path]:
    """The log's files by position."""
    return sorted(
        (Path(file) for file in Log(home).files()), key=lambda file: pq.read_table(file)["position"][0].as_py()
    )


def rewrite(home: Home, number: int, change: Change) -> Path:
    """Put another file in the place of one, registered and sealed as if nothing had happened."""
    old, table = in_order(home)[number], DeltaTable(home.log)
    rows = change(pq.read_table(old))
    draft = old.with_name("part-forged.parquet")
    pq.write_table(rows, draft, store_schema=False)
    new = sealed(draft)
    bounds = {name: pc.call_function("min_max", [rows["position"]]).as_py()[name] for name in ("min", "max")}
    stats = {"numRecords": rows.num_rows, "nullCount": {"position": 0}}
    stats |= {"minValues": {"position": bounds["min"]}, "maxValues": {"position": bounds["max"]}}
    add = AddAction(new.name, new.stat().st_size, {}, 0, data_change=False, stats=json.dumps(stats))
    remove = RemoveAction(old.name, data_change=False, deletion_timestamp=0, size=old.stat().st_size)
    table.create_write_transaction([remove, add], mode="append", schema=table.schema())
    old.unlink()
    return new


def with_value(column: str, row: int, value: object) -> Change:
    """A change of one value."""

    def change(rows: pa.Table) -> pa.Table:
        values = rows[column].to_pylist()
        values[row] = value(values[row]) if callable(value) else value
        return rows.set_column(rows.schema.get_field_index(column), rows.schema.field(column), pa.array(values))

    return change


def flip(path: Path, at: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def test_a_home_as_it_was_written_has_no_fault(kept: Home) -> None:
    found = look(kept)
    assert (found.faults, found.notes, found.is_sound) == ((), (), True)
    assert (found.records, found.batches, found.position) == (10, 4, 14)
    assert (found.captures, found.texts, found.forgotten) == (4, 3, 0)
    assert found.digest == Log(kept).head().digest


def test_a_home_without_a_log_has_no_fault(home: Home) -> None:
    assert look(home).is_sound
    assert not home.root.exists()


def test_looking_changes_nothing(kept: Home) -> None:
    before = {path: path.stat().st_mtime_ns for path in kept.root.rglob("*") if path.is_file()}
    look(kept)
    assert {path: path.stat().st_mtime_ns for path in kept.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("folder", ["log", "texts"])
def test_a_flipped_bit_anywhere_in_a_segment_is_found(kept: Home, folder: str) -> None:
    chance = random.Random(7)
    for path in sorted((kept.root / folder).glob("*.parquet")) * 4:
        whole = path.read_bytes()
        flip(path, chance.randrange(len(whole)), chance.randrange(8))
        assert any(fault.where == f"{folder}/{path.name}" for fault in look(kept).faults)
        path.write_bytes(whole)


def test_a_flipped_bit_in_a_capture_is_found_where_it_changes_what_is_read(kept: Home) -> None:
    chance = random.Random(7)
    [archive] = kept.captures.iterdir()
    whole = archive.read_bytes()
    for at in chance.sample(range(len(whole)), 300):
        flip(archive, at, chance.randrange(8))
        findings = Findings()
        check_archive(archive, findings)
        # a gzip member has bits that nothing is made of: hints in its head, and what fills the last byte of its data
        assert findings.faults or findings.notes or gzip.decompress(archive.read_bytes()) == gzip.decompress(whole), at
        archive.write_bytes(whole)


def test_a_damaged_capture_is_named_with_the_record_that_points_to_it(kept: Home) -> None:
    [archive] = kept.captures.iterdir()
    [row] = [row for row in pq.read_table(in_order(kept)[1]).to_pylist() if row["record_type"] == "ArticleFetched"]
    offset = json.loads(row["payload"])["capture"]["offset"]
    flip(archive, offset + 150)
    assert (4, row["event_id"]) in {(fault.position, fault.event_id) for fault in look(kept).faults}


def test_another_body_under_a_capture_is_found(kept: Home) -> None:
    url = "https://example.org/d"
    with CaptureWriter(kept, UUID(int=1)) as captures:
        place = captures.exchange(exchange(url, b"one body"))
    Log(kept).append([fetched_record(url, b"another body", place)])
    [fault] = look(kept).faults
    assert (fault.where, fault.position) == (f"captures/{place.warc} at byte {place.offset}", 15)
    assert fault.what.startswith("holds a body of SHA-256")


def test_a_place_where_another_record_begins_is_found(kept: Home) -> None:
    url = "https://example.org/d"
    with CaptureWriter(kept, UUID(int=1)) as captures:
        place = captures.exchange(exchange(url, b"one body"))
    Log(kept).append([fetched_record(url, b"one body", CapturePlace(place.warc, 0))])
    assert [fault.what for fault in look(kept).faults] == ["no response record there"]


def test_a_missing_archive_is_a_fault_of_each_record_that_points_into_it(kept: Home) -> None:
    [archive] = kept.captures.iterdir()
    archive.unlink()
    assert [fault.position for fault in look(kept).faults] == [1, 4, 8, 12]
    assert [fault.position for fault in look(kept, quick=True).faults] == [1, 4, 8, 12]


def test_a_half_written_last_record_is_a_note(kept: Home) -> None:
    [archive] = kept.captures.iterdir()
    whole = archive.read_bytes()
    archive.write_bytes(whole + whole[: len(whole) // 10])
    (kept.captures / "empty.warc.gz").touch()
    found = look(kept)
    assert found.is_sound
    assert ["half-written" in note or "is empty" in note for note in found.notes] == [True, True]


def test_a_missing_segment_is_named_and_the_rest_still_looked_at(kept: Home) -> None:
    gone, [text_file, *_] = in_order(kept)[1], TextStore(kept).files()
    gone.unlink()
    Path(text_file).unlink()
    faults = said(kept)
    assert f"log/{gone.name}: cannot be read: No such file or directory; it holds positions 3 to 6" in faults
    assert any(each.startswith(f"texts/{Path(text_file).name}: cannot be read") for each in faults)
    assert len(faults) in (2, 3)  # the text's article may be the one whose segment is gone


def test_a_missing_text_is_named_with_the_article_that_names_it(kept: Home) -> None:
    shutil.rmtree(kept.texts)
    faults = look(kept).faults
    assert [fault.position for fault in faults] == [5, 9, 13]
    assert all(fault.what.startswith("the text ") for fault in faults)


def test_a_text_under_a_digest_that_is_not_its_own_is_found(kept: Home) -> None:
    [file, *_] = TextStore(kept).files()
    rows = pq.read_table(file)
    pq.write_table(rows.set_column(1, "text", pa.array(["another"])), file, store_schema=False)
    assert any("has another SHA-256" in each for each in said(kept))


def test_a_dropped_tail_is_found_by_what_stands_outside_the_log(kept: Home) -> None:
    max((kept.log / "_delta_log").glob("*.json")).unlink()
    assert Log(kept).head().position == 10
    faults = look(kept).faults
    assert [(fault.where, fault.position) for fault in faults] == [("head.json", 14), ("dateline.duckdb", 14)]
    assert "it ends at 10: the last 4 positions are missing" in faults[0].what
    kept.edition.unlink()
    assert len(look(kept, quick=True).faults) == 1


def test_a_log_that_lost_everything_is_found(kept: Home) -> None:
    shutil.rmtree(kept.log)
    assert any("it ends at 0" in each for each in said(kept))


@pytest.mark.parametrize("content", [b'{"add":', b"\xff\x00"])
def test_a_torn_commit_file_is_a_fault_and_no_traceback(kept: Home, content: bytes) -> None:
    torn = sorted((kept.log / "_delta_log").glob("*.json"))[2]
    torn.write_bytes(content)
    [fault] = look(kept).faults
    assert fault.where == f"log/_delta_log/{torn.name}"


def test_a_head_that_lags_is_no_fault(kept: Home) -> None:
    before = kept.head.read_bytes()
    Log(kept).append([discovered("later")])
    kept.head.write_bytes(before)
    assert look(kept).is_sound
    kept.head.unlink()
    assert look(kept).is_sound


def test_another_digest_at_the_heads_position_is_found(kept: Home) -> None:
    kept.head.write_bytes(json.dumps({"position": 14, "digest": "ab" * 32}).encode())
    assert any("has seen the digest abab" in each for each in said(kept))


def test_a_head_at_a_position_where_no_batch_ends_is_found(kept: Home) -> None:
    kept.head.write_bytes(json.dumps({"position": 7, "digest": "ab" * 32}).encode())
    assert any(each.startswith("head.json, position 7: has seen a batch end there") for each in said(kept))


def test_a_head_that_cannot_be_read_is_a_fault(kept: Home) -> None:
    kept.head.write_bytes(b"{")
    assert any(each.startswith("head.json: cannot be read") for each in said(kept))


def test_an_edition_of_another_log_is_found(kept: Home) -> None:
    other = Home(kept.root.parent / "other")
    fill(other, run=UUID(int=RUN.int + 1))
    published(other)
    other.edition.replace(kept.edition)
    assert [fault.where for fault in look(kept).faults] == ["dateline.duckdb"]


def test_an_edition_that_cannot_be_opened_is_a_fault(kept: Home) -> None:
    kept.edition.chmod(0o644)
    kept.edition.write_bytes(b"torn")
    assert any("publish --rebuild" in each for each in said(kept))


def headline(payload: str) -> str:
    return payload.replace('"headline":"Rain"', '"headline":"Sun"')


def test_an_altered_record_is_named_by_the_editions_copy(kept: Home) -> None:
    new = rewrite(kept, 2, with_value("payload", 2, headline))
    [fault] = look(kept).faults
    assert (fault.where, fault.position) == (f"log/{new.name}", 9)
    assert fault.what == "differs from the edition's copy in payload"


def test_an_altered_record_is_named_by_its_own_id_where_there_is_no_edition(kept: Home) -> None:
    kept.edition.unlink()
    rewrite(kept, 2, with_value("payload", 2, headline))
    [fault] = look(kept).faults
    assert (fault.position, fault.what) == (9, "its id is not drawn from what it says")


@pytest.mark.parametrize("column", ["producer", "published_on", "event_key", "event_id", "stream"])
def test_any_altered_column_breaks_the_batch(kept: Home, column: str) -> None:
    kept.edition.unlink()
    rewrite(kept, 3, lambda rows: with_value(column, 1, rows[column][3].as_py())(rows))
    [fault, *_] = look(kept).faults
    assert fault.position in {12, 14}


def test_an_altered_time_of_recording_is_found(kept: Home) -> None:
    first = pq.read_table(in_order(kept)[0])["recorded_at"][0].as_py()
    rewrite(kept, 3, with_value("recorded_at", 0, first))
    assert any("was recorded at" in each for each in said(kept))


def test_a_batch_recorded_before_its_predecessor_is_found(kept: Home) -> None:
    first = pq.read_table(in_order(kept)[0])["recorded_at"][0].as_py()

    def earlier(rows: pa.Table) -> pa.Table:
        times = pa.array([first.replace(year=2020)] * rows.num_rows, rows.schema.field("recorded_at").type)
        return rows.set_column(rows.schema.get_field_index("recorded_at"), rows.schema.field("recorded_at"), times)

    rewrite(kept, 2, earlier)
    assert any("before its predecessor" in each for each in said(kept))


def test_a_removed_row_is_a_gap(kept: Home) -> None:
    rewrite(kept, 1, lambda rows: pa.concat_tables([rows.slice(0, 1), rows.slice(2)]))
    [fault] = look(kept).faults
    assert (fault.position, fault.what) == (5, "position 4 is missing before it")


def test_a_removed_batch_is_a_gap_and_breaks_the_chain(kept: Home) -> None:
    old, table = in_order(kept)[1], DeltaTable(kept.log)
    remove = RemoveAction(old.name, data_change=False, deletion_timestamp=0, size=old.stat().st_size)
    table.create_write_transaction([remove], mode="append", schema=table.schema())
    faults = look(kept).faults
    assert [(fault.position, fault.what.partition(" ")[0]) for fault in faults] == [(7, "positions"), (10, "follows")]
    assert "3 to 6 are missing" in faults[0].what


def test_a_duplicated_row_is_found(kept: Home) -> None:
    rewrite(kept, 1, lambda rows: pa.concat_tables([rows.slice(0, 2), rows.slice(1)]))
    faults = look(kept).faults
    assert {fault.position for fault in faults} == {4}
    assert [fault.what.partition(",")[0] for fault in faults] == [
        "stands again or out of order",
        "stands at position 4 and again at 4",
    ]


def test_rows_that_stand_again_in_two_batches_are_both_named(kept: Home) -> None:
    fifth = pq.read_table(in_order(kept)[1]).slice(2, 1)
    rewrite(kept, 2, lambda rows: pa.concat_tables([rows.slice(0, 2), fifth, rows.slice(2)]))
    rewrite(kept, 1, lambda rows: pa.concat_tables([rows.slice(0, 2), rows.slice(1)]))
    again = [fault.position for fault in look(kept).faults if "stands again or out of order" in fault.what]
    assert again == [4, 5]


def test_reordered_rows_are_found(kept: Home) -> None:
    rewrite(kept, 1, lambda rows: rows.take([1, 0, 2, 3]))
    assert [fault.position for fault in look(kept).faults if fault.position] == [4, 3]


def test_rows_that_changed_places_break_the_batch(kept: Home) -> None:
    def swap(rows: pa.Table) -> pa.Table:
        return rows.take([1, 0, 2, 3]).set_column(0, rows.schema.field("position"), rows["position"])

    rewrite(kept, 1, swap)
    assert [fault.position for fault in look(kept).faults] == [3, 4]


def test_a_batch_without_its_closing_row_is_found(kept: Home) -> None:
    rewrite(kept, 3, lambda rows: rows.slice(0, 3))
    faults = said(kept)
    assert any("ends without the row that closes its last 3 records" in each for each in faults)
    assert any(each.startswith("head.json") for each in faults)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("events", 9, "closes 9 records"),
        ("first_position", 2, "from position 2 on"),
        ("previous_digest", "cd" * 32, "follows a batch of digest cdcd"),
        ("digest", "cd" * 32, "differs from the edition's copy in payload"),
    ],
)
def test_an_altered_closing_row_is_found(kept: Home, field: str, value: object, told: str) -> None:
    def change(payload: str) -> str:
        return msgspec.json.encode(json.loads(payload) | {field: value}, order="sorted").decode()

    rewrite(kept, 1, with_value("payload", 3, change))
    assert any(told in each for each in said(kept))


def test_statistics_by_which_readers_pass_a_file_over_are_compared(kept: Home) -> None:
    commit = max((kept.log / "_delta_log").glob("*.json"))
    commit.write_text(commit.read_text().replace(r"\"position\": 14", r"\"position\": 13"))
    assert any(
        "holds 4 rows, positions 11 to 14; its commit says 4 rows, positions 11 to 13" in each for each in said(kept)
    )


def test_files_that_no_commit_names_are_notes(kept: Home) -> None:
    shutil.copyfile(in_order(kept)[0], kept.log / "part-orphan.parquet")
    found = look(kept)
    assert found.is_sound
    assert "part-orphan.parquet" in found.notes[0]


def test_a_commit_that_a_power_cut_tore_is_mended_by_the_next_append(kept: Home) -> None:
    (kept.log / "_delta_log" / f"{5:020}.json").write_bytes(b'{"add":')
    assert any("the next run puts aside" in each for each in said(kept))
    Log(kept).append([discovered("later")])
    found = look(kept)
    assert found.is_sound
    assert "put aside after a power cut" in found.notes[0]


def forget(home: Home, name: str) -> None:
    subject = article_id(f"https://example.org/{name}")
    Log(home).append([record(ArticleForgotten(article=subject, reason="asked for"), subject, context())])


def test_what_was_forgotten_is_accounted_for(kept: Home) -> None:
    [file] = [file for file in TextStore(kept).files() if pq.read_table(file)["text"][0].as_py() == text_of("b")]
    table = DeltaTable(kept.texts)
    size = Path(file).stat().st_size
    remove = RemoveAction(Path(file).name, data_change=True, deletion_timestamp=0, size=size)
    table.create_write_transaction([remove], mode="append", schema=table.schema())
    assert [fault.position for fault in look(kept).faults] == [9]
    forget(kept, "a")
    assert [fault.position for fault in look(kept).faults] == [9]
    forget(kept, "b")
    found = look(kept)
    assert (found.faults, found.forgotten) == ((), 1)


def test_a_quick_look_reads_no_contents(kept: Home) -> None:
    [archive] = kept.captures.iterdir()
    flip(archive, 600)
    assert look(kept, quick=True).is_sound
    assert not look(kept).is_sound


def test_faults_beyond_measure_are_counted() -> None:
    findings = Findings()
    for number in range(LISTED + 5):
        findings.fault(Fault("log/", "wrong", number))
    assert (len(findings.faults), findings.unlisted) == (LISTED, 5)
