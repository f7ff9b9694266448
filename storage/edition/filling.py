"""Filling an edition from the log: slice by slice, each small enough for the memory, all in the caller's transaction.

A slice's rows come once from the log's files into `new_rows` with the types that the edition gives them; everything
else is made of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb

from storage.edition.forgotten import REMAINS
from storage.edition.tables import fill_statement
from storage.edition.upcast import upcast_rows
from storage.segments import Segment
from storage.vocabulary import Event

_SLICE_ROWS = 4 * 122_880  # of DuckDB's row groups: full ones are written once, and each is one thread's work
_CLOSING = "ExtractionCompleted"

_COMMITS = """
SELECT position
FROM read_parquet($files)
WHERE record_type = 'BatchCommitted' AND position > $after AND position <= $until
ORDER BY position"""

_NEW_ROWS = """
CREATE TEMP TABLE new_rows AS
SELECT
    * REPLACE (
        event_id::UUID AS event_id,
        event_key::UUID AS event_key,
        extraction_id::UUID AS extraction_id,
        run_id::UUID AS run_id,
        caused_by::UUID AS caused_by
    ),
    try_cast(split_part(stream, ':', 2) AS UUID) AS subject
FROM read_parquet($files)
WHERE position > $after AND position <= $until"""

_EVENTS = """
INSERT INTO log.events
SELECT * EXCLUDE (subject), CASE WHEN starts_with(stream, 'article:') THEN subject END
FROM new_rows"""

_TOUCHED = "INSERT INTO touched SELECT DISTINCT subject FROM new_rows WHERE starts_with(stream, 'article:')"

# a text may have been stored twice by writers that did not know of each other
_PLACES = """
CREATE TEMP TABLE text_places AS
SELECT text_sha256, any_value(named.first_position) AS first_position, min((filename, file_row_number)) AS place
FROM read_parquet($files, filename = true, file_row_number = true)
JOIN (
    SELECT payload->>'text_sha256' AS text_sha256, min(position) AS first_position
    FROM new_rows
    WHERE record_type IN ('ArticleCleaned', 'ExtractionCompleted')
    GROUP BY ALL
) AS named USING (text_sha256)
ANTI JOIN log.texts USING (text_sha256)
GROUP BY text_sha256"""

_NEW_TEXTS = """
CREATE TEMP TABLE new_texts AS
SELECT places.first_position, stored.text_sha256, stored."text"
FROM read_parquet($files, filename = true, file_row_number = true) AS stored
JOIN (SELECT first_position, place[1] AS filename, place[2] AS file_row_number FROM text_places) AS places
    USING (filename, file_row_number)"""

_TEXTS = r"""
INSERT INTO log.texts
SELECT first_position, text_sha256, "text", {'start': 0, 'end': length(opening), 'text': opening}
FROM (SELECT *, regexp_extract(left("text", 400), '^\s*(?:\S+\s+){0,11}\S+') AS opening FROM new_texts)
ORDER BY first_position"""

_NO_TEXTS = 'CREATE TEMP TABLE new_texts AS SELECT first_position, text_sha256, "text" FROM log.texts LIMIT 0'

_READ_IN = """
CREATE TEMP TABLE read_in AS
SELECT extraction_id, any_value(text_sha256) AS text_sha256
FROM log.extraction_completed
SEMI JOIN new_rows USING (extraction_id)
GROUP BY extraction_id"""

# row ids first: looking for keys reads no text
_KNOWN_TEXTS = """
INSERT INTO new_texts
SELECT first_position, text_sha256, "text"
FROM log.texts
WHERE rowid IN (
    SELECT rowid
    FROM log.texts
    SEMI JOIN (FROM read_in ANTI JOIN new_texts USING (text_sha256)) USING (text_sha256)
)"""

_AGAIN = """
CREATE TEMP TABLE new_rows AS
SELECT *, try_cast(split_part(stream, ':', 2) AS UUID) AS subject
FROM log.events
WHERE record_type = $name AND position > $after AND position <= $until"""

FILLING = (_NEW_ROWS, _EVENTS, _PLACES, _NEW_TEXTS, _TEXTS, _READ_IN, _KNOWN_TEXTS)


@dataclass(frozen=True)
class Sources:
    """What an edition is made of: files of the log and of the text store, and what is not taken from them."""

    segments: Sequence[Segment]
    texts: Sequence[str]
    forgotten: Sequence[str]


@dataclass(frozen=True)
class _Slice:
    after: int
    until: int
    files: Sequence[str]
    is_in_order: bool


def add_rows(
    connection: duckdb.DuckDBPyConnection,
    classes: Mapping[str, type[Event]],
    sources: Sources,
    after: int,
    until: int,
) -> None:
    """Add the records of the commits after one position until another, their texts, and the articles to `touched`."""
    for each in _slices(connection, sources.segments, after, until):
        _take_in(connection, each, sources)
        upcast_rows(connection, "new_rows", classes.values())
        _add_texts(connection, sources.texts)
        _fill(connection, classes)
        connection.execute(_TOUCHED)
        _drop(connection, "new_rows", "new_texts", "read_in")


def _slices(
    connection: duckdb.DuckDBPyConnection, segments: Sequence[Segment], after: int, until: int
) -> Iterator[_Slice]:
    """Ranges of positions that end where a commit does, so that a reading and its end are never apart."""
    new = [each for each in segments if each.last > after and each.first <= until]
    if not new:
        return
    given = {"files": [each.path for each in new], "after": after, "until": until}
    commits: list[int] = [row[0] for row in connection.execute(_COMMITS, given).fetchall()]
    for position, following in pairwise([*commits, until + _SLICE_ROWS]):
        if following - after > _SLICE_ROWS:
            yield _slice(new, after, position)
            after = position


def _slice(segments: Sequence[Segment], after: int, until: int) -> _Slice:
    there = [each for each in segments if each.last > after and each.first <= until]
    in_order = all(one.last < other.first for one, other in pairwise(there))
    return _Slice(after, until, [each.path for each in there], in_order)


def _take_in(connection: duckdb.DuckDBPyConnection, part: _Slice, sources: Sources) -> None:
    given = {"files": part.files, "after": part.after, "until": part.until}
    if sources.forgotten:  # what leaves them out also loses the order
        query = f"{_NEW_ROWS} AND {REMAINS} ORDER BY position"
        connection.execute(query, {**given, "forgotten": sources.forgotten})
    else:
        connection.execute(_NEW_ROWS if part.is_in_order else f"{_NEW_ROWS} ORDER BY position", given)
    connection.execute(_EVENTS)


def _add_texts(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """Texts that new records name and the edition does not hold yet."""
    if not files:
        connection.execute(_NO_TEXTS)
        return
    connection.execute(_PLACES, {"files": files})
    holding = connection.execute("SELECT DISTINCT place[1] FROM text_places ORDER BY ALL").fetchall()
    connection.execute(_NEW_TEXTS, {"files": [row[0] for row in holding] or files[:1]})
    connection.execute("DROP TABLE text_places")
    connection.execute(_TEXTS)


def _fill(connection: duckdb.DuckDBPyConnection, classes: Mapping[str, type[Event]]) -> None:
    """Fill the typed tables; findings look up their reading's text, so ends of readings come first."""
    found = {row[0] for row in connection.execute("SELECT DISTINCT record_type FROM new_rows").fetchall()}
    present = [cls for name, cls in classes.items() if name in found]
    for cls in (each for each in present if each.record_type() == _CLOSING):
        connection.execute(fill_statement(cls))
    _look_up_words(connection)
    for cls in (each for each in present if each.record_type() != _CLOSING):
        connection.execute(fill_statement(cls))


def _look_up_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Have in `read_in` which text each reading read, and those texts in `new_texts`."""
    connection.execute(_READ_IN)
    connection.execute(_KNOWN_TEXTS)


def fill_again(connection: duckdb.DuckDBPyConnection, cls: type[Event]) -> None:
    """Fill a class's table, which is empty, from the records and texts that the edition holds."""
    [(last,)] = connection.execute("SELECT coalesce(max(position), 0) FROM log.events").fetchall()
    for after in range(0, last, _SLICE_ROWS):
        given = {"name": cls.record_type(), "after": after, "until": after + _SLICE_ROWS}
        connection.execute(_AGAIN, given)
        connection.execute(_NO_TEXTS)
        upcast_rows(connection, "new_rows", [cls])
        _look_up_words(connection)
        connection.execute(fill_statement(cls))
        _drop(connection, "new_rows", "new_texts", "read_in")


def _drop(connection: duckdb.DuckDBPyConnection, *tables: str) -> None:
    for table in tables:
        connection.execute(f"DROP TABLE {table}")
