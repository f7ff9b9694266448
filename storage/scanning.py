"""Asking segment files in SQL: one DuckDB in memory for each process, as opening one costs more than most questions."""

from __future__ import annotations

import atexit
import os
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

import duckdb
import pyarrow as pa


@contextmanager
def scanning(**tables: pa.Table) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection whose times are UTC, which knows the Arrow *tables* by their names."""
    connection = _engine(os.getpid()).cursor()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name, table in tables.items():
            connection.register(name, table)
        yield connection
    finally:
        connection.close()


@cache  # by process: a fork must not use its parent's threads
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    # segments are read once or twice: keeping them in memory is the system's work
    return duckdb.connect(config={"enable_external_file_cache": "false"})


atexit.register(_engine.cache_clear)
