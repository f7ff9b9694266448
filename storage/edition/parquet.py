"""Parquet files whose bytes depend on their rows alone: row groups of a fixed number of rows, no clock.

UUIDs and JSON are text, times UTC. What a column means and which state of the log a file shows stand in the file's own
metadata, under `dateline`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

_GROUP_ROWS = 20_000  # articles with their texts take some 60 MB
NO_DAY = "__HIVE_DEFAULT_PARTITION__"
_Piece = tuple[date | None, pa.RecordBatch]


def write_parquet(answers: Iterable[pa.RecordBatchReader], to: Path | IO[bytes], about: dict[str, Any]) -> int:
    """Write answers with the same columns, at least one, as one file; returns how many rows."""
    every = iter(answers)
    first = next(every)
    return _write(first.schema, chain(first, chain.from_iterable(every)), to, about)


def write_days(answers: Iterable[pa.RecordBatchReader], folder: Path, day: str, about: dict[str, Any]) -> int:
    """Write answers sorted by day as hive partitions: `published_on=2026-03-02/part-0.parquet`.

    The day stands in the folder's name alone. Returns how many rows.
    """
    count = 0
    for value, pieces in groupby(_pieces(answers, day), key=itemgetter(0)):
        part = folder / f"{day}={NO_DAY if value is None else value}"
        part.mkdir()
        batches = (batch for _, batch in pieces)
        first = next(batches)
        count += _write(first.schema, chain([first], batches), part / "part-0.parquet", about)
    return count


def _pieces(answers: Iterable[pa.RecordBatchReader], day: str) -> Iterator[_Piece]:
    """The batches, cut where the day changes."""
    for batch in chain.from_iterable(answers):
        start, rest = 0, batch.drop_columns([day])
        for value, run in groupby(batch.column(day).to_pylist()):
            rows = sum(1 for _ in run)
            yield value, rest.slice(start, rows)
            start += rows


def _write(schema: pa.Schema, batches: Iterable[pa.RecordBatch], to: Path | IO[bytes], about: dict[str, Any]) -> int:
    described, count = schema.with_metadata({"dateline": msgspec.json.encode(about)}), 0
    with pq.ParquetWriter(to, described, compression="zstd") as writer:
        for group in _groups(schema, batches):
            writer.write_table(group, row_group_size=_GROUP_ROWS)
            count += group.num_rows
    return count


def _groups(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in tables of one size and one piece: pages and groups then begin where they always begin."""
    held, rows = list[pa.RecordBatch](), 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        while rows >= _GROUP_ROWS:
            table = pa.Table.from_batches(held, schema)
            yield table.slice(0, _GROUP_ROWS).combine_chunks()
            held = table.slice(_GROUP_ROWS).to_batches()
            rows -= _GROUP_ROWS
    if rows:
        yield pa.Table.from_batches(held, schema).combine_chunks()
