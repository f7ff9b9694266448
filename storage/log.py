"""The log: an append-only Delta table, the only truth.

Every append is one commit: the records that are new, each with its position, closed by a `BatchCommitted` row whose
digest covers every column of every row of the batch and the digest before it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable

from storage.delta import CommitFailedError, append_segment, fsync_folder, open_table, segment_files
from storage.home import Home
from storage.records import Record
from storage.rows import NO_DIGEST, SCHEMA, batch_digest, closing_record, to_rows

_TRIES = 100
_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Head:
    """Where the log ends: the last batch's closing position, its digest and when it was recorded."""

    position: int = 0
    digest: str = NO_DIGEST
    recorded_at: datetime = _BEGINNING


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


class Log:
    """Appends to and reads from the log of one home."""

    def __init__(self, home: Home, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._home, self._path, self._clock = home, home.log, clock

    def append(self, records: Iterable[Record]) -> Commit:
        """Append the records that the log does not hold yet, in one durable commit.

        When none is new nothing is written and the head stays.

        Raises:
            LogContentionError: other writers always came first.
            OSError: the disk refused; nothing was appended.
        """
        candidates = {each.event_id: each for each in records}
        checked: frozenset[str] = frozenset()
        for attempt in range(_TRIES):
            table = self._table()
            files = segment_files(table)
            known = known_ids([file for file in files if file not in checked], candidates)
            candidates = {key: each for key, each in candidates.items() if key not in known}
            checked = frozenset(files)
            head = _head_of(table, self._path)
            if not candidates:
                return Commit(head, frozenset())
            try:
                return self._commit(table, head, list(candidates.values()))
            except CommitFailedError:
                time.sleep(random.uniform(0, 0.01 * min(attempt + 1, 20)))  # noqa: S311 - spreads writers, no secret
        raise LogContentionError(self._path)

    def _commit(self, table: DeltaTable, head: Head, records: Sequence[Record]) -> Commit:
        now = max(self._clock(), head.recorded_at)
        first = head.position + 1
        last = first + len(records)
        undigested = closing_record(records, first, now, head.digest)
        digest = batch_digest(head.digest, (*records, undigested), first, now)
        rows = to_rows((*records, closing_record(records, first, now, head.digest, digest)), first, now)
        append_segment(self._path, table, rows, keys=("position", "published_on"), retries=0)
        after = Head(last, digest, now)
        write_head(self._home.head, after)
        return Commit(after, frozenset(each.event_id for each in records))

    def head(self) -> Head:
        """Where the log ends now."""
        return _head_of(self._table(), self._path) if self.exists() else Head()

    def exists(self) -> bool:
        """Whether anything was ever appended to this home."""
        return (self._path / "_delta_log").is_dir()

    def files(self) -> list[str]:
        """The data files of the log as it stands now; empty before the first append."""
        return segment_files(self._table()) if self.exists() else []

    def known(self, event_ids: Iterable[str]) -> set[str]:
        """Which of the ids the log holds."""
        return known_ids(self.files(), list(event_ids))

    def _table(self) -> DeltaTable:
        return open_table(self._path, SCHEMA, {"delta.appendOnly": "true"})


def known_ids(files: Sequence[str], event_ids: Iterable[str]) -> set[str]:
    """Which of the ids stand in the segment files: an anti-join over all of them, no index."""
    wanted = pa.table({"event_id": pa.array(event_ids, pa.string())})
    if not files or not wanted.num_rows:
        return set()
    with closing(duckdb.connect()) as connection:
        connection.register("wanted", wanted)
        found = connection.execute(
            "SELECT event_id FROM read_parquet($files) SEMI JOIN wanted USING (event_id)", {"files": list(files)}
        )
        return {row[0] for row in found.fetchall()}


def _head_of(table: DeltaTable, path: Path) -> Head:
    """The last closing row: in the file with the highest position, found by the table's own statistics."""
    actions = pa.table(table.get_add_actions(flatten=True))
    if not actions.num_rows:
        return Head()
    last = max(zip(actions["max.position"].to_pylist(), actions["path"].to_pylist(), strict=True))
    rows = pq.read_table(
        path / last[1], columns=["position", "recorded_at", "payload"], filters=[("position", "=", last[0])]
    ).to_pylist()
    digest = msgspec.json.decode(rows[0]["payload"])["digest"]
    return Head(last[0], digest, rows[0]["recorded_at"])


def write_head(file: Path, head: Head) -> None:
    """Keep the head outside the log too; it may lag behind the log, never lead it."""
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    with draft.open("wb") as out:
        out.write(msgspec.json.encode({"position": head.position, "digest": head.digest}))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    fsync_folder(file.parent)
