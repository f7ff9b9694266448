from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractors.extractor import Extractor
from extractors.language.reading import Reading
from flows.cli import app
from flows.press import SamplePress
from flows.reading.work import _read
from storage.captures import read_capture
from storage.events import CapturePlace
from storage.home import Home
from storage.log import Log
from storage.records import article_id
from storage.state.articles import forgotten_articles
from storage.words import _runs
from tests.flows.nights import rows, run_night, settings_for
from tests.storage.everywhere import holders
from tests.storage.kept_articles import request
from tests.storage.records_of import DAY

Run = Callable[..., Any]
ARTICLE = "cotabato-bus-station-bombing"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, SamplePress, list[str]]]:
    """A night of two publishers, who print one wire story both. Not to be changed."""
    home = Home(tmp_path_factory.mktemp("printed"))
    with SamplePress(night=2, port=0) as press:
        feeds = [feed for feed in press.feeds if "lanternfield" in feed or "saltgate" in feed]
        run_night(settings_for(home), feeds)
        yield home, press, feeds


Printed = tuple[Home, SamplePress, list[str]]


@pytest.fixture
def copied(printed: Printed, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(printed[0].root, tmp_path / "copied")))


def url_like(home: Home, name: str) -> str:
    [(url,)] = rows(home, f"SELECT url FROM articles WHERE url LIKE '%{name}%'")
    return str(url)


def distinctive(home: Home, url: str) -> list[str]:
    """Runs of six words of an article that stand in no other; names and roles, which the log keeps, are shorter."""
    texts = dict(rows(home, "SELECT url, text FROM articles"))
    words = re.findall(r"[^\W\d_]+(?: [^\W\d_]+){5}", texts.pop(url))
    found = [each for each in words if not any(each in text for text in texts.values())]
    assert len(found) > 20
    return found


def digests(home: Home) -> dict[str, str]:
    return {str(each): sha256(each.read_bytes()).hexdigest() for each in home.root.rglob("*") if each.is_file()}


def test_an_article_of_a_night_is_gone_and_no_later_night_brings_it_back(
    run: Run, copied: Home, printed: Printed
) -> None:
    _, press, feeds = printed
    url = url_like(copied, ARTICLE)
    words = distinctive(copied, url)
    summary = "suspect extortion gang"
    others = rows(copied, f"SELECT url, text, headline FROM articles WHERE url <> '{url}' ORDER BY url")
    findings = rows(copied, "SELECT event_id FROM current_events JOIN articles USING (article_id)"
                    f" WHERE url <> '{url}' ORDER BY 1")  # fmt: skip
    log = {file: Path(file).read_bytes() for file in Log(copied).files()}
    assert {name.partition("/")[0] for name in holders(copied, *words)} >= {"captures", "texts", "dateline.duckdb"}

    answer = run(copied, "forget", url, "--reason", "asked by the family", "--requested-by", "counsel", "--yes")
    assert answer.exit_code == 0, answer.output
    assert "Removed 1 text, 1 captured page, entries in 1 feed answer." in answer.stdout

    asked = press.requests[url, 200]
    press.night = 1  # the same feeds with other bytes, which name the article again
    run_night(settings_for(copied), feeds)
    press.night = 2
    assert press.requests[url, 200] == asked
    run(copied, "publish", "--rebuild")

    assert holders(copied, *words) == set()
    assert [name for name in holders(copied, summary) if "duckdb" in name] == []
    assert rows(copied, f"SELECT url, text, headline FROM articles WHERE url <> '{url}' ORDER BY url") == others
    assert rows(copied, "SELECT event_id FROM current_events ORDER BY 1") == findings
    assert rows(copied, f"SELECT count(*) FROM log.article_discovered WHERE url = '{url}'") == [(0,)]
    assert {file: Path(file).read_bytes() for file in log} == log
    asked_for = rows(copied, "SELECT reason, requested_by FROM log.article_forgotten")
    assert asked_for == [("asked by the family", "counsel")]
    for place, digest in rows(copied, "SELECT capture, body_sha256 FROM log.article_fetched"):
        assert sha256(read_capture(copied, CapturePlace(**place)).body).hexdigest() == digest
    assert run(copied, "verify").exit_code == 0


def test_a_dry_run_shows_what_would_go_and_changes_nothing(run: Run, copied: Home) -> None:
    before = digests(copied)
    answer = run(copied, "forget", url_like(copied, "chad-truce"), "--reason", "R", "--dry-run")
    assert answer.exit_code == 0
    assert "Chad and lake rebels agree 60-day truce" in answer.stdout
    assert "1 text · 1 captured page · its entries in what 1 feed answered" in answer.stdout
    assert digests(copied) == before


