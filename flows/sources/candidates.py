"""What a site itself names as its articles of certain days: the common form of sitemaps, paged feeds and archives.

A source is an async generator of `Found`: candidates, and between them what could not be read and is missing therefore.
It gives every article that it dates to a day of the range, at whatever offset, and may give a few of the days around
it: only the page decides to which day an article belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # the offsets furthest from UTC that are in use


@dataclass(frozen=True, slots=True)
class Days:
    """A range of calendar days, both ends included."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since > self.until:
            message = f"the range of days begins on {self.since}, after its end on {self.until}"
            raise ValueError(message)

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    def may_hold(self, at: datetime) -> bool:
        """Whether *at* lies on one of the days anywhere on earth."""
        return not self.is_over(at) and at < self._midnight_after + WEST

    def is_over(self, at: datetime) -> bool:
        """Whether *at* lies before the first of the days everywhere on earth."""
        return at < datetime.combine(self.since, time(), UTC) - EAST

    @property
    def _midnight_after(self) -> datetime:
        return datetime.combine(self.until, time(), UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be an article of the days asked for, with what its source claims of it."""

    url: str  # normalised
    source: str  # address of the sitemap or feed page that names it
    claimed_published_at: datetime | None = None  # UTC
    claimed_modified_at: datetime | None = None  # UTC
    headline: str | None = None  # plain text
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be had or read, so that what it names is missing."""

    source: str
    why: str  # for people
    is_final: bool  # asking again cannot help


Found = Candidate | Unread
