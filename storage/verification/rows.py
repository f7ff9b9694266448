"""The log's rows, one by one in the order in which the files hold them; never more than some thousand in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from storage.records import Record
from storage.rows import SCHEMA
from storage.verification.findings import Fault, Findings
from storage.verification.segments import Segment

_AT_ONCE = 8_192
_BUFFER_BYTES = 1 << 20  # else a whole column of a compacted file is read at once


class Row(NamedTuple):
    """A record with what the log gave it, and the file it was read from."""

    position: int
    recorded_at: datetime
    record: Record
    where: str

    def fault(self, what: str) -> Fault:
        """A fault of this row."""
        return Fault(self.where, what, self.position, self.record.event_id)


class UnreadableSegmentError(RuntimeError):
    """A segment's rows cannot be read to their end."""

    def __init__(self, segment: Segment, why: str) -> None:
        super().__init__(f"{segment.where}: {why}")
        self.segment, self.why = segment, why


def rows_in(segment: Segment) -> Iterator[list[Row]]:
    """The rows of a segment, some thousand at a time.

    Raises:
        UnreadableSegmentError: it is no Parquet file, is torn, or has other columns than the log.
    """
    try:
        with pq.ParquetFile(segment.path, buffer_size=_BUFFER_BYTES, pre_buffer=False) as file:
            if not file.schema_arrow.equals(SCHEMA):
                raise UnreadableSegmentError(segment, "has other columns than the log")
            for batch in file.iter_batches(_AT_ONCE):
                yield _rows(batch, segment.where)
    except (pa.ArrowException, OSError, ValueError, OverflowError, msgspec.ValidationError) as error:
        raise UnreadableSegmentError(segment, str(error).partition("\n")[0]) from error


def _rows(batch: pa.RecordBatch, where: str) -> list[Row]:
    records = msgspec.convert(batch.to_pylist(), list[Record])
    positions, times = batch["position"].to_pylist(), batch["recorded_at"].to_pylist()
    return [Row(*each, where) for each in zip(positions, times, records, strict=True)]


def check_statistics(segment: Segment, first: int, last: int, rows: int, findings: Findings) -> None:
    """Compare what the table's log says about a segment, by which readers pass files over, with what it holds."""
    if (segment.first, segment.last, segment.rows) != (first, last, rows):
        stated = f"{segment.rows} rows, positions {segment.first} to {segment.last}"
        findings.fault(
            Fault(segment.where, f"holds {rows} rows, positions {first} to {last}; its commit says {stated}")
        )