def test_an_id_and_another_way_to_write_the_address_find_the_article(run: Run, printed: Printed) -> None:
    home, *_ = printed
    url = url_like(home, ARTICLE)
    [(article,)] = rows(home, f"SELECT article_id FROM articles WHERE url = '{url}'")
    for address in (str(article), f"{url}?utm_source=mail#top", url.replace("http://", "HTTP://")):
        assert url in run(home, "forget", address, "--reason", "R", "--dry-run").stdout


def test_an_unknown_address_names_those_that_are_near(run: Run, printed: Printed) -> None:
    home, *_ = printed
    url = url_like(home, ARTICLE)
    answer = run(home, "forget", url.replace("bombing", "bombings"), "--reason", "R", "--yes")
    assert answer.exit_code == 1
    assert f"did you mean {url}" in answer.stderr
    assert run(home, "forget", "https://example.org/none", "--reason", "R", "--yes").stderr.endswith("/none\n")


def test_a_reason_in_the_articles_own_words_is_refused(run: Run, copied: Home) -> None:
    [(text,)] = rows(copied, f"SELECT text FROM articles WHERE url LIKE '%{ARTICLE}%'")
    quoted = " ".join(text.split()[10:25])
    answer = run(copied, "forget", url_like(copied, ARTICLE), "--reason", f"It says: {quoted}", "--yes")
    assert (answer.exit_code, forgotten_articles(Log(copied))) == (2, {})
    assert "--reason repeats more than 8 words" in answer.stderr


def test_where_nobody_can_be_asked_yes_must_be_said(run: Run, copied: Home) -> None:
    answer = run(copied, "forget", url_like(copied, ARTICLE), "--reason", "R")
    assert answer.exit_code == 2
    assert "give --yes" in answer.stderr
    assert forgotten_articles(Log(copied)) == {}


def test_on_a_terminal_it_asks_first(copied: Home) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "flows.cli", "--home", str(copied.root), "forget", url_like(copied, ARTICLE)]
    process = subprocess.Popen([*command, "--reason", "R"], stdin=theirs, stdout=subprocess.PIPE, text=True)
    os.write(ours, b"n\n")
    said, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 1
    assert "Forget it? This cannot be undone." in said
    assert said.endswith("Nothing was forgotten.\n")


def ingested(home: Home, *paths: Path) -> Any:
    return CliRunner().invoke(app, ["--home", str(home.root), "ingest", *map(str, paths)])


def test_a_forgotten_file_is_not_taken_in_again_and_its_copy_goes_only_when_asked(
    run: Run, home: Home, tmp_path: Path
) -> None:
    words = "In Gaborone the night train was late again, and the last passengers slept on the platform until five."
    file, copy = tmp_path / "train.txt", tmp_path / "copy.jsonl"
    file.write_text(f"date 2026-03-02 {words}")
    copy.write_text(json.dumps({"text": words, "published_at": "2026-03-02", "url": "https://example.org/train"}))
    assert ingested(home, file, copy).exit_code == 0
    [(urn,)] = rows(home, "SELECT url FROM articles WHERE url LIKE 'urn:%'")

    shown = run(home, "forget", urn, "--reason", "a mistake", "--dry-run")
    assert "0 texts · 1 captured page" in shown.stdout
    assert "1 other article: the very same text stays" in shown.stdout

    assert run(home, "forget", urn, "--reason", "a mistake", "--copies", "--yes").exit_code == 0
    assert holders(home, "night train", "slept on the platform") == set()
    assert rows(home, "SELECT url FROM articles") == []

    again = ingested(home, file)
    assert again.exit_code == 0
    assert f"{urn} was forgotten (a mistake) and is not taken in again" in again.stderr
    assert "1 forgotten and left out" in again.stdout


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_no_record_but_for_headlines_holds_more_than_eight_words_of_an_article(printed: Printed, filled: Home) -> None:
    for home in (printed[0], filled):
        runs = {run for (text,) in rows(home, "SELECT text FROM log.texts") for run in _runs(text)}
        assert len(runs) > 1_000
        payloads = [json.loads(payload) for (payload,) in rows(home, "SELECT DISTINCT payload FROM log.events")]
        said = {
            each for payload in payloads for name in payload.keys() - {"headline"} for each in strings(payload[name])
        }
        assert [each for each in said if not runs.isdisjoint(_runs(each))] == []


def test_an_extractor_that_breaks_over_a_text_is_told_without_its_words() -> None:
    text = "The heron waited on the third pier at Tete until the ferry came back."

    def read(_: Reading) -> Iterator[Any]:
        raise ValueError(text)

    told = _read(Extractor(name="breaks", version=1, read=read), Reading(text, DAY, "en"))
    assert told.error == "ValueError"


def test_publishing_finishes_a_forgetting_that_was_interrupted(run: Run, copied: Home) -> None:
    url = url_like(copied, ARTICLE)
    words = distinctive(copied, url)
    Log(copied).append([request(article_id(url))])
    assert "rebuilt from the whole log" in run(copied, "publish").stdout
    assert holders(copied, *words) == set()
