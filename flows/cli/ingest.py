"""`dateline ingest`: articles that people have as files, taken into the home."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.boundary import FAILED
from flows.cli.console import note, out, plain, warn
from flows.cli.headings import START_HERE

if TYPE_CHECKING:
    from flows.ingest import Ingested


def register(app: typer.Typer) -> None:
    """Add `ingest`."""
    app.command("ingest", rich_help_panel=START_HERE)(ingest)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Dated texts, saved HTML, tables, or folders of them.")],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Publication day of texts that state none themselves."),
    ] = None,
    columns: Annotated[
        str,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,…",
            help="Which columns of a CSV, JSON lines or Parquet table hold text, published_at, publisher, headline, "
            "url, authors, language, section.",
        ),
    ] = "",
) -> None:
    """Take in articles from files: dated texts, saved web pages, tables; what is there already is left out.

    A dated text begins with its day: "date 2024-03-22" on a line of its own or before the first words.

    Example: dateline ingest archive/ articles.csv --map text=body,published_at=date,publisher=source
    """
    from flows.cli.bars import bars
    from flows.forgetting import finish
    from flows.ingest import Ingest, items
    from flows.settings import settings
    from flows.sources.tables import mapping
    from flows.vocabulary import vocabulary
    from storage.edition.publish import publish

    mapped = mapping(columns)
    unread: list[str] = []
    stated_on = None if day is None else day.date()
    with bars("articles"), Ingest(settings()) as run:
        run.take(items(paths, stated_on, mapped, unread))
    finish(settings())
    published = publish(settings().place, vocabulary())
    errors = unread + run.result.errors
    for message in errors:
        warn(f"error: {message}")
    for message in run.result.forgotten:
        warn(message)
    for message in run.result.notes:
        note(message)
    out.print(plain(summary(run.result, len(errors))), soft_wrap=True)
    out.print(f"The edition lies at {published.path}", soft_wrap=True)
    if errors:
        raise typer.Exit(FAILED)


def summary(result: Ingested, errors: int) -> str:
    """What was done, in a line."""
    counts = result.tally.counts
    if not (counts or result.known or result.forgotten or errors):
        return "Nothing to take in: no dated text, web page or table is there."
    parts = [
        f"{number(counts.get('articles', 0), 'article')}, {number(counts.get('findings', 0), 'finding')}",
        f"{result.known} there already" if result.known else "",
        f"{len(result.forgotten)} forgotten and left out" if result.forgotten else "",
        f"{number(counts['rejected'], 'page')} without an article" if counts.get("rejected") else "",
        f"{number(errors, 'error')} (see above)" if errors else "",
    ]
    return "Taken in: " + ", ".join(part for part in parts if part) + "."


def number(count: int, thing: str) -> str:
    """A count with its noun.

    >>> number(1, "article"), number(2, "article")
    ('1 article', '2 articles')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
