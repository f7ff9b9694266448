"""Small segments of a Delta table merged into large ones: same rows, same order, one commit that changes no data.

`optimize` of delta-rs is not used: it keeps the order only by chance of the order in which files are listed, writes
smallest and largest values of every column (words of texts among them) into the table's log, and syncs nothing.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake.transaction import AddAction, RemoveAction

from storage.delta import CommitFailedError, fsync_folder, sync_commits
from storage.layout import segment_writer
from storage.refusals import refusals_named
from storage.sealing import is_broken, sealed

_TARGET_BYTES = 128 * 1024 * 1024
_ROWS_PER_GROUP = 100_000
_TRIES = 20
_NO_HOOKS = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


class UnsoundSegmentError(RuntimeError):
    """A segment is not what its commit says; merging it would hide that."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; nothing was merged, `dateline verify` says more")
        self.path = path


@dataclass(frozen=True)
class Kept:
    """A segment as the table's log lists it: *action* holds its sizes and bounds."""

    path: Path
    action: dict[str, Any]

    @property
    def size(self) -> int:
        """Bytes."""
        return int(self.action["size_bytes"])


@dataclass(frozen=True)
class Shape:
    """What is known of a table's rows: the column they are ordered by without gap, if any, and those with bounds."""

    columns: pa.Schema
    bounded: tuple[str, ...]
    gapless: str | None = None


def segments(folder: Path, table: DeltaTable, shape: Shape) -> list[Kept]:
    """The table's segments, in the order of their rows."""
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    found = [Kept(folder / each["path"], each) for each in actions]
    return sorted(found, key=lambda each: (each.action[f"min.{shape.bounded[0]}"], each.path.name))


def mergeable(found: Sequence[Kept], target_bytes: int = _TARGET_BYTES) -> list[list[Kept]]:
    """Neighbours that are small enough to become one; a file of half the target or more stays as it is."""
    groups: list[list[Kept]] = [[]]
    for each in found:
        if each.size * 2 >= target_bytes:
            groups.append([])
        else:
            if sum(one.size for one in groups[-1]) + each.size > target_bytes:
                groups.append([])
            groups[-1].append(each)
    return [group for group in groups if len(group) > 1]


def merge(folder: Path, table: DeltaTable, group: Sequence[Kept], shape: Shape) -> bool:
    """Put one durable segment in the place of several; False when another writer took one of them away meanwhile.

    Raises:
        UnsoundSegmentError: a segment is not what its commit says.
        OSError: the disk refused; the table is as it was.
    """
    if not _are_listed(table, group):
        return False
    draft = folder / f"part-{uuid.uuid4()}.parquet"
    try:
        with refusals_named(draft):
            _write(draft, group, shape)
            draft = sealed(draft)
            fsync_folder(folder)
            is_merged = _commit(folder, table, group, _add(draft, group, shape))
    except BaseException:
        if not _is_registered(folder, draft):
            draft.unlink(missing_ok=True)
        raise
    if not is_merged:
        draft.unlink()
    return is_merged


def _write(draft: Path, group: Sequence[Kept], shape: Shape) -> None:
    with segment_writer(draft, shape.columns) as out:
        held: list[pa.Table] = []
        for rows in _rows(group, shape):
            held.append(rows)
            if sum(each.num_rows for each in held) >= _ROWS_PER_GROUP:
                out.write_table(pa.concat_tables(held))
                held.clear()
        if held:
            out.write_table(pa.concat_tables(held))


def _rows(group: Sequence[Kept], shape: Shape) -> Iterator[pa.Table]:
    expected = int(group[0].action.get(f"min.{shape.gapless}") or 0)
    for each in group:
        if each.path.stat().st_size != each.size or is_broken(each.path):
            raise UnsoundSegmentError(each.path, "its bytes are not those that were committed")
        rows = 0
        with pq.ParquetFile(each.path, pre_buffer=False) as file:
            for batch in file.iter_batches(_ROWS_PER_GROUP):
                if shape.gapless:
                    there = batch[shape.gapless].to_pylist()
                    if there != [*range(expected, expected + len(there))]:
                        raise UnsoundSegmentError(each.path, f"its {shape.gapless}s have gaps or another order")
                    expected += len(there)
                rows += batch.num_rows
                yield pa.Table.from_batches([batch])
        if rows != each.action["num_records"]:
            raise UnsoundSegmentError(each.path, f"has {rows} rows; {each.action['num_records']} were committed")


def _add(merged: Path, group: Sequence[Kept], shape: Shape) -> AddAction:
    actions = [each.action for each in group]
    stats = {
        "numRecords": sum(each["num_records"] for each in actions),
        "minValues": {name: _plain(min(each[f"min.{name}"] for each in actions)) for name in shape.bounded},
        "maxValues": {name: _plain(max(each[f"max.{name}"] for each in actions)) for name in shape.bounded},
        "nullCount": {name: sum(each[f"null_count.{name}"] for each in actions) for name in shape.bounded},
    }
    return AddAction(merged.name, merged.stat().st_size, {}, _now(), data_change=False, stats=json.dumps(stats))


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value if isinstance(value, int | str) else str(value)


def _commit(folder: Path, table: DeltaTable, group: Sequence[Kept], add: AddAction) -> bool:
    for each in group:
        # a file's age counts from when it left the table: readers may have found it a moment before
        os.utime(each.path)
    for _ in range(_TRIES):
        if not _are_listed(table, group):
            return False
        removes = [RemoveAction(each.path.name, False, _now(), each.size, {}) for each in group]  # noqa: FBT003
        try:
            table.create_write_transaction(
                [*removes, add],
                mode="append",
                schema=table.schema(),
                commit_properties=CommitProperties(max_commit_retries=0),
                post_commithook_properties=_NO_HOOKS,
            )
        except CommitFailedError:  # somebody appended: these files are still the same
            continue
        sync_commits(folder, table)
        return True
    return False


def _are_listed(table: DeltaTable, group: Sequence[Kept]) -> bool:
    """Whether all of them are part of the table as it stands now."""
    table.update_incremental()
    return {each.path.name for each in group} <= {Path(uri).name for uri in table.file_uris()}


def _is_registered(folder: Path, draft: Path) -> bool:
    """Whether a commit that raised became visible all the same (then its segment must stay)."""
    try:
        return any(Path(uri).name == draft.name for uri in DeltaTable(folder).file_uris())
    except Exception:  # noqa: BLE001 - an orphan file costs space, a missing one the table
        return True


def _now() -> int:
    return int(time.time() * 1000)
