"""One batch on its way into the log: the rows of its records, and the row that closes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pyarrow as pa

from storage.head import Head
from storage.records import Record
from storage.rows import Columns, closing_record, columns_of, digest_of, table_of, to_rows

_MANY = 1_000  # from here on a row group for the closing row alone is worth its three kilobytes


class Batch:
    """Records that follow a head, in one commit."""

    def __init__(self, before: Head, records: Sequence[Record], recorded_at: datetime) -> None:
        self._before, self._records, self._at = before, records, recorded_at
        self._first = before.position + 1
        self._digest = ""

    def parts(self) -> Iterator[pa.Table]:
        """The rows, in one table or two: of many, the digest is computed while the first ones are being written."""
        columns = columns_of(self._records, self._first, self._at)
        if len(self._records) < _MANY:
            self._digest = self._digested(columns)
            yield pa.concat_tables([table_of(columns), self._end()]).combine_chunks()
            return
        rows = table_of(columns)
        with ThreadPoolExecutor(1) as beside:
            digesting = beside.submit(self._digested, columns)
            yield rows
            self._digest = digesting.result()
        yield self._end()

    @property
    def head(self) -> Head:
        """Where the log ends with this batch; known once all parts were taken."""
        return Head(self._first + len(self._records), self._digest, self._at)

    def _digested(self, columns: Columns) -> str:
        undigested = columns_of([self._closing("")], self.head.position, self._at)
        return digest_of(self._before.digest, columns, undigested)

    def _end(self) -> pa.Table:
        return to_rows([self._closing(self._digest)], self.head.position, self._at)

    def _closing(self, digest: str) -> Record:
        return closing_record(self._records, self._first, self._at, self._before.digest, digest)
