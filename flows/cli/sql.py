"""`dateline sql`: questions to the edition, read-only."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.console import note, out, warn
from flows.cli.headings import ASK

if TYPE_CHECKING:
    from storage.home import Home

MOST_ROWS = 200
_FORMS = ("--json", "--csv")
_SOURCES = ("QUERY", "--file")


class ContradictionError(ValueError):
    """Two options that do not go together."""

    exit_code = 2

    def __init__(self, *options: str) -> None:
        super().__init__(f"{' and '.join(options)}: which of the two?")
        self.options = options


def register(app: typer.Typer) -> None:
    """Add `sql`."""
    app.command("sql", rich_help_panel=ASK)(sql)


def sql(
    query: Annotated[
        str | None, typer.Argument(help="DuckDB SQL; without it, a prompt, or what is piped in.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="PATH", help="Read the query from a file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array, one object a line, whole.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV (RFC 4180) with a header line, whole.")] = False,
    every: Annotated[bool, typer.Option("--all", help=f"Show every row of a table, not only {MOST_ROWS}.")] = False,
) -> None:
    """Ask the edition in SQL.

    Current facts stand in views such as articles, stories, statements, feeds and days; every record, superseded ones
    included, in events and in the tables of schema log. The file is opened read-only and never blocks a run.

        dateline sql "SELECT publisher, count(*) FROM articles GROUP BY ALL"

        dateline sql --csv "FROM articles" > articles.csv

        dateline sql
    """
    if as_json and as_csv:
        raise ContradictionError(*_FORMS)
    if query is not None and file is not None:
        raise ContradictionError(*_SOURCES)
    from flows.settings import settings

    home, asked = settings().place, _query(query, file)
    if asked is None:
        from flows.cli.answers.prompt import converse

        converse(home)
    elif as_json or as_csv:
        _write(home, asked, "json" if as_json else "csv")
    else:
        answer(home, asked, most=None if every else MOST_ROWS)


def _query(query: str | None, file: Path | None) -> str | None:
    """The query from where it stands; None when it is to be asked for."""
    if file is not None:
        return file.read_text("utf-8")
    if query is None and not sys.stdin.isatty():
        return sys.stdin.read()
    return query


def _write(home: Home, query: str, form: str) -> None:
    from flows.cli.answers.scripts import write_csv, write_json
    from storage.edition.ask import reading

    with reading(home, query) as rows:
        (write_json if form == "json" else write_csv)(rows, sys.stdout)


def answer(home: Home, query: str, *, most: int | None = MOST_ROWS) -> None:
    """Print the answer to a query as a table, and below it how many rows it has and how long it took."""
    from flows.cli.answers.people import first_rows, show
    from storage.edition.ask import reading

    started = time.monotonic()
    with reading(home, query) as rows:
        found, are_more = first_rows(rows.batches(), most)
        columns = rows.columns
    seconds = time.monotonic() - started
    if columns:
        show(out, columns, found)
    if are_more:
        warn(f"The first {most} rows; --all shows every one, --json and --csv write them.")
    note(f"{_counted(len(found), are_more=are_more)} · {seconds:.2f} s")


def _counted(rows: int, *, are_more: bool) -> str:
    return f"more than {rows} rows" if are_more else f"{rows} {'row' if rows == 1 else 'rows'}"
