"""Answers for people: a table that fits the terminal, or one block per row where a table would not.

Numbers and dates keep their width and stand right; what is long gives way. Piped, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, cast

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.cli.console import plain
from storage.edition.ask import Column

_GAP = 2  # columns of the terminal between two columns of a table
_LEAST = 12  # narrower than this a cut text says nothing
_BLOCK_CHARS = 400  # of a value, where several rows stand as blocks
_NEVER_CUT = ("DATE", "BOOLEAN", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE")
_NO_EDGE = 1_000_000
_DASH = "\N{EN DASH}"

Row = tuple[Any, ...]


def show(
    console: Console, columns: Sequence[Column], rows: Sequence[Row], *, widest: int | None = None, indent: int = 0
) -> None:
    """Print rows as a table, as blocks when it would be too wide, or as plain text when there is one value."""
    width = min(console.width, widest or _NO_EDGE) - indent
    if len(columns) == 1 and len(rows) == 1:
        _put(console, Text(_written(rows[0][0])), width, indent)
        return
    cells = [[shown(value) for value in row] for row in rows]
    widths = fitted([_natural(column, number, cells) for number, column in enumerate(columns)], width)
    if widths is None:
        _show_blocks(console, columns, rows)
    else:
        _put(console, _table(columns, cells, widths), width, indent)


def _put(console: Console, what: RenderableType, width: int, indent: int) -> None:
    # padding fills the line, so a piped table, whose line has no end, goes without
    console.print(Constrain(Padding(what, (0, 0, 0, indent)), width + indent) if indent else what)


def shown(value: object) -> str:
    """A value on one line; a span as its words and characters.

    >>> shown([{"start": 1, "end": 6, "text": "Rafah"}, {"n": 1}])
    'Rafah (1-6), n 1'
    """
    return " ".join(_written(value).split())


def _written(value: object) -> str:
    if isinstance(value, dict):
        return _written_struct(cast("dict[str, object]", value))
    if isinstance(value, list):
        return ", ".join(_written(each) for each in cast("list[object]", value))
    return _written_scalar(value)


def _written_struct(fields: Mapping[str, object]) -> str:
    if set(fields) == {"start", "end", "text"}:
        return f"{_written(fields['text'])} ({fields['start']}-{fields['end']})"
    return " · ".join(f"{name} {_written(each)}" for name, each in fields.items())


def _written_scalar(value: object) -> str:
    if value is None:
        return _DASH
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return str(value).lower() if isinstance(value, bool) else plain(str(value))


def _is_right(column: Column) -> bool:
    return column.kind.endswith(("INT", "INTEGER", "FLOAT", "DOUBLE")) or column.kind.startswith("DECIMAL")


def _natural(column: Column, number: int, cells: Iterable[Sequence[str]]) -> tuple[int, bool]:
    """Width of the widest cell, and whether it may be cut."""
    wide = max((cell_len(row[number]) for row in cells), default=0)
    may_be_cut = not _is_right(column) and column.kind not in _NEVER_CUT
    return max(wide, cell_len(column.name)), may_be_cut


def fitted(natural: Sequence[tuple[int, bool]], width: int) -> list[int] | None:
    """Widths that fit together: short columns keep theirs, long ones share what is left. None: too little is.

    >>> fitted([(4, False), (80, True), (10, True)], 60)
    [4, 42, 10]
    """
    left = width - _GAP * (len(natural) - 1)
    widths = [each for each, _ in natural]
    open_ones = sorted((number for number, (_, cut) in enumerate(natural) if cut), key=lambda number: widths[number])
    left -= sum(each for each, cut in natural if not cut)
    for place, number in enumerate(open_ones):
        share = left // (len(open_ones) - place)
        if widths[number] > share < _LEAST:
            return None
        widths[number] = min(widths[number], share)
        left -= widths[number]
    return widths if left >= 0 else None


def _table(columns: Sequence[Column], cells: Iterable[Sequence[str]], widths: Sequence[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Text(plain(column.name)),
            justify="right" if _is_right(column) else "left",
            width=max(width, 1),
            no_wrap=True,
            overflow="ellipsis",
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _show_blocks(console: Console, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Each row as a block of `name  value` lines."""
    name_width = max(cell_len(column.name) for column in columns)
    for number, row in enumerate(rows, 1):
        console.print(Text(f"── {number} " + "─" * max(0, min(console.width, 60) - len(str(number)) - 4), style="dim"))
        block = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
        block.add_column(width=name_width, style="bold")
        block.add_column(overflow="fold", ratio=1)
        for column, value in zip(columns, row, strict=True):
            text = shown(value) if len(rows) > 1 else _written(value)
            block.add_row(Text(plain(column.name)), Text(_cut(text) if len(rows) > 1 else text))
        console.print(block)


def _cut(text: str) -> str:
    return text if len(text) <= _BLOCK_CHARS else f"{text[: _BLOCK_CHARS - 1]}…"


def first_rows(batches: Iterable[Sequence[Row]], most: int | None) -> tuple[list[Row], bool]:
    """At most so many rows, and whether there are more."""
    every = (row for batch in batches for row in batch)
    if most is None:
        return list(every), False
    rows = list(islice(every, most + 1))
    return rows[:most], len(rows) > most
