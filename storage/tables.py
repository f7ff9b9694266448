"""Rows of tables that people already own: CSV, JSON lines and Parquet, read by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

_READERS = {
    ".csv": "read_csv($path, all_varchar = true)",
    ".tsv": "read_csv($path, all_varchar = true, delim = '\t')",
    ".jsonl": "read_json($path, format = 'newline_delimited')",
    ".ndjson": "read_json($path, format = 'newline_delimited')",
    ".parquet": "read_parquet($path)",
}
SUFFIXES = frozenset(_READERS)
_ROWS_AT_ONCE = 1_000


class TableError(ValueError):
    """A table cannot be read, or lacks a column; nothing of it was taken."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = path, problem


def columns_of(path: Path) -> list[str]:
    """Names of a table's columns.

    Raises:
        TableError: the file is no table of its kind.
    """
    with closing(duckdb.connect()) as connection:
        return [row[0] for row in _execute(connection, path, "DESCRIBE SELECT * FROM").fetchall()]


def rows_of(path: Path, columns: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows of a table with the columns asked for, under the names they are to have (new name: column).

    Raises:
        TableError: the file is no table of its kind, or lacks a column.
    """
    there = columns_of(path)
    for column in columns.values():
        if column not in there:
            raise TableError(path, f"has no column {column!r}; its columns are {', '.join(there)}")
    picked = ", ".join(f'"{column.replace(chr(34), chr(34) * 2)}" AS "{name}"' for name, column in columns.items())
    with closing(duckdb.connect()) as connection:
        result = _execute(connection, path, f"SELECT {picked} FROM")
        while rows := _fetch(result, path):
            yield from (dict(zip(columns, row, strict=True)) for row in rows)


def _execute(connection: duckdb.DuckDBPyConnection, path: Path, select: str) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(f"{select} {_READERS[path.suffix.lower()]}", {"path": str(path)})
    except duckdb.Error as refused:
        raise TableError(path, str(refused).partition("\n")[0]) from refused


def _fetch(result: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[Any, ...]]:
    try:
        return result.fetchmany(_ROWS_AT_ONCE)
    except duckdb.Error as refused:
        raise TableError(path, str(refused).partition("\n")[0]) from refused
