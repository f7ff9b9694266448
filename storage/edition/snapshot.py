"""One published edition held open while several questions are asked of it: all answers are of one moment.

Answers are streamed and sorting spills to the disk, so that an edition of any size passes through the same memory.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import duckdb

from storage.edition.ask import Answer, Interruptible, NoEditionError, QueryError, Rows, open_edition
from storage.home import Home

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb.sqltypes import DuckDBPyType

_MOST_MEMORY = 2_000_000_000  # bytes DuckDB may take; what does not fit goes to the disk
_BATCH_ROWS = 2_048  # DuckDB's own vectors


class Snapshot:
    """An open edition; one answer at a time may be read."""

    def __init__(self, asked: Interruptible) -> None:
        self._asked = asked

    def ask(self, query: str, parameters: dict[str, Any] | None = None) -> Answer:
        """A whole answer."""
        rows = self.read(query, parameters)
        return Answer([column.name for column in rows.columns], [row for batch in rows.batches() for row in batch])

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> Rows:
        """An answer to be read in batches, before the next question."""
        return Rows(self._asked, self._asked.call(lambda each: each.execute(query, parameters or {}).description) or ())

    def kinds(self, query: str) -> dict[str, DuckDBPyType]:
        """The columns of an answer with their types."""
        described = self._asked.call(lambda each: each.execute(f"FROM ({query}) LIMIT 0").description) or ()
        return {str(column[0]): column[1] for column in described}

    def arrow(self, query: str) -> pa.RecordBatchReader:
        """An answer as Arrow batches, to be read before the next question."""
        import pyarrow as pa

        reader = self._asked.call(lambda each: each.sql(query).to_arrow_reader(_BATCH_ROWS))
        return pa.RecordBatchReader.from_batches(reader.schema, self._batches(reader))

    def _batches(self, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        try:
            while (batch := self._asked.call(lambda _: next(reader, None))) is not None:
                yield batch
        except OSError as refused:  # what Arrow makes of DuckDB's errors
            raise QueryError(str(refused)) from refused


@contextmanager
def snapshot(home: Home) -> Generator[Snapshot]:
    """The edition as it is published now, until the block ends.

    Raises:
        NoEditionError: nothing was published yet.
        QueryError: DuckDB refused a query, at once or while rows were read.
    """
    if not home.edition.exists():
        raise NoEditionError(home)
    with closing(open_edition(home.edition)) as connection, closing(Interruptible(connection)) as asked:
        try:
            connection.execute(f"SET memory_limit = '{_memory_bytes()}B'")
            yield Snapshot(asked)
        except duckdb.Error as refused:
            raise QueryError(str(refused)) from refused


def _memory_bytes() -> int:
    return min(_MOST_MEMORY, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
