"""How segments lay out their columns: what is worth a dictionary, a compression, bounds, is decided by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_UNIQUE = frozenset({"event_id", "event_key", "payload", "text_sha256", "text"})
_ENCODINGS = {
    "position": "DELTA_BINARY_PACKED",
    "event_id": "DELTA_LENGTH_BYTE_ARRAY",
    "event_key": "DELTA_LENGTH_BYTE_ARRAY",
}
_VALUES_AT_ONCE = 10_000  # of a column on their way into a page; Parquet's usual 1,024 take longer


def segment_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of Parquet as segments have it.

    No dictionaries and no bounds for what never comes twice. Ids, which every append compares with all there are, stand
    uncompressed with their lengths apart: the comparison takes a third of the time, the segment a tenth more bytes.
    """
    recurring = [name for name in schema.names if name not in _UNIQUE]
    layout: dict[str, Any] = {
        "compression": {name: "none" if name == "event_id" else "zstd" for name in schema.names},
        "column_encoding": {name: _ENCODINGS[name] for name in schema.names if name in _ENCODINGS},
        "use_dictionary": [name for name in recurring if name not in _ENCODINGS],
        "write_statistics": recurring,
        "write_batch_size": _VALUES_AT_ONCE,
    }
    return pq.ParquetWriter(path, schema, store_schema=False, **layout)
