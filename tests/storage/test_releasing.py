from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml

from storage.drafts import AlreadyThereError
from storage.edition.ask import NoEditionError, ask
from storage.edition.publish import publish
from storage.edition.selecting import BackwardRangeError, NoSuchCommitError
from storage.edition.vocabulary import vocabulary
from storage.home import Home
from storage.log import Log
from storage.released.licences import UnknownLicenceError
from storage.released.wordless import OtherEditionError
from storage.releasing import NOBODY, Order, release
from tests.storage.records_of import DAY, NOON
from tests.storage.weather import HEADLINE, NEXT, fill, found, weather

AUTHORS = ("Amina Okonkwo-Reyes", 'Tomás "Tom" Ní Bhriain')
ORDER = Order(DAY, NEXT, authors=AUTHORS, licence="CC-BY-4.0")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return fill(Home(tmp_path_factory.mktemp("releases") / "home"))


@pytest.fixture(scope="module")
def released(filled: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases") / "march"
    release(filled, weather(), ORDER, folder, dateline="1.2.3")
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / f"{table}.parquet").to_pylist())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# what it holds


def test_every_view_with_a_day_is_there_and_nothing_else(filled: Home, released: Path) -> None:
    query = "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'main' AND column_name = 'published_on'"
    with_day = {row[0] for row in ask(filled, query).rows} - {"events"}
    about = {"codebook.md", "codebook.csv", "datapackage.json", "CITATION.cff", "RELEASE.json"}
    expected = about | {f"{name}.{ending}" for name in with_day for ending in ("csv", "parquet")}
    assert set(contents(released)) == expected
    assert {"articles", "rain", "coverage", "stories"} <= with_day


def test_csv_and_parquet_hold_the_same_rows(released: Path) -> None:
    for path in released.glob("*.parquet"):
        with path.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
            in_csv = list(csv.DictReader(file))
        in_parquet = pq.read_table(path)
        assert len(in_csv) == in_parquet.num_rows
        assert list(in_csv[0]) == in_parquet.column_names
        assert [row["published_on"] for row in in_csv] == [str(day) for day in in_parquet["published_on"].to_pylist()]


def test_days_outside_the_range_are_left_out(filled: Home, tmp_path: Path) -> None:
    done = release(filled, weather(), Order(NEXT, NEXT), tmp_path / "day", dateline="1")
    assert {row["published_on"] for row in rows(tmp_path / "day", "articles")} == {NEXT}
    assert done.rows["rain"] == 1


def test_a_range_without_articles_gives_empty_tables_with_their_columns(filled: Home, tmp_path: Path) -> None:
    late = date(2027, 1, 1)
    done = release(filled, weather(), Order(late, late), tmp_path / "late", dateline="1")
    assert set(done.rows.values()) == {0}
    assert "article_id" in pq.read_schema(tmp_path / "late" / "articles.parquet").names


# what it does not hold


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def test_no_words_of_an_article_are_in_it(released: Path) -> None:
    for name, data in contents(released).items():
        for words in ("rain fell", "on the lake", "then hail", "nothing at all"):
            assert words.encode() not in data, name
    for path in released.glob("*.parquet"):  # whose pages are compressed
        for row in pq.read_table(path).to_pylist():
            for text in strings(row):
                assert not any(words in text for words in ("rain fell", "on the lake", "hail, then")), path


def test_spans_keep_their_places_at_any_depth(released: Path) -> None:
    found = {row["published_on"]: row for row in rows(released, "rain")}
    assert found[NEXT]["span"] == {"start": 37, "end": 41}
    assert "words" not in found[NEXT]
    assert (
        pq.read_schema(released / "rain.parquet").field("observer").type.field("spans").type.value_type.num_fields == 2
    )


def test_an_observer_keeps_the_name_and_the_place(filled: Home, tmp_path: Path) -> None:
    release(filled, weather(), Order(DAY, DAY, as_of=6), tmp_path / "first", dateline="1")
    [row] = rows(tmp_path / "first", "rain")
    assert row["observer"] == {"name": "the lake", "spans": [{"start": 22, "end": 30}]}


def test_a_headline_stays_unless_it_is_the_articles_opening_words(filled: Home, released: Path, tmp_path: Path) -> None:
    query = "SELECT headline, headline_source FROM articles ORDER BY published_on"
    assert ask(filled, query).rows[1][0].startswith("Zürich 🌧 rain fell")
    headlines = [(row["headline"], row["headline_source"]) for row in rows(released, "articles")]
    assert headlines == [("Rain over Zürich", "page"), (None, "opening words")]
    assert [row["headline"] for row in rows(released, "stories")] == ["Rain over Zürich", None]
    release(filled, weather(), Order(DAY, DAY, as_of=6), tmp_path / "first", dateline="1")
    assert [row["headline"] for row in rows(tmp_path / "first", "articles")] == [HEADLINE]


# what is said about it


def test_the_codebook_explains_every_column_and_names_those_left_out(released: Path) -> None:
    with (released / "codebook.csv").open(newline="", encoding="utf-8") as file:
        explained = [(row["table"], row["column"]) for row in csv.DictReader(file) if row["type"] and row["meaning"]]
    there = [
        (path.stem, column) for path in sorted(released.glob("*.parquet")) for column in pq.read_schema(path).names
    ]
    assert explained == there
    page = (released / "codebook.md").read_text("utf-8")
    assert "## rain\n\nWhere it rained, one row for each time an article says so.\n" in page
    assert "| amount | `DECIMAL(38,6)` | how much |" in page
    assert "Left out: `words`.\n" in page
    assert "Left out: `text`, `previous_text`.\n" in page


