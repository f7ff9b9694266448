"""What can go wrong between asking for an address and holding its answer.

FetchError
├── BadUrlError          bad_url          final   not an http(s) address, or an unsafe one
├── BlockedAddressError  blocked_address  final   the host is not a public one
├── RobotsError          robots           final   robots.txt forbids it
├── NotFoundError        not_found        final   404
├── GoneError            gone             final   410
├── RefusedError         refused                  any other status that is no answer
├── RateLimitedError     rate_limited             429
├── ServerError          server_error             5xx
├── RedirectLoopError    redirect_loop            the same address again, or too many hops
├── TooLargeError        too_large                the decoded body passes its cap
├── SlowError            timeout                  a phase or the whole took too long
├── IncompleteError      incomplete               cut short, or not decodable as labelled
└── UnreachableError     unreachable              no connection, no name, no TLS, no HTTP
    └── HostDownError    unreachable              not asked: its host did not answer others
"""

from __future__ import annotations

from typing import ClassVar

from storage.events import FetchFailure


class FetchError(Exception):
    """An address could not be had. Final means that asking again cannot help."""

    reason: ClassVar[FetchFailure] = "unreachable"
    is_final: ClassVar[bool] = False
    was_asked = True  # false: nothing was sent, so that asking once more at once would only repeat the refusal

    def __init__(self, url: str, detail: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(url, detail)
        self.url, self.detail, self.status, self.retry_after = url, detail, status, retry_after

    def __str__(self) -> str:
        return f"{self.url}: {self.detail}"


class BadUrlError(FetchError):
    """The address is not one that can be asked for, or not one that should be."""

    reason = "bad_url"
    is_final = True


class BlockedAddressError(FetchError):
    """The host resolves to an address that pages may not reach."""

    reason = "blocked_address"
    is_final = True

    def __init__(self, url: str, address: str) -> None:
        super().__init__(url, f"the host resolves to {address}, which is not public")
        self.address = address


class RobotsError(FetchError):
    """The site's robots.txt asks us to stay away from the address."""

    reason = "robots"
    is_final = True


class NotFoundError(FetchError):
    """404."""

    reason = "not_found"
    is_final = True


class GoneError(FetchError):
    """410."""

    reason = "gone"
    is_final = True


class RefusedError(FetchError):
    """A status that is no answer and none of the others here."""

    reason = "refused"


class RateLimitedError(FetchError):
    """429, or a host that has asked for a longer rest than a run can wait."""

    reason = "rate_limited"


class ServerError(FetchError):
    """5xx."""

    reason = "server_error"


class RedirectLoopError(FetchError):
    """Redirects that come back to an address already asked, or that do not end."""

    reason = "redirect_loop"


class TooLargeError(FetchError):
    """The body passes its cap, counted after decoding."""

    reason = "too_large"


class SlowError(FetchError):
    """Connecting, the next byte, or the whole took longer than allowed."""

    reason = "timeout"


class IncompleteError(FetchError):
    """The body ends before it should, or is not what its Content-Encoding says."""

    reason = "incomplete"


class UnreachableError(FetchError):
    """No such name, no connection, no TLS, or nothing that speaks HTTP."""

    reason = "unreachable"


class HostDownError(UnreachableError):
    """The address was not asked for, since its host has not answered several others."""

    was_asked = False


def status_error(url: str, status: int, retry_after: float | None = None) -> FetchError:
    """The error that an answer's status stands for."""
    kinds: dict[int, type[FetchError]] = {404: NotFoundError, 410: GoneError, 429: RateLimitedError}
    kind = kinds.get(status, ServerError if 500 <= status <= 599 else RefusedError)  # noqa: PLR2004
    return kind(url, f"answered {status}", status=status, retry_after=retry_after)
