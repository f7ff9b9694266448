"""Records of several articles are joined where they tell of the same event, and only there."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from flows.vocabulary import vocabulary
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.selecting import Selection
from storage.exporting import JSON_LINES, export
from storage.home import Home
from tests.extractors.events.told import Report, tell

WIRE = "Lebanon condemned Israel on Thursday. Japan sent a rescue team to Nepal on Wednesday."
REPORTS = (
    Report("a.example", "2026-01-12", "Turkey and Greece held talks in Ankara on Monday."),
    Report("b.example", "2026-01-14", "Greek and Turkish ministers met two days ago in Ankara."),
    Report("c.example", "2026-01-12", "Turkey and Albania held talks in Ankara on Monday."),
    Report("a.example", "2026-01-15", WIRE, agency="Meridian Wire"),
    Report("b.example", "2026-01-16", WIRE.replace("on Thursday", "on Thursday, it said"), agency="Meridian Wire"),
    Report("c.example", "2026-01-16", "The Lebanese government condemned Israel on Thursday."),
    Report("a.example", "2026-01-20", "Gunmen attacked a police station in Quetta on Tuesday, killing six officers."),
    Report("b.example", "2026-01-20", "Gunmen attacked a police station in Quetta on Tuesday, killing nine officers."),
    Report("c.example", "2026-01-20", "Gunmen attacked a police station in Peshawar on Tuesday, killing one man."),
    Report(
        "a.example",
        "2026-02-02",
        "Ugandan rebels attacked an army camp in Mali on Monday, the French defence ministry said.",
    ),
    Report("a.example", "2026-02-10", "Israel bombed Lebanon on Tuesday."),
    Report("b.example", "2026-02-11", "Israel bombed Lebanon on Wednesday."),
    Report("c.example", "2026-02-12", "Israel bombed Lebanon on Thursday."),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return tell(Home(tmp_path_factory.mktemp("told")), REPORTS, [(REPORTS[3], REPORTS[4])])


def reported_by(home: Home, event_type: str, day: str) -> list[list[str]]:
    query = "SELECT reported_by FROM incidents WHERE event_type = $type AND starts_on = $day ORDER BY ALL"
    return [row[0] for row in ask(home, query, {"type": event_type, "day": day}).rows]


def test_one_meeting_told_in_other_words_on_another_day_is_one_incident(home: Home) -> None:
    assert reported_by(home, "CONSULT", "2026-01-12") == [["a.example", "b.example"], ["c.example"]]


def test_a_wire_counts_once_however_many_print_it(home: Home) -> None:
    query = """
        SELECT event_type, records, articles, stories, publishers, independent_publishers
        FROM incidents WHERE first_seen_at::DATE = '2026-01-15' ORDER BY ALL"""
    assert ask(home, query).rows == [("ACCUSE", 3, 3, 2, 3, 2), ("AID", 2, 2, 1, 2, 1)]


def test_attacks_in_two_towns_are_two_and_each_has_its_toll(home: Home) -> None:
    query = """
        SELECT place, reported_by, killed_lowest, killed_highest
        FROM incidents WHERE event_type = 'ASSAULT' AND place_country = 'PAK' ORDER BY ALL"""
    assert ask(home, query).rows == [
        ("Peshawar", ["c.example"], 1, 1),
        ("Quetta", ["a.example", "b.example"], 6, 9),
    ]


def test_the_days_of_a_war_are_not_one_incident(home: Home) -> None:
    query = "SELECT starts_on::VARCHAR FROM incidents WHERE actor_codes = ['ISR'] AND event_type = 'ASSAULT' ORDER BY 1"
    assert [row[0] for row in ask(home, query).rows] == ["2026-02-10", "2026-02-11", "2026-02-12"]


def test_what_only_one_side_says_is_marked(home: Home) -> None:
    query = (
        "SELECT claimed_by, is_only_claimed FROM incidents WHERE starts_on = '2026-02-02' AND event_type = 'ASSAULT'"
    )
    assert ask(home, query).rows == [(["the French defence ministry"], True)]


def test_every_record_belongs_to_one_incident_and_one_of_each_leads(home: Home) -> None:
    records = "SELECT count(*), count(DISTINCT event_id) FROM incident_events"
    told = ask(home, "SELECT count(*) FROM political_events").rows[0][0]
    assert ask(home, records).rows == [(told, told)]
    leading = "SELECT incident_id FROM incident_events GROUP BY ALL HAVING count(*) FILTER (is_leading) <> 1"
    assert ask(home, leading).rows == []
    assert ask(home, "SELECT DISTINCT score >= 3 FROM incident_events WHERE NOT is_leading").rows == [(True,)]


def test_the_same_reports_in_another_order_give_the_same_incidents(home: Home, tmp_path: Path) -> None:
    other = tell(Home(tmp_path / "other"), REPORTS[::-1], [(REPORTS[3], REPORTS[4])])
    query = "FROM incidents ORDER BY incident_id"
    assert ask(home, query).rows == ask(other, query).rows


def test_incidents_of_an_edition_that_grew_are_those_of_one_made_anew(tmp_path: Path) -> None:
    grown = tell(Home(tmp_path / "grown"), REPORTS[:3])
    before = ask(grown, "SELECT max(position) FROM log.batch_committed").rows[0][0]
    query, past = "FROM incidents ORDER BY incident_id", f"FROM incidents_as_of({before}) ORDER BY incident_id"
    first = ask(grown, query).rows
    tell(grown, REPORTS[3:], [(REPORTS[3], REPORTS[4])])
    then = [ask(grown, each).rows for each in (query, past, "FROM rules ORDER BY rule")]
    publish(grown, vocabulary(), rebuild=True)
    assert [ask(grown, each).rows for each in (query, past, "FROM rules ORDER BY rule")] == then
    assert then[1] == first != then[0]


def test_incidents_of_some_days_are_exported_without_the_others(home: Home) -> None:
    stream = BytesIO()
    export(home, Selection("incidents", date(2026, 1, 20), date(2026, 2, 2)), JSON_LINES, stream)
    days = sorted(json.loads(line)["starts_on"] for line in stream.getvalue().splitlines())
    assert days == ["2026-01-20", "2026-01-20", "2026-02-02", "2026-02-02"]


def test_what_came_later_is_no_part_of_the_past(home: Home) -> None:
    assert ask(home, "FROM incidents_as_of(0)").rows == []
