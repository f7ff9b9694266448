"""`dateline verify`: whether the log, the captures and the texts are those that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from flows.cli.boundary import FAILED
from flows.cli.console import note, out, plain
from flows.cli.headings import KEEP

if TYPE_CHECKING:
    from storage.verifying import Verification


def register(app: typer.Typer) -> None:
    """Add `verify`."""
    app.command("verify", rich_help_panel=KEEP)(verify)


def verify(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with everything that was found.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave the contents of captures and texts unread; look only at the log.")
    ] = False,
) -> None:
    """Verify that nothing was lost or changed: the log's chain of digests, captures, texts, and the edition's origin.

    Every digest is recomputed from the rows alone. A flipped bit, a missing file, an altered, removed or added record
    and a dropped tail are named with the file, the position and the id of the record. Ends with 1 when there is a
    fault. Runs may go on meanwhile.
    """
    from flows.cli.bars import bars
    from flows.progress import progress
    from flows.settings import settings
    from flows.vocabulary import vocabulary
    from storage.verifying import verify as look

    with bars("opening"):
        found = look(settings().place.there(), vocabulary().classes, quick=quick, watcher=progress())
    if as_json:
        import msgspec

        out.file.write(msgspec.json.format(msgspec.json.encode(found.as_dict()), indent=2).decode() + "\n")
    else:
        _show(found, str(settings().place.root), quick=quick)
    if not found.is_sound:
        raise typer.Exit(FAILED)


def _show(found: Verification, home: str, *, quick: bool) -> None:
    for text in found.notes:
        note(f"note: {text}")
    for fault in found.faults:
        out.print(Text.assemble(("✗ ", "red"), plain(str(fault))), soft_wrap=True)
    if found.unlisted_faults:
        out.print(f"… and {found.unlisted_faults} more", soft_wrap=True)
    if found.is_sound and not found.records:
        out.print(plain(f"{home} holds no log yet: there is nothing to verify."), soft_wrap=True)
        return
    number = len(found.faults) + found.unlisted_faults
    verdict = ("No fault", "green") if found.is_sound else (f"{number} fault{'s' if number > 1 else ''}", "bold red")
    out.print(Text.assemble(verdict, f" in {plain(home)}: {_looked_at(found, quick=quick)}."), soft_wrap=True)


def _looked_at(found: Verification, *, quick: bool) -> str:
    parts = [
        f"{found.records} records in {found.batches} batches up to position {found.position}",
        f"{found.captures} captures and {found.texts} texts" + (" (contents not read)" if quick else ""),
        f"{found.forgotten} forgotten" if found.forgotten else "",
    ]
    return ", ".join(part for part in parts if part)
