"""The edition without a word of its articles: the views are made anew over tables from which the words were taken.

No rule about columns could say of every view, those of plug-ins included, which of them repeat an article. So the
words go where they come from: `log.texts` has keys and no texts, and the spans of all records have places and no words.
What a view computes from them is then null or empty.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from storage.edition.snapshot import Snapshot, snapshot
from storage.edition.vocabulary import Vocabulary
from storage.home import Home

if TYPE_CHECKING:
    from duckdb.sqltypes import DuckDBPyType

_SPAN = ("start", "end", "text")
_TABLES = """
SELECT schema_name, table_name
FROM duckdb_tables()
WHERE database_name = $published AND NOT internal
ORDER BY ALL"""


class OtherEditionError(ValueError):
    """The published edition was made by other classes and views than those that are here."""

    def __init__(self, home: Home) -> None:
        super().__init__(f"{home.edition} was made by another version of dateline; run `dateline publish` first")
        self.home = home


@contextmanager
def wordless(home: Home, vocabulary: Vocabulary) -> Generator[Snapshot]:
    """The published edition without the articles' words, until the block ends.

    Raises:
        NoEditionError: nothing was published yet.
        OtherEditionError: the edition does not fit the vocabulary.
    """
    with snapshot(home) as edition:
        [(published,)] = edition.ask("SELECT current_database()").rows
        if edition.ask("SELECT schema_sha256 FROM log.checkpoint").rows != [(vocabulary.schema_sha256,)]:
            raise OtherEditionError(home)
        apart = f"wordless_{uuid4().hex}"  # whoever has this file open in this process sees it too
        edition.ask(f"ATTACH ':memory:' AS {apart} (READ_WRITE)")
        try:
            edition.ask(f"USE {apart}")
            _take_words_from_tables(edition, published)
            for question in vocabulary.questions:
                for statement in question.create_statements():
                    edition.ask(statement)
            yield edition
        finally:
            edition.ask(f'USE "{published}"')
            edition.ask(f"DETACH {apart}")


def _take_words_from_tables(edition: Snapshot, published: str) -> None:
    """Give each table of the edition a view of its name that shows the same rows without words."""
    for schema, table in edition.ask(_TABLES, {"published": published}).rows:
        name = f'"{schema}"."{table}"'
        kinds = edition.kinds(f'FROM "{published}".{name}')
        shown = ", ".join(f'{_without_text(column, kind)} AS "{column}"' for column, kind in kinds.items())
        edition.ask(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        edition.ask(f'CREATE VIEW {name} AS SELECT {shown} FROM "{published}".{name}')  # noqa: S608 - our names


def _without_text(name: str, kind: DuckDBPyType) -> str:
    if name == "text" and kind.id == "varchar":
        return "NULL::VARCHAR"
    return without_words(f'"{name}"', kind, "NULL::VARCHAR")


def has_span(kind: DuckDBPyType) -> bool:
    """Whether a span with words hides in a column type."""
    if kind.id not in ("list", "struct"):
        return False
    children: list[tuple[str, Any]] = kind.children
    return _is_span(kind) or any(has_span(child) for _, child in children)


def without_words(value: str, kind: DuckDBPyType, instead: str | None = None, depth: int = 0) -> str:
    """SQL for a value whose spans have lost their words; with *instead* in their place when it is given."""
    if not has_span(kind):
        return value
    children: list[tuple[str, Any]] = kind.children
    if kind.id == "list":
        item = f"item_{depth}"
        inner = without_words(item, children[0][1], instead, depth + 1)
        return f"list_transform({value}, lambda {item}: {inner})"
    fields = {name: without_words(f'{value}."{name}"', child, instead, depth) for name, child in children}
    kept = fields | ({"text": instead} if _is_span(kind) else {})
    parts = [f'"{name}": {sql}' for name, sql in kept.items() if sql is not None]
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE {{{', '.join(parts)}}} END"


def _is_span(kind: DuckDBPyType) -> bool:
    return kind.id == "struct" and tuple(name for name, _ in kind.children) == _SPAN
