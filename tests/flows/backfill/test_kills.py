"""Killed anywhere and begun again, a backfill ends where an undisturbed one does."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.home import Home
from tests.flows.backfill.conftest import ROOT, Programs
from tests.flows.nights import rows

KILLS, DAYS = 10, 30
BEGINNING = date(2026, 4, 1)
_INGEST = """
import sys
from pathlib import Path
from flows.ingest import Ingest, items
from flows.vocabulary import vocabulary
from storage.edition.publish import publish
from storage.home import Home
from tests.flows.nights import settings_for

if __name__ == "__main__":
    home = Home(Path(sys.argv[1]))
    with Ingest(settings_for(home)) as ingest:
        ingest.take(items([Path(sys.argv[2])], None, {}, []))
    publish(home, vocabulary())
    print("done")
"""
# one process that forks the runs, so that what they need is loaded once; each is killed a while after some step
_RUNS = """
import os, signal, sys, time
from datetime import date
from pathlib import Path
from threading import Timer
from flows import run as running
from flows.backfill.backfill import Backfill
from flows.backfill.planning import plan
from flows.backfill.request import Request
from flows.reading.preload import read_text
from storage.home import Home
from tests.flows.nights import settings_for

class Inline:
    def __init__(self, workers, cpu_seconds): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def run(self, function, arguments): return [function(*each) for each in arguments]

running.ReaderPool = Inline

def run(home, kill_at, seconds):
    request = Request(since=date(2026, 4, 1), until=date(2026, 4, 30))
    settings, done = settings_for(home, pages_per_batch=1), 0
    def passed():
        nonlocal kill_at
        kill_at -= 1
        if kill_at == 0:
            Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
    passed()
    days = [each.day for each in plan(request, settings).days]
    if days:
        with Backfill(request, settings) as backfill:
            for unit in backfill.work(days):
                for each in unit.steps():
                    passed()
                    backfill.run_step(each)
                    done += 1
                    os.write(1, b"stepped\\n")
                backfill.ended(unit, {})
            backfill.complete("done")
            passed()
            backfill.publish()
    os.write(1, b"ended\\n")

if __name__ == "__main__":
    for line in sys.stdin:
        home, kill_at, milliseconds = line.split()
        child = os.fork()
        if not child:
            run(Home(Path(home)), int(kill_at), int(milliseconds) / 1000)
            os._exit(0)
        os.waitpid(child, 0)
        os.write(1, b"over\\n")
"""


@pytest.fixture(scope="module")
def month(programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Thirty days of articles that the first version has read."""
    folder = tmp_path_factory.mktemp("month")
    (folder / "texts").mkdir()
    for number in range(DAYS):
        day = BEGINNING + timedelta(days=number)
        text = f"GULU, {day:%B} {day.day} — The NGO said rain fell on UNICEF tents in Gulu on day {number}."
        (folder / "texts" / f"{day}.txt").write_text(f"date {day}\n\n{text} " + "It fell for hours. " * 8)
    (programs.folder / "ingest.py").write_text(_INGEST)
    (programs.folder / "runs.py").write_text(_RUNS)
    programs.run("ingest.py", str(folder / "home"), str(folder / "texts"), version=1)
    return Home(folder / "home")


@contextmanager
def runs(programs: Programs) -> Iterator[Callable[[Home, int, int], list[str]]]:
    """Runs that are killed some milliseconds after they have passed so many places; what each has said."""
    names = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}
    paths = os.pathsep.join([str(programs.folder), str(ROOT)])
    command = [sys.executable, str(programs.folder / "runs.py")]
    environment = {**names, "PYTHONPATH": paths, "CAPITALS": "2"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin
        assert process.stdout
        lines = iter(process.stdout)

        def run(home: Home, kill_at: int, milliseconds: int) -> list[str]:
            assert process.stdin
            process.stdin.write(f"{home.root} {kill_at} {milliseconds}\n")
            return [line.strip() for line in iter(lambda: next(lines), "over\n")]

        yield run


FACTS = """
SELECT event_id, payload FROM log.events
WHERE record_type NOT IN ('RunStarted', 'RunCompleted', 'BatchCommitted') ORDER BY ALL"""
CURRENT = "SELECT event_id, payload FROM current_events ORDER BY ALL"


def test_ten_kills_change_nothing_of_what_a_month_ends_as(programs: Programs, month: Home, tmp_path: Path) -> None:
    undisturbed, disturbed = Home(tmp_path / "undisturbed"), Home(tmp_path / "disturbed")
    for each in (undisturbed, disturbed):
        shutil.copytree(month.root, each.root)
    chance, steps, killed = random.Random(4), 0, 0
    with runs(programs) as run:
        assert run(undisturbed, 0, 0) == ["stepped"] * DAYS + ["ended"]
        while killed < KILLS:
            said = run(disturbed, chance.randint(1, 7), chance.randint(0, 120))
            steps += said.count("stepped")
            killed += "ended" not in said
        said = run(disturbed, 0, 0)
        steps += said.count("stepped")
        assert said[-1] == "ended"
    assert DAYS - KILLS <= steps <= DAYS + KILLS  # a step may be killed after its commit, before it has said so
    results: list[Any] = [[rows(home, query) for query in (FACTS, CURRENT)] for home in (undisturbed, disturbed)]
    assert results[0] == results[1]
    assert rows(disturbed, "SELECT DISTINCT version FROM current_extractions WHERE producer = 'capitals'") == [(2,)]
