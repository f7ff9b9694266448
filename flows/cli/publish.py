"""`dateline publish`: the edition brought up to the log's head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from flows.cli.console import out
from flows.cli.headings import KEEP

if TYPE_CHECKING:
    from storage.edition.publish import Publication


def register(app: typer.Typer) -> None:
    """Add `publish`."""
    app.command("publish", rich_help_panel=KEEP)(publish)


def publish(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="With --rebuild: make only these anew.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the edition anew from the whole log.")] = False,
) -> None:
    """Publish the edition: the one DuckDB file that analysts open.

    Runs do this by themselves at their end. The edition holds nothing that the log does not hold: deleting it loses
    nothing.
    """
    from flows.forgetting import finish
    from flows.settings import settings
    from flows.vocabulary import vocabulary
    from storage.edition.publish import publish as bring_up_to_date

    if tables and not rebuild:
        problem = "tables are made anew with --rebuild only"
        raise typer.BadParameter(problem, param_hint="TABLE")
    before = settings().place.there().edition.exists()
    finish(settings())
    done = bring_up_to_date(settings().place, vocabulary(), rebuild=rebuild and not tables, tables=tables or ())
    out.print(Text(_said(done, was_there=before)), soft_wrap=True)


def _said(done: Publication, *, was_there: bool) -> str:
    if not done.new_records and not done.rebuilt and not done.remade and was_there:
        return f"Nothing new: {done.path} is at position {done.position} already."
    how = "rebuilt from the whole log" if done.rebuilt else f"{done.new_records} new records"
    if done.remade and not done.rebuilt:
        how += f", {', '.join(done.remade)} made anew"
    return f"Published {done.path}: {how}, up to position {done.position}."
