"""The log's rows: one schema for all records, and the digest that chains batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
import pyarrow as pa

from storage.canonical import canonical
from storage.events import BatchCommitted
from storage.records import Context, Producer, Record, record, utc_day

LOG = Producer("log", 1)
NO_DIGEST = "0" * 64

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
_FIELDS = Record.__struct_fields__


def to_rows(records: Sequence[Record], first_position: int, recorded_at: datetime) -> pa.Table:
    """The records as rows of the log, positions counted from *first_position*."""
    columns = {field: [getattr(each, field) for each in records] for field in _FIELDS}
    columns["position"] = list(range(first_position, first_position + len(records)))
    columns["recorded_at"] = [recorded_at] * len(records)
    return pa.table({field.name: pa.array(columns[field.name], field.type) for field in SCHEMA}, schema=SCHEMA)


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
    digest = hashlib.sha256(bytes.fromhex(previous))
    for position, each in enumerate(records, first_position):
        digest.update(row_bytes(each, position, recorded_at))
    return digest.hexdigest()


def row_bytes(each: Record, position: int, recorded_at: datetime) -> bytes:
    """One row for the digest: all columns in the schema's order."""
    values = msgspec.structs.asdict(each) | {"position": position, "recorded_at": recorded_at}
    return canonical([values[name] for name in SCHEMA.names]) + b"\n"
