"""The backfill flow on a real Prefect server: days as sub-flows, cancelled, paused, failing, and begun again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from storage.home import Home
from tests.flows.nights import rows

pytestmark = pytest.mark.prefect
ROOT = Path(__file__).parents[2]

# each run is met by something at its first step; one process, so that the embedded server starts once
_SCRIPT = """
import json, os, sys, threading
from datetime import date
from pathlib import Path
from uuid import UUID
from flows.engine import prepare
from flows.ingest import Ingest, items
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.edition.publish import publish
from storage.home import BusyError, Home

TEXT = "GULU, {day} — The bridge at Gulu was closed on Monday after rain, and 12 people waited for three hours. "

def fill(home):
    folder = home.root.parent / "texts"
    folder.mkdir()
    for day in range(1, 7):
        (folder / f"{day}.txt").write_text(f"date 2026-05-0{day}\\n\\n" + TEXT.format(day=f"May {day}") * 3)
    with Ingest(Settings()) as ingest:
        ingest.take(items([folder], None, {}, []))
    publish(home, vocabulary())

if __name__ == "__main__":
    home = Home(Path(os.environ["DATELINE_HOME"]))
    fill(home)
    prepare(home.prefect)
    import flows.backfilling as module
    from flows.backfill.backfill import Backfill
    from prefect.client.orchestration import get_client
    from prefect.runtime import flow_run
    from prefect.states import Cancelling, Paused, Running

    module.PAUSE_SECONDS = 0.05
    run_step, told, lock = Backfill.run_step, [], threading.Lock()

    def set_state(run, state):
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(UUID(run), state, force=True)

    def run(name, meet):
        steps = []
        def met(self, step):
            with lock:
                steps.append(step)
                number = len(steps)
            meet(self, number)
            return run_step(self, step)
        Backfill.run_step = met
        options = {"max_active": 2, "extractors": ["figures"]}
        state = module.backfill(date(2026, 5, 1), date(2026, 5, 6), only="all", options=options, return_state=True)
        result = state.result(raise_on_failure=False) if state.is_completed() else {}
        told.append({"name": name, "state": state.type.value, "steps": len(steps), **result})

    def cancel(self, number):
        if number == 1:
            set_state(flow_run.root_flow_run_id, Cancelling())

    free = []
    def go_on(run):
        try:
            home.claim("backfill").release()
            free.append(True)
            set_state(run, Running())
        except BusyError:
            threading.Timer(0.05, go_on, (run,)).start()

    def pause(self, number):
        if number == 1:
            set_state(flow_run.root_flow_run_id, Paused(timeout_seconds=300))
            threading.Timer(0.05, go_on, (flow_run.root_flow_run_id,)).start()

    def fail(self, number):
        if number == 1:
            raise OSError(28, "No space left on device")

    run("cancelled", cancel)
    run("paused", pause)
    run("failing", fail)
    run("undisturbed", lambda *_: None)
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
        subflows = [each.name for each in runs if each.parent_task_run_id]
    print(json.dumps({"runs": told, "free": free, "subflows": sorted(set(subflows))}, default=str))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("backfilling")
    (folder / "script.py").write_text(_SCRIPT)
    home = Home(folder / "home")
    names = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}
    environment = {**names, "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(home.root), "DATELINE_WORKERS": "2"}
    command = [sys.executable, str(folder / "script.py")]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return home, {**said, "runs": {each["name"]: each for each in said["runs"]}}


def test_a_cancelled_backfill_ends_cancelled_and_keeps_what_it_committed(told: tuple[Home, dict[str, Any]]) -> None:
    home, said = told
    assert said["runs"]["cancelled"]["state"] == "CANCELLED"
    assert 1 <= said["runs"]["cancelled"]["steps"] <= 2
    assert rows(home, "SELECT outcome FROM runs WHERE flow = 'backfill' ORDER BY started_at LIMIT 1") == [
        ("cancelled",)
    ]


def test_a_paused_backfill_rests_without_a_lock_and_goes_on(told: tuple[Home, dict[str, Any]]) -> None:
    _, said = told
    assert (said["runs"]["paused"]["state"], said["runs"]["paused"]["outcome"]) == ("COMPLETED", "done")
    assert said["free"] == [True]
    assert said["runs"]["paused"]["steps"] == 6


def test_a_failed_day_does_not_stop_the_others(told: tuple[Home, dict[str, Any]]) -> None:
    _, said = told
    failing = said["runs"]["failing"]
    assert (failing["outcome"], failing["counts"]["days_failed"]) == ("retry", 1)
    assert [each["error"] for each in failing["units"] if each["error"]] == ["[Errno 28] No space left on device"]
    assert sum(each["counts"].get("done", 0) for each in failing["units"]) == 5


def test_every_day_is_a_sub_flow_of_its_own(told: tuple[Home, dict[str, Any]]) -> None:
    _, said = told
    assert said["subflows"] == [f"backfill-2026-05-0{day}" for day in range(1, 7)]
    assert said["runs"]["undisturbed"]["outcome"] == "done"
    assert {each["day"] for each in said["runs"]["undisturbed"]["units"]} == {f"2026-05-0{day}" for day in range(1, 7)}


def test_backfills_leave_no_fact_twice(told: tuple[Home, dict[str, Any]]) -> None:
    home, _ = told
    assert rows(home, "SELECT count(*) - count(DISTINCT event_id) FROM log.events") == [(0,)]
    assert rows(home, "SELECT count(*) FROM log.extraction_completed WHERE producer = 'figures'") == [(6,)]
