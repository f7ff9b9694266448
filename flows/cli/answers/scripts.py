"""Answers for scripts: JSON and CSV, whole and streamed, values written as `storage.edition.written` says."""

from __future__ import annotations

from typing import IO

from storage.edition import written
from storage.edition.ask import Rows


def write_json(rows: Rows, to: IO[str]) -> int:
    """One JSON array, one object a line; returns how many."""
    count = 0
    to.write("[")
    for lines in written.json_objects(rows):
        to.write(("\n" if count == 0 else ",\n") + ",\n".join(lines))
        count += len(lines)
    to.write("\n]\n" if count else "]\n")
    return count


def write_csv(rows: Rows, to: IO[str]) -> int:
    """RFC 4180 with a header line; null is an empty field. Returns how many rows."""
    return written.write_csv([rows], to)
