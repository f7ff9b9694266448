"""Backfills of a month killed again and again, all their processes at once: do they end where undisturbed ones do?

    uv run python benchmarks/backfill_kills.py [--kills 100] [--seed 3] [--folder /var/tmp]

The real command reads kept texts again with an extractor whose version is raised each time a month is done. It runs on
Prefect's embedded server with its worker processes, and gets SIGKILL at a random moment, its whole process group with
it. At the end every finding, what counts now and the chain of digests are compared with a home that nobody disturbed.
A hundred kills take about half an hour.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from measuring import Line, surroundings, workplace

from storage.edition.ask import ask
from storage.home import Home

DAYS = 30
BEGINNING = date(2026, 4, 1)
MONTH = ("--since", str(BEGINNING), "--until", str(BEGINNING + timedelta(days=DAYS - 1)))
_PLUG_IN = '''"""Words in capitals, each version told apart by what it says of them."""

import os
import re
from collections.abc import Iterator
from typing import Annotated

from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.reading import Reading
from storage.events import Finding, Span, event


@event
class CapitalsSeen(Finding, frozen=True, kw_only=True):
    """The text shouts."""

    span: Annotated[Span, Doc("the word")]
    seen_by: Annotated[int, Doc("version that saw it")]


@extractor(version=int(os.environ["CAPITALS"]))
def capitals(reading: Reading) -> Iterator[CapitalsSeen]:
    """The words of a text that stand in capitals."""
    for found in re.finditer(r"\\b[A-Z]{3,}\\b", reading.text):
        yield CapitalsSeen(span=Span(*found.span()), seen_by=int(os.environ["CAPITALS"]))
'''
_FINDINGS = """
SELECT event_id::VARCHAR, payload FROM log.events
WHERE record_type NOT IN ('RunStarted', 'RunCompleted', 'BatchCommitted') ORDER BY ALL"""
_CURRENT = "SELECT event_id::VARCHAR, payload FROM current_events ORDER BY ALL"


@dataclass(frozen=True)
class Runs:
    """Starts dateline with the plug-in installed in a version."""

    plug_ins: Path

    def start(self, home: Home, version: int, *arguments: str) -> subprocess.Popen[bytes]:
        """The command, in a process group of its own."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))},
            "PYTHONPATH": str(self.plug_ins),
            "CAPITALS": str(version),
            "DATELINE_HOME": str(home.root),
            "DATELINE_PAGES_PER_BATCH": "1",
        }
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("dateline")), *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def finish(self, home: Home, version: int, *arguments: str) -> float:
        """Run to the end; the seconds it took.

        Raises:
            CalledProcessError: it did not end well.
        """
        started = time.monotonic()
        with self.start(home, version, *arguments) as process:
            status = process.wait()
        if status:
            raise subprocess.CalledProcessError(status, ["dateline", *arguments])
        return time.monotonic() - started

    def kill_after(self, home: Home, version: int, seconds: float) -> bool:
        """Backfill, and kill everything that runs for it after a while; False when it was done before."""
        with self.start(home, version, "backfill", *MONTH) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            was_running = process.poll() is None
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return was_running


def prepared(folder: Path) -> tuple[Runs, Home, Home]:
    """Two equal homes of thirty days that the first version has read."""
    (folder / "plug_ins" / "capitals-1.dist-info").mkdir(parents=True)
    (folder / "plug_ins" / "capitals.py").write_text(_PLUG_IN)
    (folder / "plug_ins" / "capitals-1.dist-info" / "METADATA").write_text("Name: capitals\nVersion: 1\n")
    (folder / "plug_ins" / "capitals-1.dist-info" / "entry_points.txt").write_text(
        "[dateline.extractors]\ncapitals = capitals:capitals\n"
    )
    (folder / "texts").mkdir()
    for number in range(DAYS):
        day = BEGINNING + timedelta(days=number)
        text = f"GULU, {day:%B} {day.day} — The NGO said rain fell on UNICEF tents in Gulu on day {number}."
        (folder / "texts" / f"{day}.txt").write_text(f"date {day}\n\n{text} " + "It fell for hours. " * 8)
    runs, undisturbed, disturbed = Runs(folder / "plug_ins"), Home(folder / "undisturbed"), Home(folder / "disturbed")
    runs.finish(undisturbed, 1, "ingest", str(folder / "texts"))
    shutil.copytree(undisturbed.root, disturbed.root)
    return runs, undisturbed, disturbed


def measured(folder: Path, kills: int, seed: int) -> list[Line]:
    """Kill so many backfills, then compare."""
    runs, undisturbed, disturbed = prepared(folder)
    chance, killed, version, begun = random.Random(seed), 0, 1, 0  # noqa: S311 - moments, no secrets
    while killed < kills:
        version += 1
        seconds = runs.finish(undisturbed, version, "backfill", *MONTH)
        is_done = False
        while killed < kills and not is_done:
            begun += 1
            if runs.kill_after(disturbed, version, chance.uniform(0, seconds)):
                killed += 1
            else:
                is_done = True
            print(f"\r{killed} of {kills} killed, version {version}", end="", file=sys.stderr, flush=True)
        runs.finish(disturbed, version, "backfill", *MONTH)
    print(file=sys.stderr)
    for home in (undisturbed, disturbed):
        runs.finish(home, version, "verify")
    differing = [
        len(set(ask(undisturbed, query).rows) ^ set(ask(disturbed, query).rows)) for query in (_FINDINGS, _CURRENT)
    ]
    return [
        Line("backfills begun, killed, versions", f"{begun}, {killed}, {version}"),
        Line("findings and other facts that differ", f"{differing[0]}", "0", differing[0] == 0),
        Line("findings that count now and differ", f"{differing[1]}", "0", differing[1] == 0),
        Line("both homes verify", "yes", "yes", is_met=True),
    ]


def main() -> int:
    """Measure and print; 1 when anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where to work")
    given = parser.parse_args()
    with workplace(given.folder) as folder:
        lines = [*surroundings(folder), *measured(folder, given.kills, given.seed)]
    print(*lines, sep="\n")
    return int(any(line.is_met is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
