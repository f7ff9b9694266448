"""A host that does not answer is left alone for a while: five hundred pages need not wait for one dead machine."""

from __future__ import annotations

from dataclasses import dataclass

from flows.web.errors import FetchError, HostDownError, ServerError, SlowError, UnreachableError

MOST_TROUBLES = 5  # in a row
REST_SECONDS = 300.0  # then one request is let through, and closes the way again when it fails, too
_OVERLOADED = frozenset({502, 503, 504})  # 500 and its like may be one page's trouble


@dataclass(slots=True)
class Breaker:
    """What came of the last requests to one host. Times are those of a monotonic clock, in seconds."""

    troubles: int = 0
    closed_until: float = float("-inf")

    def check(self, url: str, now: float) -> None:
        """Come back if the host may be asked.

        Raises:
            HostDownError: it did not answer several times in a row, not long ago.
        """
        if now < self.closed_until:
            raise HostDownError(url, f"not asked: its host did not answer {self.troubles} requests in a row")

    def note(self, error: FetchError | None, now: float) -> None:
        """Remember what came of a request; None is an answer."""
        if error and not error.was_asked:
            return
        self.troubles = self.troubles + 1 if _is_the_hosts(error) else 0
        if self.troubles >= MOST_TROUBLES:
            self.closed_until = now + REST_SECONDS


def _is_the_hosts(error: FetchError | None) -> bool:
    """Whether the host is to blame and not the page."""
    return isinstance(error, SlowError | UnreachableError) or (
        isinstance(error, ServerError) and error.status in _OVERLOADED
    )
