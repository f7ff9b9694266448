from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import duckdb
import msgspec
import pytest
from typing_extensions import Doc

from flows.vocabulary import vocabulary
from storage.edition.ask import NoEditionError, QueryError, ask
from storage.edition.column_types import UnstorableTypeError, column_type
from storage.edition.publish import publish
from storage.edition.tables import create_statements, table_name
from storage.edition.views import View, ViewFormatError, in_order
from storage.edition.vocabulary import Vocabulary
from storage.edition.vocabulary import vocabulary as join
from storage.events import ArticleDuplicated, ExtractionCompleted
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, extraction_id, record
from storage.texts import TextStore
from storage.vocabulary import Finding, Span, event
from tests.storage.records_of import NOON, context, discovered
from tests.storage.test_state import A, cleaned, fetched

TEXT = "Zürich 🌧 rain fell, then stopped."


class Actor(msgspec.Struct, frozen=True):
    name: Annotated[str, Doc("name")]
    spans: Annotated[list[Span], Doc("where")]


@event
class RainSeen(Finding, frozen=True, kw_only=True):
    """Rain was seen."""

    span: Annotated[Span, Doc("the words")]
    others: Annotated[list[Span], Doc("more words")]
    actor: Annotated[Actor | None, Doc("who")] = None
    amount: Annotated[Decimal | None, Doc("how much, it's said")] = None


def words() -> Vocabulary:
    return join({"RainSeen": RainSeen}, [])


def sha(text: str) -> str:
    from storage.canonical import sha256_hex

    return sha256_hex(text.encode())


def reading(version: int, findings: Sequence[RainSeen], text: str = TEXT) -> list[Record]:
    producer = Producer("rain", version)
    identity = extraction_id(A, sha(text), producer, "cd")
    closing = ExtractionCompleted(
        article=A,
        text_sha256=sha(text),
        producer="rain",
        version=version,
        configuration_sha256="cd",
        events=len(findings),
        supersedes=None,
    )
    envelope = context(producer=producer, extraction_id=identity)
    return [record(each, A, envelope) for each in (*findings, closing)]


def seen(start: int, end: int) -> RainSeen:
    span = Span(start, end)
    return RainSeen(span=span, others=[span, Span(0, 6)], actor=Actor("rain", [span]), amount=Decimal("2.50"))


def article(home: Home, text: str = TEXT) -> Record:
    TextStore(home).put([text])
    capture = fetched()
    Log(home).append([discovered("a"), capture, cleaned(capture, sha(text), headline="Rain")])
    return capture


def test_spans_come_with_their_words_in_code_points_at_any_depth(home: Home) -> None:
    article(home)
    Log(home).append(reading(1, [seen(9, 13)]))
    publish(home, words())
    [row] = ask(home, "SELECT span, others, actor, amount FROM log.rain_seen").rows
    rain = {"start": 9, "end": 13, "text": "rain"}
    assert row == (
        rain,
        [rain, {"start": 0, "end": 6, "text": "Zürich"}],
        {"name": "rain", "spans": [rain]},
        Decimal("2.500000"),
    )


def test_what_a_number_loses_in_its_table_its_payload_has(home: Home) -> None:
    article(home)
    amounts = [Decimal("0.0000007"), Decimal("1e31"), Decimal("1e32")]
    found = [msgspec.structs.replace(seen(9 + at, 13), amount=amount) for at, amount in enumerate(amounts)]
    Log(home).append(reading(1, found))
    publish(home, words())
    rows = ask(home, "SELECT amount FROM log.rain_seen ORDER BY position").rows
    assert rows == [(Decimal("0.000001"),), (Decimal("1e31"),), (None,)]
    payloads = ask(home, "SELECT payload->>'amount' FROM events WHERE record_type = 'RainSeen' ORDER BY position").rows
    assert [Decimal(each) for (each,) in payloads] == amounts


def test_publishing_bit_by_bit_equals_publishing_at_once(home: Home) -> None:
    article(home)
    publish(home, words())
    for records in ([discovered("b")], reading(1, [seen(9, 13)]), reading(2, [])):
        Log(home).append(records)
        assert publish(home, words()).rebuilt is False
    tables = ("log.events", "log.rain_seen", "log.extraction_completed", "log.texts", "articles", "current_events")
    step_by_step = [ask(home, f"FROM {table} ORDER BY ALL").rows for table in tables]
    assert publish(home, words(), rebuild=True).rebuilt
    assert [ask(home, f"FROM {table} ORDER BY ALL").rows for table in tables] == step_by_step


