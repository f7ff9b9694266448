"""What became of asking a feed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from typing_extensions import Doc

from storage.events.shared import CapturePlace
from storage.vocabulary import Event, Scope, event


@event
class FeedPolled(Event, frozen=True, kw_only=True):
    """A feed was asked, conditionally where it had given an ETag or a Last-Modified before."""

    about: ClassVar[str] = "feed"
    scope: ClassVar[Scope] = Scope.RUN
    feed_url: Annotated[str, Doc("address as listed in the feed list")]
    polled_at: Annotated[datetime, Doc("when the answer was complete, UTC")]
    outcome: Annotated[
        Literal["new", "unchanged", "unreachable", "gone", "moved", "not_a_feed"],
        Doc("new: read entries; unchanged: 304 or the same body; not_a_feed: an answer that no reader understands"),
    ]
    status: Annotated[int | None, Doc("HTTP status, null when no answer came")] = None
    etag: Annotated[str | None, Doc("validator to send back unmodified as If-None-Match")] = None
    last_modified: Annotated[str | None, Doc("validator to send back unmodified as If-Modified-Since")] = None
    body_sha256: Annotated[str | None, Doc("SHA-256 of the decoded body, null for 304 and failures")] = None
    capture: Annotated[CapturePlace | None, Doc("where the answer is kept, null when it had no body")] = None
    entries: Annotated[int, Doc("entries in the document")] = 0
    new_entries: Annotated[int, Doc("entries whose address or content had not been seen before")] = 0
    moved_to: Annotated[
        str | None, Doc("address that a permanent redirect (301, 308) named; asked directly once it was confirmed")
    ] = None
    error: Annotated[str | None, Doc("what went wrong, for people")] = None
    next_due_at: Annotated[datetime | None, Doc("not to be asked again before, UTC; null: at the next run")] = None
    next_due_reason: Annotated[
        str | None,
        Doc("what asks for the delay: Retry-After, Cache-Control, Expires, ttl, skipHours, skipDays, failures"),
    ] = None
    failures: Annotated[int, Doc("polls in a row that were no good, this one included")] = 0
    interval_seconds: Annotated[int | None, Doc("the feed's own rhythm as learned, for polls between nights")] = None
    ttl_seconds: Annotated[int | None, Doc("ttl that the document states")] = None
    skip_hours: Annotated[list[int] | None, Doc("hours of the day (UTC) that the document asks to skip")] = None
    skip_days: Annotated[list[str] | None, Doc("weekdays that the document asks to skip, in English")] = None
    sitemaps: Annotated[int | None, Doc("sitemaps asked for in its place, where it is an index of sitemaps")] = None
