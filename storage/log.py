"""The log: an append-only Delta table, the only truth.

Every append is one commit: the records that are new, each with its position, closed by a `BatchCommitted` row whose
digest covers every column of every row of the batch and the digest before it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

from storage.batch import Batch
from storage.delta import CommitFailedError, append_segment, open_table, segment_files
from storage.expectation import ConflictError, Expected
from storage.head import Head, head_of, kept_head, write_head
from storage.home import Home
from storage.records import Record
from storage.rows import SCHEMA
from storage.scanning import scanning
from storage.segments import Segment, segments_of

__all__ = ["Commit", "ConflictError", "Expected", "Head", "Log", "LogContentionError", "LostTailError", "known_ids"]

CONFIGURATION = {"delta.appendOnly": "true"}
_TRIES = 100


@dataclass(frozen=True)
class Commit:
    """What an append did: the head after it, and the ids that were new."""

    head: Head
    new_ids: frozenset[str]


class LogContentionError(RuntimeError):
    """Other writers kept committing first."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: other writers committed first {_TRIES} times in a row; nothing was appended")
        self.path = path


class LostTailError(RuntimeError):
    """The log ends before a position that was acknowledged; appending would hide the loss."""

    def __init__(self, path: Path, position: int, kept: Path, acknowledged: int) -> None:
        super().__init__(
            f"{path} ends at position {position}, but {kept.name} has seen position {acknowledged}: its end was lost;"
            f" put it back, or remove {kept} to go on without it"
        )
        self.path, self.position, self.acknowledged = path, position, acknowledged


class Log:
    """Appends to and reads from the log of one home."""

    def __init__(self, home: Home, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._home, self._path, self._clock = home, home.log, clock

    def append(self, records: Iterable[Record], expected: Expected | None = None) -> Commit:
        """Append the records that the log does not hold yet, in one durable commit.

        When none is new nothing is written and the head stays, whatever was *expected*: so an append whose
        acknowledgement was lost can be repeated.

        Raises:
            ConflictError: somebody appended to what was *expected* to have ended; nothing was appended.
            LogContentionError: other writers always came first.
            LostTailError: the log has lost its end.
            OSError: the disk refused; nothing was appended.
        """
        candidates = {each.event_id: each for each in records}
        checked: frozenset[str] = frozenset()
        for attempt in range(_TRIES):
            table, head = self._at_head()
            files = segment_files(table)
            known = known_ids([file for file in files if file not in checked], candidates)
            candidates = {key: each for key, each in candidates.items() if key not in known}
            checked = frozenset(files)
            if not candidates:
                return Commit(head, frozenset())
            if expected is not None:
                _refuse_conflict(expected, files, head)
            try:
                return self._commit(table, head, list(candidates.values()))
            except CommitFailedError:
                time.sleep(random.uniform(0, 0.01 * min(attempt + 1, 20)))  # noqa: S311 - spreads writers, no secret
        raise LogContentionError(self._path)

    def _at_head(self) -> tuple[DeltaTable, Head]:
        """The table and its head, which must not lie before the one that is kept outside the log."""
        kept = kept_head(self._home.head)  # read first: it never leads the log
        table = self._table()
        head = head_of(table, self._path)
        if kept is not None and kept.position > head.position:
            raise LostTailError(self._path, head.position, self._home.head, kept.position)
        return table, head

    def _commit(self, table: DeltaTable, head: Head, records: Sequence[Record]) -> Commit:
        now = max(self._clock().astimezone(UTC), head.recorded_at)
        batch = Batch(head, records, now)
        append_segment(self._path, table, batch.parts(), keys=("position", "published_on"), retries=0)
        with suppress(OSError):  # the commit is durable; the head outside may lag
            write_head(self._home.head, batch.head)
        return Commit(batch.head, frozenset(each.event_id for each in records))

    def head(self) -> Head:
        """Where the log ends now."""
        return head_of(self._table(), self._path) if self.exists() else Head()

    def version(self, stream: str) -> int:
        """Position of a stream's last record; 0 when it has none."""
        return _stream_end(self.files(), stream)

    def exists(self) -> bool:
        """Whether anything was ever appended to this home."""
        return (self._path / "_delta_log").is_dir()

    def files(self) -> list[str]:
        """The data files of the log as it stands now; empty before the first append."""
        return segment_files(self._table()) if self.exists() else []

    def segments(self) -> list[Segment]:
        """The same files in the order of their positions, with what their commits say they hold."""
        return segments_of(self._table(), self._path) if self.exists() else []

    def known(self, event_ids: Iterable[str]) -> set[str]:
        """Which of the ids the log holds."""
        return known_ids(self.files(), list(event_ids))

    def _table(self) -> DeltaTable:
        return open_table(self._path, SCHEMA, CONFIGURATION)


def known_ids(files: Sequence[str], event_ids: Iterable[str]) -> set[str]:
    """Which of the ids stand in the segment files: an anti-join over all of them, no index."""
    wanted = pa.table({"event_id": pa.array(event_ids, pa.string())})
    if not files or not wanted.num_rows:
        return set()
    with scanning(wanted=wanted) as connection:
        found = connection.execute(
            "SELECT event_id FROM read_parquet($files) SEMI JOIN wanted USING (event_id)", {"files": list(files)}
        )
        return {row[0] for row in found.fetchall()}


def _refuse_conflict(expected: Expected, files: Sequence[str], head: Head) -> None:
    found = head.position if expected.stream is None else _stream_end(files, expected.stream)
    if found != expected.position:
        raise ConflictError(expected, found)


def _stream_end(files: Sequence[str], stream: str) -> int:
    if not files:
        return 0
    with scanning() as connection:
        rows = connection.execute(
            "SELECT max(position) FROM read_parquet($files) WHERE stream = $stream",
            {"files": list(files), "stream": stream},
        )
        return rows.fetchall()[0][0] or 0
