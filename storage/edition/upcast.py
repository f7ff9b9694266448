"""Rows of older schema versions on their way into the typed tables: their payloads get the shape of today's classes.

The rows in `log.events` stay as they were written. Almost always there is nothing to do, which one look tells.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from storage.upcasting import upcast
from storage.vocabulary import Event


def upcast_rows(connection: duckdb.DuckDBPyConnection, relation: str, classes: Iterable[type[Event]]) -> None:
    """Replace in *relation*, a table with the log's columns, the payloads that another version of a class wrote.

    Raises:
        UpcastError: a payload cannot be brought into the shape of its class, or a newer dateline wrote it.
    """
    by_type = {cls.record_type(): cls for cls in classes}
    versions = {"record_type": [*by_type], "version": [cls.schema_version for cls in by_type.values()]}
    with_versions = pa.table(versions, pa.schema([("record_type", pa.string()), ("version", pa.int32())]))
    connection.register("current_versions", with_versions)
    # the relation's name is our own
    other = connection.execute(
        f"SELECT position, record_type, payload, schema_version FROM {relation}"  # noqa: S608
        " JOIN current_versions USING (record_type) WHERE schema_version <> version"
    ).fetchall()
    connection.unregister("current_versions")
    if other:
        payloads = [upcast(by_type[kind], payload, version) for _, kind, payload, version in other]
        connection.register("upcast", pa.table({"position": [row[0] for row in other], "payload": payloads}))
        connection.execute(
            f"UPDATE {relation} SET payload = upcast.payload FROM upcast"  # noqa: S608
            f" WHERE {relation}.position = upcast.position"
        )
        connection.unregister("upcast")
