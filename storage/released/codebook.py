"""The codebook of a release: what each table and each column means, for people and as a table. Pure: text out."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from storage.released.tables import ReleasedTable

_OPENING = """\
# Codebook

**{title}**

Articles published from {since} to {until}, as of position {position} of the log. Each table lies here twice, as Parquet
and as CSV, with the same rows in the same order. Times (`_at`) are UTC, days (`_on`) the publisher's own; UUIDs are
text. In CSV an empty field is null, and lists and structures are JSON.

The articles' own words are not part of this release. A span tells where words stand in the cleaned text (`start` and
`end` in Unicode code points counted from 0, the end exclusive), and `text_sha256` which text that is: whoever holds the
article can look them up. Columns that hold nothing but such words are left out and named below. Headlines, names of
people and places, and what the publisher states about an article are kept.
"""


def codebook_markdown(tables: Sequence[ReleasedTable], opening: Mapping[str, object]) -> str:
    """The codebook as Markdown; *opening* gives title, since, until and position."""
    return "\n".join([_OPENING.format(**opening), *(_section(table) for table in tables)])


def _section(table: ReleasedTable) -> str:
    rows = [f"| {column.name} | `{column.kind}` | {_cell(column.meaning)} |" for column in table.columns]
    left_out = f"\nLeft out: {', '.join(f'`{name}`' for name in table.left_out)}.\n" if table.left_out else ""
    header = "| column | type | meaning |\n|---|---|---|"
    return f"## {table.name}\n\n{_sentence(table.meaning)}\n\n{header}\n" + "\n".join(rows) + f"\n{left_out}"


def codebook_csv(tables: Sequence[ReleasedTable]) -> str:
    """The codebook as RFC 4180, one row for each column of each table."""
    to = StringIO(newline="")
    writer = csv.writer(to, lineterminator="\r\n")
    writer.writerow(["table", "column", "type", "meaning"])
    writer.writerows(
        (table.name, column.name, column.kind, column.meaning) for table in tables for column in table.columns
    )
    return to.getvalue()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
