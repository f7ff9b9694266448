"""Appending to a Delta table so that what is acknowledged is on the disk.

delta-rs never calls fsync, and its commit may become durable before the data it points to. So: write the segment, fsync
it and its folder, register it in one commit, fsync the commit and its folder.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from storage.durability import fsync_file, fsync_folder, make_folder
from storage.layout import segment_writer
from storage.mending import mend
from storage.refusals import refusals_named
from storage.sealing import sealed

__all__ = [
    "CommitFailedError",
    "append_segment",
    "checkpointed",
    "fsync_folder",
    "open_table",
    "refuse_misread",
    "remove_segment",
    "segment_files",
    "sync_commits",
]

_OPENINGS = 2  # as it is; then mended, or made
_REMOVE_RETRIES = 100  # against writers that only append
_COMMITS_PER_CHECKPOINT = 100
# a checkpoint that delta-rs writes is never synced: see storage.checkpointing
_NO_HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
_synced: dict[str, int] = {}  # by table: the version up to which this process has synced all commits


class MisreadPathError(ValueError):
    """A folder's name means another folder to Delta, which decodes it like an address."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: Delta takes %20 and the like, and backslashes, for other signs; rename the folder")
        self.path = path


def open_table(path: Path, schema: pa.Schema, configuration: dict[str, str] | None = None) -> DeltaTable:
    """The table, made on first use; what a power cut tore is put aside.

    Raises:
        DeltaError: it cannot be read, and not only for what was never acknowledged.
        MisreadPathError: Delta would look for it elsewhere.
    """
    refuse_misread(path)
    for _ in range(_OPENINGS):
        try:
            return DeltaTable(path)
        except TableNotFoundError:
            _create(path, schema, dict(configuration or {}))
        except DeltaError:
            if not mend(path / "_delta_log"):
                raise
    return DeltaTable(path)


def refuse_misread(path: Path) -> None:
    """Raise a MisreadPathError for a folder that Delta would look for elsewhere."""
    if unquote(str(path.absolute())).replace("\\", "/") != str(path.absolute()):
        raise MisreadPathError(path)


def _create(path: Path, schema: pa.Schema, configuration: dict[str, str]) -> None:
    """Make the table. Of several processes that do so at the same time, one makes it and the others find it."""
    make_folder(path)
    with suppress(DeltaError), refusals_named(path):  # made meanwhile; opening it tells
        DeltaTable.create(
            path,
            schema=schema,
            mode="error",
            configuration=configuration,
            commit_properties=CommitProperties(max_commit_retries=0),
        )
    fsync_folder(path)


def segment_files(table: DeltaTable) -> list[str]:
    """Paths of the table's data files, in the order of their names."""
    return sorted(unquote(uri.removeprefix("file://")) for uri in table.file_uris())


def append_segment(
    path: Path, table: DeltaTable, rows: pa.Table | Iterable[pa.Table], keys: tuple[str, ...], retries: int
) -> None:
    """Append rows durably in one commit; *keys* are the columns whose smallest and largest values are kept.

    Several tables become one segment, each a row group of its own. *table* stays as it was before.

    Raises:
        CommitFailedError: another writer committed in between and *retries* were used up; nothing was appended.
        OSError: the disk refused; nothing was appended.
    """
    _sync(path, table)  # a commit rests on those before it: else a power cut could leave a hole below it
    segment = path / f"part-{uuid.uuid4()}.parquet"
    try:
        with refusals_named(segment):
            stats = _write(segment, table, [rows] if isinstance(rows, pa.Table) else rows, keys)
            segment = sealed(segment)
            fsync_folder(path)
            _commit(table, segment.name, segment.stat().st_size, stats, retries)
    except BaseException:
        if not _is_registered(path, segment.name):
            segment.unlink(missing_ok=True)
        raise
    sync_commits(path, table)


