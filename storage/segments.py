"""The log's segment files by what their commits say of them: which positions and days each holds.

Days are those of the rows that close batches too, so a file's days reach to the day it was written on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable

_COLUMNS = ("path", "num_records", "min.position", "max.position", "min.published_on", "max.published_on")


@dataclass(frozen=True)
class Segment:
    """A file of the log; all bounds are included."""

    path: str
    rows: int
    first: int
    last: int
    since: date
    until: date


def segments_of(table: DeltaTable, folder: Path) -> list[Segment]:
    """The table's segments, in the order of their first positions."""
    actions = pa.table(table.get_add_actions(flatten=True))
    if not actions.num_rows:
        return []
    columns = [actions[name].to_pylist() for name in _COLUMNS]
    found = (Segment(str(folder / name), *bounds) for name, *bounds in zip(*columns, strict=True))
    return sorted(found, key=lambda each: (each.first, each.last))


def in_turn(segments: Iterable[Segment], rows: int) -> Iterator[list[Segment]]:
    """Segments in groups of some *rows* that can be read one after the other: no position lies in two groups.

    Segments follow each other without overlap, unless a foreign tool has merged some that are no neighbours.
    """
    group: list[Segment] = []
    for each in segments:
        if group and sum(one.rows for one in group) >= rows and each.first > max(one.last for one in group):
            yield group
            group = []
        group.append(each)
    if group:
        yield group
