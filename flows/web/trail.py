"""Where a request stands on its way: redirects taken, time left, and whether to ask once more."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import printable
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from flows.web.errors import (
    BadUrlError,
    FetchError,
    IncompleteError,
    RateLimitedError,
    RedirectLoopError,
    RefusedError,
    ServerError,
    UnreachableError,
)
from flows.web.urls import requestable

if TYPE_CHECKING:
    from flows.web.answers import Limits

_PERMANENT = frozenset({301, 308})
_REST_SECONDS = 30.0  # for a host that answers 429 and does not say for how long


@dataclass(slots=True)
class Trail:
    """One request on its way through redirects."""

    url: str
    here: str
    conditions: dict[str, str]
    limits: Limits
    seen: set[str] = field(default_factory=set)
    is_permanent: bool = True
    seconds_left: float = 0.0

    def move(self, location: str, status: int) -> None:
        """Take a redirect, if it leads somewhere new."""
        self.seen.add(self.here)
        try:
            self.here = requestable(urljoin(self.here, _as_text(location)))
        except (BadUrlError, ValueError) as error:  # ValueError: what urljoin makes of broken brackets
            raise BadUrlError(self.url, f"redirects to an address that is none: {error}") from error
        self.is_permanent = self.is_permanent and status in _PERMANENT
        if self.here in self.seen:
            raise RedirectLoopError(self.url, f"redirects lead back to {self.here}")
        if len(self.seen) > self.limits.max_redirects:
            raise RedirectLoopError(self.url, f"more than {self.limits.max_redirects} redirects")


def _as_text(location: str) -> str:
    """A Location header in ASCII: bytes that were not UTF-8 stand in it as half surrogate pairs."""
    return location if location.isascii() else quote(location.encode("utf-8", "surrogateescape"), safe=printable)


def pause_before_repeat(error: FetchError, limits: Limits, jitter: float) -> float | None:
    """How long to wait before asking once more within this run, None when that should not be done. *jitter*: 0 to 1."""
    if not error.was_asked:
        return None
    if isinstance(error, (RateLimitedError, ServerError)) and error.retry_after is not None:
        return error.retry_after if error.retry_after <= limits.max_retry_after_seconds else None
    if isinstance(error, (ServerError, IncompleteError, UnreachableError)):
        return limits.backoff_seconds * (0.5 + jitter)
    return None


def rest_asked_for(error: FetchError) -> float | None:
    """For how long, in seconds, the host wants nothing more to be asked of it."""
    if error.status is None or isinstance(error, RefusedError):
        return None
    if isinstance(error, RateLimitedError) and error.retry_after is None:
        return _REST_SECONDS
    return error.retry_after
