"""The command line: `dateline`, one module per command, found by walking this folder.

Adding a command is adding a file: a module here with a function `register(app: typer.Typer) -> None` that adds its
command (or group of commands) under one of the headings in `flows.cli.headings`. Modules without `register` and the
packages below this one serve the commands. All modules are imported to print the help, so what is heavy (DuckDB,
Prefect, pydantic) is imported where it is used.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.boundary import Commands, run_main
from flows.cli.console import out

app = typer.Typer(
    name="dateline",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="New here? [bold]dateline demo[/bold] takes a minute and needs no network."
    " [bold]dateline COMMAND --help[/bold] explains a command."
    "\n\nExit codes: 0 done or nothing to do · 3 something transient remains · 1 failed · 2 wrong usage.",
)


def main() -> None:
    """The entry point `dateline`."""
    run_main(typer.main.get_command(app))


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        out.print(f"dateline {version('dateline')}", highlight=False)
        raise typer.Exit


@app.callback()
def _everywhere(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", metavar="PATH", help="Folder that holds everything, instead of DATELINE_HOME."),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="DATELINE_DEBUG", help="Show the traceback of an error.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """News in, auditable facts out: feeds are polled, pages kept, texts read, and DuckDB answers questions."""
    del version
    context.meta["debug"] = debug
    _forget_settings()
    if home is not None:
        context.call_on_close(_home_for_this_call(home))


def _home_for_this_call(home: Path) -> _Restore:
    """Set the variable, so that processes started from here have the same home, until the call ends."""
    restore = _Restore(os.environ.get("DATELINE_HOME"))
    os.environ["DATELINE_HOME"] = str(home.expanduser().absolute())
    return restore


class _Restore:
    """Puts DATELINE_HOME back as it was."""

    def __init__(self, before: str | None) -> None:
        self._before = before

    def __call__(self) -> None:
        if self._before is None:
            os.environ.pop("DATELINE_HOME", None)
        else:
            os.environ["DATELINE_HOME"] = self._before
        _forget_settings()


def _forget_settings() -> None:
    if "flows.settings" in sys.modules:
        from flows.settings import settings

        settings.cache_clear()


def _register_commands() -> None:
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name):
        if not found.ispkg and found.name != "__main__":
            register = getattr(importlib.import_module(f"{__name__}.{found.name}"), "register", None)
            if register is not None:
                register(app)


_register_commands()
