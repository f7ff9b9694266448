"""Asking the edition: read-only, and never in a writer's way.

Every question opens the file that is published at that moment and lets go of it afterwards, so that a long session
always sees the newest edition.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from storage.home import Home

_BATCH_ROWS = 1000
_T = TypeVar("_T")

_DESCRIPTIONS = """
WITH relations AS (
    SELECT schema_name, table_name AS name, comment FROM duckdb_tables() WHERE NOT internal
    UNION ALL
    SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal
)
SELECT
    schema_name,
    name,
    relations.comment,
    columns.column_name,
    columns.data_type,
    columns.comment
FROM relations
JOIN duckdb_columns() AS columns USING (schema_name)
WHERE columns.table_name = relations.name
ORDER BY schema_name <> 'main', schema_name, name, columns.column_index
"""


class NoEditionError(FileNotFoundError):
    """Nothing was published yet."""

    def __init__(self, home: Home) -> None:
        super().__init__(
            f"{home.root} holds no edition yet; `dateline nightly` and `dateline ingest` fill it,"
            " `dateline publish` makes one from a log that is there"
        )
        self.home = home


class QueryError(ValueError):
    """DuckDB refused a query; the message is its own."""


@dataclass(frozen=True)
class Column:
    """A column of an answer or a relation: its name, DuckDB's name of its type, and what it means."""

    name: str
    kind: str
    comment: str = ""


@dataclass(frozen=True)
class Relation:
    """A table or view of the edition, with its columns. Names outside schema `main` carry their schema."""

    name: str
    comment: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Answer:
    """The rows a query gave."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


class Rows:
    """An answer while it is being read, batch by batch; no more than a batch is held in memory."""

    def __init__(self, asked: Interruptible, description: Sequence[Sequence[Any]]) -> None:
        self._asked = asked
        self.columns = [Column(str(each[0]), str(each[1])) for each in description]

    def batches(self, rows: int = _BATCH_ROWS) -> Iterator[list[tuple[Any, ...]]]:
        """The rows that are left, at most so many at a time."""
        while self.columns and (batch := self._asked.call(lambda connection: connection.fetchmany(rows))):
            yield batch


class Interruptible:
    """Lets DuckDB work in a thread: it looks at no signal, so Ctrl-C would have to wait for the longest query."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._worker = ThreadPoolExecutor(1)

    def call(self, work: Callable[[duckdb.DuckDBPyConnection], _T]) -> _T:
        """What *work* gives; an interrupt of this thread interrupts the query."""
        future = self._worker.submit(work, self._connection)
        try:
            return future.result()
        except KeyboardInterrupt:
            self._connection.interrupt()
            raise

    def close(self) -> None:
        """Wait for the thread to end."""
        self._worker.shutdown()


def ask(home: Home, query: str, parameters: dict[str, Any] | None = None) -> Answer:
    """Run a query over the published edition.

    Raises:
        NoEditionError: nothing was published yet.
        QueryError: DuckDB refused the query.
    """
    with reading(home, query, parameters) as rows:
        return Answer([column.name for column in rows.columns], [row for batch in rows.batches() for row in batch])


@contextmanager
def reading(home: Home, query: str, parameters: dict[str, Any] | None = None) -> Generator[Rows]:
    """Run a query over the published edition and read its answer while the block lasts.

    Raises:
        NoEditionError: nothing was published yet.
        QueryError: DuckDB refused the query, at once or while rows were read.
    """
    if not home.edition.exists():
        raise NoEditionError(home)
    try:
        with closing(open_edition(home.edition)) as connection, closing(Interruptible(connection)) as asked:
            yield Rows(asked, asked.call(lambda each: each.execute(query, parameters or {}).description) or ())
    except duckdb.Error as refused:
        raise QueryError(str(refused)) from refused


def describe(home: Home) -> list[Relation]:
    """Every table and view of the edition, those of schema `main` first, with all comments.

    Raises:
        NoEditionError: nothing was published yet.
    """
    described = ask(home, _DESCRIPTIONS).rows
    return [
        Relation(name if schema == "main" else f"{schema}.{name}", comment or "", _columns(rows))
        for (schema, name, comment), rows in groupby(described, key=lambda row: row[:3])
    ]


def _columns(rows: Iterator[tuple[Any, ...]]) -> tuple[Column, ...]:
    return tuple(Column(name, kind, comment or "") for *_, name, kind, comment in rows)


def open_edition(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that reports times in UTC.

    DuckDB opens a file for its header, closes it, and opens it again for its blocks. An edition that is published in
    between would be read by the header of the one before, so what was opened has to be what is there afterwards.
    """
    while True:
        before = _identity(path)
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.Error:
            if _identity(path) == before:
                raise
            continue
        if _identity(path) == before:
            connection.execute("SET TimeZone = 'UTC'")
            return connection
        connection.close()


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