def test_an_empty_reading_of_a_newer_version_withdraws_and_as_of_still_answers(home: Home) -> None:
    article(home)
    before = Log(home).append(reading(1, [seen(9, 13)])).head.position
    Log(home).append(reading(2, []))
    publish(home, words())
    assert ask(home, "SELECT count(*) FROM current_events").rows == [(0,)]
    assert ask(home, f"SELECT count(*) FROM current_events_as_of({before})").rows == [(1,)]


def test_an_older_version_run_later_does_not_win(home: Home) -> None:
    article(home)
    Log(home).append(reading(2, [seen(9, 13)]))
    Log(home).append(reading(1, []))
    publish(home, words())
    assert ask(home, "SELECT producer_version FROM current_events").rows == [(2,)]


def test_a_corrected_article_counts_no_finding_twice(home: Home) -> None:
    article(home)
    Log(home).append(reading(1, [seen(9, 13)]))
    corrected = "Zürich 🌧 rain fell."
    TextStore(home).put([corrected])
    again = fetched(NOON.replace(day=4), "ff")
    Log(home).append([again, cleaned(again, sha(corrected)), *reading(1, [seen(9, 13)], corrected)])
    publish(home, words())
    assert ask(home, "SELECT text_sha256 FROM current_events").rows == [(sha(corrected),)]
    assert ask(home, "SELECT revision, text FROM article_revisions ORDER BY 1").rows == [(1, TEXT), (2, corrected)]


def test_copies_are_one_story_whichever_way_the_chain_runs(home: Home) -> None:
    names = "abcd"
    from storage.records import article_id

    ids = {name: article_id(f"https://example.org/{name}") for name in names}
    TextStore(home).put([TEXT])
    records: list[Record] = []
    for name in names:
        url = f"https://example.org/{name}"
        capture = fetched()
        capture = msgspec.structs.replace(capture, stream=f"article:{ids[name]}", event_id=str(UUID(int=ord(name))))
        clean = msgspec.structs.replace(
            cleaned(capture, sha(TEXT)), stream=f"article:{ids[name]}", event_id=str(UUID(int=ord(name) + 1000))
        )
        records += [discovered(name), capture, clean]
        assert url
    for one, other in ("ab", "bc"):
        first, second = sorted((ids[one], ids[other]))
        linked = ArticleDuplicated(other_article=str(second), relation="copy", similarity_percent=90)
        records.append(record(linked, first, context()))
    Log(home).append(records)
    publish(home, words())
    story = min(ids[name] for name in "abc")
    found = dict(ask(home, "SELECT article_id, story_id FROM articles").rows)
    assert found == {ids["a"]: story, ids["b"]: story, ids["c"]: story, ids["d"]: ids["d"]}
    assert ask(home, "SELECT articles FROM stories ORDER BY 1 DESC").rows == [(3,), (1,)]
    assert ask(home, "SELECT count(*) FROM copies").rows == [(2,)]


def test_every_view_has_its_macro_and_every_column_explains_itself(home: Home) -> None:
    article(home)
    publish(home, vocabulary())
    for view in vocabulary().views:
        columns = ask(home, f"FROM {view.name} LIMIT 0").columns
        assert ask(home, f"FROM {view.name}_as_of(1) LIMIT 0").columns == columns
        if view.is_between_days:
            assert ask(home, f"FROM {view.name}_between('2026-01-01', '2026-01-02') LIMIT 0").columns == columns
        assert set(view.column_comments) == set(columns), view.origin
    silent = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    assert ask(home, f"{silent} AND table_name NOT IN ('events', 'texts', 'checkpoint')").rows == []


def test_a_published_edition_is_read_only(home: Home) -> None:
    article(home)
    publish(home, words())
    assert stat.S_IMODE(home.edition.stat().st_mode) == 0o444
    with pytest.raises(QueryError, match="read-only"):
        ask(home, "CREATE TABLE mine AS SELECT 1")


def test_an_open_reader_keeps_its_edition_while_a_new_one_is_published(home: Home) -> None:
    article(home)
    publish(home, words())
    reader = duckdb.connect(str(home.edition), read_only=True)
    try:
        Log(home).append([discovered("b")])
        publish(home, words())
        assert reader.execute("SELECT count(*) FROM log.article_discovered").fetchall() == [(1,)]
    finally:
        reader.close()
    assert ask(home, "SELECT count(*) FROM log.article_discovered").rows == [(2,)]


def test_a_stray_wal_does_not_make_the_next_edition_unopenable(home: Home) -> None:
    article(home)
    publish(home, words())
    home.edition.with_name("dateline.duckdb.wal").write_bytes(os.urandom(100))
    Log(home).append([discovered("b")])
    publish(home, words())
    assert ask(home, "SELECT count(*) FROM articles").rows == [(1,)]