def _write(segment: Path, table: DeltaTable, parts: Iterable[pa.Table], keys: tuple[str, ...]) -> str:
    """Write the segment; its statistics as Delta's protocol has them."""
    bounds: list[pa.Table] = []
    with segment_writer(segment, pa.schema(table.schema())) as out:
        for part in parts:
            out.write_table(part)
            bounds.append(part.select(list(keys)))
    return _stats(pa.concat_tables(bounds))


def remove_segment(path: Path, table: DeltaTable, name: str) -> None:
    """Take a file out of the table in one durable commit, then off the disk.

    Raises:
        CommitFailedError: another writer took it out, or always committed first; the file is still there.
    """
    now = int(time.time() * 1000)
    action = RemoveAction(name, data_change=True, deletion_timestamp=now, size=(path / name).stat().st_size)
    _transact(table, action, _REMOVE_RETRIES)
    sync_commits(path, table)
    (path / name).unlink()
    fsync_folder(path)


def _commit(table: DeltaTable, name: str, size: int, stats: str, retries: int) -> None:
    _transact(table, AddAction(name, size, {}, 0, data_change=True, stats=stats), retries)


def _transact(table: DeltaTable, action: AddAction | RemoveAction, retries: int) -> None:
    table.create_write_transaction(
        [action],
        mode="append",
        schema=table.schema(),
        commit_properties=CommitProperties(max_commit_retries=retries),
        post_commithook_properties=_NO_HOOKS,
    )


def sync_commits(path: Path, table: DeltaTable) -> None:
    """Make the table's commits durable, ours and those it rests on; every hundredth is followed by a checkpoint.

    The table is as it was before ours.
    """
    last = _sync(path, table)
    if last // _COMMITS_PER_CHECKPOINT > table.version() // _COMMITS_PER_CHECKPOINT:
        _checkpoint(path)


def _sync(path: Path, table: DeltaTable) -> int:
    """Make the table's commits durable, oldest first: their writers may not have come to it yet; the last's version."""
    key, last = f"{table.metadata().id} {path}", _last_version(path, table)
    before = max(_synced.get(key, -1), checkpointed(path))
    if before < last:
        for version in range(before + 1, last + 1):
            with suppress(FileNotFoundError):  # cleaned away: a durable checkpoint holds it
                fsync_file(path / "_delta_log" / f"{version:020}.json")
        fsync_folder(path / "_delta_log")
        _synced[key] = last
    return last


def _last_version(path: Path, table: DeltaTable) -> int:
    """The version of the last commit there is: bringing the table up to date would read it, and all that it lists."""
    version = table.version()
    while (path / "_delta_log" / f"{version + 1:020}.json").exists():
        version += 1
    return version


def checkpointed(path: Path) -> int:
    """The version that the last checkpoint holds."""
    try:
        return int(msgspec.json.decode((path / "_delta_log" / "_last_checkpoint").read_bytes())["version"])
    except (OSError, msgspec.DecodeError, KeyError, TypeError, ValueError):
        return -1


def _checkpoint(path: Path) -> None:
    from storage.checkpointing import write_checkpoint  # it needs what is above

    with suppress(OSError, DeltaError):  # the commit is safe without; the next hundred try again
        write_checkpoint(path)


def _is_registered(path: Path, name: str) -> bool:
    """Whether a commit that raised became visible all the same (then its segment must stay)."""
    try:
        return any(file.endswith(name) for file in segment_files(DeltaTable(path)))
    except Exception:  # noqa: BLE001 - an orphan file costs space, a missing one the log
        return True


def _stats(keys: pa.Table) -> str:
    """File statistics as Delta's protocol writes them."""
    bounds = {key: pc.call_function("min_max", [keys[key]]).as_py() for key in keys.column_names}
    return json.dumps(
        {
            "numRecords": keys.num_rows,
            "minValues": {key: _plain(bound["min"]) for key, bound in bounds.items()},
            "maxValues": {key: _plain(bound["max"]) for key, bound in bounds.items()},
            "nullCount": {key: keys[key].null_count for key in keys.column_names},
        }
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value if isinstance(value, int | str) else str(value)
