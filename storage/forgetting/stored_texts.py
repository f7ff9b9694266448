"""Taking texts out of the text store, so that no file of it holds their bytes; all others stay."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from storage.delta import CommitFailedError, fsync_folder, remove_segment, segment_files
from storage.texts import SCHEMA, TextStore

_TRIES = 20


class DamagedTextsError(RuntimeError):
    """A file of the text store cannot be read, so nobody can tell which texts it holds."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} is part of the text store and cannot be read; `dateline verify` says more")
        self.file = file


class BusyTextsError(RuntimeError):
    """Something keeps replacing a file of the text store."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file}: others changed it {_TRIES} times in a row; nothing was removed from it, try again")
        self.file = file


def readable_files(store: TextStore) -> list[str]:
    """All data files that can be read, also those that a crash or a compaction left beside the store."""
    with _asking([]) as connection:
        return [str(file) for file in _files(store) if _holds(connection, file) is not None]


def remove_texts(store: TextStore, keys: Collection[str]) -> None:
    """Remove texts. Files that are no part of the store go with what they hold, if that is one of these or unreadable.

    Raises:
        DamagedTextsError: a file of the store cannot be read.
        BusyTextsError: a compaction went on all the while.
    """
    with store.held(), _asking(keys) as connection:
        for file in _files(store):
            holds = _holds(connection, file)
            if holds is not False:
                _remove_from(store, file, connection, is_readable=holds is not None)


def _files(store: TextStore) -> list[Path]:
    return sorted(each for each in store.path.glob("*") if each.is_file()) if store.path.is_dir() else []


@contextmanager
def _asking(keys: Collection[str]) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that knows the texts to remove as `unwanted`."""
    with closing(duckdb.connect()) as connection:
        connection.register("unwanted", pa.table({"text_sha256": pa.array(sorted(keys), pa.string())}))
        yield connection


def _holds(connection: duckdb.DuckDBPyConnection, file: Path) -> bool | None:
    """Whether a file holds one of the texts; None when it cannot be read."""
    query = "SELECT count(*) > 0 FROM read_parquet($file) SEMI JOIN unwanted USING (text_sha256)"
    try:
        [(holds,)] = connection.execute(query, {"file": str(file)}).fetchall()
    except duckdb.Error:
        return None
    return bool(holds)


def _remove_from(store: TextStore, file: Path, connection: duckdb.DuckDBPyConnection, *, is_readable: bool) -> None:
    for _ in range(_TRIES):
        files = segment_files(store.table())
        if str(file) not in files:
            file.unlink(missing_ok=True)
            fsync_folder(store.path)
            return
        if not is_readable:
            raise DamagedTextsError(file)
        store.append(_rest(connection, file, [each for each in files if each != str(file)]))
        with suppress(CommitFailedError):
            remove_segment(store.path, store.table(), file.name)
            return
    raise BusyTextsError(file)


def _rest(connection: duckdb.DuckDBPyConnection, file: Path, others: list[str]) -> pa.Table:
    """The other texts of a file, which first get a file of their own; after an interruption they have one already."""
    query = 'SELECT text_sha256, "text" FROM read_parquet($file) ANTI JOIN unwanted USING (text_sha256)'
    given: dict[str, object] = {"file": str(file)}
    if others:
        query += " ANTI JOIN read_parquet($others) AS others USING (text_sha256)"
        given["others"] = others
    return connection.sql(query, params=given).to_arrow_table().cast(SCHEMA)
