"""`datapackage.json`: a release as a Data Package (version 2 of the standard). Pure: a description in, JSON out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from storage.released.tables import ReleasedColumn, ReleasedTable

_PROFILE = "https://datapackage.org/profiles/2.0"
_INTEGER = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?")
_NUMBER = re.compile(r"DOUBLE|FLOAT|DECIMAL\(.*\)")
_TYPES = {
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP WITH TIME ZONE": {"type": "datetime"},
    "UUID": {"type": "string", "format": "uuid"},
    "JSON": {"type": "object"},
}
_DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
}


@dataclass(frozen=True)
class ReleasedFile:
    """A file of a release: its name, how long it is, its digest, and how many rows it holds if it is a table."""

    path: str
    size_bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Description:
    """What is said of a release as a whole; *created* is when the log took its last commit."""

    name: str
    title: str
    description: str
    version: str
    created: datetime
    authors: Sequence[str]
    licence: str | None
    origin: dict[str, Any]


def data_package(about: Description, tables: Sequence[ReleasedTable], files: dict[str, ReleasedFile]) -> bytes:
    """The package's descriptor; *files* are the tables' files by their names."""
    package: dict[str, Any] = {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": msgspec.to_builtins(about.created),
        "contributors": [{"title": author, "roles": ["author"]} for author in about.authors],
        **({"licenses": [{"name": about.licence}]} if about.licence else {}),
        "dateline": about.origin,
        "resources": [resource for table in tables for resource in _resources(table, files)],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resources(table: ReleasedTable, files: dict[str, ReleasedFile]) -> Iterator[dict[str, Any]]:
    name = table.name.replace("_", "-")
    as_csv = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": _DIALECT}
    as_parquet = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}
    for ending, kind in (("csv", as_csv), ("parquet", as_parquet)):
        file = files[f"{table.name}.{ending}"]
        yield {
            "name": f"{name}-{ending}",
            "path": file.path,
            "type": "table",
            "title": table.name,
            "description": table.meaning,
            **kind,
            "bytes": file.size_bytes,
            "hash": f"sha256:{file.sha256}",
            "rows": file.rows,
            "schema": _schema(table),
        }


def _schema(table: ReleasedTable) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }


def _field(column: ReleasedColumn) -> dict[str, Any]:
    return {"name": column.name, **_type(column.kind), "description": column.meaning}


def _type(kind: str) -> dict[str, str]:
    """A column's type in the words of Table Schema.

    >>> _type("VARCHAR[]"), _type("BIGINT"), _type("VARCHAR")
    ({'type': 'array'}, {'type': 'integer'}, {'type': 'string'})
    """
    if kind.endswith("]"):
        return {"type": "array"}
    if kind.startswith("STRUCT"):
        return {"type": "object"}
    if _INTEGER.fullmatch(kind):
        return {"type": "integer"}
    return {"type": "number"} if _NUMBER.fullmatch(kind) else _TYPES.get(kind, {"type": "string"})
