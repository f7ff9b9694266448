"""The data files of a Delta table as its own log lists them, and whether each is there as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError

from storage.delta import refuse_misread
from storage.mending import damaged
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


@dataclass(frozen=True)
class Listed:
    """What a table's log says: its files, in the order of their positions; unless *is_readable* nobody can tell."""

    segments: Sequence[Segment] = ()
    is_readable: bool = True


def listed(folder: Path, findings: Findings, wanted: Mapping[str, str] = MappingProxyType({})) -> Listed:
    """The table's files; none when there is no table. What of its configuration is *wanted* must stand in it.

    Raises:
        MisreadPathError: Delta would look for it elsewhere.
    """
    if not folder.exists():
        return Listed()
    refuse_misread(folder)
    where = f"{folder.name}/_delta_log"
    try:
        table = DeltaTable(folder)
        stated = table.metadata().configuration
        for name, value in wanted.items():
            if stated.get(name) != value:
                findings.fault(Fault(where, f"the table was made with {name} = {value}, which it no longer states"))
        return Listed(_segments(folder, table))
    except TableNotFoundError:
        if any(folder.glob("*.parquet")):
            findings.fault(Fault(where, "holds no commit that says what the files beside it are"))
            return Listed(is_readable=False)
    except (DeltaError, OSError, ValueError) as error:  # a torn or missing commit file
        _unreadable(where, str(error).partition("\n")[0], damaged(folder / "_delta_log"), findings)
        return Listed(is_readable=False)
    return Listed()


def _unreadable(where: str, why: str, files: Sequence[str], findings: Findings) -> None:
    hint = "the next run puts aside what a power cut tore of a commit that nobody was told of; else put back a copy"
    for each in [f"{where}/{file}" for file in files] or [where]:
        findings.fault(Fault(each, f"is missing or cannot be read, and with it the table: {why}; {hint}"))


def _segments(folder: Path, table: DeltaTable) -> list[Segment]:
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


def note_strays(folder: Path, table: Listed, findings: Findings) -> None:
    """Note the files that no commit names: leftovers of a crash, or kept for readers until `compact` removes them."""
    for torn in sorted((folder / "_delta_log").glob("*.torn")):
        aside = "put aside after a power cut; unless an end is lost, nobody was told of it"
        findings.note(f"{folder.name}/_delta_log/{torn.name}: {aside}")
    known = {segment.path.name for segment in table.segments}
    strays = [path for path in folder.glob("*.parquet") if path.name not in known]
    if strays and table.is_readable:
        findings.note(
            f"{folder.name}/: {len(strays)} files that are not, or no longer, part of the table, such as"
            f" {min(strays).name}; harmless, and `dateline compact` removes them after its retention time"
        )
