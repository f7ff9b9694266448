"""The edition is a projection: however it came about, it holds what the log says, and nothing on the way is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from storage.edition import files, filling
from storage.edition import publish as publishing
from storage.edition.ask import ask, open_edition
from storage.edition.publish import EditionAheadError, publish
from storage.edition.remaking import UnknownTableError
from storage.edition.views import View, ViewFormatError
from storage.edition.vocabulary import vocabulary
from storage.events import ArticleDuplicated, ArticleForgotten
from storage.home import Home
from storage.log import Log
from storage.records import Record, article_id, record
from tests.storage.records_of import NOON, context
from tests.storage.weather import (
    CORRECTED,
    RAIN,
    TEXT,
    RainSeen,
    broken,
    captured,
    cleaned,
    fill,
    found,
    keep,
    reading,
    refused,
    rejected,
    seen,
    unfetched,
    url_of,
    weather,
)

FEW = settings(max_examples=4, suppress_health_check=list(HealthCheck))
RELATIONS = """
SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT internal
UNION ALL
SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
ORDER BY ALL"""
Content = dict[str, list[tuple[Any, ...]]]


def content(home: Home) -> Content:
    """Every row of every table and view."""
    with closing(open_edition(home.edition)) as edition:
        names = [row[0] for row in edition.execute(RELATIONS).fetchall()]
        return {name: edition.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


# however it came about


def linked(one: str, other: str) -> Record:
    first, second = sorted(article_id(url_of(name)) for name in (one, other))
    return record(
        ArticleDuplicated(other_article=str(second), relation="copy", similarity_percent=90), first, context()
    )


def forgotten(name: str) -> Record:
    article = article_id(url_of(name))
    return record(ArticleForgotten(article=article, reason="asked by the family"), article, context())


def of_a_later_vocabulary(name: str) -> Record:
    other = found(name, headline="later")
    return replace(
        other, event_id=str(UUID(int=other.id.int ^ 1)), record_type="ArticleSung", payload='{"key":"F sharp"}'
    )


@st.composite
def steps(draw: st.DrawFn) -> list[Record]:
    """What one commit says about one article."""
    name, text = draw(st.sampled_from("abc")), draw(st.sampled_from([TEXT, TEXT, CORRECTED]))
    at, version = NOON + timedelta(days=draw(st.integers(-1, 2))), draw(st.integers(1, 3))
    capture = captured(name, at)
    words = draw(st.sets(st.sampled_from(["rain", "lake", "nothing"])))
    kinds: dict[str, Callable[[], list[Record]]] = {
        "found": lambda: [found(name, headline=draw(st.sampled_from([None, "Rain"])))],
        "cleaned": lambda: [capture, cleaned(capture, text, version)],
        "rejected": lambda: [capture, rejected(capture, version)],
        "read": lambda: reading(name, text, [seen(text, word) for word in sorted(words)], version=version),
        "unclosed": lambda: reading(name, text, [seen(text, "rain")], version=version, configuration="no end")[:1],
        "broken": lambda: [broken(name, text, version), refused(name, text, version)],
        "unfetched": lambda: [unfetched(name)],
        "linked": lambda: [linked(name, draw(st.sampled_from("abcde")))],
        "later": lambda: [of_a_later_vocabulary(name)],
        "forgotten": lambda: [forgotten("c")],
    }
    usual = ["found", "cleaned", "cleaned", "read", "read", "linked"]
    return kinds[draw(st.sampled_from([*kinds, *usual]))]()


commits = st.lists(st.lists(steps(), min_size=1, max_size=4), min_size=1, max_size=6)


@FEW
@given(commits, st.lists(st.booleans(), min_size=6, max_size=6))
def test_commits_published_at_any_moments_give_what_the_whole_log_gives(
    commits: list[list[list[Record]]], moments: list[bool]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        keep(home, TEXT, CORRECTED)
        for commit, is_moment in zip(commits, moments, strict=False):
            Log(home).append(each for step in commit for each in step)
            if is_moment:
                publish(home, weather())
        publish(home, weather())
        bit_by_bit = content(home)
        assert publish(home, weather(), rebuild=True).rebuilt
        assert content(home) == bit_by_bit


def test_records_of_unknown_types_stand_among_all_events_and_nowhere_else(home: Home) -> None:
    fill(home)
    before = content(home)
    Log(home).append([of_a_later_vocabulary("a")])
    publish(home, weather())
    after = content(home)
    grown = {name for name in after if after[name] != before[name]}
    assert grown == {"log.events", "log.batch_committed", "log.checkpoint", "main.events"}
    assert ask(home, "SELECT payload->>'key' FROM events WHERE record_type = 'ArticleSung'").rows == [("F sharp",)]


def test_slices_give_what_one_piece_gives(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home)
    Log(home).append(reading("a", TEXT, [seen(TEXT, "nothing")], version=2))  # of a text of an earlier slice
    publish(home, weather(), rebuild=True)
    whole = content(home)
    monkeypatch.setattr(filling, "_SLICE_ROWS", 1)
    publish(home, weather(), rebuild=True)
    assert content(home) == whole
    assert publish(home, weather(), tables=["rain"]).remade == ("rain_seen",)
    assert content(home) == whole


def test_the_number_of_threads_changes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home)
    Log(home).append(reading("a", TEXT, [seen(TEXT, "nothing")], version=2))
    contents = list[Content]()
    for threads in (1, 2, 5):
        monkeypatch.setitem(publishing._SETTINGS, "threads", str(threads))
        publish(home, weather(), rebuild=True)
        contents.append(content(home))
    assert contents[0] == contents[1] == contents[2]


# one table


def test_a_table_that_was_filled_wrongly_is_made_anew_by_itself(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(home)
    right = content(home)
    real = filling.fill_statement
    monkeypatch.setattr(filling, "fill_statement", lambda cls: "SELECT 1" if cls is RainSeen else real(cls))
    publish(home, weather(), rebuild=True)
    assert ask(home, "SELECT count(*) FROM rain").rows == [(0,)]
    monkeypatch.undo()
    for name in ("rain", "RainSeen", "log.rain_seen"):
        done = publish(home, weather(), tables=[name])
        assert (done.remade, done.rebuilt, done.new_records) == (("rain_seen",), False, 0)
        assert content(home) == right
    Log(home).append([found("later")])
    publish(home, weather())  # the file that was filled wrongly does not come back
    assert ask(home, "SELECT count(*) FROM rain").rows == [(2,)]


@pytest.mark.parametrize("table", ["text_periods", "superseded_extractions", "story_members", "article_cleaned"])
def test_any_table_made_anew_is_what_it_was(home: Home, table: str) -> None:
    fill(home)
    Log(home).append([linked("a", "b")])
    publish(home, weather())
    before = content(home)
    assert publish(home, weather(), tables=[table]).remade
    assert content(home) == before


def test_a_table_that_is_not_there_cannot_be_made_anew(home: Home) -> None:
    fill(home)
    for name in ("snow", "log.events", "events"):
        with pytest.raises(UnknownTableError, match="rain_seen"):
            publish(home, weather(), tables=[name])


# turns


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is about to open a file that was published a moment ago."""
    monkeypatch.setattr(files, "_SETTLED_SECONDS", -1.0)


