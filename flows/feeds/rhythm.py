"""When to ask a feed again: what its server and its document say, and what its own rhythm suggests. Pure.

Statements (Retry-After, Cache-Control, Expires, ttl, skipHours, skipDays) and failures defer every poll, also that of
a night; the learned rhythm only spaces the polls between nights. A feed never fails its way out: the pause grows to a
week and stays there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.web.answers import stated_date

LONGEST_RETRY_AFTER = timedelta(days=7)
LONGEST_STATED = timedelta(days=2)  # a feed of ten entries that may be kept for a year would lose most of them
FIRST_PAUSE, LONGEST_PAUSE = timedelta(hours=1), timedelta(days=7)
# a night comes at the same hour, give or take: a statement of a whole day must not cost every second night
SLACK = timedelta(hours=1)

SHORTEST_INTERVAL, FIRST_INTERVAL, LONGEST_INTERVAL = 600, 3_600, 86_400  # seconds
_STEP = 1.5
_MANY_KNOWN, _FEW_KNOWN = 0.67, 0.33  # Media Cloud's shares of entries that were seen before

_MAX_AGE = re.compile(r"(?:\A|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RETRY_AFTER = "Retry-After"


@dataclass(frozen=True, slots=True)
class Said:
    """What a feed's last answer and last document say about the next poll."""

    retry_after_seconds: float | None = None
    fresh_seconds: float | None = None  # for which the answer may be kept
    fresh_by: str = "Cache-Control"  # or Expires
    ttl_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()  # UTC
    skip_days: tuple[str, ...] = ()  # English weekday names


@dataclass(frozen=True, slots=True)
class Due:
    """Not to be asked before, and who says so."""

    at: datetime
    reason: str


def freshness(cache_control: str | None, expires: str | None, age: str | None, now: datetime) -> tuple[float, str]:
    """For how many seconds from *now* an answer may be kept (RFC 9111), 0 where nothing is said, and who says so."""
    if cache_control and _NOT_KEPT.search(cache_control):
        return 0.0, "Cache-Control"
    if cache_control and (stated := _MAX_AGE.search(cache_control)):
        spent = int(age) if age and re.fullmatch(r"\d{1,10}", age, re.ASCII) else 0
        return max(0.0, float(int(stated[1]) - spent)), "Cache-Control"
    until = stated_date(expires)
    return max(0.0, (until - now).total_seconds()) if until else 0.0, "Expires"


def next_due(said: Said, failures: int, polled_at: datetime) -> Due | None:
    """When the feed may be asked again; None when nothing speaks against the next run.

    *failures* counts the polls in a row that were no good, this one included.
    """
    if said.retry_after_seconds:
        pause = min(timedelta(seconds=said.retry_after_seconds), LONGEST_RETRY_AFTER)
        return Due(polled_at + pause, RETRY_AFTER)
    if failures:
        pause = min(FIRST_PAUSE * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
        return Due(polled_at + pause, f"failure {failures} in a row")
    stated = [(said.fresh_seconds or 0, said.fresh_by), (said.ttl_seconds or 0, "ttl")]
    seconds, reason = max(stated, key=lambda each: each[0])
    pause = min(timedelta(seconds=seconds), LONGEST_STATED)
    due = Due(polled_at + pause, reason)
    later = _after_skipped(due, said)
    return later if later.at > polled_at else None


def _after_skipped(due: Due, said: Said) -> Due:
    """The first hour from then on that is not to be skipped; a feed that skips all of them means none."""
    if len(set(said.skip_days)) >= len(_DAYS):
        said = Said(skip_hours=said.skip_hours)
    if len(set(said.skip_hours)) >= 24:  # noqa: PLR2004 - hours of a day
        said = Said(skip_days=said.skip_days)
    at, reason = due.at, due.reason
    while True:
        if _DAYS[at.weekday()] in said.skip_days:
            at, reason = _midnight(at) + timedelta(days=1), "skipDays"
        elif at.hour in said.skip_hours:
            at, reason = _hour(at) + timedelta(hours=1), "skipHours"
        else:
            return Due(at, reason)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _midnight(at: datetime) -> datetime:
    return _hour(at).replace(hour=0)


def next_interval(interval: int | None, good_polls: int, entries: int, new_entries: int) -> int:
    """The learned rhythm in seconds: longer where most entries were known, shorter where few were (Media Cloud's rule).

    The first two good polls teach nothing yet. An answer without entries, such as 304, brought nothing new.
    """
    if interval is None or good_polls < 2:  # noqa: PLR2004 - see the docstring
        return interval or FIRST_INTERVAL
    known = 1 - new_entries / entries if entries else 1.0
    if known >= _MANY_KNOWN:
        interval = round(interval * _STEP)
    elif known < _FEW_KNOWN:
        interval = round(interval / _STEP)
    return min(max(interval, SHORTEST_INTERVAL), LONGEST_INTERVAL)


def is_due(due: Due | None, now: datetime, *, is_between_nights: bool = False) -> bool:
    """Whether a run at *now* asks. For a night everything but Retry-After counts give or take, else to the second."""
    if due is None:
        return True
    is_strict = is_between_nights or due.reason == RETRY_AFTER
    return due.at <= (now if is_strict else now + SLACK)
