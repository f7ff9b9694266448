"""The `eventsourcing` library with its SQLite recorder, doing what the log does: for comparison in `log.py`.

Its events carry the same values as ours, spans as pairs of numbers, which its JSON transcoder writes as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent
from log_events import PER_ARTICLE, Happening

_BATCH = 100


class Article(Aggregate):
    """An article, whose events are what was found in it."""

    class StatementSeen(Aggregate.Event):
        """Somebody was seen to say something."""

        values: dict[str, Any]
        published_on: str


class Rival:
    """An application of the library in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        database = str(folder / "eventsourcing.sqlite")
        self._application = Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": database})

    def aggregates(self, happenings: Sequence[Happening]) -> list[Article]:
        """Aggregates with pending events, ten each; the event of an aggregate's own creation is left out."""
        made: list[Article] = []
        for number, each in enumerate(happenings):
            if number % PER_ARTICLE == 0:
                made.append(Article())
                made[-1].collect_events()
            made[-1].trigger_event(
                Article.StatementSeen, values=_values(each), published_on=each.context.published_on.isoformat()
            )
        return made

    def save(self, aggregates: Sequence[Article]) -> None:
        """`Application.save`, a hundred events at a time."""
        step = _BATCH // PER_ARTICLE
        for first in range(0, len(aggregates), step):
            self._application.save(*aggregates[first : first + step])

    def stored(self, events: Sequence[Any]) -> list[StoredEvent]:
        """Typed events as the recorder takes them."""
        return [self._application.mapper.to_stored_event(each) for each in events]

    def insert(self, stored: Sequence[StoredEvent]) -> None:
        """The recorder alone, a hundred stored events at a time."""
        for first in range(0, len(stored), _BATCH):
            self._application.recorder.insert_events(stored[first : first + _BATCH])

    def replay(self) -> Counter[tuple[str, str]]:
        """Count the events of each type and day, read back as typed events."""
        counts: Counter[tuple[str, str]] = Counter()
        start = 1
        while notifications := self._application.recorder.select_notifications(start, limit=1_000):
            for each in notifications:
                event: Any = self._application.mapper.to_domain_event(each)
                counts[type(event).__name__, event.published_on] += 1
            start = notifications[-1].id + 1
        return counts

    def close(self) -> None:
        """Let go of the database."""
        self._application.close()


def _values(happening: Happening) -> dict[str, Any]:
    """The event's values as builtins, spans as pairs."""
    return {name: _value(value) for name, value in msgspec.structs.asdict(happening.event).items()}


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever an event holds
    if isinstance(value, msgspec.Struct):
        return list(msgspec.structs.astuple(value))
    if isinstance(value, list):
        return [_value(each) for each in value]
    return value if isinstance(value, str | bool | int) or value is None else str(value)
