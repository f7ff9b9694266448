"""The example questions: one .sql file each, asked of the edition and shown with its answer.

Adding a question is adding a file `questions/NN-name.sql` whose first line is its title, as a comment.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from storage.edition.ask import Column, reading
from storage.home import Home

_MOST_ROWS = 5


@dataclass(frozen=True)
class Question:
    """A title for people and the SQL that answers it."""

    title: str
    sql: str


def questions() -> list[Question]:
    """All questions, by the names of their files."""
    folder = files("flows.demo").joinpath("questions")
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=lambda each: each.name)
    return [_question(each.read_text("utf-8")) for each in found]


def query(name: str) -> str:
    """The SQL of one of the look's own queries."""
    return files("flows.demo").joinpath("queries", f"{name}.sql").read_text("utf-8")


def answer_to(home: Home, sql: str, most_rows: int = _MOST_ROWS) -> tuple[list[Column], list[tuple[Any, ...]]]:
    """The first rows of the answer and their columns."""
    with reading(home, sql) as rows:
        return rows.columns, next(rows.batches(most_rows), [])


def _question(text: str) -> Question:
    title, _, sql = text.partition("\n")
    return Question(title.removeprefix("--").strip(), sql.strip().rstrip(";"))
