from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from storage.home import Home

Run = Callable[..., Result]
TEXT = (
    " date 2026-03-02 The mayor of Tripoli, Rana Khoury, said on Sunday that Lebanon had sent no fuel.\n\n"
    "“We have oil for two days,” she told reporters."
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "fuel.txt"
    path.write_text(TEXT)
    return path


def test_a_file_is_shown_with_each_span_bracketed_and_each_finding_beneath(run: Run, home: Home, file: Path) -> None:
    done = run(home, "explain", str(file), "--extractor", "statements")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "[said]1 on Sunday [that Lebanon had sent no fuel]1." in lines[1]
    assert lines[2].startswith("  1 statements")
    assert "said_on 2026-03-01" in lines[2]
    assert "speaker Rana Khoury" in lines[5]
    assert lines[-1] == "2 findings"


def test_without_a_choice_every_extractor_tells_what_it_found(run: Run, home: Home, file: Path) -> None:
    shown = run(home, "explain", str(file)).stdout
    assert all(f" {name}  " in shown for name in ("entities", "figures", "statements", "time_expressions"))


def test_an_article_of_the_edition_is_found_by_address_and_by_id(run: Run, home: Home, file: Path) -> None:
    assert run(home, "ingest", str(file)).exit_code == 0
    article, url = run(home, "sql", "--csv", "SELECT article_id, url FROM articles").stdout.splitlines()[1].split(",")
    by_id, by_url = (run(home, "explain", named) for named in (article, url))
    assert by_id.exit_code == 0, by_id.stderr
    assert by_id.stdout == by_url.stdout
    assert "Rana Khoury" in by_id.stdout
    nobody = run(home, "explain", "https://example.org/none")
    assert nobody.exit_code == 1


def test_who_cannot_read_the_language_says_so(run: Run, home: Home, tmp_path: Path) -> None:
    german = tmp_path / "regen.txt"
    german.write_text(
        " date 2026-03-02 Der Regen fiel drei Tage lang auf Innsbruck, und der Fluss stieg bis zur Brücke."
    )
    done = run(home, "explain", str(german))
    assert done.exit_code == 0
    assert "entities: reads en; the text is in de" in done.stderr


def test_why_a_sentence_was_not_coded_is_told_frame_by_frame(run: Run, home: Home, file: Path) -> None:
    done = run(home, "explain", str(file), "--why-not", "sent  no fuel")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert any(line.startswith("sent  MOBILIZE X send troops") and "as its object" in line for line in lines)
    assert "fuel: no frame has this word as its trigger" in lines


def test_words_that_the_article_does_not_hold_are_named(run: Run, home: Home, file: Path) -> None:
    done = run(home, "explain", str(file), "--why-not", "sent much fuel")
    assert done.exit_code == 2
    assert "does not say 'sent much fuel'" in done.stderr


def test_an_article_in_another_language_says_why_nothing_was_tried(run: Run, home: Home, tmp_path: Path) -> None:
    german = tmp_path / "regen.txt"
    german.write_text(
        " date 2026-03-02 Der Regen fiel drei Tage lang auf Innsbruck, und der Fluss stieg bis zur Brücke."
    )
    done = run(home, "explain", str(german), "--why-not", "Der Regen fiel")
    assert done.exit_code == 1
    assert "political_events reads en; the text is in de" in done.stderr
