"""Tables of a few names, the figures beside them and a remark, for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table


def listing(left: Sequence[str], right: Sequence[str], last: Sequence[str]) -> Table:
    """An empty table: the columns on the *left* hold names, those on the *right* figures, the *last* may wrap."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="dim", padding=(0, 1))
    for name in left:
        table.add_column(name, no_wrap=True)
    for name in right:
        table.add_column(name, justify="right", no_wrap=True)
    for name in last:
        table.add_column(name)
    return table
