"""What is asked of an answer (limits) and what an answer is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec

MEGABYTE = 1_000_000
_SECONDS = re.compile(r"\d{1,20}(?:\.\d{1,20})?", re.ASCII)
_MOST_SECONDS = 1e9  # thirty years; a greater number is a moment, counted from 1970 as Unix does


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long one answer may take. Waiting for one's turn at a host is not counted."""

    max_body_bytes: int = 10 * MEGABYTE  # after decoding; the bytes on the wire may not be more either
    total_seconds: float = 30.0  # over all redirects
    connect_seconds: float = 10.0
    read_seconds: float = 10.0  # between two reads
    max_redirects: int = 10
    repeats: int = 1  # of what may pass by itself: 5xx, cut answers, no connection, a short Retry-After
    max_retry_after_seconds: float = 30.0  # longer ones are left to a later run
    backoff_seconds: float = 1.0
    cuts_body: bool = False  # keep the head of a body over its cap instead of refusing it


PAGE_LIMITS = Limits()
FEED_LIMITS = Limits(max_body_bytes=20 * MEGABYTE)
ROBOTS_LIMITS = Limits(max_body_bytes=500 * 1024, max_redirects=5, cuts_body=True)  # RFC 9309

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Validators:
    """What an answer gave to be sent back, so that only a change is answered with a body."""

    etag: str | None = None
    last_modified: str | None = None


class Answer(msgspec.Struct, frozen=True, gc=False):
    """A complete answer with a 2xx status, or 304 to a conditional request.

    Headers are ISO-8859-1, byte for byte as received; `raw_body` has its Content-Encoding, but no longer the chunks of
    a Transfer-Encoding, which its headers may still speak of.
    """

    url: str  # as asked for
    final_url: str  # that answered, after redirects
    status: int
    reason: str
    http_version: str  # "1.1"
    request_headers: Headers  # of the last request
    headers: Headers
    raw_body: bytes
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    retry_after: float | None  # seconds
    permanent_redirect_to: str | None  # the final address, when every hop was permanent (301, 308)
    received_at: datetime  # UTC, when the body was complete
    is_cut: bool = False  # only the head of the body was kept

    def header(self, name: str) -> str | None:
        """A header, its repetitions joined by commas; None when it is missing."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


def seconds_to_wait(retry_after: str | None, now: datetime) -> float | None:
    """What a Retry-After header asks for, in seconds from *now*; None when it says nothing readable."""
    text = (retry_after or "").strip()
    if _SECONDS.fullmatch(text):
        seconds = float(text)
        return seconds if seconds < _MOST_SECONDS else min(max(0.0, seconds - now.timestamp()), _MOST_SECONDS)
    at = stated_date(text)
    return None if at is None else max(0.0, (at - now).total_seconds())


def stated_date(text: str | None) -> datetime | None:
    """A date of a header in any of HTTP's three forms (RFC 9110), or ISO 8601's; UTC where no zone is named."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read((text or "").strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
