"""Which views a release holds, and which of their columns.

Released is every view that can be cut by day of publication, except `events`, which is the log and no view of what
counts. Columns that hold nothing but words of articles are left out by their names: `text`, `words`, `content`,
`quoted` and whatever ends in `_text` or `_words`. They would be empty, the words being gone already; spans keep start
and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from storage.edition.snapshot import Snapshot
from storage.edition.views import View
from storage.edition.vocabulary import Vocabulary
from storage.released.wordless import without_words

if TYPE_CHECKING:
    from duckdb.sqltypes import DuckDBPyType

DAY = "published_on"
_LOG = "events"
_WORDS = re.compile(r"(?:.+_)?(?:text|words)|content|quoted")
_TEXTS = ("varchar", "varchar[]")


@dataclass(frozen=True)
class ReleasedColumn:
    """A column: its name, DuckDB's name of its type in the release, and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class ReleasedTable:
    """A view as it is released: its columns, the names of those left out, and the SQL of its rows in their order."""

    name: str
    meaning: str
    columns: tuple[ReleasedColumn, ...]
    left_out: tuple[str, ...]
    query: str


def released_tables(
    edition: Snapshot, vocabulary: Vocabulary, commit: int, since: date, until: date
) -> Iterator[ReleasedTable]:
    """The tables of a release over an edition without words, as of a commit and for days with both ends included."""
    for view in sorted(vocabulary.views, key=lambda view: view.name):
        kinds = edition.kinds(f"FROM {view.name}")
        if DAY in kinds and view.name != _LOG:
            yield _table(edition, view, kinds, f"{view.name}_as_of({commit})", (since, until))


def _table(
    edition: Snapshot, view: View, kinds: dict[str, DuckDBPyType], relation: str, days: tuple[date, date]
) -> ReleasedTable:
    kept = {name: kind for name, kind in kinds.items() if not _holds_words(name, kind)}
    picked = ", ".join(f"{without_words(_quoted(name), kind)} AS {_quoted(name)}" for name, kind in kept.items())
    order = ", ".join(_quoted(name) for name in sorted(kept, key=lambda name: name != DAY))
    rows = f"SELECT {picked} FROM {relation} WHERE {DAY} BETWEEN DATE '{days[0]}' AND DATE '{days[1]}'"  # noqa: S608 - our names
    columns = tuple(
        ReleasedColumn(name, str(kind), view.column_comments.get(name, ""))
        for name, kind in edition.kinds(rows).items()
    )
    left_out = tuple(name for name in kinds if name not in kept)
    return ReleasedTable(view.name, view.comment, columns, left_out, f"FROM ({rows}) ORDER BY {order}")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _holds_words(name: str, kind: DuckDBPyType) -> bool:
    return str(kind).lower() in _TEXTS and _WORDS.fullmatch(name) is not None
