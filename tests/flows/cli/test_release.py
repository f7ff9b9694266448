from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from storage.edition.ask import ask
from storage.home import Home

Run = Callable[..., Any]
WEEK = ("--since", "2026-03-02", "--until", "2026-03-08")
_WORD = re.compile(r"\w+")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_a_week_is_released_and_said(run: Run, filled: Home, tmp_path: Path) -> None:
    answer = run(filled, "release", *WEEK, "--author", "Amina Okonkwo-Reyes", str(tmp_path / "week"))
    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"Released to {tmp_path}/week, as of position ")
    [(articles,)] = ask(
        filled, "SELECT count(*) FROM articles WHERE published_on BETWEEN '2026-03-02' AND '2026-03-08'"
    ).rows
    assert f" {articles} articles" in answer.stdout
    assert '"Amina Okonkwo-Reyes"' in (tmp_path / "week" / "CITATION.cff").read_text("utf-8")


def test_no_run_of_words_of_any_article_is_released(run: Run, filled: Home, tmp_path: Path) -> None:
    assert run(filled, "release", *WEEK, str(tmp_path / "week")).exit_code == 0
    written = {run for (text,) in ask(filled, "SELECT text FROM log.texts").rows for run in runs(text, 6)}
    released = (
        text
        for path in (tmp_path / "week").glob("*.parquet")
        for row in pq.read_table(path).to_pylist()
        for text in strings(row)
    )
    assert len(written) > 5_000
    assert {run for text in released for run in runs(text, 6)} & written == set()


def test_the_same_command_gives_the_same_bytes(run: Run, filled: Home, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(filled, "release", *WEEK, "--title", "A week", str(tmp_path / name))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert json.loads(one["datapackage.json"])["title"] == "A week"


def test_wrong_usage_ends_with_2(run: Run, filled: Home, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    said = {
        (*WEEK, str(tmp_path / "full")): "new or empty",
        ("--since", "2026-03-08", "--until", "2026-03-02", str(tmp_path / "new")): "comes after the last",
        (*WEEK, "--as-of", "1", str(tmp_path / "new")): "the first ends at position",
        ("--since", "2026-03-02", str(tmp_path / "new")): "--until",
    }
    for arguments, words in said.items():
        answer = run(filled, "release", *arguments)
        assert answer.exit_code == 2, arguments
        assert words in answer.stderr
    assert not (tmp_path / "new").exists()
