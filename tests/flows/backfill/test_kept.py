from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from storage.home import Home
from storage.ledger import day_stages
from storage.log import Log
from tests.flows.backfill.conftest import ROOT, Lived, Programs
from tests.flows.backfill.done import backfilled
from tests.flows.nights import rows
from tests.flows.waiting import until
from tests.storage.homes import look

PRODUCER = "capitals"
CURRENT = "SELECT event_id FROM current_events WHERE producer = 'capitals' ORDER BY ALL"


@dataclass(frozen=True)
class Raised:
    """What reading again by the second version has told and left."""

    home: Home
    before: int  # position
    stale: dict[str, int]  # articles read by the first version alone, by day
    said: dict[str, Any]


@pytest.fixture(scope="module")
def raised(lived: Lived, programs: Programs, tmp_path_factory: pytest.TempPathFactory) -> Raised:
    home = Home(tmp_path_factory.mktemp("raised") / "home")
    shutil.copytree(lived.home.root, home.root)
    stale = rows(
        home,
        "SELECT published_on::VARCHAR, count(*) FROM articles JOIN current_extractions USING (article_id)"
        f" WHERE producer = '{PRODUCER}' AND version = 1 GROUP BY 1",
    )
    before = Log(home).head().position
    return Raised(home, before, dict(stale), programs.backfill(home, version=2))


def test_the_plan_names_exactly_the_stale_days_and_why(raised: Raised) -> None:
    planned = {each["day"]: each for each in raised.said["plan"]["days"]}
    assert {day: each["readings"] for day, each in planned.items()} == raised.stale
    assert len(raised.stale) == 6
    for day, each in planned.items():
        assert each["why"] == [f"capitals: {raised.stale[day]} read by code older than version 2 as installed"]
        assert (each["pages"], each["requests"]) == (0, 0)


def test_exactly_the_stale_readings_are_superseded(raised: Raised) -> None:
    assert rows(raised.home, f"SELECT DISTINCT version FROM current_extractions WHERE producer = '{PRODUCER}'") == [
        (2,)
    ]
    added = rows(
        raised.home,
        f"SELECT record_type, producer, count(*) FROM log.events WHERE position > {raised.before}"
        " AND record_type NOT IN ('RunStarted', 'RunCompleted', 'BatchCommitted') GROUP BY ALL ORDER BY ALL",
    )
    assert [row[:2] for row in added] == [("CapitalsSeen", PRODUCER), ("ExtractionCompleted", PRODUCER)]
    assert added[1][2] == sum(raised.stale.values())


def test_a_dry_run_foretells_what_changes(raised: Raised) -> None:
    assert raised.said["dry"]["changes"] == raised.said["changes"]
    [change] = raised.said["changes"]
    assert change["extractor"] == PRODUCER
    assert change["added"] == 0
    assert min(change["withdrawn"], change["changed"]) > 0
    kinds = [each["change"] for each in raised.said["dry"]["differences"]]
    assert (kinds.count("changed"), kinds.count("withdrawn")) == (change["changed"], change["withdrawn"])
    first = next(each for each in raised.said["dry"]["differences"] if each["change"] == "changed")
    assert first["before"][0]["letters"] == "many"
    assert first["after"][0]["letters"].isdigit()


def test_the_past_answers_as_before(raised: Raised, lived: Lived) -> None:
    then = CURRENT.replace("current_events", f"current_events_as_of({raised.before})")
    assert rows(raised.home, then) == rows(lived.home, CURRENT)
    assert rows(raised.home, CURRENT) != rows(lived.home, CURRENT)


def test_the_same_range_again_has_nothing_to_do(raised: Raised) -> None:
    assert raised.said["left"] == []
    assert raised.said["outcome"] == "done"


def test_an_older_version_that_is_installed_again_has_nothing_to_do(raised: Raised, programs: Programs) -> None:
    assert programs.backfill(raised.home, version=1)["plan"]["days"] == []


def test_every_stage_of_every_day_is_complete_then(raised: Raised) -> None:
    ledger = day_stages(raised.home, [], *_march())
    assert {each.state for each in ledger} == {"complete"}
    assert {each.stage for each in ledger} >= {"fetched"}
    states = rows(raised.home, "SELECT DISTINCT state FROM day_stages")
    assert states == [("complete",)]


def test_doing_everything_again_adds_no_fact(copied: Home, programs: Programs) -> None:
    facts = "SELECT event_id FROM log.events WHERE record_type NOT LIKE 'Run%' AND record_type <> 'BatchCommitted'"
    before = rows(copied, f"{facts} ORDER BY ALL")
    said = programs.backfill(copied, version=2, only="all", extractors=["statements", "figures"])
    assert said["counts"] == {"done": 37}
    assert rows(copied, f"{facts} ORDER BY ALL") == before


def test_a_reading_that_breaks_fails_and_is_tried_again(copied: Home, programs: Programs) -> None:
    day = {"since": "2026-03-07", "until": "2026-03-07", "environment": {"BREAK": "1"}}
    broken = programs.backfill(copied, version=3, **day)
    assert broken["outcome"] == "retry"
    assert [each["why"] for each in broken["left"]] == [["capitals: 5 read failed in version 3"]]
    again = programs.backfill(copied, version=3, **{**day, "only": "failed", "environment": {}})
    assert (again["outcome"], again["left"]) == ("done", [])


def _march() -> tuple[Any, Any]:
    from datetime import date

    return date(2026, 3, 1), date(2026, 3, 31)


def test_interrupted_from_the_keyboard_it_ends_at_once_and_nothing_is_lost(copied: Home) -> None:
    before, facts = Log(copied).head().position, rows(copied, CURRENT)
    command = [sys.executable, "-m", "flows.cli", "--home", str(copied.root), "backfill"]
    days = ["--since", "2026-03-01", "--until", "2026-03-31", "--only", "all"]
    names = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PREFECT_"))}
    with subprocess.Popen([*command, *days], cwd=ROOT, env=names, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: Log(copied).head().position > before or process.poll(), "the run has begun")
        process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.communicate()[1]
        assert process.returncode == 130
    found = look(copied)
    assert (found.is_sound, rows(copied, CURRENT)) == (True, facts)
    assert backfilled(copied, until=date(2026, 3, 31), only="all").outcome == "done"
