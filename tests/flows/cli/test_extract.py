from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from typer.testing import Result

from flows.press import SamplePress, stories
from storage.home import Home

Run = Callable[..., Result]
TEXT = (
    "KAMPALA, March 2 (Meridian Wire) — The ferry was full 🌊 when it left.\n\n"
    "“We counted everybody twice before we cast off,” said Mirembe Okot, the harbour master."
)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            yield value
        for each in value.values():
            yield from spans(each)
    elif isinstance(value, list):
        for each in value:
            yield from spans(each)


def events(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def dated(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_text(" date 2026-03-02 " + TEXT)
    return file


def test_events_are_valid_cloudevents_whose_spans_match_the_text(run: Run, home: Home, tmp_path: Path) -> None:
    done = run(home, "extract", str(dated(tmp_path)))
    for line in done.stdout.splitlines():
        JSONFormat().read(CloudEvent, line)
    found = events(done)
    assert [each["type"] for each in found if not each["type"].startswith("Extraction")] == [
        "ArticleCleaned",
        "DatelineRead",
        "EntityMentioned",
        "EntityMentioned",
        "EntityMentioned",
        "StatementReported",
        "TimeExpressionResolved",
    ]
    marked = [span for each in found for span in spans(each["data"])]
    assert len(marked) >= 4
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in marked)


def test_nothing_is_stored(run: Run, home: Home, tmp_path: Path) -> None:
    run(home, "extract", str(dated(tmp_path)))
    assert not home.log.exists()


def test_the_same_text_gives_the_same_bytes_and_the_ids_of_a_stored_run(run: Run, home: Home, tmp_path: Path) -> None:
    from storage.edition.ask import ask

    file = str(dated(tmp_path))
    one, other = run(home, "extract", file).stdout, run(home, "extract", file).stdout
    assert one == other
    run(home, "ingest", file)
    stored = {str(row[0]) for row in ask(home, "SELECT event_id FROM current_events").rows}
    extracted = [json.loads(line) for line in one.splitlines()]
    assert stored == {each["id"] for each in extracted if not each["type"].startswith(("Article", "Extraction"))}


def test_standard_input_is_read_as_text_or_page(program: Callable[..., CompletedProcess[str]]) -> None:
    text = program("extract", "-", "--date", "2026-03-02", text=TEXT)
    assert json.loads(text.stdout.splitlines()[0])["publishedon"] == "2026-03-02"
    words = "The ferry was full when it left the harbour of Kampala, and nobody had counted the passengers twice. " * 4
    page = program("extract", "-", "--with-text", text=f"<html><body><article><p>{words}</p></article></body></html>")
    assert json.loads(page.stdout.splitlines()[0])["data"]["text"] == words.strip()


def test_an_address_is_fetched_only_where_that_is_allowed(run: Run, home: Home, monkeypatch: Any) -> None:
    with SamplePress(night=1, port=0) as press:
        story = next(each for each in stories(1) if each.kind == "article")
        address = f"http://{story.publisher}.localhost:{press.address.rpartition(':')[2]}{story.path}"
        refused = run(home, "extract", address)
        assert refused.exit_code == 1
        assert "not public" in refused.stderr
        monkeypatch.setenv("DATELINE_ALLOW_PRIVATE_ADDRESSES", "true")
        found = events(run(home, "extract", address))
        assert found[0]["data"]["headline"] == story.headline


def test_what_is_no_dated_text_is_named(run: Run, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "undated.txt"
    file.write_text("No day here.")
    done = run(home, "extract", str(file))
    assert done.exit_code == 1
    assert "undated.txt: it does not begin with a date" in done.stderr
    assert "no such file" in run(home, "extract", str(tmp_path / "absent.txt")).stderr


def test_a_pipeline_that_is_not_there_is_named_before_anything_is_read(
    run: Run, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SPACY_MODEL", "en_elsewhere")
    done = run(home, "extract", str(dated(tmp_path)))
    assert done.exit_code == 1
    assert "no spaCy pipeline 'en_elsewhere'" in done.stderr
    assert not done.stdout