def append(home: Home, name: str) -> None:
    Log(home).append([found(name)])
    publish(home, weather())


def inodes(home: Home) -> tuple[int, int]:
    return home.edition.stat().st_ino, home.base.stat().st_ino


@pytest.mark.usefixtures("settled")
def test_two_files_take_turns(home: Home) -> None:
    fill(home)
    one, other = inodes(home)
    append(home, "c")
    assert inodes(home) == (other, one)
    append(home, "d")
    assert inodes(home) == (one, other)
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(4,)]


@pytest.mark.usefixtures("settled")
def test_a_file_that_is_still_read_is_left_to_its_readers(home: Home) -> None:
    fill(home)
    with closing(duckdb.connect(str(home.edition), read_only=True)) as reader:
        append(home, "c")
        append(home, "d")
        assert home.edition.stat().st_nlink == 1
        assert reader.execute("SELECT count(*) FROM log.article_discovered").fetchall() == [(2,)]
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(4,)]


def test_a_file_published_a_moment_ago_may_still_be_being_opened(home: Home, tmp_path: Path) -> None:
    fill(home)
    os.link(home.edition, tmp_path / "being opened.duckdb")
    append(home, "c")
    append(home, "d")
    with closing(duckdb.connect(str(tmp_path / "being opened.duckdb"), read_only=True)) as reader:
        assert reader.execute("SELECT count(*) FROM log.article_discovered").fetchall() == [(2,)]


