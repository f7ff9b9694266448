"""Anything of the edition as a file that other programs read: Parquet, CSV, JSON lines, or a form that a caller brings.

The same state of the log and the same selection give the same bytes. A file appears whole or not at all; no more than
a window of the rows is held in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from storage.drafts import drafted_file, drafted_parts
from storage.edition.parquet import NO_DAY, write_days, write_parquet
from storage.edition.selecting import NoDayError, Selected, Selection, select
from storage.edition.snapshot import snapshot
from storage.edition.written import json_objects, write_csv
from storage.home import Home

Write = Callable[[Selected, IO[bytes]], int]


@dataclass(frozen=True)
class Form:
    """A kind of file: the ending of its name, and what writes a selection and says how many rows it wrote."""

    ending: str
    write: Write


@dataclass(frozen=True)
class Exported:
    """What was written: where, how many rows, and the commit whose state it shows."""

    path: Path | None
    rows: int
    commit: int


def export(home: Home, selection: Selection, form: Form, to: Path | IO[bytes], *, force: bool = False) -> Exported:
    """Write a selection to a file, or to an open stream.

    Raises:
        NoEditionError: nothing was published yet.
        SelectionError: it cannot be selected.
        AlreadyThereError: the file is there, and not *force*.
    """
    with snapshot(home) as edition:
        selected = select(edition, selection)
        if not isinstance(to, Path):
            return Exported(None, form.write(selected, to), selected.commit)
        with drafted_file(to, force=force) as draft, draft.open("wb") as stream:
            rows = form.write(selected, stream)
        return Exported(to, rows, selected.commit)


def export_days(home: Home, selection: Selection, folder: Path, *, force: bool = False) -> Exported:
    """Write a selection as Parquet, one hive partition in *folder* for each day: `published_on=2026-03-02/`.

    With *force* the partitions of the selected days are replaced; those of other days stay in any case.

    Raises:
        NoEditionError: nothing was published yet.
        SelectionError: it cannot be selected, or has no days.
        AlreadyThereError: one of the days is there, and not *force*.
    """
    with snapshot(home) as edition:
        selected = select(edition, selection)
        if selected.day is None:
            raise NoDayError(selection.relation)
        taken = [part for part in sorted(folder.glob(f"{selected.day}=*")) if _is_selected(part, selection)]
        with drafted_parts(folder, taken, force=force) as draft:
            rows = write_days(selected.arrow(by_day=True), draft, selected.day, _about(selected))
        return Exported(folder, rows, selected.commit)


def _is_selected(part: Path, selection: Selection) -> bool:
    """Whether a partition's day lies in the selection's range."""
    day = part.name.partition("=")[2]
    if day == NO_DAY:
        return selection.since is None and selection.until is None
    return (selection.since is None or str(selection.since) <= day) and (
        selection.until is None or day <= str(selection.until)
    )


def _write_parquet(selected: Selected, to: IO[bytes]) -> int:
    return write_parquet(selected.arrow(), to, _about(selected))


def _write_csv(selected: Selected, to: IO[bytes]) -> int:
    text = TextIOWrapper(to, "utf-8", newline="", write_through=True)
    try:
        return write_csv(selected.answers(), text)
    finally:
        text.detach()


def _write_json_lines(selected: Selected, to: IO[bytes]) -> int:
    count = 0
    for rows in selected.answers():
        for lines in json_objects(rows):
            to.writelines(f"{line}\n".encode() for line in lines)
            count += len(lines)
    return count


def _about(selected: Selected) -> dict[str, Any]:
    """What a Parquet file says of itself."""
    meanings = {column.name: column.comment for column in selected.columns if column.comment}
    return {"relation": selected.name, "position": selected.commit, "columns": meanings}


PARQUET = Form(".parquet", _write_parquet)
CSV = Form(".csv", _write_csv)
JSON_LINES = Form(".jsonl", _write_json_lines)
