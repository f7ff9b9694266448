from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from cloudevents.core.bindings.http import HTTPMessage, from_structured_event
from cloudevents.core.formats.json import JSONFormat

from flows.cloudevents import cloud_event
from flows.vocabulary import vocabulary
from storage.edition.ask import ask
from storage.edition.recorded import recorded
from storage.edition.selecting import Selection, select
from storage.edition.snapshot import snapshot
from storage.home import Home

Run = Callable[..., Any]


def test_a_view_goes_to_standard_output_as_csv(run: Run, filled: Home) -> None:
    answer = run(filled, "export", "statements", "--since", "2026-03-03", "--until", "2026-03-04")
    rows = list(csv.DictReader(answer.stdout_bytes.decode().splitlines(keepends=True)))
    assert answer.exit_code == 0
    assert {row["published_on"] for row in rows} == {"2026-03-03", "2026-03-04"}
    assert answer.stdout_bytes.count(b"\r\n") >= len(rows) + 1


def test_the_ending_of_the_name_says_which_form(run: Run, filled: Home, tmp_path: Path) -> None:
    for ending in ("csv", "jsonl", "parquet"):
        answer = run(filled, "export", "days", "--out", str(tmp_path / f"days.{ending}"))
        assert (answer.exit_code, answer.stdout) == (0, "")
    [(days,)] = ask(filled, "SELECT count(*) FROM days").rows
    assert len((tmp_path / "days.csv").read_text().splitlines()) == days + 1
    assert json.loads((tmp_path / "days.jsonl").read_text().splitlines()[0])["published_on"]
    with duckdb.connect() as connection:
        count = f"SELECT count(*) FROM '{tmp_path}/days.parquet'"
        assert connection.execute(count).fetchall() == [(days,)]


