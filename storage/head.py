"""Where the log ends: read from its last row, and kept outside the log as well, so that a lost tail is noticed."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable

from storage.durability import fsync_folder
from storage.rows import NO_DIGEST

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_COLUMNS = ["position", "recorded_at", "payload"]


@dataclass(frozen=True)
class Head:
    """Where the log ends: the last batch's closing position, its digest and when it was recorded."""

    position: int = 0
    digest: str = NO_DIGEST
    recorded_at: datetime = _BEGINNING


class KeptHead(msgspec.Struct, frozen=True):
    """What is kept outside the log."""

    position: int
    digest: str


class UnclosedLogError(RuntimeError):
    """The log's last row does not close a batch, so nothing can be chained to it."""

    def __init__(self, path: Path, position: int) -> None:
        super().__init__(
            f"{path}: the row at position {position} ends the log and closes no batch; run `dateline verify`"
        )
        self.path, self.position = path, position


class _Closing(msgspec.Struct, frozen=True):
    digest: str


def head_of(table: DeltaTable, path: Path) -> Head:
    """The last closing row: in the file with the highest position, found by the table's own statistics.

    Raises:
        UnclosedLogError: the last row is another one.
    """
    actions = pa.table(table.get_add_actions(flatten=True))
    if not actions.num_rows:
        return Head()
    position: int = pc.call_function("max", [actions["max.position"]]).as_py()
    [name, *_] = actions.filter(pc.field("max.position") == position)["path"].to_pylist()
    try:
        row = _row(path / name, position)
        closing = msgspec.json.decode(row["payload"], type=_Closing)
    except (LookupError, msgspec.MsgspecError) as other:
        raise UnclosedLogError(path, position) from other
    return Head(position, closing.digest, row["recorded_at"].astimezone(UTC))


def _row(file: Path, position: int) -> dict[str, Any]:
    """A row that is expected to be among a file's last."""
    with pq.ParquetFile(file) as segment:
        for group in reversed(range(segment.num_row_groups)):
            rows = segment.read_row_group(group, columns=_COLUMNS)
            found: list[dict[str, Any]] = rows.filter(pc.field("position") == position).to_pylist()
            if found:
                return found[0]
    raise LookupError(position)


def kept_head(file: Path) -> KeptHead | None:
    """What is kept outside the log; None when there is nothing, or nothing that can be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=KeptHead)
    except (OSError, msgspec.MsgspecError):
        return None


def write_head(file: Path, head: Head) -> None:
    """Keep the head outside the log too; it may lag behind the log, never lead it, and never goes back."""
    kept = kept_head(file)
    if kept is not None and kept.position > head.position:
        return
    draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        with draft.open("wb") as out:
            out.write(msgspec.json.encode({"position": head.position, "digest": head.digest}))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)  # of a disk that is full
    fsync_folder(file.parent)
