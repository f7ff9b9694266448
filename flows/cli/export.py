"""`dateline export`: views, tables and records as files for other programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from flows.cli.console import note
from flows.cli.days import Since, Until, day_given
from flows.cli.headings import KEEP
from flows.cli.waiting import waiting

if TYPE_CHECKING:
    from storage.edition.selecting import Selection
    from storage.exporting import Exported, Form
    from storage.home import Home

_STDOUT = Path("-")


class FormName(StrEnum):
    """The kinds of files."""

    PARQUET = "parquet"
    CSV = "csv"
    JSON_LINES = "jsonl"
    CLOUD_EVENTS = "cloudevents"
    PLOVER = "plover"


_BY_ENDING = {
    ".parquet": FormName.PARQUET,
    ".csv": FormName.CSV,
    ".jsonl": FormName.JSON_LINES,
    ".ndjson": FormName.JSON_LINES,
}


class BinaryToTerminalError(ValueError):
    """Parquet would be written to a terminal."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("Parquet is no text: name a file with --out, or pipe it into a program")


def register(app: typer.Typer) -> None:
    """Add `export`."""
    app.command("export", rich_help_panel=KEEP)(export)


def export(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="VIEW|records", help="A view, a table such as log.texts, or records.", show_default=False
        ),
    ] = None,
    form: Annotated[
        FormName | None,
        typer.Option("--as", help="Without it, what the ending of --out says; else CSV.", show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    to: Annotated[
        Path, typer.Option("--out", "-o", metavar="PATH", help="A file, a folder, or - for standard output.")
    ] = _STDOUT,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="COMMIT", help="A position of the log, or a time such as 2026-03-04T12:00Z."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write a view, a table or the records of a range of days to a file.

    Parquet into a folder (a name without an ending) is cut into days, published_on=2026-03-02/part-0.parquet, which
    any engine reads as one table; days there that are not exported now stay. CSV follows RFC 4180, lists and
    structures in it are JSON. CloudEvents are the records, one a line, every span with its words. PLOVER are the
    political events as its manual's JSON, one a line. The same state of the log gives the same bytes.

        dateline export statements --since 2026-03-01 --until 2026-03-31 --out statements.csv

        dateline export articles --as parquet --out lake/articles/

        dateline export records --as cloudevents --since 2026-03-02 --until 2026-03-02 > records.jsonl

        dateline export --as plover --out events.jsonl
    """
    from flows.settings import settings
    from storage.edition.selecting import Selection

    name = form or _named_by(to)
    relation = _relation(what, name)
    selection = Selection(relation, day_given(since), day_given(until), commit_given(as_of))
    with waiting(f"writing {relation}"):
        done = _written(settings().place, selection, name, to, force=force)
    where = "standard output" if done.path is None else str(done.path)
    note(f"{done.rows} {'row' if done.rows == 1 else 'rows'} to {where}, as of position {done.commit}")


def _relation(what: str | None, name: FormName) -> str:
    if name is FormName.PLOVER:
        from flows.plover import relation_for

        return relation_for(what)
    if what is None:
        problem = "name a view, a table or records; only --as plover needs none"
        raise typer.BadParameter(problem, param_hint="VIEW|records")
    return what


def _written(home: Home, selection: Selection, name: FormName, to: Path, *, force: bool) -> Exported:
    from storage.exporting import export as write
    from storage.exporting import export_days

    form = _form(name)
    if to == _STDOUT:
        return write(home, selection, form, _stdout(name))
    if name is FormName.PARQUET and _is_folder(to):
        return export_days(home, selection, to, force=force)
    return write(home, selection, form, _file_in(to, selection, form) if to.is_dir() else to, force=force)


def _file_in(folder: Path, selection: Selection, form: Form) -> Path:
    return folder / f"{selection.relation}{form.ending}"


def _form(name: FormName) -> Form:
    from storage.exporting import CSV, JSON_LINES, PARQUET
    from storage.exporting import Form as _Form

    if name is FormName.CLOUD_EVENTS:
        from flows.cloudevents import write_cloud_events
        from flows.vocabulary import vocabulary

        return _Form(".jsonl", partial(write_cloud_events, classes=vocabulary().classes))
    if name is FormName.PLOVER:
        from flows.plover import write_plover

        return _Form(".jsonl", write_plover)
    return {FormName.PARQUET: PARQUET, FormName.CSV: CSV, FormName.JSON_LINES: JSON_LINES}[name]


def _named_by(to: Path) -> FormName:
    """The form that a name's ending states; Parquet for a folder."""
    default = FormName.PARQUET if to != _STDOUT and _is_folder(to) else FormName.CSV
    return _BY_ENDING.get(to.suffix.lower(), default)


def _is_folder(to: Path) -> bool:
    return to.is_dir() or not to.suffix


def _stdout(name: FormName) -> IO[bytes]:
    if name is FormName.PARQUET and sys.stdout.isatty():
        raise BinaryToTerminalError
    return sys.stdout.buffer


def commit_given(as_of: str | None) -> int | datetime | None:
    """A position, or a time; UTC where it names no zone."""
    if as_of is None or as_of.isdecimal():
        return None if as_of is None else int(as_of)
    try:
        at = datetime.fromisoformat(as_of)
    except ValueError as refused:
        problem = f"{as_of!r} is neither a position nor a time"
        raise typer.BadParameter(problem, param_hint="--as-of") from refused
    return at.replace(tzinfo=at.tzinfo or UTC)
