from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from flows.cli.answers.people import fitted, show
from flows.cli.answers.prompt import NamesCompleter, converse, is_complete
from storage.edition.ask import Column, describe, reading
from storage.home import Home

Run = Callable[..., Any]


def test_a_table_for_people_is_whole_when_piped(run: Run, filled: Home) -> None:
    answer = run(filled, "sql", "SELECT headline, published_on, word_count FROM articles ORDER BY url LIMIT 2")
    assert answer.exit_code == 0
    header, rule, *rows = answer.stdout.splitlines()
    assert header.split() == ["headline", "published_on", "word_count"]
    assert set(rule) == {"─"}
    assert [row.split()[-2] for row in rows] == ["2026-03-02", "2026-03-03"]
    assert "…" not in answer.stdout


def test_a_single_value_stands_alone(run: Run, filled: Home) -> None:
    assert run(filled, "sql", "SELECT 42").stdout == "42\n"


def test_json_is_one_array_with_an_object_a_line(run: Run, filled: Home) -> None:
    query = "SELECT event_id, published_on, recorded_at, 1.50 AS price, payload, [1, NULL] AS list FROM events LIMIT 3"
    answer = run(filled, "sql", "--json", query)
    rows = json.loads(answer.stdout)
    assert len(answer.stdout.splitlines()) == 5
    assert len(rows) == 3
    first = rows[0]
    assert len(first["event_id"]) == 36
    assert first["published_on"] == "2026-03-09"
    assert first["recorded_at"] == "2026-03-09T03:00:00Z"
    assert first["price"] == "1.50"
    assert first["payload"]["flow"] == "nightly"
    assert first["list"] == [1, None]


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_scripts_get_every_row(run: Run, filled: Home, form: str) -> None:
    answer = run(filled, "sql", form, "SELECT i FROM range(2500) AS t(i)")
    rows = json.loads(answer.stdout) if form == "--json" else list(csv.reader(io.StringIO(answer.stdout)))[1:]
    assert len(rows) == 2500


def test_an_empty_answer_is_an_empty_array(run: Run, filled: Home) -> None:
    assert json.loads(run(filled, "sql", "--json", "FROM articles WHERE false").stdout) == []


def test_columns_of_one_name_stay_apart_in_json(run: Run, filled: Home) -> None:
    assert json.loads(run(filled, "sql", "--json", "SELECT 1 AS n, 2 AS n").stdout) == [{"n": 1, "n_2": 2}]


def test_integers_of_any_size_and_floats_without_a_number_are_valid_json(run: Run, filled: Home) -> None:
    rows = json.loads(
        run(filled, "sql", "--json", "SELECT 170141183460469231731687303715884105727 AS big, 'nan'::DOUBLE AS n").stdout
    )
    assert rows == [{"big": 2**127 - 1, "n": None}]


def test_csv_follows_rfc_4180(run: Run, filled: Home) -> None:
    answer = run(
        filled, "sql", "--csv", "SELECT 'say \"hi\", twice' AS text, NULL AS nothing, true AS yes, {'a': 1} AS s"
    )
    assert answer.stdout_bytes == b'text,nothing,yes,s\r\n"say ""hi"", twice",,true,"{""a"":1}"\r\n'


def test_a_wrong_query_is_answered_in_duckdbs_words(run: Run, filled: Home) -> None:
    answer = run(filled, "sql", "FROM artcles")
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert 'Did you mean "articles"' in answer.stderr
    assert "Traceback" not in answer.stderr


def test_an_error_while_rows_are_read_is_answered_too(run: Run, filled: Home) -> None:
    query = "SELECT CASE WHEN i > 100000 THEN error('too far') ELSE i END FROM range(1000000) AS t(i)"
    answer = run(filled, "sql", "--csv", query)
    assert answer.exit_code == 1
    assert "too far" in answer.stderr


def test_nothing_can_be_written(run: Run, filled: Home) -> None:
    answer = run(filled, "sql", "DELETE FROM log.events")
    assert answer.exit_code == 1
    assert "read-only" in answer.stderr


def test_a_table_says_when_it_stops(run: Run, filled: Home) -> None:
    capped = run(filled, "sql", "SELECT i, i FROM range(1000) AS t(i)")
    assert len(capped.stdout.splitlines()) == 202
    assert "--all" in capped.stderr
    assert len(run(filled, "sql", "--all", "SELECT i, i FROM range(1000) AS t(i)").stdout.splitlines()) == 1002


