"""The data files of a Delta table as its own log lists them, and whether each is there as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError

from storage.sealing import is_broken
from storage.verification.findings import Fault, Findings


@dataclass(frozen=True)
class Segment:
    """A data file: what the table's log says about it. Positions are 0 where the table has none."""

    path: Path
    size: int
    rows: int
    first: int = 0
    last: int = 0

    @property
    def where(self) -> str:
        """Its name below the home."""
        return f"{self.path.parent.name}/{self.path.name}"


def segments_of(folder: Path, findings: Findings) -> list[Segment]:
    """The table's files, in the order of their positions; none when there is no table, or one that cannot be opened."""
    if not folder.exists():
        return []
    try:
        return _listed(folder, DeltaTable(folder))
    except TableNotFoundError:
        if any(folder.glob("*.parquet")):
            findings.fault(Fault(f"{folder.name}/_delta_log", "holds no commit that says what the files beside it are"))
    except (DeltaError, OSError, ValueError) as error:  # a torn or missing commit file
        why = str(error).partition("\n")[0]
        hint = "the next run puts aside what a power cut tore of a commit that nobody was told of"
        findings.fault(Fault(f"{folder.name}/_delta_log", f"cannot be read: {why}; {hint}"))
    return []


def _listed(folder: Path, table: DeltaTable) -> list[Segment]:
    actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    found = [
        Segment(
            folder / each["path"],
            each["size_bytes"],
            each["num_records"] or 0,
            each.get("min.position") or 0,
            each.get("max.position") or 0,
        )
        for each in actions
    ]
    return sorted(found, key=lambda each: (each.first, each.last, each.path.name))


def is_whole(segment: Segment, findings: Findings) -> bool:
    """Whether a file is there and can be read at all; what is wrong with its bytes is found on the way."""
    try:
        size, is_other = segment.path.stat().st_size, is_broken(segment.path)
    except OSError as error:
        findings.fault(Fault(segment.where, f"cannot be read: {error.strerror}{_rows(segment)}"))
        return False
    if size != segment.size:
        findings.fault(Fault(segment.where, f"has {size} bytes; {segment.size} were committed"))
    elif is_other:
        findings.fault(Fault(segment.where, "its bytes are not those that were committed (SHA-256)"))
    return True


def _rows(segment: Segment) -> str:
    return f"; it holds positions {segment.first} to {segment.last}" if segment.last else f"; {segment.rows} rows"


def note_strays(folder: Path, named: Sequence[Segment], findings: Findings) -> None:
    """Note the files that no commit names: leftovers of a crash, or kept for readers until `compact` removes them."""
    for torn in sorted((folder / "_delta_log").glob("*.torn")):
        findings.note(f"{folder.name}/_delta_log/{torn.name}: put aside after a power cut; nobody was told of it")
    known = {segment.path.name for segment in named}
    strays = [path for path in folder.glob("*.parquet") if path.name not in known]
    if strays:
        findings.note(
            f"{folder.name}/: {len(strays)} files that are not, or no longer, part of the table, such as"
            f" {min(strays).name}; harmless, and `dateline compact` removes them after its retention time"
        )
