"""Publication times as publishers write them, with the calendar day they mean by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NAMED_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_DAY_FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%A, %B %d, %Y")
_LONGEST = 60


@dataclass(frozen=True)
class Moment:
    """A stated time: the instant in UTC, and the day it falls on where it was stated."""

    at: datetime
    on: date
    is_day: bool = False  # only a day was stated; the instant is its midnight

    @classmethod
    def of_day(cls, day: date) -> Moment:
        """A day as it stands."""
        return cls(datetime.combine(day, time(), UTC), day, is_day=True)

    @classmethod
    def of_time(cls, stated: datetime) -> Moment:
        """A time at its stated offset; without one it is taken as UTC, the day stands in any case."""
        aware = stated if stated.tzinfo else stated.replace(tzinfo=UTC)
        return cls(aware.astimezone(UTC), stated.date())

    @property
    def has_offset(self) -> bool:
        """Whether the day was stated elsewhere than in UTC and differs for it."""
        return not self.is_day and self.at.date() != self.on


def read_moment(value: object) -> Moment | None:
    """A moment from an ISO 8601 or RFC 2822 string, or from a day written out in English; None when it is neither.

    >>> read_moment("2024-03-22T00:30:00+02:00").on
    datetime.date(2024, 3, 22)
    """
    if not isinstance(value, str) or len(value) > _LONGEST or not any(map(str.isdigit, value)):
        return None
    text = value.strip()
    try:
        return _as_day(text) or _as_time(text)
    except (ValueError, OverflowError):
        return None


def _as_day(text: str) -> Moment | None:
    if match := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return Moment.of_day(date(*map(int, match.groups())))
    for pattern in _DAY_FORMATS:
        try:
            return Moment.of_day(datetime.strptime(text, pattern).date())  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None


def _as_time(text: str) -> Moment | None:
    try:
        return Moment.of_time(datetime.fromisoformat(_NAMED_ZONE.sub("+00:00", text)))
    except ValueError:
        pass
    try:
        return Moment.of_time(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError):
        return None
