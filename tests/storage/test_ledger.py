"""How far days have come at each stage: each case is an article on a day of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.events import DaySurveyed
from storage.home import Home
from storage.ledger import StageVersion, due_articles, surveys
from storage.ledger import day_stages as ledger_of
from storage.log import Log
from storage.records import Record, article_id, new_run_id, record
from tests.storage.records_of import NOON, context
from tests.storage.weather import (
    CORRECTED,
    TEXT,
    captured,
    cleaned,
    found,
    keep,
    reading,
    rejected,
    unfetched,
    url_of,
    weather,
)

BEGINNING, LAST = date(2026, 3, 1), date(2026, 3, 31)
INSTALLED = [StageVersion("cleaned", 2, "cd"), StageVersion("rain", 2, "cd")]
Make = Callable[[str, date], list[Record]]


def taken(name: str, day: date, *versions: int, cleaner: int = 2, configuration: str = "cd") -> list[Record]:
    capture = captured(name, NOON, day=day)
    readings = [
        each
        for version in versions
        for each in reading(name, TEXT, version=version, day=day, configuration=configuration)
    ]
    return [found(name, day), capture, cleaned(capture, TEXT, cleaner), *readings]


def recaptured(name: str, day: date) -> list[Record]:
    """Captured twice, and only the first capture was cleaned by the newest version."""
    first, second = (captured(name, NOON + timedelta(days=number), day=day) for number in (0, 1))
    return [found(name, day), first, second, cleaned(first, TEXT, 2), cleaned(second, CORRECTED, 1)]


def walled(name: str, day: date) -> list[Record]:
    capture = captured(name, NOON, day=day)
    return [found(name, day), capture, rejected(capture, 2)]


def surveyed(outcome: str, candidates: int = 0, site: str | None = "example.org") -> Make:
    def make(_: str, day: date) -> list[Record]:
        event = DaySurveyed(
            day=day, source="wayback", archive="http://a", site=site, outcome=outcome, candidates=candidates  # type: ignore[arg-type]
        )  # fmt: skip
        run = new_run_id()
        return [record(event, run, context(run_id=run, published_on=day))]

    return make


COMPLETE = ("complete", "complete", "complete")
CASES: dict[str, tuple[Make, tuple[str | None, str | None, str | None]]] = {
    "read by what is installed": (lambda name, day: taken(name, day, 2), COMPLETE),
    "read by newer code than is installed": (lambda name, day: taken(name, day, 3, cleaner=3), COMPLETE),
    "read by an older version": (lambda name, day: taken(name, day, 1), ("complete", "complete", "stale")),
    "read under another configuration": (
        lambda name, day: taken(name, day, 2, configuration="ef"),
        ("complete", "complete", "stale"),
    ),
    "cleaned by an older version": (
        lambda name, day: taken(name, day, 2, cleaner=1),
        ("complete", "stale", "complete"),
    ),
    "one of two captures cleaned": (recaptured, ("complete", "stale", "missing")),
    "never read": (taken, ("complete", "complete", "missing")),
    "no article in it": (walled, ("complete", "complete", None)),
    "named and not fetched": (lambda name, day: [found(name, day)], ("never fetched", None, None)),
    "not to be had so far": (lambda name, day: [found(name, day), unfetched(name, day)], ("failed", None, None)),
    "asked about, nothing there": (surveyed("unavailable"), ("unavailable", None, None)),
    "asked about in vain": (surveyed("failed"), ("failed", None, None)),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("told"))
    keep(home, TEXT, CORRECTED)
    for number, (make, _) in enumerate(CASES.values()):
        Log(home).append(make(f"n{number}", BEGINNING + timedelta(days=number)))
    publish(home, weather())
    return home


@pytest.mark.parametrize("case", CASES)
def test_the_ledger_tells(case: str, told: Home) -> None:
    day = BEGINNING + timedelta(days=list(CASES).index(case))
    stages = {each.stage: each.state for each in ledger_of(told, INSTALLED, day, day)}
    assert tuple(stages.get(name) for name in ("fetched", "cleaned", "rain")) == CASES[case][1]


def test_what_is_due_is_what_lacks_something(told: Home) -> None:
    due = due_articles(told, INSTALLED, BEGINNING, LAST, ["missing", "failed", "stale"])
    names = {article_id(url_of(f"n{number}")): case for number, case in enumerate(CASES)}
    assert {names[each.article_id]: each.stages for each in due} == {
        "read by an older version": ["rain"],
        "read under another configuration": ["rain"],
        "cleaned by an older version": ["cleaned"],
        "one of two captures cleaned": ["cleaned", "rain"],
        "never read": ["rain"],
    }
    only = due_articles(told, INSTALLED[1:], BEGINNING, LAST, ["missing"])
    assert {names[each.article_id] for each in only} == {"one of two captures cleaned", "never read"}


def test_without_installed_code_the_newest_that_the_log_knows_is_compared_with(told: Home) -> None:
    states = dict(ask(told, "SELECT published_on, state FROM day_stages WHERE stage = 'rain'").rows)
    assert states[BEGINNING] == "stale"  # another day was read by version 3
    assert states[BEGINNING + timedelta(days=1)] == "complete"


def test_the_ledger_of_the_past_is_as_it_was(told: Home) -> None:
    end = ask(told, "SELECT min(position) FROM log.batch_committed").rows[0][0]
    assert ask(told, f"SELECT published_on, stage, state FROM day_stages_as_of({end}) ORDER BY ALL").rows == [
        (BEGINNING, stage, "complete") for stage in ("cleaned", "fetched", "rain")
    ]


def test_the_last_asking_about_a_day_counts_and_its_worst_site(home: Home) -> None:
    asked = [
        *surveyed("failed")("", BEGINNING),
        *surveyed("found", 3)("", BEGINNING),
        *surveyed("found", 2, site="other.net")("", BEGINNING),
        *surveyed("found", 1)("", LAST),
        *surveyed("failed", site="other.net")("", LAST),
        *surveyed("unavailable")("", date(2026, 3, 15)),
    ]
    for each in asked:
        Log(home).append([each])
    publish(home, weather())
    both = surveys(home, "wayback", "http://a", ["example.org", "other.net"], BEGINNING, LAST)
    assert {day: (each.outcome, each.candidates) for day, each in both.items()} == {
        BEGINNING: ("found", 5),
        LAST: ("failed", 1),
    }
    assert surveys(home, "wayback", "http://b", ["example.org"], BEGINNING, LAST) == {}
