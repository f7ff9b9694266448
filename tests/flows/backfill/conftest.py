"""A home of two nights between which an extractor was raised, and programs that backfill it.

Worker processes find extractors by themselves, so a raised version needs processes of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage.home import Home

ROOT = Path(__file__).parents[3]
_PLUG_IN = '''
"""Words in capitals; the second version takes those of three letters for abbreviations and marks some."""

import os
import re
from collections.abc import Iterator
from typing import Annotated

from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.reading import Reading
from storage.events import Finding, Span, event

VERSION = int(os.environ.get("CAPITALS", "1"))


@event
class CapitalsSeen(Finding, frozen=True, kw_only=True):
    """The text shouts."""

    span: Annotated[Span, Doc("the word")]
    letters: Annotated[str, Doc("how many letters it has")]


@extractor(version=VERSION)
def capitals(reading: Reading) -> Iterator[CapitalsSeen]:
    """The words of a text that stand in capitals."""
    if "BREAK" in os.environ:
        raise RuntimeError("broken on purpose")
    for found in re.finditer(r"\\b[A-Z]{3,}\\b", reading.text):
        if VERSION == 1 or len(found[0]) > 3:
            yield CapitalsSeen(span=Span(*found.span()), letters="many" if VERSION == 1 else str(len(found[0])))
'''
_NIGHT = """
import sys
from pathlib import Path
from flows.press import SamplePress
from storage.home import Home
from tests.flows.nights import run_night, settings_for

if __name__ == "__main__":
    home, night, port = Home(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    with SamplePress(night=night, port=port) as press:
        assert port in (0, press.port)
        run_night(settings_for(home), press.feeds)
        print(press.port)
"""
_BACKFILL = """
import json, sys
from pathlib import Path
import msgspec
from flows.backfill.backfill import run_here
from flows.backfill.planning import plan
from flows.backfill.changes import dry_run
from flows.backfill.request import Request
from storage.home import Home
from tests.flows.nights import settings_for

if __name__ == "__main__":
    home, request = Home(Path(sys.argv[1])), msgspec.json.decode(sys.argv[2], type=Request)
    settings = settings_for(home, pages_per_batch=3)
    planned = plan(request, settings)
    told = {"plan": planned, "dry": dry_run(request, settings) if request.source == "kept" else None}
    if planned.days:
        done = run_here(request, settings, [each.day for each in planned.days])
        told |= {"outcome": done.outcome(), "counts": done.tally.counts, "changes": done.changes(), "units": done.units}
    told["left"] = plan(request, settings).days
    print(msgspec.json.encode(told).decode())
"""


@dataclass(frozen=True)
class Programs:
    """Starts processes that have the plug-in installed in a version."""

    folder: Path

    def run(self, script: str, *arguments: str, version: int, **environment: str) -> str:
        paths = os.pathsep.join([str(self.folder), str(ROOT)])
        names = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}
        done = subprocess.run(
            [sys.executable, str(self.folder / script), *arguments],
            env={**names, "PYTHONPATH": paths, "CAPITALS": str(version), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1]

    def backfill(self, home: Home, version: int, **request: Any) -> dict[str, Any]:
        given = {"since": "2026-03-01", "until": "2026-03-31", **request}
        environment = given.pop("environment", {})
        told: dict[str, Any] = json.loads(
            self.run("backfill.py", str(home.root), json.dumps(given), version=version, **environment)
        )
        return told


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    folder = tmp_path_factory.mktemp("programs")
    information = folder / "capitals-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: capitals\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[dateline.extractors]\ncapitals = capitals:capitals\n")
    (folder / "capitals.py").write_text(_PLUG_IN)
    (folder / "night.py").write_text(_NIGHT)
    (folder / "backfill.py").write_text(_BACKFILL)
    return Programs(folder)


@dataclass(frozen=True)
class Lived:
    """What two nights have left, and the port that their press was served at."""

    home: Home
    port: int


@pytest.fixture(scope="session")
def lived(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The first night under the first version of the plug-in, the second under the second."""
    home = Home(tmp_path_factory.mktemp("lived"))
    port = programs.run("night.py", str(home.root), "1", "0", version=1)
    programs.run("night.py", str(home.root), "2", port, version=2)
    return Lived(home, int(port))


@pytest.fixture
def copied(lived: Lived, tmp_path: Path) -> Home:
    """A copy of the home to work on."""
    shutil.copytree(lived.home.root, tmp_path / "copy")
    return Home(tmp_path / "copy")
