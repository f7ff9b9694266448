from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from flows.demo import home as demo
from flows.demo.asked import answer_to, questions
from flows.demo.changed import changes
from flows.demo.look import show
from flows.demo.marked import CUE, DATELINE, QUOTED, SPEAKER, excerpt
from storage.edition.ask import NoEditionError
from storage.home import Home
from storage.vocabulary import Span

TEXT = "ROME (Wire) — It rained.\n\nNothing here.\n\n“It did,” said Ada Lovell.\n\n“And on.”"


def _seen(home: Home, **options: object) -> str:
    console = Console(file=io.StringIO(), width=110, **options)  # type: ignore[arg-type]
    show(home, console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_look_opens_with_findings_and_ends_with_commands(filled: Home) -> None:
    seen = _seen(filled)
    headings = (
        "What a text says",
        "A correction caught",
        "One story, counted once",
        "What arrived",
        "What you can ask",
        "What to do next",
    )
    places = [seen.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert f"--home {filled.root} sql" in seen


def test_the_look_is_narrow_and_short(filled: Home) -> None:
    lines = _seen(filled).splitlines()
    commands = [line for line in lines if str(filled.root) in line]
    assert all(len(line) <= 120 for line in lines if line not in commands)
    assert len(lines) <= 150


def test_spans_are_marked_without_colour(filled: Home) -> None:
    seen = _seen(filled)
    assert "{PORT MORESBY, March 6}" in seen
    assert "_the judge_ *said*" in seen


def test_spans_are_marked_in_colour(filled: Home) -> None:
    seen = _seen(filled, force_terminal=True, color_system="standard")
    assert "\x1b[1;36mthe judge\x1b[0m" in seen
    assert "_the judge" not in seen


def test_the_correction_shows_both_figures(filled: Home) -> None:
    assert "killing [-14-] {+11+} people" in _seen(filled)


def test_the_wire_story_has_three_publishers(filled: Home) -> None:
    assert "3 articles of 3 publishers are one story" in _seen(filled)


def test_a_home_without_an_edition_is_refused(empty: Home) -> None:
    with pytest.raises(NoEditionError):
        _seen(empty)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.title)
def test_every_question_has_an_answer(filled: Home, question: object) -> None:
    assert answer_to(filled, question.sql)[1]  # type: ignore[attr-defined]
    assert question.title.endswith("?")  # type: ignore[attr-defined]


def test_an_excerpt_leaves_out_what_holds_nothing() -> None:
    start = TEXT.index("“It")
    found = [(Span(0, 11), DATELINE), (Span(start, start + 9), QUOTED), (Span(start + 10, start + 14), CUE)]
    found.append((Span(start + 15, start + 25), SPEAKER))
    lines = [line.plain for line in excerpt(TEXT, found, most_paragraphs=2, in_colour=False)]
    assert lines == ["{ROME (Wire)} — It rained.", "[“It did,”] *said* _Ada Lovell_.", "(2 of its 4 paragraphs)"]


def test_changes_show_words_around_them() -> None:
    before = "a b c d e f g h i killing 14 people " + "x " * 30 + "end"
    after = "a b c d e f g h i killing 11 people " + "x " * 30 + "end and more"
    told = [change.plain for change in changes(before, after, in_colour=False)]
    assert told == [
        "… d e f g h i killing [-14-] {+11+} people x x x x x x …",
        "… x x x x x x end {+and more+}",
    ]


def test_equal_texts_have_no_changes() -> None:
    assert changes("a b", "a b", in_colour=False) == []


def test_the_demos_home_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_DEMO_HOME", str(tmp_path / "demo"))
    assert demo.demo_home().root == tmp_path / "demo"
    monkeypatch.delenv("DATELINE_DEMO_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert demo.demo_home().root == tmp_path / "dateline-demo"


def test_commands_start_as_they_were_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    monkeypatch.delenv("UV_RUN_RECURSION_DEPTH", raising=False)
    for name in ("python", "dateline"):
        (programs / name).touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(programs))
    assert demo.started_as() == "dateline"
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert demo.started_as() == ".venv/bin/dateline"
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "uv").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "tools"))
    assert demo.started_as() == "uv run dateline"
    monkeypatch.setenv("PATH", f"{programs}:{tmp_path / 'tools'}")
    assert demo.started_as() == "dateline"
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    assert demo.started_as() == "uv run dateline"


def test_the_words_that_start_dateline_work_here() -> None:
    command = f"{demo.started_as()} --version"
    assert subprocess.check_output(command, shell=True, text=True).startswith("dateline ")
