"""Appending to a Delta table so that what is acknowledged is on the disk.

delta-rs never calls fsync, and its commit may become durable before the data it points to. So: write the segment, fsync
it and its folder, register it in one commit, fsync the commit and its folder.
"""

from __future__ import annotations

import json
import os
import uuid
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable
from deltalake.exceptions import CommitFailedError, TableNotFoundError
from deltalake.transaction import AddAction

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

__all__ = ["CommitFailedError", "append_segment", "fsync_folder", "open_table", "segment_files"]


def open_table(path: Path, schema: pa.Schema, configuration: dict[str, str] | None = None) -> DeltaTable:
    """The table, made on first use. Two processes may make it at the same time; one of them wins."""
    try:
        return DeltaTable(path)
    except TableNotFoundError:
        path.mkdir(parents=True, exist_ok=True)
    DeltaTable.create(path, schema=schema, mode="ignore", configuration=dict(configuration or {}))
    fsync_folder(path / "_delta_log")
    fsync_folder(path)
    return DeltaTable(path)


def segment_files(table: DeltaTable) -> list[str]:
    """Paths of the table's data files, in the order of their names."""
    return sorted(uri.removeprefix("file://") for uri in table.file_uris())


def append_segment(path: Path, table: DeltaTable, rows: pa.Table, keys: tuple[str, ...], retries: int) -> None:
    """Append rows durably in one commit; *keys* are the columns whose smallest and largest values are kept.

    Raises:
        CommitFailedError: another writer committed in between and *retries* were used up; nothing was appended.
        OSError: the disk refused; nothing was appended.
    """
    name, before = f"part-{uuid.uuid4()}.parquet", table.version()
    segment = path / name
    try:
        pq.write_table(rows, segment, compression="zstd", store_schema=False)
        _fsync(segment)
        fsync_folder(path)
        _commit(table, name, segment.stat().st_size, rows, keys, retries)
    except BaseException:
        if not _is_registered(path, name):
            segment.unlink(missing_ok=True)
        raise
    for version in range(before + 1, table.version() + 1):  # another writer's commit may stand between
        _fsync(path / "_delta_log" / f"{version:020}.json")
    fsync_folder(path / "_delta_log")


def _commit(table: DeltaTable, name: str, size: int, rows: pa.Table, keys: tuple[str, ...], retries: int) -> None:
    action = AddAction(name, size, {}, 0, data_change=True, stats=_stats(rows, keys))
    table.create_write_transaction(
        [action],
        mode="append",
        schema=table.schema(),
        commit_properties=CommitProperties(max_commit_retries=retries),
    )
    table.update_incremental()


def _is_registered(path: Path, name: str) -> bool:
    """Whether a commit that raised became visible all the same (then its segment must stay)."""
    try:
        return any(file.endswith(name) for file in DeltaTable(path).file_uris())
    except Exception:  # noqa: BLE001 - an orphan file costs space, a missing one the log
        return True


def _stats(rows: pa.Table, keys: tuple[str, ...]) -> str:
    """File statistics as Delta's protocol writes them."""
    bounds = {key: pc.call_function("min_max", [rows[key]]).as_py() for key in keys}
    return json.dumps(
        {
            "numRecords": rows.num_rows,
            "minValues": {key: _plain(bound["min"]) for key, bound in bounds.items()},
            "maxValues": {key: _plain(bound["max"]) for key, bound in bounds.items()},
            "nullCount": {key: rows[key].null_count for key in keys},
        }
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value if isinstance(value, int | str) else str(value)


def _fsync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fsync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    _fsync(folder)
