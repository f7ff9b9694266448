from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flows.cli.status import _age, _counts, _size
from flows.reading.tally import Tally
from storage.home import Home

Run = Callable[..., Any]


def test_status_tells_feeds_runs_and_days(run: Run, filled: Home) -> None:
    answer = run(filled, "status")
    assert answer.exit_code == 0
    assert str(filled.edition) in answer.stdout
    assert "holds all of it" in answer.stdout
    assert "1 unchanged · 1 gone" in answer.stdout
    assert "http://gone.localhost/feed.xml  answered 410" in answer.stdout
    assert "32 articles, 1 pages failed" in answer.stdout
    assert "2026-03-04" in answer.stdout


def test_what_a_run_has_cost_is_not_told_among_what_it_did() -> None:
    tally = Tally({"articles": 2, "pages_failed": 0})
    tally.spend("clean", 0.25, 2)
    assert _counts(tally.counts | tally.costs()) == "2 articles"


def test_json_holds_the_same(run: Run, filled: Home) -> None:
    told = json.loads(run(filled, "status", "--json", "--days", "2").stdout)
    assert told["feed_outcomes"] == {"unchanged": 1, "gone": 1}
    assert told["waiting_records"] == 0
    assert [run["outcome"] for run in told["runs"]] == ["done", "done"]
    assert [day["published_on"] for day in told["days"]] == ["2026-03-07", "2026-03-08"]


MARCH = ("--since", "2026-03-01", "--until", "2026-03-10")


def test_a_calendar_shows_how_far_each_day_has_come(run: Run, filled: Home) -> None:
    shown = run(filled, "status", *MARCH).stdout
    first, second, third = shown.splitlines()[1:4]
    assert (first.split(), second.split(), third.split()) == (
        ["Mar", "2026", "1", "·"],
        ["2", *"◌◌◌◌◌◌◌"],
        ["9", "·", "·"],
    )
    assert "◌ stale · · never fetched" in shown


def test_the_calendar_as_json_has_every_day_and_stage(run: Run, filled: Home) -> None:
    days = {each["day"]: each for each in json.loads(run(filled, "status", *MARCH, "--json").stdout)}
    assert len(days) == 10
    assert days["2026-03-01"] == {"day": "2026-03-01", "state": "never fetched", "stages": []}
    stages = {each["stage"]: each for each in days["2026-03-05"]["stages"]}
    assert (stages["fetched"]["state"], stages["fetched"]["articles"]) == ("complete", 6)
    assert (stages["figures"]["state"], stages["figures"]["stale"]) == ("stale", stages["figures"]["articles"])


def test_an_empty_home_is_no_traceback(run: Run, empty: Home) -> None:
    answer = run(empty, "status")
    assert answer.exit_code == 1
    assert "holds no edition yet" in answer.stderr


def test_ages_and_sizes_read_well() -> None:
    now = datetime(2026, 3, 3, tzinfo=UTC)
    assert _age(datetime(2026, 3, 2, 23, tzinfo=UTC), now) == "1 hour ago"
    assert _age(now, now) == "just now"
    assert _size(999) == "999 bytes"
    assert _size(5_040_000) == "5.0 MB"
