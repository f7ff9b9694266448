from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from flows.cli.answers.feed_states import explained
from storage.state import FeedState

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 6, tzinfo=UTC)
NEW = "https://new.example.org/feed.xml"


def state(**fields: Any) -> FeedState:
    given = {"outcome": "new", "polled_at": NOW, "answered_at": NOW, "good_polls": 3, "interval_seconds": 5400}
    return FeedState(feed_url="https://example.org/feed.xml", **(given | fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "answers well; asked every night, between nights every 90 minutes"),
        ({"outcome": "gone"}, "ended: it answered 410 on 2026-03-09, and nights no longer ask it"),
        (
            {"next_due_at": LATER, "next_due_reason": "Cache-Control"},
            "answers well; not asked before 2026-03-10 06:00 UTC (Cache-Control)",
        ),
        (
            {"failures": 6, "error": "answered 404", "next_due_at": LATER, "next_due_reason": "failure 6 in a row"},
            (
                "failed 6 times in a row (answered 404), last good answer 2026-03-09; "
                "not asked before 2026-03-10 06:00 UTC (failure 6 in a row)"
            ),
        ),
        (
            {"failures": 1, "error": "no such name", "answered_at": None, "interval_seconds": None},
            "failed once (no such name), never answered well; asked every night",
        ),
        (
            {"moved_to": NEW, "interval_seconds": None},
            f"answers well; leads to {NEW}, asked there once three polls over a day agree; asked every night",
        ),
        (
            {"moved_to": NEW, "is_move_confirmed": True, "interval_seconds": None},
            f"answers well; asked at {NEW}, where it has moved for good; asked every night",
        ),
    ],
)
def test_every_state_of_a_feed_is_explained(fields: dict[str, Any], said: str) -> None:
    assert explained(state(**fields), NOW) == said


def test_a_feed_nobody_has_asked_yet_is_asked_next() -> None:
    assert explained(None, NOW) == "never polled yet: the next night asks it"
