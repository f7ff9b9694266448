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
