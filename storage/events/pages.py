"""Pages on their way: found, fetched, asked for again, or not to be had."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from typing_extensions import Doc

from storage.events.shared import CapturePlace, Url, Via
from storage.vocabulary import Event, Scope, event

FetchFailure = Literal[
    "robots",
    "not_found",
    "gone",
    "refused",
    "too_large",
    "timeout",
    "blocked_address",
    "rate_limited",
    "server_error",
    "redirect_loop",
    "incomplete",
    "unreachable",
    "bad_url",
]


@event
class ArticleDiscovered(Event, frozen=True, kw_only=True):
    """A source names an address not seen before, or its entry for it changed."""

    url: Url
    via: Annotated[Via, Doc("kind of source")]
    source: Annotated[str, Doc("feed address, archive or file name that named the article")]
    guid: Annotated[str | None, Doc("the entry's own id (RSS guid, Atom id, JSON Feed id)")] = None
    headline: Annotated[str | None, Doc("title as the source gives it")] = None
    claimed_published_at: Annotated[datetime | None, Doc("publication time as the source claims it, UTC")] = None
    claimed_modified_at: Annotated[datetime | None, Doc("time of the last change as the source claims it, UTC")] = None
    first_seen_at: Annotated[
        datetime | None, Doc("when the source saw it first, UTC, where it claims no time of publication")
    ] = None


@event
class ArticleFetched(Event, frozen=True, kw_only=True):
    """A page was received and is kept byte for byte."""

    named_by: ClassVar[tuple[str, ...] | None] = ("captured_at", "body_sha256")
    url: Url
    final_url: Annotated[str, Doc("address that answered, after redirects")]
    status: Annotated[int, Doc("HTTP status; 200 for a local file")]
    content_type: Annotated[str | None, Doc("media type as stated, parameters included")]
    body_sha256: Annotated[str, Doc("SHA-256 of the decoded body, 64 hexadecimal digits")]
    body_bytes: Annotated[int, Doc("length of the decoded body")]
    captured_at: Annotated[datetime, Doc("when the page was received, UTC; never a publication date")]
    capture: Annotated[CapturePlace, Doc("where the page is kept")]
    etag: Annotated[str | None, Doc("validator to send back unmodified as If-None-Match")] = None
    last_modified: Annotated[str | None, Doc("validator to send back unmodified as If-Modified-Since")] = None


@event
class ArticleUnchanged(Event, frozen=True, kw_only=True):
    """A page that is kept was asked for again and is still the same: 304, or the very body again."""

    scope: ClassVar[Scope] = Scope.RUN
    url: Url
    final_url: Annotated[str, Doc("address that answered, after redirects")]
    status: Annotated[int, Doc("HTTP status: 304, or 200 with the body that is kept already")]
    asked_at: Annotated[datetime, Doc("when the answer was complete, UTC")]
    capture: Annotated[CapturePlace, Doc("the WARC revisit record, which points to the capture of the body")]


@event
class ArticleWithdrawn(Event, frozen=True, kw_only=True):
    """A page that is kept was asked for again and is gone; what was read in it stays."""

    scope: ClassVar[Scope] = Scope.RUN
    url: Url
    status: Annotated[int, Doc("HTTP status: 404 or 410; 200 where the address leads to the site's front page instead")]
    asked_at: Annotated[datetime, Doc("when it was asked for, UTC")]


@event
class ArticleFetchFailed(Event, frozen=True, kw_only=True):
    """A page could not be had."""

    scope: ClassVar[Scope] = Scope.RUN
    url: Url
    reason: Annotated[FetchFailure, Doc("why, in one word")]
    status: Annotated[int | None, Doc("HTTP status, null when no answer came")] = None
    detail: Annotated[str | None, Doc("what went wrong, for people")] = None
    attempts: Annotated[int, Doc("how many times the page has been asked for in vain, this time included")] = 1
    is_final: Annotated[bool, Doc("true when asking again cannot help")] = False
    retry_at: Annotated[
        datetime | None, Doc("not to be asked again before, UTC; null where asking again is no use")
    ] = None
    retry_after_seconds: Annotated[int | None, Doc("what the server asked for (Retry-After), for all of its host")] = (
        None
    )
