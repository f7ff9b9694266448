"""Opening a Delta table again after a power cut.

Nothing that was acknowledged needs this: it was synced first. But a commit that was just being made may be left torn,
and a checkpoint that delta-rs wrote by itself too; either keeps the whole table from being opened. Both are put aside
under a name that Delta does not know, so that nothing is destroyed. A file that other processes can see is whole until
the power goes: they appear by rename.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from storage.durability import fsync_folder

_TORN = ".torn"
_HINT = "_last_checkpoint"


def mend(log: Path) -> bool:
    """Put aside what is torn in a table's `_delta_log`; False when nothing is, or no table would be left without it."""
    mended = [*_torn_commits(log), *_torn_checkpoints(log)]
    for file in mended:
        with suppress(FileNotFoundError):  # another process was as quick
            file.rename(file.with_name(file.name + _TORN))
    if mended:
        (log / _HINT).unlink(missing_ok=True)  # it may name what is gone; without it, Delta lists the folder
        fsync_folder(log)
    return bool(mended)


def _torn_commits(log: Path) -> list[Path]:
    """The newest commits as far as they are torn: older ones were synced, and damage there must be seen."""
    torn: list[Path] = []
    for _, commit in sorted(_commits(log).items(), reverse=True):
        if _is_json_lines(commit):
            break
        torn.append(commit)
    return torn


def _torn_checkpoints(log: Path) -> list[Path]:
    """Checkpoints that cannot be read, if the table can be had without them."""
    checkpoints = sorted(log.glob("*.checkpoint*.parquet"))
    torn = [file for file in checkpoints if not _is_parquet(file)]
    whole = [_version(file) for file in checkpoints if file not in torn]
    commits, oldest_needed = _commits(log).keys(), max(whole, default=-1) + 1
    return torn if commits and commits >= set(range(oldest_needed, max(commits) + 1)) else []


def damaged(log: Path) -> list[str]:
    """Names of the files of a table's `_delta_log` that are missing or cannot be read, as far as their form tells."""
    commits, checkpoints = _commits(log), sorted(log.glob("*.checkpoint*.parquet"))
    start = max([min(commits, default=0), *(_version(file) + 1 for file in checkpoints)])
    missing = {*range(start, max(commits, default=0))} - commits.keys()
    torn = [file.name for file in commits.values() if not _is_json_lines(file)]
    torn += [file.name for file in checkpoints if not _is_parquet(file)]
    return sorted([*(f"{version:020}.json" for version in missing), *torn])


def _commits(log: Path) -> dict[int, Path]:
    return {int(file.stem): file for file in log.glob("*.json") if file.stem.isdecimal()}


def _version(checkpoint: Path) -> int:
    return int(checkpoint.name.partition(".")[0])


def _is_json_lines(file: Path) -> bool:
    try:
        return bool([msgspec.json.decode(line) for line in file.read_bytes().splitlines()])
    except (msgspec.DecodeError, FileNotFoundError):
        return False


def _is_parquet(file: Path) -> bool:
    try:
        pq.read_metadata(file)
    except (pa.ArrowException, OSError):
        return False
    return True
