"""One typed table per event class in schema `log`, generated from the class: its columns, comments and filling."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from storage.edition.column_types import column_type, has_span, json_shape, outermost, struct_fields, with_words
from storage.vocabulary import Event, Finding, class_doc, field_doc

_ENVELOPE = {
    "position": ("position", "BIGINT", "place in the log, gapless from 1"),
    "event_id": ("event_id", "UUID", "the record's identity: the same fact has the same id everywhere"),
    "event_key": ("event_key", "UUID", "shared by findings of different versions about the same place"),
    "extraction_id": ("extraction_id", "UUID", "the reading that found it"),
    "published_on": ("published_on", "DATE", "the publisher's calendar day; UTC day for feed and run records"),
    "recorded_at": ("recorded_at", "TIMESTAMPTZ", "when the log took it"),
    "producer": ("producer", "VARCHAR", "who made the record"),
    "producer_version": ("producer_version", "INTEGER", "version of the producer's rules"),
    "run_id": ("run_id", "UUID", "the run it was made in"),
    "caused_by": ("caused_by", "UUID", "event that caused it"),
}
_SUBJECT = {
    "article": "the article: named by the address it was discovered at",
    "feed": "the feed: named by its address as listed",
}


def table_name(cls: type[Event]) -> str:
    """`StatementReported` is `statement_reported`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.record_type()).lower()


@dataclass(frozen=True)
class Column:
    """A column of a typed table: the expression that fills it, its type and its comment."""

    name: str
    source: str
    kind: str
    comment: str


@cache
def columns(cls: type[Event]) -> tuple[Column, ...]:
    """The columns of an event class's table: envelope, subject, then the class's own fields."""
    found = [Column(name, *rest) for name, rest in _ENVELOPE.items() if name not in _left_out(cls)]
    if cls.about not in ("log", "run"):  # a run's id stands in its envelope
        found.insert(3, Column(f"{cls.about}_id", "subject", "UUID", _SUBJECT[cls.about]))
    taken = {column.name for column in found}
    fields = [name for name in cls.__struct_fields__ if name not in taken]
    return (*found, *(_field_column(cls, name) for name in fields))


def _left_out(cls: type[Event]) -> set[str]:
    return set() if issubclass(cls, Finding) or cls.record_type().startswith("Extraction") else {"extraction_id"}


def _field_column(cls: type[Event], name: str) -> Column:
    hint = struct_fields(cls)[name]
    kind = column_type(hint)
    if has_span(hint):
        kind = kind.replace('"end" BIGINT)', '"end" BIGINT, "text" VARCHAR)')
    return Column(name, with_words(hint, f'fields."{name}"'), kind, field_doc(cls, name))


def needs_words(cls: type[Event]) -> bool:
    """Whether the table joins spans to the words of a text."""
    return any(has_span(hint) for hint in struct_fields(cls).values())


def create_statements(cls: type[Event]) -> list[str]:
    """DDL with comments."""
    table = f"log.{table_name(cls)}"
    body = ",\n    ".join(f'"{column.name}" {_stored(column.kind)}' for column in columns(cls))
    comments = [f'COMMENT ON COLUMN {table}."{column.name}" IS {quoted(column.comment)}' for column in columns(cls)]
    return [
        f"CREATE TABLE {table} (\n    {body}\n)",
        f"COMMENT ON TABLE {table} IS {quoted(class_doc(cls))}",
        *comments,
    ]


def _stored(kind: str) -> str:
    """Words that recur are grouped and filtered by their dictionary; what has no such wish is compressed with zstd."""
    return f"{kind} USING COMPRESSION dict_fsst" if kind == "VARCHAR" else kind


def fill_statement(cls: type[Event]) -> str:
    """SQL that adds this class's rows of `new_rows`; `read_in` and `new_texts` say in which texts its spans count."""
    picked = ",\n    ".join(f'{column.source} AS "{column.name}"' for column in columns(cls))
    # nothing here comes from outside: names are our classes', literals are quoted
    return f"""
INSERT INTO log.{table_name(cls)}
SELECT
    {picked}
FROM {_with_passage(cls) if needs_words(cls) else _with_fields(cls)}"""  # noqa: S608


def _with_fields(cls: type[Event]) -> str:
    return f"""(
    SELECT *, from_json(payload, {quoted(_structure(cls))}) AS fields
    FROM new_rows
    WHERE record_type = {quoted(cls.record_type())}
) AS rows"""  # noqa: S608


def _with_passage(cls: type[Event]) -> str:
    """Rows with the passage that holds all their spans: counting code points from a text's start is done once a row."""
    fields = struct_fields(cls).items()
    starts = [found for name, hint in fields for found in outermost(hint, f'fields."{name}"', "start")]
    ends = [found for name, hint in fields for found in outermost(hint, f'fields."{name}"', "end")]
    return f"""(
    SELECT *, substring("text", begins + 1, ends - begins) AS passage
    FROM (
        SELECT rows.*, words."text", least({", ".join(starts)}) AS begins, greatest({", ".join(ends)}) AS ends
        FROM {_with_fields(cls)}
        LEFT JOIN (
            SELECT extraction_id, "text"
            FROM read_in
            SEMI JOIN (FROM new_rows WHERE record_type = {quoted(cls.record_type())}) USING (extraction_id)
            JOIN new_texts USING (text_sha256)
        ) AS words ON rows.extraction_id = words.extraction_id
    )
)"""  # noqa: S608


def _structure(cls: type[Event]) -> str:
    """The payload's shape as DuckDB's from_json wants it: JSON with type names as leaves."""
    return json.dumps({name: json_shape(hint) for name, hint in struct_fields(cls).items()})


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