@pytest.mark.usefixtures("settled")
def test_what_a_hand_wrote_into_an_edition_goes_with_it(home: Home) -> None:
    fill(home)
    home.edition.chmod(0o644)
    with closing(duckdb.connect(str(home.edition))) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1")
    for name in "cde":
        append(home, name)
        assert "main.mine" not in content(home)
    assert publish(home, weather()).new_records == 0


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("step", range(5))
def test_a_publisher_that_stops_at_any_step_of_replacing_leaves_a_whole_edition(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    fill(home)
    Log(home).append([found("c")])
    done: list[Path] = []

    def stopping(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *rest: Any, **named: Any) -> Any:
            if len(done) == step:
                raise SystemExit
            done.append(path)
            return real(path, *rest, **named)

        return call

    monkeypatch.setattr(Path, "replace", stopping(Path.replace))
    monkeypatch.setattr(Path, "chmod", stopping(Path.chmod))
    try:
        publish(home, weather())
    except SystemExit:
        monkeypatch.undo()
        assert ask(home, "SELECT count(*) FROM log.article_discovered").rows in ([(2,)], [(3,)])
        publish(home, weather())
    assert len(done) == step
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(3,)]
    right = content(home)
    publish(home, weather(), rebuild=True)
    assert content(home) == right


# the log is the truth


def test_commits_that_come_while_publishing_are_taken_the_next_time(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    Log(home).append([found("c")])
    expected = Log(home).head().position
    real = filling.add_rows

    def late(*arguments: Any) -> None:
        Log(home).append([found("d")])
        real(*arguments)

    monkeypatch.setattr("storage.edition.publish.add_rows", late)
    assert publish(home, weather()).position == expected
    monkeypatch.undo()
    assert ask(home, "SELECT max(position), (SELECT position FROM log.checkpoint) FROM events").rows == [
        (expected,) * 2
    ]
    assert publish(home, weather()).new_records == 2


def test_two_publishers_at_once_do_the_work_once(home: Home) -> None:
    fill(home)
    Log(home).append([found("c")])
    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(publish, home, weather()) for _ in range(2)]]
    assert sorted(each.new_records for each in done) == [0, 2]
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(3,)]


def test_an_edition_ahead_of_the_log_never_moves_back_by_itself(home: Home) -> None:
    fill(home)
    shutil.copytree(home.log, home.root / "before")
    append(home, "c")
    shutil.rmtree(home.log)
    (home.root / "before").rename(home.log)
    with pytest.raises(EditionAheadError, match=r"ends at 16.*verify"):
        publish(home, weather())
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(3,)]
    assert publish(home, weather(), rebuild=True).position == 16
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(2,)]


def test_another_log_in_the_place_of_the_old_one_fills_a_new_edition(home: Home) -> None:
    fill(home)
    shutil.rmtree(home.log)
    home.head.unlink()
    Log(home).append([found(name) for name in "efghijklmnopqrstuvw"])
    assert publish(home, weather()).rebuilt
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(19,)]


# views


def test_a_view_that_duckdb_does_not_understand_names_its_file_and_leaves_the_edition(home: Home) -> None:
    fill(home)
    for sql in ("SELEC 1", "SELECT\n    depth AS depth -- how deep\nFROM log.no_such_table"):
        broken_view = View("snow.sql", f"-- snow: where it snowed\n{sql}")
        with pytest.raises(ViewFormatError, match=r"^snow\.sql: "):
            publish(home, vocabulary({"RainSeen": RainSeen}, [RAIN, broken_view]))
    assert ask(home, "SELECT count(*) FROM rain").rows == [(2,)]
    assert not publish(home, weather()).rebuilt


def test_no_view_loses_what_lacks_everything_optional(home: Home) -> None:
    keep(home, TEXT)
    capture = captured("a", NOON)
    unknown = dict.fromkeys(("headline", "published_at", "language", "publisher"))
    other = captured("b", NOON + timedelta(days=1))
    known = [found("a"), capture, cleaned(capture, TEXT, **unknown), *reading("a", TEXT, [seen(TEXT, "rain")])]
    beside = [found("b"), other, cleaned(other, TEXT, publisher="example.org"), linked("a", "b")]
    Log(home).append([*known, *beside])
    publish(home, weather())
    opening = "Zürich 🌧 rain fell on the lake, then hail, then nothing at …"
    assert ask(home, "SELECT headline, headline_source, publisher FROM articles WHERE language IS NULL").rows == [
        (opening, "opening words", None)
    ]
    assert ask(home, "SELECT articles, publishers FROM stories").rows == [(2, 1)]
    assert ask(home, "SELECT articles FROM publishers ORDER BY publisher").rows == [(1,), (1,)]
    assert ask(home, "SELECT articles, findings FROM days").rows == [(2, 1)]
    assert ask(home, "SELECT sum(articles) FROM coverage").rows == [(2,)]
    assert ask(home, "SELECT count(*) FROM copies").rows == [(1,)]
    assert ask(home, "SELECT count(*), count(words) FROM rain").rows == [(1, 1)]


def test_every_table_and_column_explains_itself(home: Home) -> None:
    fill(home)
    columns = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    tables = "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL AND NOT internal"
    views = "SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    assert [ask(home, query).rows for query in (columns, tables, views)] == [[], [], []]
