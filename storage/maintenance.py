"""Compacting: small segments merged, a checkpoint written, and files that left the tables removed after a while.

Safe while others read and append. A reader's list of files is good for as long as files are retained; a writer that
comes in between is given way to, and one that takes a segment away wins. Texts are held while some of them are merged,
for a text that is being forgotten must not come back in a file of ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from deltalake import DeltaTable

from storage import rows, texts
from storage.checkpointing import remove_drafts, write_checkpoint
from storage.delta import checkpointed
from storage.home import Home
from storage.merging import Shape, merge, mergeable, segments
from storage.texts import TextStore
from storage.watching import Nobody, Watcher

RETAIN_HOURS = 168
_RETAIN_COMMITS_HOURS = 30 * 24  # Delta's own default for the files of commits
_SECONDS_PER_HOUR = 3600

Hold = Callable[[], AbstractContextManager[None]]

_LOG = Shape(rows.SCHEMA, bounded=("position", "published_on"), gapless="position")
_TEXTS = Shape(texts.SCHEMA, bounded=("text_sha256",))


@dataclass(frozen=True)
class Compaction:
    """What was done to one table."""

    table: str
    files_before: int
    files_after: int
    removed_files: int
    removed_bytes: int
    has_new_checkpoint: bool
    skipped_groups: int  # groups of files of which another writer took one away meanwhile


def compact(home: Home, *, retain_hours: int = RETAIN_HOURS, watcher: Watcher | None = None) -> list[Compaction]:
    """Compact the log and the texts; files that left a table longer than *retain_hours* ago are removed.

    Raises:
        BusyError: another process compacts this home.
        UnsoundSegmentError: a segment is not what its commit says; its table is left as it is.
        OSError: the disk refused; the tables are as they were.
    """
    lock = home.claim("compaction")
    try:
        done = [
            _compact(folder, shape, hold, retain_hours, watcher or Nobody())
            for folder, shape, hold in ((home.log, _LOG, nullcontext), (home.texts, _TEXTS, TextStore(home).held))
            if (folder / "_delta_log").is_dir()
        ]
        _remove_old(home.root.glob("head.*.tmp"), retain_hours)
    finally:
        lock.release()
    return done


def _compact(folder: Path, shape: Shape, hold: Hold, retain_hours: int, watcher: Watcher) -> Compaction:
    remove_drafts(folder)
    table = DeltaTable(folder)
    before = segments(folder, table, shape)
    groups, merged = mergeable(before), list[bool]()
    watcher.stage(f"files of {folder.name}", sum(map(len, groups)))
    for group in groups:
        with hold():
            merged.append(merge(folder, table, group, shape))
        watcher.advance(len(group))
    has_checkpoint = write_checkpoint(folder)
    table = DeltaTable(folder)
    removed = _vacuum(folder, table, retain_hours)
    _remove_old(_commits_before(folder), max(retain_hours, _RETAIN_COMMITS_HOURS))
    return Compaction(
        table=folder.name,
        files_before=len(before),
        files_after=len(table.file_uris()),
        removed_files=len(removed),
        removed_bytes=sum(removed),
        has_new_checkpoint=has_checkpoint,
        skipped_groups=merged.count(False),
    )


def _vacuum(folder: Path, table: DeltaTable, retain_hours: int) -> list[int]:
    """Remove segments that no commit names, or none any more; their sizes.

    Delta tells which left the table long enough ago, as far as its log remembers; the file's own time, which merging
    sets, tells for those it has forgotten. Of the table's own files Delta names none.
    """
    unneeded = table.vacuum(retain_hours, dry_run=True, enforce_retention_duration=False, full=True)
    current = {Path(uri).name for uri in table.file_uris()}
    old = [folder / name for name in unneeded if name.startswith("part-") and name not in current]
    return _remove_old([*old, *(folder / "_delta_log").glob("*.tmp")], retain_hours)


def _commits_before(folder: Path) -> list[Path]:
    """What the last checkpoint, which is durable, tells as well: earlier commits and checkpoints."""
    last = checkpointed(folder)
    found = (path for path in (folder / "_delta_log").iterdir() if path.suffix in (".json", ".parquet"))
    return [path for path in found if int(path.name.partition(".")[0]) < last]


def _remove_old(files: Iterable[Path], retain_hours: int) -> list[int]:
    removed: list[int] = []
    for file in files:
        with suppress(FileNotFoundError):
            found = file.stat()
            if found.st_mtime < time.time() - retain_hours * _SECONDS_PER_HOUR:
                file.unlink()
                removed.append(found.st_size)
    return removed
