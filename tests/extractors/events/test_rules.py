"""The view of the frames holds each frame with its figures, and joins the events that it found."""

from __future__ import annotations

import pytest

from extractors.events.lexicon import frames
from extractors.events.rules import view_of
from extractors.events.tiers import Figure, Worth
from storage.edition.ask import ask
from storage.edition.views import View
from storage.home import Home
from tests.extractors.events.told import Report, tell

REPORT = Report("a.example", "2026-01-20", "Lebanon condemned Israel on Tuesday.")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return tell(Home(tmp_path_factory.mktemp("told")), [REPORT])


def test_every_frame_is_a_rule(home: Home) -> None:
    assert [row[0] for row in ask(home, "SELECT rule FROM rules ORDER BY ALL").rows] == sorted(
        frame.frame_id for frame in frames()
    )


def test_an_event_joins_the_frame_that_found_it(home: Home) -> None:
    query = """
        SELECT rule, rules.event_type, triggers, example LIKE '%condemned%', fired >= "right", precision > 0.5, records
        FROM political_events JOIN rules USING (rule)"""
    assert ask(home, query).rows == [
        ("ACCUSE X condemn Y", "ACCUSE", ["condemn"], True, True, True, 1),
    ]


def test_the_tier_of_a_rule_is_that_of_its_records(home: Home) -> None:
    query = "SELECT count(*) FROM political_events JOIN rules USING (rule) WHERE political_events.tier <> rules.tier"
    assert ask(home, query).rows == [(0,)]


def test_an_apostrophe_in_an_example_stays_and_another_figure_is_another_view() -> None:
    one = [frame for frame in frames() if "'" in frame.example][:1]
    worth = [Worth.of({one[0].frame_id: Figure(2, right)}) for right in (1, 2)]
    views = [View("rules", view_of(one, each)) for each in worth]
    assert one[0].example.replace("'", "''").replace('"', '\\"') in views[0].sql
    assert views[0].sql != views[1].sql
    assert views[0].column_comments.keys() >= {"rule", "example", "fired", "right", "precision", "tier"}
