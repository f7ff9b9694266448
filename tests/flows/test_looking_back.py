"""The past of every view that is shipped: what `_as_of` a commit says is what was published then."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from flows.vocabulary import vocabulary
from storage.edition.ask import ask, open_edition
from storage.edition.publish import publish
from storage.home import Home

VIEWS = sorted(view.name for view in vocabulary().views)
OF_THE_CODE = {"rules"}  # tells of the coder that is installed, whatever the log holds


def answers(home: Home, relations: Iterable[str]) -> list[list[tuple[Any, ...]]]:
    with closing(open_edition(home.edition)) as edition:
        return [edition.execute(f"FROM {relation} ORDER BY ALL").fetchall() for relation in relations]


def as_it_was(home: Home, root: Path) -> Home:
    """A home as it was after its first commit."""
    for table in ("log", "texts"):
        shutil.copytree(home.root / table, root / table)
    newest = max((root / "log" / "_delta_log").glob("*.json"))
    newest.unlink()
    return Home(root)


def test_every_view_as_of_a_commit_says_what_was_published_then(filled: Home, tmp_path: Path) -> None:
    then = as_it_was(filled, tmp_path / "then")
    position = publish(then, vocabulary()).position
    published, looked_back = answers(then, VIEWS), answers(filled, [f"{name}_as_of({position})" for name in VIEWS])
    for name, before, back in zip(VIEWS, published, looked_back, strict=True):
        assert back == before, name
    assert {name for name, now in zip(VIEWS, answers(filled, VIEWS), strict=True) if now} == set(VIEWS)


def test_every_view_says_nothing_as_of_no_commit(filled: Home) -> None:
    for name in set(VIEWS) - OF_THE_CODE:
        assert ask(filled, f"FROM {name}_as_of(0)").rows == [], name
