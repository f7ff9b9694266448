"""Where the demonstration keeps its home, and how to write commands that reach it from here."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from platformdirs import user_data_path

from storage.home import Home


def demo_home() -> Home:
    """The demo's own folder: DATELINE_DEMO_HOME, else beside the default home of the user."""
    stated = os.environ.get("DATELINE_DEMO_HOME")
    return Home(Path(stated).expanduser().absolute() if stated else user_data_path("dateline-demo", appauthor=False))


def started_as() -> str:
    """The words that start dateline again in this shell: `dateline`, or what stands for it off the PATH."""
    script = Path(sys.executable).with_name("dateline")
    # `uv run` puts its environment on the PATH of what it starts, not on that of the shell it is started from
    found = None if "UV_RUN_RECURSION_DEPTH" in os.environ else shutil.which("dateline")
    if found is not None and Path(found).resolve() == script.resolve():
        return "dateline"
    if _is_checkout_environment(script) and shutil.which("uv") is not None:
        return "uv run dateline"
    if script.exists():
        return shlex.quote(_shortest(script))
    return "dateline" if found else f"{shlex.quote(_shortest(Path(sys.executable)))} -m flows.cli"


def _is_checkout_environment(script: Path) -> bool:
    """Whether the script lies in the `.venv` of a project that the shell stands in: there `uv run` finds it."""
    environment = script.parent.parent
    project = environment.parent
    return environment.name == ".venv" and (project / "pyproject.toml").exists() and Path.cwd().is_relative_to(project)


def _shortest(path: Path) -> str:
    """Relative to the working directory where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
