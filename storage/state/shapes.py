"""The log's rows as questions see them: payloads that an older version of a class wrote have the shape of today's.

While no class that a question names has had another version, there is nothing to do and nothing is read for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import duckdb
import pyarrow as pa

from storage import events
from storage.upcasting import upcast
from storage.vocabulary import Event, event_classes, modules_in

_ROWS = "FROM read_parquet($files)"
_OLDER = """
SELECT position, record_type, payload, schema_version
FROM read_parquet($files)
JOIN present USING (record_type)
WHERE schema_version <> present.version"""
_SHAPED = """
SELECT found.* REPLACE (coalesce(older.payload, found.payload) AS payload)
FROM read_parquet($files) AS found
LEFT JOIN older ON found.position = older.position"""


def rows_for(connection: duckdb.DuckDBPyConnection, files: Sequence[str], question: str) -> str:
    """SQL, over the parameter `files`, of the rows that a question is asked of.

    Raises:
        UpcastError: a payload cannot be brought into the shape of its class, or a newer dateline wrote it.
    """
    named = {name: cls for name, cls in _classes().items() if cls.schema_version > 1 and f"'{name}'" in question}
    if not named:
        return _ROWS
    present = {"record_type": [*named], "version": [cls.schema_version for cls in named.values()]}
    connection.register("present", pa.table(present))
    older = connection.execute(_OLDER, {"files": list(files)}).fetchall()
    shaped = {
        "position": pa.array([row[0] for row in older], pa.int64()),
        "payload": pa.array(
            [upcast(named[kind], payload, version) for _, kind, payload, version in older], pa.string()
        ),
    }
    connection.register("older", pa.table(shaped))
    return _SHAPED


@cache
def _classes() -> dict[str, type[Event]]:
    """The records that are no extractor's: those that questions are about."""
    return {name: cls for module in modules_in(events) for name, cls in event_classes(module).items()}
