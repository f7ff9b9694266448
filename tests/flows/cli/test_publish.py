from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage.home import Home

Run = Callable[..., Any]


def _copy(home: Home, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(home.root, tmp_path / "copy")))


def test_nothing_new_is_said(run: Run, filled: Home, tmp_path: Path) -> None:
    answer = run(_copy(filled, tmp_path), "publish")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Nothing new: ")


def test_a_deleted_edition_comes_back(run: Run, filled: Home, tmp_path: Path) -> None:
    home = _copy(filled, tmp_path)
    home.edition.unlink()
    answer = run(home, "publish")
    assert str(home.edition) in answer.stdout
    assert home.edition.exists()


def test_a_rebuild_says_so(run: Run, filled: Home, tmp_path: Path) -> None:
    home = _copy(filled, tmp_path)
    before = run(home, "sql", "--json", "FROM articles ORDER BY url").stdout
    assert "rebuilt from the whole log" in run(home, "publish", "--rebuild").stdout
    assert run(home, "sql", "--json", "FROM articles ORDER BY url").stdout == before


def test_one_table_is_made_anew(run: Run, filled: Home, tmp_path: Path) -> None:
    home = _copy(filled, tmp_path)
    before = run(home, "sql", "--json", "FROM statements ORDER BY event_id").stdout
    assert "statement_reported made anew" in run(home, "publish", "--rebuild", "statements").stdout
    assert run(home, "sql", "--json", "FROM statements ORDER BY event_id").stdout == before


def test_a_table_that_is_not_there_or_not_to_be_rebuilt_is_wrong_usage(run: Run, filled: Home, tmp_path: Path) -> None:
    home = _copy(filled, tmp_path)
    assert "no table or view 'snow'" in run(home, "publish", "--rebuild", "snow").stderr
    assert run(home, "publish", "statements").exit_code == 2