def test_a_torn_private_file_gives_way_to_a_copy_of_the_published_one(home: Home) -> None:
    article(home)
    publish(home, words())
    home.base.write_bytes(b"torn")
    Log(home).append([discovered("b")])
    assert publish(home, words()).rebuilt is False
    assert ask(home, "SELECT headline FROM articles").rows == [("Rain",)]


def test_where_no_file_is_as_it_was_left_the_log_fills_a_new_one(home: Home) -> None:
    article(home)
    publish(home, words())
    for file in (home.base, home.edition):
        file.chmod(0o644)
        file.write_bytes(b"torn")
    assert publish(home, words()).rebuilt
    assert ask(home, "SELECT headline FROM articles").rows == [("Rain",)]


def test_another_vocabulary_makes_another_edition(home: Home) -> None:
    article(home)
    publish(home, join({}, []))
    assert publish(home, words()).rebuilt


def test_nothing_new_publishes_nothing(home: Home) -> None:
    article(home)
    publish(home, words())
    before = home.edition.stat().st_ino
    assert publish(home, words()).new_records == 0
    assert home.edition.stat().st_ino == before


def test_a_home_without_an_edition_says_so(home: Home) -> None:
    with pytest.raises(NoEditionError, match="holds no edition yet"):
        ask(home, "SELECT 1")


def test_a_wrong_query_gets_duckdbs_own_words(home: Home) -> None:
    publish(home, words())
    with pytest.raises(QueryError, match="Catalog Error"):
        ask(home, "FROM no_such_table")


def test_a_type_without_a_column_is_refused() -> None:
    with pytest.raises(UnstorableTypeError, match="complex"):
        column_type(complex)


def test_tables_are_named_after_their_classes() -> None:
    assert table_name(RainSeen) == "rain_seen"
    assert any("it''s said" in statement for statement in create_statements(RainSeen))


def test_views_come_after_those_they_need() -> None:
    first = View("a.sql", "-- zebra: one\nSELECT\n    1 AS a -- a\n")
    second = View("b.sql", "-- ant: two\nSELECT\n    a -- a\nFROM zebra_as_of(commit_position)")
    assert [view.name for view in in_order([second, first])] == ["zebra", "ant"]


def test_the_same_views_have_the_same_order_in_every_process() -> None:
    names = ["fog", "hail", "haze", "mist", "rain", "rime", "sleet", "snow", "storm", "thaw"]
    plain = [View(f"{name}.sql", f"-- {name}: one\nSELECT\n    1 AS a -- a\n") for name in names]
    joined = " ".join(f"JOIN {name}_as_of(commit_position) USING (a)" for name in names[1:])
    every = View("any.sql", f"-- any_weather: all\nSELECT\n    a -- a\nFROM fog_as_of(commit_position) {joined}")
    assert [view.name for view in in_order([every, *reversed(plain)])] == [*names, "any_weather"]


def test_views_that_need_each_other_are_refused() -> None:
    rain = View("rain.sql", "-- rain: one\nSELECT\n    a -- a\nFROM snow_as_of(commit_position)")
    snow = View("snow.sql", "-- snow: two\nSELECT\n    a -- a\nFROM rain_as_of(commit_position)")
    with pytest.raises(ViewFormatError, match=r"rain, snow, rain|snow, rain, snow"):
        in_order([rain, snow])


def test_a_view_with_a_column_that_says_nothing_is_refused(home: Home) -> None:
    view = View("rain.sql", "-- rain: one\nSELECT\n    1 AS fell, -- how much\n    2 AS stood\n")
    with pytest.raises(ViewFormatError, match=r"rain\.sql: column stood has no comment"):
        publish(home, join({"RainSeen": RainSeen}, [view]))
    assert not home.edition.exists()


def test_the_schema_has_one_digest_in_all_processes() -> None:
    code = "from flows.vocabulary import vocabulary; print(vocabulary().schema_sha256)"
    found = {
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "3")
    }
    assert len(found) == 1


def test_a_view_between_days_is_needed_by_any_of_its_macros() -> None:
    first = View("a.sql", "-- zebra between days: one\nSELECT\n    since AS a -- a\nWHERE since <= until")
    second = View("b.sql", "-- ant: two\nSELECT\n    a -- a\nFROM zebra_between_as_of(1, 2, commit_position)")
    assert [view.name for view in in_order([second, first])] == ["zebra", "ant"]
    with duckdb.connect() as connection:
        for statement in first.create_statements():
            connection.execute(statement)
        for macro in ("between(1, 2)", "between_as_of(1, 2, 3)"):
            assert connection.execute(f"FROM zebra_{macro}").fetchall() == [(1,)]


def test_two_views_of_one_name_are_refused() -> None:
    view = View("a.sql", "-- one: one\nSELECT 1 AS a -- a")
    with pytest.raises(ViewFormatError, match="already stands"):
        in_order([view, View("b.sql", view.sql)])