def test_a_query_may_come_from_a_file_or_a_pipe(run: Run, filled: Home, tmp_path: Path) -> None:
    (tmp_path / "question.sql").write_text("SELECT 'from the file'")
    assert run(filled, "sql", "--file", str(tmp_path / "question.sql")).stdout == "from the file\n"
    assert run(filled, "sql", text="SELECT 'from the pipe'").stdout == "from the pipe\n"


def test_options_that_exclude_each_other_are_wrong_usage(run: Run, filled: Home) -> None:
    assert run(filled, "sql", "--json", "--csv", "SELECT 1").exit_code == 2


def test_a_missing_query_file_is_named(run: Run, filled: Home) -> None:
    answer = run(filled, "sql", "--file", "nowhere.sql")
    assert (answer.exit_code, answer.stderr) == (1, "error: nowhere.sql: No such file or directory\n")


def test_an_empty_home_says_so_and_offers_the_demo(run: Run, empty: Home) -> None:
    answer = run(empty, "sql", "FROM articles")
    assert answer.exit_code == 1
    assert str(empty.root) in answer.stderr
    assert "demo" in answer.stderr


def test_an_empty_home_offers_the_demos_home_when_there_is_one(
    run: Run, empty: Home, filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DEMO_HOME", str(filled.root))
    assert f"--home {filled.root} sql" in run(empty, "sql", "FROM articles").stderr


def test_a_reader_who_goes_away_is_no_error(filled: Home) -> None:
    asked = [sys.executable, "-m", "flows.cli", "--home", str(filled.root), "sql", "--csv", "FROM range(3000000)"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "range\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 141


def test_hostile_text_cannot_reach_the_terminal(run: Run, filled: Home) -> None:
    answer = run(filled, "sql", "SELECT 'a' || chr(27) || ']0;owned' || chr(7) AS one, 2 AS two")
    assert "\x1b" not in answer.stdout
    assert "\x07" not in answer.stdout


def test_long_cells_give_way_and_numbers_do_not() -> None:
    assert fitted([(10, False), (80, True), (14, True)], 60) == [10, 32, 14]
    assert fitted([(10, False)] * 7, 60) is None


def test_a_row_too_wide_for_a_table_becomes_a_block() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=40, color_system=None)
    columns = [Column(f"column_{number}", "VARCHAR") for number in range(8)]
    show(console, columns, [("x" * 20,) * 8, (None,) * 8])
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("── 1 ")
    assert all(len(line) <= 40 for line in lines)


def test_the_edition_describes_itself(filled: Home) -> None:
    described = {each.name: each for each in describe(filled)}
    assert described["articles"].comment == "one row per article, as its current text has it"
    assert described["articles"].columns[0].comment.startswith("the article")
    assert "log.events" in described


def test_an_answer_is_read_batch_by_batch(filled: Home) -> None:
    with reading(filled, "FROM range(25)") as rows:
        assert [len(batch) for batch in rows.batches(10)] == [10, 10, 5]


def _converse(home: Home, typed: str) -> None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(typed)
        converse(home)


def test_the_prompt_answers_until_it_is_left(filled: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _converse(filled, "SELECT\r'over' || ' lines';\rFROM nope;\r.schema stories\r.tables\r.bogus\r.help\r.quit\r")
    said = capsys.readouterr()
    assert "over lines" in said.out
    assert "one row per story" in said.out
    assert "who printed it first" in said.out
    assert "Tab completes" in said.out
    assert "Table with name nope" in said.err
    assert ".bogus is no command" in said.err
    assert "over" in (tmp_path / "state/dateline/sql_history").read_text()


def test_the_prompt_ends_with_the_input(filled: Home) -> None:
    _converse(filled, "\x04")


def test_enter_sends_only_what_has_ended() -> None:
    assert not is_complete("SELECT 1")
    assert is_complete("SELECT 1; ")
    assert is_complete(".tables")
    assert is_complete("")


def test_the_prompt_completes_names(filled: Home) -> None:
    completer = NamesCompleter(describe(filled))
    found = [each.text for each in completer.get_completions(Document("SELECT count(head"), None)]  # type: ignore[arg-type]
    assert "headline" in found
