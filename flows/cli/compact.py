"""`dateline compact`: small files of the log and the texts merged, old ones removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.console import out, plain, warn
from flows.cli.headings import KEEP

if TYPE_CHECKING:
    from storage.maintenance import Compaction


def register(app: typer.Typer) -> None:
    """Add `compact`."""
    app.command("compact", rich_help_panel=KEEP)(compact)


def compact(
    retain_hours: Annotated[
        int,
        typer.Option(
            "--retain-hours",
            min=1,
            metavar="N",
            help="Keep files that were merged, or never committed, for so long: a reader may still need them.",
        ),
    ] = 168,
) -> None:
    """Merge the small files that every commit leaves, so that questions to the log stay fast; no record changes.

    Runs, readers and publishing may go on meanwhile. `dateline verify` says the same before and after.
    """
    from flows.cli.bars import bars
    from flows.progress import progress
    from flows.settings import settings
    from storage.maintenance import compact as merge

    with bars("opening"):
        done = merge(settings().place.there(), retain_hours=retain_hours, watcher=progress())
    for each in done:
        out.print(plain(_said(each)), soft_wrap=True)
        if each.skipped_groups:
            warn(f"{each.table}: another writer was changing files; they wait for the next `dateline compact`")
    if not done:
        out.print(plain(f"{settings().place.root} holds no log yet."), soft_wrap=True)


def _said(done: Compaction) -> str:
    merged = (
        f"{done.files_before} files became {done.files_after}"
        if done.files_after < done.files_before
        else f"{done.files_after} {'file' if done.files_after == 1 else 'files'}, nothing to merge"
    )
    removed = f"; {done.removed_files} old ones removed ({done.removed_bytes} bytes)" if done.removed_files else ""
    return f"{done.table}: {merged}{removed}."
