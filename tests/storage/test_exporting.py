from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from storage.drafts import AlreadyThereError
from storage.edition import parquet, selecting
from storage.edition.ask import NoEditionError, ask
from storage.edition.recorded import NotRecordsError, recorded
from storage.edition.selecting import (
    BackwardRangeError,
    NoDayError,
    NoPositionError,
    NoSuchCommitError,
    Selection,
    UnknownRelationError,
    select,
)
from storage.edition.snapshot import snapshot
from storage.exporting import CSV, JSON_LINES, PARQUET, Form, export, export_days
from storage.home import Home
from storage.log import Log
from storage.records import article_id
from tests.storage.records_of import DAY, NOON
from tests.storage.weather import CORRECTED, FEED, HEADLINE, NEXT, TEXT, fill, found, url_of


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two commits: an article on one day, then its correction and an article on the next."""
    return fill(Home(tmp_path_factory.mktemp("exports") / "home"))


def written(home: Home, form: Form, relation: str, **selection: Any) -> bytes:
    stream = BytesIO()
    export(home, Selection(relation, **selection), form, stream)
    return stream.getvalue()


def parquet_rows(*files: Path) -> list[tuple[Any, ...]]:
    query = "SELECT * FROM read_parquet($files, hive_partitioning = false) ORDER BY ALL"
    with duckdb.connect() as connection:
        return connection.execute(query, {"files": [str(file) for file in files]}).fetchall()


def test_csv_follows_rfc_4180_and_nested_values_are_json_in_it(filled: Home) -> None:
    data = written(filled, CSV, "rain", as_of=6)
    assert data.count(b"\r\n") == 2
    header, row = csv.reader(data.decode().splitlines(keepends=True))
    fields = dict(zip(header, row, strict=True))
    assert fields["article_id"] == str(article_id(url_of("a")))
    assert json.loads(fields["span"]) == {"start": 9, "end": 13, "text": "rain"}
    assert json.loads(fields["observer"])["spans"][0]["text"] == "the lake"
    assert (fields["published_on"], fields["amount"]) == ("2026-03-02", "2.500000")


def test_what_csv_must_quote_comes_back(filled: Home) -> None:
    [row] = csv.DictReader(written(filled, CSV, "articles", as_of=6).decode().splitlines(keepends=True))
    assert (row["headline"], row["text"], row["section"]) == (HEADLINE, TEXT, "")


def test_json_lines_keep_structures_and_records_their_payload(filled: Home) -> None:
    [row] = [json.loads(line) for line in written(filled, JSON_LINES, "rain", as_of=6).splitlines()]
    assert row["observer"] == {"name": "the lake", "spans": [{"start": 22, "end": 30, "text": "the lake"}]}
    records = [json.loads(line) for line in written(filled, JSON_LINES, "records").splitlines()]
    assert [record["position"] for record in records] == list(range(1, len(records) + 1))
    assert records[0]["payload"]["source"] == FEED


def test_parquet_holds_what_the_edition_holds(filled: Home, tmp_path: Path) -> None:
    for relation in ("articles", "rain", "log.rain_seen", "records", "log.texts", "runs", "coverage"):
        done = export(filled, Selection(relation), PARQUET, tmp_path / f"{relation}.parquet")
        table = "log.events" if relation == "records" else relation
        expected = ask(filled, f"SELECT COLUMNS(*) FROM {table} ORDER BY ALL").rows
        assert done.rows == len(expected)
        as_text = [tuple(str(value) for value in row) for row in parquet_rows(tmp_path / f"{relation}.parquet")]
        assert as_text == [tuple(str(value) for value in row) for row in expected], relation


def test_parquet_says_what_its_columns_mean_and_which_state_it_shows(filled: Home, tmp_path: Path) -> None:
    export(filled, Selection("rain"), PARQUET, tmp_path / "rain.parquet")
    about = json.loads(pq.read_metadata(tmp_path / "rain.parquet").metadata[b"dateline"])
    assert (about["relation"], about["position"]) == ("rain", Log(filled).head().position)
    assert about["columns"]["words"] == "the word for it"


def test_days_are_cut_at_both_ends(filled: Home) -> None:
    def days(**selection: date) -> set[str]:
        lines = written(filled, JSON_LINES, "rain", **selection).splitlines()
        return {json.loads(line)["published_on"] for line in lines}

    assert days() == {"2026-03-02", "2026-03-03"}
    assert days(since=NEXT) == {"2026-03-03"}
    assert days(until=DAY) == {"2026-03-02"}
    assert days(since=NEXT + timedelta(days=1)) == set()


def test_an_empty_selection_still_names_its_columns(filled: Home, tmp_path: Path) -> None:
    late = date(2027, 1, 1)
    for relation in ("rain", "records"):
        assert written(filled, CSV, relation, since=late).count(b"\r\n") == 1
        export(filled, Selection(relation, since=late), PARQUET, tmp_path / f"{relation}.parquet")
        assert len(pq.read_schema(tmp_path / f"{relation}.parquet").names) > 3


def test_an_earlier_commit_is_asked_for_by_position_or_by_time(filled: Home) -> None:
    now = written(filled, CSV, "articles")
    then = written(filled, CSV, "articles", as_of=6)
    assert then != now
    assert written(filled, CSV, "articles", as_of=7) == then  # a position within a commit belongs to the one before
    assert written(filled, CSV, "articles", as_of=NOON + timedelta(days=1)) == then
    assert written(filled, CSV, "articles", as_of=Log(filled).head().position) == now
    assert written(filled, CSV, "main.articles", as_of=6) == then
    assert written(filled, JSON_LINES, "records", as_of=6).count(b"\n") == 6


@pytest.mark.parametrize("as_of", [0, 5, 1000, NOON - timedelta(days=1)])
def test_a_commit_that_is_not_there_is_refused(filled: Home, as_of: Any) -> None:
    with pytest.raises(NoSuchCommitError, match="the first ends at position 6, the last at"):
        written(filled, CSV, "articles", as_of=as_of)


def test_what_is_not_there_is_refused_with_what_is(filled: Home) -> None:
    with pytest.raises(UnknownRelationError, match=r"articles.*rain.*log\.rain_seen"):
        written(filled, CSV, "artcles")


def test_what_has_no_day_cannot_be_cut(filled: Home, tmp_path: Path) -> None:
    with pytest.raises(NoDayError, match="publishers has no column published_on"):
        written(filled, CSV, "publishers", since=DAY)
    with pytest.raises(NoDayError, match="not a folder"):
        export_days(filled, Selection("publishers"), tmp_path / "publishers")


def test_texts_have_no_earlier_state(filled: Home) -> None:
    with pytest.raises(NoPositionError, match=r"log\.texts"):
        written(filled, CSV, "log.texts", as_of=6)


def test_a_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(BackwardRangeError, match="2026-03-03, comes after the last, 2026-03-02"):
        Selection("articles", since=NEXT, until=DAY)


def test_a_home_without_an_edition_says_so(home: Home) -> None:
    with pytest.raises(NoEditionError):
        written(home, CSV, "articles")


# hive partitions


def parts(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


DAYS = ["published_on=2026-03-02/part-0.parquet", "published_on=2026-03-03/part-0.parquet"]


@pytest.mark.parametrize("relation", ["rain", "records", "coverage"])
def test_a_folder_is_cut_into_days_that_read_back_as_one_table(filled: Home, tmp_path: Path, relation: str) -> None:
    done = export_days(filled, Selection(relation), tmp_path / "lake" / relation)
    assert set(DAYS) <= set(parts(tmp_path / "lake" / relation))
    table = "log.events" if relation == "records" else relation
    [(days, rows)] = ask(filled, f"SELECT count(DISTINCT published_on), count(*) FROM {table}").rows
    with duckdb.connect() as connection:
        query = f"SELECT count(DISTINCT published_on), count(*) FROM read_parquet('{tmp_path}/lake/{relation}/*/*')"
        assert connection.execute(query).fetchall() == [(days, rows)]
    assert done.rows == rows


def test_a_day_can_be_added_and_others_stay(filled: Home, tmp_path: Path) -> None:
    export_days(filled, Selection("rain", until=DAY), tmp_path / "rain")
    (tmp_path / "rain" / "README").write_text("mine")
    export_days(filled, Selection("rain", since=NEXT), tmp_path / "rain")
    assert parts(tmp_path / "rain") == ["README", *DAYS]


def test_a_day_that_is_there_is_replaced_only_by_force(filled: Home, tmp_path: Path) -> None:
    export_days(filled, Selection("rain"), tmp_path / "rain")
    before = (tmp_path / "rain" / DAYS[0]).stat().st_ino, (tmp_path / "rain" / DAYS[1]).stat().st_ino
    with pytest.raises(AlreadyThereError, match="published_on=2026-03-02 is there already"):
        export_days(filled, Selection("rain", until=DAY), tmp_path / "rain")
    export_days(filled, Selection("rain", until=DAY), tmp_path / "rain", force=True)
    after = (tmp_path / "rain" / DAYS[0]).stat().st_ino, (tmp_path / "rain" / DAYS[1]).stat().st_ino
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)


def test_a_day_that_has_lost_its_rows_goes_by_force(filled: Home, tmp_path: Path) -> None:
    export_days(filled, Selection("rain"), tmp_path / "rain")
    export_days(filled, Selection("rain", as_of=6), tmp_path / "rain", force=True)
    assert parts(tmp_path / "rain") == DAYS[:1]


# whole or not at all, and always the same


def test_a_file_that_is_there_is_replaced_only_by_force(filled: Home, tmp_path: Path) -> None:
    target = tmp_path / "rain.csv"
    target.write_text("mine")
    with pytest.raises(AlreadyThereError, match=r"rain\.csv is there already; --force"):
        export(filled, Selection("rain"), CSV, target)
    assert target.read_text() == "mine"
    export(filled, Selection("rain"), CSV, target, force=True)
    assert target.read_bytes() == written(filled, CSV, "rain")


def test_what_is_no_file_is_not_replaced_by_one(filled: Home, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AlreadyThereError, match="is no file"):
        export(filled, Selection("articles"), CSV, tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_keeps_leading_to_the_file_that_is_replaced(filled: Home, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "old.csv")
    export(filled, Selection("articles"), CSV, tmp_path / "link.csv", force=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "old.csv").read_bytes() == written(filled, CSV, "articles")


@pytest.mark.parametrize("write", [export, lambda home, what, _, to: export_days(home, what, to)])
def test_a_place_that_cannot_be_written_is_named_as_it_was_given(filled: Home, tmp_path: Path, write: Any) -> None:
    place = tmp_path / ("a" * 255)  # as long as a name may be; that of a draft is longer
    with pytest.raises(OSError, match="name too long") as refused:
        write(filled, Selection("articles"), PARQUET, place)
    assert refused.value.filename == str(place)


def test_missing_folders_are_made(filled: Home, tmp_path: Path) -> None:
    export(filled, Selection("rain"), CSV, tmp_path / "new" / "folder" / "rain.csv")
    assert (tmp_path / "new" / "folder" / "rain.csv").exists()


def breaks(*_: Any) -> int:
    raise OSError(28, "No space left on device")


def test_what_breaks_leaves_nothing_behind(filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rain.csv").write_text("mine")
    monkeypatch.setattr("storage.exporting.write_days", breaks)
    for attempt in (
        lambda: export(filled, Selection("rain"), Form(".csv", breaks), tmp_path / "rain.csv", force=True),
        lambda: export_days(filled, Selection("rain"), tmp_path / "rain"),
    ):
        with pytest.raises(OSError, match="No space left"):
            attempt()
    assert [each.name for each in tmp_path.iterdir()] == ["rain.csv"]
    assert (tmp_path / "rain.csv").read_text() == "mine"


def digests(home: Home, folder: Path) -> Iterator[tuple[str, str]]:
    for relation in ("articles", "rain", "records", "log.rain_seen", "coverage"):
        export_days(home, Selection(relation), folder / relation)
        for form in (PARQUET, CSV, JSON_LINES):
            export(home, Selection(relation), form, folder / f"{relation}{form.ending}")
    for each in sorted(folder.rglob("*")):
        if each.is_file():
            yield str(each.relative_to(folder)), hashlib.sha256(each.read_bytes()).hexdigest()


def test_the_same_position_gives_the_same_bytes_however_the_rows_are_read(
    filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_GROUP_ROWS", 3)
    first = list(digests(filled, tmp_path / "first"))
    monkeypatch.setattr(selecting, "_WINDOW", 2)
    monkeypatch.setattr("storage.edition.snapshot._BATCH_ROWS", 1)
    monkeypatch.setattr("storage.edition.ask._BATCH_ROWS", 1)
    assert list(digests(filled, tmp_path / "second")) == first
    assert pq.read_metadata(tmp_path / "first" / "records.parquet").num_row_groups > 3


# records with their texts


def test_records_come_with_the_text_their_spans_count_in(filled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "_WINDOW", 4)
    with snapshot(filled) as edition:
        every = list(recorded(select(edition, Selection("records"))))
    assert [each.position for each in every] == list(range(1, Log(filled).head().position + 1))
    assert {each.record.record_type: each.text for each in every if each.text} == {
        "RainSeen": CORRECTED,
        "ExtractionCompleted": CORRECTED,
    }
    texts = [each.text for each in every if each.record.record_type == "RainSeen"]
    assert texts == [TEXT, TEXT, CORRECTED]
    assert every[0].record == found("a", headline=HEADLINE)
    assert every[0].recorded_at == NOON


def test_only_records_are_records(filled: Home) -> None:
    with snapshot(filled) as edition, pytest.raises(NotRecordsError, match="ask for records"):
        list(recorded(select(edition, Selection("rain"))))
