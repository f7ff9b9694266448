"""The worked examples are run as a newcomer runs them: in a copy of the rooms, or beside files of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, blocks

Run = Callable[..., str]
CURFEW = (
    "date 2026-03-04\n\nAfter three nights of unrest the mayor of Osh has announced a curfew from 8 p.m. until 5 a.m.\n"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the rooms, with every file of CONTRIBUTING put where it says."""
    root = tmp_path_factory.mktemp("checkout")
    for room in ("flows", "extractors", "storage"):
        shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/conftest.py", "tests/extractors/test_cases.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    for block in blocks("python", "sql", "text", "json", page="CONTRIBUTING.md"):
        if block.file is not None:
            assert not (ROOT / block.file).exists(), "the example shows something that is there already"
            (root / block.file).parent.mkdir(parents=True, exist_ok=True)
            (root / block.file).write_text(block.body, "utf-8")
    (root / "osh.txt").write_text(CURFEW, "utf-8")
    return root


@pytest.fixture(scope="module")
def run(checkout: Path) -> Run:
    """Run a Python module in the copy; what it prints."""

    def call(*arguments: str) -> str:
        place = {"PYTHONPATH": str(checkout), "DATELINE_HOME": str(checkout / "home")}
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(
            command, cwd=checkout, env=os.environ | place, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return call


@pytest.fixture(scope="module")
def ingested(run: Run) -> Run:
    """The same, after a text that speaks of a curfew was taken in."""
    assert "1 article, " in run("flows.cli", "ingest", "osh.txt")
    return run


def test_the_example_extractor_meets_its_case(run: Run) -> None:
    assert "1 passed" in run("pytest", "tests/extractors/test_cases.py", "-p", "no:cacheprovider")


def test_the_view_of_the_example_extractor_is_published_by_itself(ingested: Run) -> None:
    [row] = json.loads(ingested("flows.cli", "sql", "--json", "SELECT first_hour, last_hour, words FROM curfews"))
    assert row == {"first_hour": "8 p.m.", "last_hour": "5 a.m.", "words": "curfew from 8 p.m. until 5 a.m."}
    assert json.loads(ingested("flows.cli", "sql", "--json", "FROM curfews_as_of(1)")) == []


def test_the_fields_of_the_example_extractor_explain_themselves(ingested: Run) -> None:
    query = "SELECT comment FROM duckdb_columns() WHERE table_name IN ('curfew_reported', 'curfews', 'languages')"
    comments = [row["comment"] for row in json.loads(ingested("flows.cli", "sql", "--json", query))]
    assert comments
    assert all(comments)


def test_the_example_question_and_the_example_command_answer(ingested: Run) -> None:
    assert ingested("flows.cli", "languages") == "en: 1\n"


@pytest.fixture
def readme(tmp_path: Path) -> Callable[[str], str]:
    """Run the lines of README in a shell, beside the files that README shows."""
    for block in blocks("text", page="README.md"):
        if block.file is not None:
            (tmp_path / block.file).write_text(block.body, "utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    def call(lines: str) -> str:
        place = {"PATH": path, "DATELINE_HOME": str(tmp_path / "home")}
        done = subprocess.run(
            ["sh", "-eu", "-c", lines],
            cwd=tmp_path, env=os.environ | place, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def test_own_files_and_tables_become_articles(readme: Callable[[str], str]) -> None:
    lines = next(each.body for each in blocks("sh", page="README.md") if "ingest" in each.body)
    assert "Harbour Gazette" in readme(lines)
    assert "0 articles" in readme(lines.splitlines()[0])


def test_the_shown_cloudevent_is_what_extract_prints(readme: Callable[[str], str]) -> None:
    lines = next(each.body for each in blocks("sh", page="README.md") if "extract" in each.body)
    [shown] = blocks("json", page="README.md")
    stated, printed = json.loads(shown.body), json.loads(readme(lines))
    # named by the configuration, so by every library's version
    assert {**stated, "id": "", "extractionid": ""} == {**printed, "id": "", "extractionid": ""}
