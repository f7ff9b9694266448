"""A Delta table's checkpoint, made so that it is whole before anybody can see it.

delta-rs writes a checkpoint in place and never syncs it: after a power cut a torn one would keep the table from being
opened. So it is made in a folder beside, out of links to the table's own commits, synced, and then moved in.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from deltalake import DeltaTable

from storage.durability import fsync_file, fsync_folder
from storage.refusals import refusals_named

_DRAFTS = ".checkpoint-"
_LAST = "_last_checkpoint"
_LONGEST_SECONDS = 3600


def write_checkpoint(folder: Path) -> bool:
    """Write a checkpoint of the table's newest version; False when there is one already.

    Raises:
        OSError: the disk refused; the table is as it was.
    """
    log = folder / "_delta_log"
    with refusals_named(log), _linked(folder, log) as draft:
        before = {path.name for path in draft.iterdir()}
        DeltaTable(draft.parent).create_checkpoint()
        fresh = sorted({path.name for path in draft.iterdir()} - before - {_LAST})
        if not fresh or any((log / name).exists() for name in fresh):
            return False
        # the hint goes last: it names the checkpoint
        for name in (*fresh, _LAST):
            fsync_file(draft / name)
            (draft / name).replace(log / name)
            fsync_folder(log)
    return True


def remove_drafts(folder: Path) -> None:
    """Remove what a crash left of checkpoints; nobody takes an hour for one."""
    for draft in folder.parent.glob(f"{_DRAFTS}{folder.name}-*"):
        if draft.stat().st_mtime < time.time() - _LONGEST_SECONDS:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def _linked(folder: Path, log: Path) -> Generator[Path]:
    """A folder beside with links to the table's commits; gone afterwards."""
    root = Path(mkdtemp(prefix=f"{_DRAFTS}{folder.name}-", dir=folder.parent))
    try:
        draft = root / log.name
        draft.mkdir()
        for path in log.iterdir():
            if path.suffix in (".json", ".parquet"):
                with suppress(FileNotFoundError):  # cleaned meanwhile: older than a checkpoint that is there
                    os.link(path, draft / path.name)
        yield draft
    finally:
        shutil.rmtree(root, ignore_errors=True)
