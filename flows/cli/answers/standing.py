"""How things stand in a home: feeds, runs, days and the edition, from the edition and the log's head alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from storage.edition.ask import NoEditionError, ask
from storage.log import Log

if TYPE_CHECKING:
    from storage.home import Home

_WELL = ("new", "unchanged", "moved")

_FEEDS = (
    "SELECT feed_url, outcome, status, error, last_polled_at, last_answered_at, articles FROM feeds ORDER BY feed_url"
)
_RUNS = """
SELECT flow, day, started_at, completed_at, outcome, duration_seconds, counts
FROM runs
ORDER BY started_at DESC
LIMIT $number"""
_WARNINGS = "SELECT about, subject, warning, detail, seen_at FROM warnings ORDER BY about, warning, subject"
_DAYS = "FROM days ORDER BY published_on DESC LIMIT $number"


@dataclass(frozen=True)
class Standing:
    """Everything `dateline status` tells; times are UTC, sizes bytes."""

    home: str
    log_position: int
    edition: str
    edition_position: int
    edition_bytes: int
    edition_published_at: datetime
    feeds: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    days: list[dict[str, Any]]

    @property
    def waiting_records(self) -> int:
        """Records of the log that the edition does not hold yet."""
        return self.log_position - self.edition_position

    @property
    def failing(self) -> list[dict[str, Any]]:
        """The feeds whose last answer was no good one."""
        return [feed for feed in self.feeds if feed["outcome"] not in _WELL]

    @property
    def outcomes(self) -> dict[str, int]:
        """How many feeds last answered how."""
        every = [str(feed["outcome"]) for feed in self.feeds]
        return {
            outcome: every.count(outcome) for outcome in sorted(set(every), key=lambda one: (one not in _WELL, one))
        }

    def as_json(self) -> str:
        """The whole as one JSON object."""
        fields = {"waiting_records": self.waiting_records, "feed_outcomes": self.outcomes}
        encoded = msgspec.json.encode(msgspec.to_builtins(self) | fields)
        return msgspec.json.format(encoded, indent=2).decode()


def standing(home: Home, *, days: int, runs: int) -> Standing:
    """How things stand, with the last *days* and *runs*.

    Raises:
        NoEditionError: nothing was published yet.
    """
    if not home.edition.exists():
        raise NoEditionError(home)
    file = home.edition.stat()
    return Standing(
        home=str(home.root),
        log_position=Log(home).head().position,
        edition=str(home.edition),
        edition_position=ask(home, "SELECT position FROM log.checkpoint").rows[0][0],
        edition_bytes=file.st_size,
        edition_published_at=datetime.fromtimestamp(file.st_mtime, UTC),
        feeds=_rows(home, _FEEDS),
        warnings=_rows(home, _WARNINGS),
        runs=[_with_counts(run) for run in _rows(home, _RUNS, number=runs)],
        days=_rows(home, _DAYS, number=days)[::-1],
    )


def _rows(home: Home, query: str, **parameters: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - DuckDB's parameters
    answer = ask(home, query, parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _with_counts(run: dict[str, Any]) -> dict[str, Any]:
    counts = run["counts"]
    return run | {"counts": msgspec.json.decode(counts) if counts else {}}
