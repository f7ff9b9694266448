"""Which archive files were read to their end: a backfill that was interrupted does not fetch a gigabyte again.

The notes lie beside the downloads until every day that was asked about is noted in the log. They are no records:
without them files are only read twice, and what they hold is known by then.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from threading import Lock

import msgspec


class FileNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a file gave for some days: articles by their own day, and what was passed over."""

    days: list[date]
    counts: dict[date, int]
    skipped: dict[str, int]


class FileNotes:
    """The notes about the files of an archive, by their names, in a file of ours; one that is damaged is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        try:
            self._notes = msgspec.json.decode(path.read_bytes(), type=dict[str, FileNote])
        except (OSError, msgspec.DecodeError):
            self._notes = {}

    def of(self, name: str, days: Collection[date]) -> FileNote | None:
        """What is noted of a file that was read for all of these days."""
        note = self._notes.get(name)
        return note if note is not None and set(days) <= set(note.days) else None

    def add(self, name: str, note: FileNote) -> None:
        """Note a file whose articles are committed."""
        with self._lock:
            self._notes[name] = note
            self._path.parent.mkdir(parents=True, exist_ok=True)
            written = self._path.with_suffix(".new")
            written.write_bytes(msgspec.json.encode(self._notes))
            written.replace(self._path)

    def forget(self) -> None:
        """Everything is in the log."""
        with self._lock:
            self._notes = {}
            self._path.unlink(missing_ok=True)
