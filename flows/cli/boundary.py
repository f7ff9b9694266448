"""The one place where errors become messages and exit codes.

An exception that one of the rooms defines explains itself: its message is printed, without a traceback. So are the
system's own errors and settings that cannot be read. Anything else is a defect and keeps its traceback, as does
everything with `--debug`. An exception with an attribute `exit_code` ends with that code, others with 1.

    0  done, or nothing to do       2    wrong usage, or a setting that cannot be read
    1  failed                       130  interrupted
    3  something transient remains  141  whoever read the output went away
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from flows.cli.console import err, plain
from flows.cli.headings import IN_ORDER

FAILED, USAGE, TRANSIENT, INTERRUPTED, PIPE_CLOSED = 1, 2, 3, 130, 141
_ROOMS = ("flows", "extractors", "storage")


class Commands(TyperGroup):
    """All commands, in the order of their headings and with the error boundary around them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer keeps the class of its contexts to itself
        """By heading, then by name."""
        return sorted(super().list_commands(ctx), key=self._place)

    def _place(self, name: str) -> tuple[int, str]:
        heading = getattr(self.commands[name], "rich_help_panel", None)
        return (IN_ORDER.index(heading) if heading in IN_ORDER else len(IN_ORDER), name)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command; what goes wrong becomes a message and an exit code."""
        with _explained(ctx.meta):
            return super().invoke(ctx)


def run_main(command: Any) -> NoReturn:  # noqa: ANN401 - typer keeps the class of its commands to itself
    """Run the command line of this process, quiet also where an interrupt comes before or after the command."""
    try:
        command.main(prog_name="dateline")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _leave_pipe()
        sys.exit(PIPE_CLOSED)
    sys.exit(0)


@contextmanager
def _explained(meta: dict[str, Any]) -> Generator[None]:
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _leave_pipe()
        raise typer.Exit(PIPE_CLOSED) from None
    except Exception as error:
        message = explanation(error)
        if message is None:
            raise
        _show(error, message, with_traceback=bool(meta.get("debug")))
        raise typer.Exit(_exit_code(error)) from error


def explanation(error: Exception) -> str | None:
    """What to tell people about an error; None for one that nobody expected."""
    if _is_settings_error(error):
        return _about_settings(error)
    if type(error).__module__.partition(".")[0] in _ROOMS:
        return str(error)
    if isinstance(error, OSError):
        return _about_system(error)
    return None


def _is_settings_error(error: Exception) -> bool:
    """Told by name, because importing pydantic costs more than most commands."""
    return (type(error).__name__, getattr(error, "title", "Settings")) in {
        ("ValidationError", "Settings"),
        ("SettingsError", "Settings"),
        ("TOMLDecodeError", "Settings"),
    }


def _about_settings(error: Exception) -> str:
    problems = getattr(error, "errors", None)
    if problems is None:
        return f"dateline.toml or a DATELINE_ variable cannot be read: {error}"
    return "; ".join(_about_setting(each) for each in problems())


def _about_setting(problem: Any) -> str:  # noqa: ANN401 - pydantic's own description
    name = "_".join(str(part) for part in problem["loc"])
    variable = f"DATELINE_{name.upper()}"
    if problem["type"] == "extra_forbidden":
        return f"dateline.toml: there is no setting {name!r}"
    origin = variable if variable in os.environ else f"{variable} ({name} in dateline.toml)"
    return f"{origin} is {problem['input']!r}: {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def _about_system(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason


def _exit_code(error: Exception) -> int:
    return USAGE if _is_settings_error(error) else int(getattr(error, "exit_code", FAILED))


def _show(error: Exception, message: str, *, with_traceback: bool) -> None:
    if with_traceback:
        err.print("".join(traceback.format_exception(error)), markup=False, soft_wrap=True)
    err.print("[bold red]error:[/bold red]", end=" ")
    err.print(plain(message), markup=False, soft_wrap=True)
    for hint in _hints(error):
        err.print(hint, markup=False, soft_wrap=True)


def _hints(error: Exception) -> list[str]:
    """What helps when a home is empty: the demo's is full, or can be."""
    if type(error).__name__ != "NoEditionError":
        return []
    from flows.demo.home import demo_home, started_as

    demo = demo_home()
    if getattr(error, "home", None) == demo or not demo.edition.exists():
        return [f"See what it looks like when filled: {started_as()} demo"]
    return [f'The demo\'s home is filled: {started_as()} --home {demo.root} sql "FROM articles"']


def _leave_pipe() -> None:
    """Let what is still buffered go nowhere, so that Python does not complain about it at its exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stdout without a file: nothing to let go
        return
