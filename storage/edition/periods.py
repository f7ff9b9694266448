"""What counts from when until when: worked out for the articles that new records touch, whenever an edition grows.

Which text of an article counts, which reading by each extractor, which readings do not, and which story an article
belongs to: all of it follows from the records up to a position, so a table of periods answers for every position.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

import duckdb
import pyarrow as pa

from storage.edition.stories import FOREVER, Link, Membership, relabelled

TOUCHED = "CREATE TEMP TABLE touched (article_id UUID)"
_FILES = ("text_periods", "reading_periods", "superseded_periods")  # each needs those before it
PERIODS = (*_FILES, "story_periods")

# an excerpt may stand in a survey of the day, which would make one story of all that it reports
_LINKS = """
SELECT position, article_id, try_cast(other_article AS UUID)
FROM log.article_duplicated
WHERE position > $after AND similarity_percent >= 50 AND try_cast(other_article AS UUID) IS NOT NULL
ORDER BY position"""
_OPEN_STORIES = f"""
SELECT article_id, story_id, counts_from
FROM log.story_periods
WHERE counts_until = {FOREVER}
    AND story_id IN (
        SELECT story_id
        FROM log.story_periods
        SEMI JOIN linked USING (article_id)
        WHERE counts_until = {FOREVER}
    )"""  # noqa: S608 - a constant
_MEMBERSHIPS = pa.schema(
    [("article_id", pa.string()), ("story_id", pa.string()), ("counts_from", pa.int64()), ("counts_until", pa.int64())]
)


def period_sql() -> list[str]:
    """The SQL that the tables of periods are made by."""
    return [*(_sql(table) for table in _FILES), _LINKS]


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, after: int) -> None:
    """Work out anew the periods of the articles in `touched`, and the stories by links after a position."""
    connection.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT article_id FROM touched")
    for table in _FILES:
        connection.execute(f"DELETE FROM log.{table} WHERE article_id IN (FROM touched)")  # noqa: S608 - our names
        connection.execute(f"INSERT INTO log.{table} BY NAME {_sql(table)}")
    _join_stories(connection, after)


def make_anew(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Work out all of one table of periods; those it needs are taken to be right."""
    connection.execute(f"DELETE FROM log.{table}")  # noqa: S608 - our names
    if table not in _FILES:
        _join_stories(connection, 0)
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS"
        " SELECT DISTINCT article_id FROM log.events WHERE article_id IS NOT NULL"
    )
    connection.execute(f"INSERT INTO log.{table} BY NAME {_sql(table)}")


def _sql(table: str) -> str:
    return files("storage.edition").joinpath(f"{table}.sql").read_text("utf-8")


def _join_stories(connection: duckdb.DuckDBPyConnection, after: int) -> None:
    links = [Link(*row) for row in connection.execute(_LINKS, {"after": after}).fetchall()]
    if not links:
        return
    ends = sorted({str(end) for link in links for end in (link.one, link.other)})
    connection.register("linked", pa.table({"article_id": ends}))
    open_now = [Membership(*row) for row in connection.execute(_OPEN_STORIES).fetchall()]
    connection.unregister("linked")
    connection.register("memberships", _arrow(relabelled(open_now, links)))
    connection.execute(
        "DELETE FROM log.story_periods"  # noqa: S608 - a constant
        f" WHERE counts_until = {FOREVER} AND article_id IN (SELECT article_id::UUID FROM memberships)"
    )
    connection.execute("INSERT INTO log.story_periods SELECT * FROM memberships ORDER BY counts_from, article_id")
    connection.unregister("memberships")


def _arrow(memberships: Iterable[Membership]) -> pa.Table:
    rows = [(str(each.article_id), str(each.story_id), each.counts_from, each.counts_until) for each in memberships]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    return pa.table(
        {field.name: pa.array(list(values), field.type) for field, values in zip(_MEMBERSHIPS, columns, strict=True)}
    )