def test_the_data_package_has_what_the_standard_asks_for(released: Path) -> None:
    package = json.loads((released / "datapackage.json").read_bytes())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert set(package["name"]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-._")
    assert [each["title"] for each in package["contributors"]] == list(AUTHORS)
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["created"] == "2026-03-04T12:00:00Z"
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names)) == len(list(released.glob("*.parquet"))) * 2
    for resource in package["resources"]:
        path = released / resource["path"]
        assert (resource["bytes"], resource["hash"]) == (path.stat().st_size, f"sha256:{digest(path.read_bytes())}")
        assert (resource["type"], resource["format"]) == ("table", path.suffix[1:])
        assert [field["name"] for field in resource["schema"]["fields"]] == pq.read_schema(
            path.with_suffix(".parquet")
        ).names


def test_the_types_of_the_data_package_are_those_of_table_schema(released: Path) -> None:
    package = json.loads((released / "datapackage.json").read_bytes())
    fields = {
        (resource["title"], field["name"]): field["type"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    known = {"string", "integer", "number", "boolean", "date", "datetime", "object", "array"}
    assert set(fields.values()) == known
    assert fields["rain", "span"] == "object"
    assert fields["rain", "amount"] == "number"
    assert fields["articles", "authors"] == "array"
    assert fields["articles", "published_at"] == "datetime"
    assert fields["current_events", "payload"] == "object"


def test_the_citation_is_a_citation_file_of_version_1_2_0(filled: Home, released: Path, tmp_path: Path) -> None:
    cited = yaml.safe_load((released / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert [author["name"] for author in cited["authors"]] == list(AUTHORS)
    assert (cited["date-released"], cited["license"]) == ("2026-03-04", "CC-BY-4.0")
    assert all(set(each) == {"type", "value", "description"} for each in cited["identifiers"])
    release(filled, weather(), Order(DAY, DAY, title='Rain: "all" of it'), tmp_path / "plain", dateline="1")
    plain = yaml.safe_load((tmp_path / "plain" / "CITATION.cff").read_text("utf-8"))
    assert (plain["title"], plain["authors"]) == ('Rain: "all" of it', [{"name": NOBODY}])
    assert "license" not in plain


def test_it_names_the_state_of_the_log_and_seals_its_files(filled: Home, released: Path) -> None:
    told = json.loads((released / "RELEASE.json").read_bytes())
    head = Log(filled).head()
    assert (told["position"], told["digest"]) == (head.position, head.digest)
    assert (told["recorded_at"], told["dateline"]) == ("2026-03-04T12:00:00Z", "1.2.3")
    sealed = {file["path"]: file["sha256"] for file in told["files"]}
    assert sealed == {name: digest(data) for name, data in contents(released).items() if name != "RELEASE.json"}


@pytest.mark.parametrize("name", ["", "my own, free licence", "MIT OR CC-BY-4.0", "LicenseRef-mine"])
def test_a_licence_that_spdx_does_not_list_is_refused(name: str) -> None:
    with pytest.raises(UnknownLicenceError, match="no licence of the SPDX list"):
        Order(DAY, NEXT, licence=name)


def test_a_licence_is_named_as_spdx_writes_it(filled: Home, tmp_path: Path) -> None:
    release(filled, weather(), Order(DAY, NEXT, licence="cc-by-4.0"), tmp_path / "free", dateline="1")
    assert 'license: "CC-BY-4.0"' in (tmp_path / "free" / "CITATION.cff").read_text("utf-8")


# always the same, and whole or not at all


def test_the_same_position_and_order_give_the_same_bytes(filled: Home, released: Path, tmp_path: Path) -> None:
    release(filled, weather(), ORDER, tmp_path / "again", dateline="1.2.3")
    assert contents(tmp_path / "again") == contents(released)


def test_an_earlier_position_can_be_released_again_later(home: Home, tmp_path: Path) -> None:
    fill(home)
    then = Log(home).head().position
    release(home, weather(), ORDER, tmp_path / "then", dateline="1.2.3")
    Log(home, clock=lambda: NOON + timedelta(days=9)).append([found("c"), found("d")])
    publish(home, weather(), rebuild=True)
    release(home, weather(), Order(DAY, NEXT, then, None, AUTHORS, "CC-BY-4.0"), tmp_path / "later", dateline="1.2.3")
    assert contents(tmp_path / "later") == contents(tmp_path / "then")
    release(home, weather(), ORDER, tmp_path / "now", dateline="1.2.3")
    assert contents(tmp_path / "now") != contents(tmp_path / "then")


def test_a_folder_with_something_in_it_is_left_alone(filled: Home, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(AlreadyThereError, match="name a folder that is new or empty"):
        release(filled, weather(), ORDER, tmp_path, dateline="1")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_may_be_named(filled: Home, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    release(filled, weather(), ORDER, tmp_path / "empty", dateline="1")
    assert (tmp_path / "empty" / "RELEASE.json").exists()


def test_what_breaks_leaves_nothing_behind(filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.releasing.data_package", breaks)
    with pytest.raises(OSError, match="No space left"):
        release(filled, weather(), ORDER, tmp_path / "march", dateline="1")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_released_is_refused(filled: Home, home: Home, tmp_path: Path) -> None:
    with pytest.raises(NoEditionError):
        release(home, weather(), ORDER, tmp_path / "a", dateline="1")
    with pytest.raises(OtherEditionError, match="dateline publish"):
        release(filled, vocabulary({}, []), ORDER, tmp_path / "b", dateline="1")
    with pytest.raises(NoSuchCommitError):
        release(filled, weather(), Order(DAY, NEXT, as_of=2), tmp_path / "c", dateline="1")
    with pytest.raises(BackwardRangeError):
        Order(NEXT, DAY)
    assert not [path for path in tmp_path.iterdir() if path != home.root]
