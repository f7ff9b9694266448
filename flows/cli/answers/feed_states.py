"""What nights do with a feed and why, in words: from what its polls have left in the log."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from storage.log import Log
from storage.state import FeedState, feed_states

if TYPE_CHECKING:
    from storage.home import Home

_CONFIRMATION = "asked there once three polls over a day agree"


def known_states(home: Home) -> dict[str, FeedState]:
    """The states of the feeds that were polled in a home; none where there is no log yet."""
    return feed_states(Log(home)) if home.log.exists() else {}


def explained(state: FeedState | None, now: datetime) -> str:
    """What the next nights do with the feed, and why."""
    if state is None or state.polled_at is None:
        return "never polled yet: the next night asks it"
    if state.is_gone:
        return f"ended: it answered 410 on {state.polled_at:%Y-%m-%d}, and nights no longer ask it"
    parts = [_failing(state) if state.failures else "answers well", *_moved(state), _next(state, now)]
    return "; ".join(parts)


def _failing(state: FeedState) -> str:
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    good = f"last good answer {state.answered_at:%Y-%m-%d}" if state.answered_at else "never answered well"
    return f"failed {times} ({state.error or state.outcome}), {good}"


def _moved(state: FeedState) -> list[str]:
    if not state.moved_to:
        return []
    if state.asked_url != state.feed_url:
        return [f"asked at {state.moved_to}, where it has moved for good"]
    return [f"leads to {state.moved_to}, {_CONFIRMATION}"]


def _next(state: FeedState, now: datetime) -> str:
    rhythm = f", between nights every {_minutes(state.interval_seconds)}" if state.interval_seconds else ""
    if state.next_due_at is None or state.next_due_at <= now:
        return f"asked every night{rhythm}"
    return f"not asked before {state.next_due_at:%Y-%m-%d %H:%M} UTC ({state.next_due_reason})"


def _minutes(seconds: int) -> str:
    """A length of time for people.

    >>> _minutes(5400)
    '90 minutes'
    """
    return f"{round(seconds / 60)} minutes"
