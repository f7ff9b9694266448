"""The log's rows: one schema for all records, and the digest that chains batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
import pyarrow as pa

from storage.canonical import canonical_lines
from storage.events import BatchCommitted
from storage.records import Context, Producer, Record, record, utc_day

LOG = Producer("log", 1)
NO_DIGEST = "0" * 64

_ROWS_AT_ONCE = 500  # some hundred kilobytes of JSON, which stay in the processor's cache until they are hashed
_INSTANT = pa.timestamp("us", tz="UTC")

SCHEMA = pa.schema(
    [
        ("position", pa.int64()),
        ("event_id", pa.string()),
        ("event_key", pa.string()),
        ("record_type", pa.string()),
        ("schema_version", pa.int32()),
        ("stream", pa.string()),
        ("extraction_id", pa.string()),
        ("occurred_at", _INSTANT),
        ("published_on", pa.date32()),
        ("recorded_at", _INSTANT),
        ("producer", pa.string()),
        ("producer_version", pa.int32()),
        ("run_id", pa.string()),
        ("caused_by", pa.string()),
        ("payload", pa.string()),
    ]
)

Columns = dict[str, Sequence[Any]]


def to_rows(records: Sequence[Record], first_position: int, recorded_at: datetime) -> pa.Table:
    """The records as rows of the log, positions counted from *first_position*."""
    return table_of(columns_of(records, first_position, recorded_at))


def columns_of(records: Sequence[Record], first_position: int, recorded_at: datetime) -> Columns:
    """The columns of the records' rows, in the schema's order."""
    fields = zip(*map(msgspec.structs.astuple, records), strict=True)
    columns: Columns = dict(zip(Record.__struct_fields__, fields, strict=True))
    columns["position"] = range(first_position, first_position + len(records))
    columns["recorded_at"] = [recorded_at] * len(records)
    return {name: columns[name] for name in SCHEMA.names}


def table_of(columns: Columns) -> pa.Table:
    """The columns of one batch as Arrow has them."""
    arrays = {field.name: pa.array(columns[field.name], field.type) for field in SCHEMA if field.name != "recorded_at"}
    times = columns["recorded_at"]
    arrays["recorded_at"] = pa.repeat(pa.scalar(times[0], _INSTANT), len(times))  # value by value it is the slowest
    return pa.table(arrays, schema=SCHEMA)


def closing_record(
    records: Sequence[Record], first_position: int, recorded_at: datetime, previous: str, digest: str = ""
) -> Record:
    """The `BatchCommitted` row of a batch; its own digest is left empty while the digest is being computed."""
    event = BatchCommitted(events=len(records), first_position=first_position, digest=digest, previous_digest=previous)
    context = Context(
        producer=LOG,
        run_id=UUID(records[-1].run_id),
        published_on=utc_day(recorded_at),
        occurred_at=recorded_at,
    )
    return record(event, None, context)


def batch_digest(previous: str, records: Sequence[Record], first_position: int, recorded_at: datetime) -> str:
    """SHA-256 over the digest before and every row of a batch, in position order, as canonical JSON arrays.

    The closing row takes part with an empty digest, so that none of its columns can be changed unseen either.
    """
    return digest_of(previous, columns_of(records, first_position, recorded_at))


def digest_of(previous: str, *batch: Columns) -> str:
    """The same for rows that stand in columns already, each row a canonical JSON array on a line of its own."""
    digest = hashlib.sha256(bytes.fromhex(previous))
    for columns in batch:
        rows = zip(*columns.values(), strict=True)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            digest.update(canonical_lines(some))
    return digest.hexdigest()
