"""`dateline release`: a range of days as a folder to publish and cite."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from flows.cli.console import out, plain
from flows.cli.export import commit_given
from flows.cli.headings import KEEP
from flows.cli.waiting import waiting


def register(app: typer.Typer) -> None:
    """Add `release`."""
    app.command("release", rich_help_panel=KEEP)(release)


def release(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")],
    since: Annotated[
        datetime, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="First day of publication.")
    ],
    until: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Last day of publication.")
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="COMMIT", help="A position of the log, or a time such as 2026-03-04T12:00Z."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="What the release is called.")] = None,
    author: Annotated[
        list[str] | None, typer.Option("--author", metavar="NAME", help="Whom to cite; may be given several times.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--license", metavar="SPDX", help="Licence of the data, such as CC-BY-4.0.")
    ] = None,
) -> None:
    """Make a release: the current views of a range of days as Parquet and CSV, without the articles' own words.

    Beside the tables lie a codebook, datapackage.json, CITATION.cff and RELEASE.json with the log's position and
    digest. The same position and options give the same bytes, so that anybody with the log can check a release.

        dateline release --since 2026-03-01 --until 2026-03-31 --author "Amina Okonkwo-Reyes" march/
    """
    from flows.settings import settings
    from flows.vocabulary import vocabulary
    from storage.releasing import Order
    from storage.releasing import release as make

    order = Order(since.date(), until.date(), commit_given(as_of), title, tuple(author or ()), licence)
    with waiting("writing the release"):
        done = make(settings().place, vocabulary(), order, folder, dateline=version("dateline"))
    rows = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in done.rows.items() if number)
    out.print(
        Text(plain(f"Released to {done.path}, as of position {done.position}: {rows or 'no rows'}.")), soft_wrap=True
    )
