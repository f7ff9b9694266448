from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extractors.statements import StatementReported
from flows.recording import Recorder
from flows.vocabulary import vocabulary
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.events import ExtractionCompleted
from storage.home import Home
from storage.log import Log
from storage.records import Producer, Record, extraction_id
from tests.flows.conftest import CONFIGURATION, RUNS

Run = Callable[..., Any]
URL = "http://saltgate-ledger.localhost/2026/03/03/chad-truce-geneva.html"


@pytest.fixture(scope="module")
def raised(filled: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The filled home after a second version of statements has read one article: it leaves out the first statement and
    names no speaker for the second."""
    home = Home(Path(shutil.copytree(filled.root, tmp_path_factory.mktemp("raised") / "home")))
    Log(home).append(_second_reading(home))
    publish(home, vocabulary())
    return home


def _second_reading(home: Home) -> list[Record]:
    query = "SELECT article_id, text_sha256, published_on FROM articles WHERE url = $url"
    [(article, text_sha256, day)] = ask(home, query, {"url": URL}).rows
    query = (
        "SELECT payload FROM current_events WHERE producer = 'statements' AND article_id = $article ORDER BY position"
    )
    payloads = [row[0] for row in ask(home, query, {"article": article}).rows]
    _, second, *rest = [msgspec.json.decode(each, type=StatementReported) for each in payloads]
    findings = [msgspec.structs.replace(second, speaker="Nobody at All"), *rest]
    producer = Producer("statements", 2)
    ending = ExtractionCompleted(
        article=article, text_sha256=text_sha256, producer="statements", version=2,
        configuration_sha256=CONFIGURATION, events=len(findings), supersedes=None,
    )  # fmt: skip
    reading = extraction_id(article, text_sha256, producer, CONFIGURATION)
    return [Recorder(RUNS[1])(each, article, producer, day, extraction_id=reading) for each in (*findings, ending)]


def test_people_see_what_differs_under_the_articles_headline(run: Run, raised: Home) -> None:
    [(headline,)] = ask(raised, "SELECT headline FROM articles WHERE url = $url", {"url": URL}).rows
    answer = run(raised, "diff", "statements", "1", "2")
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[0] == "statements: version 1 → version 2"
    assert lines[1].startswith("1 article read by both, ")
    assert "only by the first" in lines[1]
    counts = next(line for line in lines if line.startswith("StatementReported"))
    assert counts.split()[1:4] == ["0", "1", "1"]
    assert any(line.startswith("2026-03-03") and headline in line for line in lines)
    assert any(line.startswith("- StatementReported") for line in lines)
    assert any(line.strip().startswith("speaker") and line.strip().endswith("→ Nobody at All") for line in lines)


def test_scripts_get_every_difference_with_the_words_of_its_spans(run: Run, raised: Home) -> None:
    told = json.loads(run(raised, "diff", "statements", "1", "2", "--json").stdout)
    assert (told["extractor"], told["before"], told["after"]) == ("statements", 1, 2)
    assert told["articles"]["both"] == 1
    assert told["records"]["StatementReported"]["vanished"] == 1
    vanished, changed = sorted(told["differences"], key=lambda each: each["change"], reverse=True)
    assert vanished["after"] is None
    assert vanished["before"]["quoted"][0]["text"]
    assert (changed["fields"], changed["after"]["speaker"]) == (["speaker"], "Nobody at All")
    assert changed["url"] == URL


def test_nothing_differs_is_no_failure(run: Run, raised: Home) -> None:
    answer = run(raised, "diff", "dateline", "1", "current")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("dateline: version 1 → current")
    assert json.loads(run(raised, "diff", "dateline", "1", "current", "--json").stdout)["differences"] == []


def test_days_and_limits_are_kept_to(run: Run, raised: Home) -> None:
    late = json.loads(run(raised, "diff", "statements", "1", "2", "--since", "2026-03-04", "--json").stdout)
    assert (late["articles"]["both"], late["since"], late["differences"]) == (0, "2026-03-04", [])
    first = json.loads(run(raised, "diff", "statements", "1", "2", "--limit", "1", "--json").stdout)
    assert len(first["differences"]) == 1
    shown = run(raised, "diff", "statements", "1", "2", "--limit", "0").stdout
    assert "- StatementReported" not in shown


def test_what_was_never_read_is_refused_with_what_was(run: Run, raised: Home) -> None:
    said = {
        ("quotes", "1", "2"): "those that have: dateline, ",
        ("statements", "1", "7"): "in version 7; there are 1, 2, current",
        ("statements", "1", "newest"): "neither a version, such as 1, nor current",
        ("statements", "1", "2", "--since", "2026-03-05", "--until", "2026-03-04"): "comes after the last",
    }
    for arguments, words in said.items():
        answer = run(raised, "diff", *arguments)
        assert answer.exit_code == 2, arguments
        assert words in answer.stderr


def test_a_home_without_an_edition_says_so(run: Run, empty: Home) -> None:
    answer = run(empty, "diff", "statements", "1", "2")
    assert answer.exit_code == 1
    assert "holds no edition yet" in answer.stderr
