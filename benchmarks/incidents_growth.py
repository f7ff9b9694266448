"""What asking for incidents costs as nights go by: of all days, and of the last thirty.

    python -m benchmarks.incidents_growth [--records 10000] [--nights 15 30 60 120] [--before REVISION]

The records are invented (`incidents_rows.sql`): as many each night, so that what grows is the length alone. A night of
2,500 articles has some 10,000. With `--before` the views of a revision of the repository are asked the same over four
nights that have `--before-records` together, and the answers compared.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import duckdb

from benchmarks.measuring import Line, Spent, median, timed, workplace
from flows.vocabulary import vocabulary
from storage.edition.views import View
from tests.storage.empty import empty_edition

VIEWS = ("incident_events", "incidents")
BEGINNING = date(2026, 1, 1)
ASKED = 1  # what takes a minute does so again
_ROWS = Path(__file__).with_name("incidents_rows.sql").read_text("utf-8")
_PLACE = "before_"


def edition(path: Path, nights: int, records: int) -> duckdb.DuckDBPyConnection:
    """The tables and views of an edition, filled with so many nights of so many records."""
    connection = empty_edition(vocabulary(), str(path))
    connection.execute(_ROWS.replace("$nights", str(nights)).replace("$records", str(records)))
    connection.execute("CHECKPOINT")
    return connection


def growing(folder: Path, lengths: Sequence[int], records: int) -> Iterator[Line]:
    """Seconds for all days and for thirty, at each length."""
    for nights in lengths:
        with closing(edition(folder / f"{nights}.duckdb", nights, records)) as connection:
            until = BEGINNING + timedelta(days=nights - 1)
            between = f"incidents_between(DATE '{until - timedelta(days=29)}', DATE '{until}')"
            told = f"{nights} nights, {nights * records:,} records"
            yield Line(f"{told}: incidents of all days", _cost(connection, "incidents"))
            yield Line(f"{told}: incidents of the last 30 days", _cost(connection, between))


def _cost(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """What it takes to work out every column."""
    query = f"SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM {relation}"  # noqa: S608 - our own
    asked = [timed(lambda: connection.execute(query).fetchall()) for _ in range(ASKED)]
    spent: Spent = median(each for each, _ in asked)
    return f"{asked[0][1][0][0]:,} in {spent.wall:.1f} s, {spent.cpu:.1f} s of CPU"


def compared(folder: Path, revision: str, nights: int, records: int) -> Iterator[Line]:
    """The views of a revision and those of now, asked of the same records."""
    with closing(edition(folder / "compared.duckdb", nights, records)) as connection:
        for view in VIEWS:
            for statement in _before(revision, view).create_statements():
                connection.execute(statement)
            told = f"{nights} nights, {nights * records:,} records: {view}"
            yield Line(f"{told} by {revision[:12]}", _seconds(connection, f"{_PLACE}{view}"))
            yield Line(f"{told} now", _seconds(connection, view))
            yield Line(f"{told}, rows that differ", f"{_different(connection, view)}", "0")


def _before(revision: str, view: str) -> View:
    """A view of a revision, under another name."""
    shown = ["git", "show", f"{revision}:extractors/{view}.sql"]
    sql = subprocess.run(shown, capture_output=True, text=True, check=True).stdout
    for each in VIEWS:
        sql = sql.replace(f"{each}_as_of", f"{_PLACE}{each}_as_of").replace(f"-- {each}:", f"-- {_PLACE}{each}:")
    return View(view, sql)


def _seconds(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    spent, _ = timed(lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE {relation}_rows AS FROM {relation}"))
    return f"{spent.wall:.1f} s, {spent.cpu:.1f} s of CPU"


def _different(connection: duckdb.DuckDBPyConnection, view: str) -> int:
    now, then = f"FROM {view}_rows", f"FROM {_PLACE}{view}_rows"
    query = f"SELECT count(*) FROM (({now} EXCEPT ALL {then}) UNION ALL ({then} EXCEPT ALL {now}))"  # noqa: S608 - our own
    return int(connection.execute(query).fetchall()[0][0])


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000, help="records of a night")
    parser.add_argument("--nights", type=int, nargs="+", default=[15, 30, 60, 120])
    parser.add_argument("--before", metavar="REVISION", help="compare with the views of a revision")
    parser.add_argument("--before-records", type=int, default=2_000, help="records to compare over")
    parser.add_argument("--folder", type=Path, help="where to put the editions")
    given = parser.parse_args()
    with workplace(given.folder) as folder:
        if given.before:
            nights = 4
            for line in compared(folder, given.before, nights, given.before_records // nights):
                print(line, flush=True)
        for line in growing(folder, given.nights, given.records):
            print(line, flush=True)


if __name__ == "__main__":
    main()
