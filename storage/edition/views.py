"""Questions as files: one SELECT a file, turned into a table macro `<name>_as_of(commit_position)` and a view `<name>`.

The first comment line names the view and says what it is; each output column stands on a line of its own that ends in a
comment, which becomes the column's comment. So no view is without its macro, and every column explains itself.

What costs much over all days may be asked of a few: where the first line names it `<name> between days`, its SQL says
by `since` and `until`, both included, which rows are meant, and there are macros `<name>_between(since, until)` and
`<name>_between_as_of(since, until, commit_position)` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from storage.edition.tables import quoted

if TYPE_CHECKING:
    import duckdb

NEWEST = (1 << 63) - 2  # what counts now counts until the position after
FIRST_DAY, LAST_DAY = date.min, date.max  # no record is outside: days have four figures of a year
_SILENT = """
SELECT table_name, any_value(column_name)
FROM duckdb_columns()
WHERE schema_name = 'main' AND comment IS NULL AND NOT internal
GROUP BY table_name"""
_HEAD = re.compile(r"--\s*(\w+)( between days)?:\s*(.+)")
_COLUMN = re.compile(r'(?:"([^"\n]+)"|(\w+)),?[ \t]*--[ \t]*(.+?)\s*$', re.MULTILINE)


class ViewFormatError(ValueError):
    """A view file does not have the form that the loader reads."""

    def __init__(self, origin: str, problem: str) -> None:
        super().__init__(f"{origin}: {problem}")
        self.origin, self.problem = origin, problem


@dataclass(frozen=True)
class View:
    """A view file: where it came from and its SQL."""

    origin: str
    sql: str

    @cached_property
    def _head(self) -> tuple[str, bool, str]:
        lines = self.sql.lstrip().split("\n")
        head = _HEAD.match(lines[0])
        if head is None:
            raise ViewFormatError(self.origin, "the first line must be `-- name: what the view is`")
        more = [line.removeprefix("--").strip() for line in _following_comments(lines[1:])]
        return head.group(1), bool(head.group(2)), " ".join([head.group(3).strip(), *more]).strip()

    @property
    def name(self) -> str:
        """The view's name."""
        return self._head[0]

    @property
    def is_between_days(self) -> bool:
        """Whether it can be asked of some days alone, for what these cost."""
        return self._head[1]

    @property
    def comment(self) -> str:
        """What the view is."""
        return self._head[2]

    @cached_property
    def column_comments(self) -> dict[str, str]:
        """The explanation of each output column."""
        body = self.sql[self.sql.rindex("\nSELECT") :] if "\nSELECT" in self.sql else self.sql
        found = _COLUMN.findall(body.partition("\nFROM")[0])
        return {quoted_name or plain: comment for quoted_name, plain, comment in found}

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names of the views whose macros this one calls."""
        return frozenset(re.findall(r"\b(\w+?)(?:_between)?_as_of\s*\(", self.sql)) - {self.name}

    def create_statements(self) -> list[str]:
        """DDL: the macros, the view over them, and the comment on each."""
        macro, sql = f"{self.name}_as_of", self.sql.strip().rstrip(";")
        return [
            *(self._between_days(sql) if self.is_between_days else [_macro(macro, "commit_position", f"\n{sql}")]),
            f"CREATE VIEW {self.name} AS FROM {macro}({NEWEST})",
            f"COMMENT ON MACRO TABLE {macro} IS {quoted(f'As of a commit: {self.comment}')}",
            f"COMMENT ON VIEW {self.name} IS {quoted(self.comment)}",
            *(
                f'COMMENT ON COLUMN {self.name}."{column}" IS {quoted(comment)}'
                for column, comment in self.column_comments.items()
            ),
        ]

    def _between_days(self, sql: str) -> Iterable[str]:
        """The macros of a view that can be asked of some days."""
        between = f"{self.name}_between"
        whole = f"{between}_as_of"
        yield _macro(whole, "since, until, commit_position", f"\n{sql}")
        days = f"DATE '{FIRST_DAY}', DATE '{LAST_DAY}'"
        yield _macro(f"{self.name}_as_of", "commit_position", f"FROM {whole}({days}, commit_position)")
        yield _macro(between, "since, until", f"FROM {whole}(since, until, {NEWEST})")
        yield f"COMMENT ON MACRO TABLE {between} IS {quoted(f'Between two days: {self.comment}')}"
        yield f"COMMENT ON MACRO TABLE {whole} IS {quoted(f'Between two days, as of a commit: {self.comment}')}"


def _macro(name: str, parameters: str, sql: str) -> str:
    return f"CREATE MACRO {name}({parameters}) AS TABLE {sql}"


def _following_comments(lines: Sequence[str]) -> Iterable[str]:
    for line in lines:
        if not line.startswith("--"):
            return
        yield line


def views_in(folder: Traversable) -> list[View]:
    """The view files of a folder, by name."""
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=lambda each: each.name)
    return [View(each.name, each.read_text("utf-8")) for each in found]


def shared_views() -> list[View]:
    """The views that no single extractor owns."""
    return views_in(files("storage").joinpath("views"))


def in_order(views: Iterable[View]) -> list[View]:
    """Views after those they need; the same views always have the same order.

    Raises:
        ViewFormatError: two files name one view, or views need each other in a circle.
    """
    by_name: dict[str, View] = {}
    for view in views:
        if view.name in by_name:
            raise ViewFormatError(view.origin, f"view {view.name} already stands in {by_name[view.name].origin}")
        by_name[view.name] = view
    # sorted, not as a set has them: the schema's digest, by which an edition is known, covers the order
    order = TopologicalSorter({name: sorted(view.needs & by_name.keys()) for name, view in sorted(by_name.items())})
    try:
        return [by_name[name] for name in order.static_order()]
    except CycleError as circle:
        names: list[str] = circle.args[1]
        raise ViewFormatError(by_name[names[0]].origin, f"these need each other: {', '.join(names)}") from circle


def check_explained(connection: duckdb.DuckDBPyConnection, views: Iterable[View]) -> None:
    """Look whether every column of views that were made explains itself.

    Raises:
        ViewFormatError: one does not.
    """
    silent = dict(connection.execute(_SILENT).fetchall())
    for view in views:
        if view.name in silent:
            problem = f"column {silent[view.name]} has no comment; each stands on a line of its own that ends in one"
            raise ViewFormatError(view.origin, problem)
