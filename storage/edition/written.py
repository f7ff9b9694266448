"""Answers as text: CSV and JSON lines, streamed.

UUIDs, dates, times and decimals become text (ISO 8601, UTC as `Z`), so that no reader rounds or shifts them. JSON
columns and nested values stay structures in JSON and become JSON text in CSV.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import msgspec

from storage.edition.ask import Column, Rows


def write_csv(answers: Iterable[Rows], to: IO[str]) -> int:
    """Answers with the same columns as one table: RFC 4180 with a header line; null is an empty field.

    Returns how many rows.
    """
    writer, count = csv.writer(to, lineterminator="\r\n"), 0
    for number, rows in enumerate(answers):
        if number == 0:
            writer.writerow([column.name for column in rows.columns])
        for batch in rows.batches():
            writer.writerows([[as_text(value) for value in row] for row in batch])
            count += len(batch)
    return count


def json_objects(rows: Rows) -> Iterator[list[str]]:
    """The rows as JSON objects, a batch at a time."""
    names, raw = unique([column.name for column in rows.columns]), _json_columns(rows.columns)
    for batch in rows.batches():
        yield [_object(names, raw, row) for row in batch]


def as_text(value: object) -> str:
    """A value as text; empty for null, JSON for what is nested.

    >>> as_text([1, None]), as_text(True), as_text(None)
    ('[1,null]', 'true', '')
    """
    if value is None or isinstance(value, str):
        return value or ""
    plain = msgspec.to_builtins(value, str_keys=True)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()


def unique(names: Sequence[str]) -> list[str]:
    """The names, those that came before with a number: an object has each key once.

    >>> unique(["n", "n", "n_2"])
    ['n', 'n_2', 'n_2_2']
    """
    taken: list[str] = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.append(candidate)
    return taken


def _json_columns(columns: Iterable[Column]) -> frozenset[int]:
    return frozenset(number for number, column in enumerate(columns) if column.kind == "JSON")


def _object(names: Sequence[str], raw: frozenset[int], row: tuple[Any, ...]) -> str:
    values = [
        msgspec.Raw(value.encode()) if number in raw and isinstance(value, str) else value
        for number, value in enumerate(row)
    ]
    return msgspec.json.encode(dict(zip(names, values, strict=True))).decode()