def test_parquet_in_a_folder_is_cut_into_days_and_other_forms_are_a_file_there(
    run: Run, filled: Home, tmp_path: Path
) -> None:
    assert run(filled, "export", "articles", "--out", f"{tmp_path}/articles/").exit_code == 0
    assert (tmp_path / "articles" / "published_on=2026-03-02" / "part-0.parquet").exists()
    assert run(filled, "export", "articles", "--as", "csv", "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "articles.csv").exists()


def test_what_is_there_is_kept_without_force(run: Run, filled: Home, tmp_path: Path) -> None:
    target = tmp_path / "days.csv"
    target.write_text("mine")
    refused = run(filled, "export", "days", "--out", str(target))
    assert (refused.exit_code, target.read_text()) == (2, "mine")
    assert "--force replaces it" in refused.stderr
    assert run(filled, "export", "days", "--out", str(target), "--force").exit_code == 0
    assert target.read_text() != "mine"


def test_wrong_usage_ends_with_2_and_says_what_is_there(run: Run, filled: Home) -> None:
    said = {
        ("artcles",): "articles",
        ("publishers", "--since", "2026-03-01"): "has no column published_on",
        ("articles", "--since", "2026-03-05", "--until", "2026-03-04"): "comes after the last",
        ("articles", "--as-of", "yesterday"): "neither a position nor a time",
        ("articles", "--as-of", "1"): "the first ends at position",
        ("articles", "--as", "cloudevents"): "ask for records",
        ("articles", "--as", "xlsx"): "parquet",
        ("articles", "--as", "plover"): "leave articles out",
        ("--as", "csv"): "name a view",
    }
    for arguments, words in said.items():
        answer = run(filled, "export", *arguments)
        assert answer.exit_code == 2, arguments
        assert words in answer.stderr
        assert "Traceback" not in answer.stderr


def test_an_earlier_state_by_time_is_that_of_the_commit_before(run: Run, filled: Home) -> None:
    [(commit,)] = ask(filled, "SELECT min(position) FROM log.batch_committed").rows
    by_time = run(filled, "export", "articles", "--as-of", "2026-03-09T12:00").stdout_bytes
    assert by_time == run(filled, "export", "articles", "--as-of", str(commit)).stdout_bytes
    assert by_time != run(filled, "export", "articles").stdout_bytes


def test_records_are_valid_cloud_events(run: Run, filled: Home) -> None:
    answer = run(filled, "export", "records", "--as", "cloudevents")
    lines = answer.stdout_bytes.splitlines()
    [(records,)] = ask(filled, "SELECT count(*) FROM events").rows
    assert len(lines) == records
    for line in lines:
        message = HTTPMessage({"content-type": "application/cloudevents+json"}, line)
        event = from_structured_event(message, JSONFormat())
        assert event.get_specversion() == "1.0"
        assert int(event.get_extension("sequence")) > 0
        assert datetime.fromisoformat(event.get_extension("recordedtime"))
    assert lines == sorted(lines, key=lambda line: json.loads(line)["sequence"])


def test_spans_of_exported_records_carry_their_words(run: Run, filled: Home) -> None:
    day = ("--since", "2026-03-04", "--until", "2026-03-04")
    answer = run(filled, "export", "records", "--as", "cloudevents", *day)
    events = [json.loads(line) for line in answer.stdout_bytes.splitlines()]
    found = {each["id"]: each["data"] for each in events if each["type"] == "StatementReported"}
    query = "SELECT event_id::VARCHAR, content, published_on::VARCHAR FROM log.statement_reported"
    expected = {row[0]: row[1] for row in ask(filled, query).rows if row[2] == "2026-03-04"}
    assert {event_id: data["content"] for event_id, data in found.items()} == expected


def test_a_record_is_the_same_cloud_event_whether_logged_or_looked_at(run: Run, filled: Home) -> None:
    exported = run(filled, "export", "records", "--as", "cloudevents").stdout_bytes.splitlines()
    with snapshot(filled) as edition:
        every = list(recorded(select(edition, Selection("records"))))
    for line, each in zip(exported, every, strict=True):
        event = cloud_event(each.record, vocabulary().classes, each.text)
        assert event.items() <= json.loads(line).items()


def test_a_record_of_an_unknown_kind_keeps_its_fields_as_they_were_written(filled: Home) -> None:
    with snapshot(filled) as edition:
        each = next(iter(recorded(select(edition, Selection("records")))))
    assert cloud_event(each.record, {}, "")["data"] == json.loads(each.record.payload)


def test_political_events_are_plover_documents(run: Run, filled: Home, tmp_path: Path) -> None:
    target = tmp_path / "events.jsonl"
    assert run(filled, "export", "--as", "plover", "--out", str(target)).exit_code == 0
    documents = [json.loads(line) for line in target.read_bytes().splitlines()]
    query = "SELECT event_id::VARCHAR, event_type, starts_on::VARCHAR, quad_code FROM political_events"
    found = {row[0]: row[1:] for row in ask(filled, query).rows}
    assert {each["id"]: (*each["event"], each["date"], each["quad_code"]) for each in documents} == found
    for each in documents:
        assert isinstance(each["actor"], list)
        assert isinstance(each["recipient"], list)
        assert isinstance(each["event_scale"], float)
        assert each["cite_info"]["url"].startswith("http://")
        assert None not in each.values()


def test_plover_is_cut_by_days_and_is_the_same_twice(run: Run, filled: Home) -> None:
    day = ("--since", "2026-03-05", "--until", "2026-03-05")
    one, other = (run(filled, "export", "political_events", "--as", "plover", *day).stdout_bytes for _ in range(2))
    query = "SELECT count(*) FROM political_events WHERE published_on = '2026-03-05'"
    assert one == other
    assert [(len(one.splitlines()),)] == ask(filled, query).rows


def test_a_place_and_a_reciprocal_event_have_plovers_names(run: Run, filled: Home) -> None:
    lines = run(filled, "export", "--as", "plover").stdout_bytes.splitlines()
    documents = [json.loads(line) for line in lines]
    march, *_ = [
        each for each in documents if each["event"] == ["PROTEST"] and "Sarajevo" in str(each.get("event_loc"))
    ]
    assert march["event_loc"].items() >= {"city": "Sarajevo", "country_code": "BIH", "resolution": 4}.items()
    [accord] = [each for each in documents if each["event_text"] == ["signed"] and "KGZ" in str(each["actor"])]
    assert [each["code"] for each in accord["recipient"]] == ["KGZ", "UZB"]
    assert accord["actor"][0].items() >= {"sector": "GOV", "identifier_id": "iso3166:KGZ"}.items()
