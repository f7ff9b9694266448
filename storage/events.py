"""The records that no single extractor owns: feeds, articles, extractions, runs and the log's own batches.

Names follow schema.org/NewsArticle, WARC and CloudEvents where one of these has the word. `_at` is a UTC timestamp,
`_on` a date. A released class is never edited: raise its `schema_version` and give an upcaster.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from typing_extensions import Doc

from storage.vocabulary import Event, Finding, Scope, Span, event

__all__ = ["Event", "Finding", "Span", "event"]

Via = Literal["feed", "sitemap", "wayback", "ccnews", "file", "list"]
DateSource = Literal["feed", "json_ld", "meta", "page", "url", "file", "captured_at"]
Url = Annotated[str, Doc("address the article was discovered at, normalised; urn:sha256:... for a file without one")]
Sha256 = Annotated[str, Doc("SHA-256 of the cleaned text, 64 hexadecimal digits; key of the text store")]
Configuration = Annotated[str, Doc("SHA-256 over the producer's code, options and library versions")]


class CapturePlace(msgspec.Struct, frozen=True):
    """Where a capture lies."""

    warc: Annotated[str, Doc("file name below captures/")]
    offset: Annotated[int, Doc("first byte of the WARC record in the file")]


class Passage(msgspec.Struct, frozen=True):
    """A changed passage, as code points of the old text and of the new one; one of the two ranges may be empty."""

    deleted_from: Annotated[int, Doc("first code point in the old text")]
    deleted_until: Annotated[int, Doc("code point of the old text after the last one")]
    inserted_from: Annotated[int, Doc("first code point in the new text")]
    inserted_until: Annotated[int, Doc("code point of the new text after the last one")]


class DateClaim(msgspec.Struct, frozen=True):
    """Somebody's claim about when an article was published."""

    source: Annotated[DateSource, Doc("whose claim it is")]
    at: Annotated[datetime, Doc("the time, UTC; a date-only claim is midnight")]
    on: Annotated[date, Doc("the calendar day as stated")]


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
    reason: Annotated[
        Literal[
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
        ],
        Doc("why, in one word"),
    ]
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


@event
class ArticleCleaned(Event, frozen=True, kw_only=True):
    """Readable text and metadata were recovered from a capture."""

    scope: ClassVar[Scope] = Scope.CAPTURE
    url: Url
    canonical_url: Annotated[str | None, Doc("address the page itself names (rel=canonical, og:url), same site only")]
    text_sha256: Sha256
    headline: Annotated[str | None, Doc("title the page states")]
    authors: Annotated[list[str], Doc("authors the page states, in its order")]
    published_at: Annotated[datetime | None, Doc("publication time, UTC; a date-only claim is midnight")]
    published_at_source: Annotated[
        DateSource,
        Doc("whose claim published_at is; captured_at: nobody stated one, published_on is the day of the capture"),
    ]
    modified_at: Annotated[datetime | None, Doc("time of the last change as the source states it, UTC")]
    language: Annotated[str | None, Doc("ISO 639-1 code recognised in the text")]
    publisher: Annotated[str | None, Doc("registrable domain, or the publisher that a table states")]
    site_name: Annotated[str | None, Doc("name the site gives itself")]
    section: Annotated[str | None, Doc("first section or category stated")]
    keywords: Annotated[list[str], Doc("keywords stated, in their order")]
    word_count: Annotated[int, Doc("words of the text, by Unicode's word boundaries (UAX #29)")]
    minhash: Annotated[
        str, Doc("MinHash of the text's 5-word shingles: 64 values of 32 bits, hexadecimal; may be empty")
    ]
    configuration_sha256: Configuration
    date_claims: Annotated[
        list[DateClaim], Doc("every claim about the publication that can be believed, the most trusted first")
    ] = []  # noqa: RUF012 - msgspec copies it
    modified_at_source: Annotated[DateSource | None, Doc("whose claim modified_at is")] = None
    headline_source: Annotated[
        Literal["json_ld", "page", "feed"] | None, Doc("where headline stands; page: meta tags, title or heading")
    ] = None
    authors_source: Annotated[Literal["json_ld", "page", "feed"] | None, Doc("where the authors stand")] = None
    agency: Annotated[str | None, Doc("news agency that byline, opening or credit line name, by its usual name")] = None
    page_type: Annotated[
        Literal["article", "live_blog", "paywall_stub", "video"],
        Doc("what the text stands on; paywall_stub: only the beginning of an article that is sold"),
    ] = "article"
    method: Annotated[
        Literal["balanced", "fast", "resiliparse"] | None,
        Doc("how it was recovered: trafilatura's best way, or a cheaper one where that took too long; null: a file"),
    ] = None


@event
class ArticleAliased(Event, frozen=True, kw_only=True):
    """A page turned out to be an article that is known by another address; its text is that article's."""

    scope: ClassVar[Scope] = Scope.CAPTURE
    url: Url
    article: Annotated[UUID, Doc("id of the article that it is")]
    article_url: Annotated[str, Doc("address that article was discovered at")]
    address: Annotated[str, Doc("what both have: an address, or a feed's address and its id for the entry")]
    similarity_percent: Annotated[int, Doc("estimated Jaccard similarity of 5-word shingles, 0 to 100")]


@event
class ArticleRejected(Event, frozen=True, kw_only=True):
    """A capture holds no article that could be read."""

    scope: ClassVar[Scope] = Scope.CAPTURE
    url: Url
    reason: Annotated[
        Literal["no_text", "consent_wall", "too_short", "not_an_article", "hostile", "paywall"],
        Doc("why, in one word; paywall: the capture shows less of the article than an earlier one"),
    ]
    detail: Annotated[str | None, Doc("what was seen, for people")]
    configuration_sha256: Configuration


@event
class ArticleRevised(Event, frozen=True, kw_only=True):
    """A known article was captured again with a different text."""

    scope: ClassVar[Scope] = Scope.CAPTURE
    previous_text_sha256: Annotated[str, Doc("SHA-256 of the text that the capture before it gave")]
    text_sha256: Sha256
    inserted_chars: Annotated[int, Doc("code points of the new text that the old one lacks")]
    deleted_chars: Annotated[int, Doc("code points of the old text that the new one lacks")]
    headline_changed: Annotated[bool, Doc("true when the headline is another one")]
    passages: Annotated[
        list[Passage], Doc("what changed, in the order of the texts; neighbours are taken together")
    ] = []  # noqa: RUF012 - msgspec copies it


@event
class ArticleDuplicated(Event, frozen=True, kw_only=True):
    """Two articles carry the same story; the pair is ordered by id, which came first is decided in views."""

    other_article: Annotated[str, Doc("article id of the pair's second member; the stream is the first")]
    relation: Annotated[
        Literal["copy", "excerpt", "update"],
        Doc("copy: like lengths; excerpt: one is much the shorter; update: both of one publisher, who wrote it on"),
    ]
    similarity_percent: Annotated[int, Doc("estimated Jaccard similarity of 5-word shingles, 0 to 100")]


@event
class ExtractionCompleted(Event, frozen=True, kw_only=True):
    """An extractor has read a text to its end; also when it found nothing, which withdraws what it believed before."""

    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    events: Annotated[int, Doc("findings of this extraction")]
    supersedes: Annotated[UUID | None, Doc("closing record that was current, when this returns to older code")]


@event
class ExtractionFailed(Event, frozen=True, kw_only=True):
    """An extractor broke on a text; the others go on."""

    scope: ClassVar[Scope] = Scope.RUN
    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    error: Annotated[str, Doc("type and message of the error")]


@event
class ExtractionRejected(Event, frozen=True, kw_only=True):
    """An extractor stepped aside: the text is not of a kind it reads."""

    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    reason: Annotated[str, Doc("why, for people")]


@event
class ArticleForgotten(Event, frozen=True, kw_only=True):
    """An article was asked to be forgotten: its words and captures go, and it leaves the edition; this record stays."""

    article: Annotated[UUID, Doc("article id")]
    reason: Annotated[str, Doc("why, as stated; never words of the article")]
    requested_by: Annotated[str | None, Doc("who asked for it, as stated")] = None


@event
class BatchCommitted(Event, frozen=True, kw_only=True):
    """Closes a commit: everything from first_position up to this row became visible at once."""

    about: ClassVar[str] = "log"
    named_by: ClassVar[tuple[str, ...] | None] = ("first_position", "previous_digest")
    events: Annotated[int, Doc("records of the batch, this row not counted")]
    first_position: Annotated[int, Doc("position of the batch's first record")]
    digest: Annotated[str, Doc("SHA-256 over previous_digest and every column of every row of the batch")]
    previous_digest: Annotated[str, Doc("digest of the batch before; 64 zeros for the first")]


@event
class DaySurveyed(Event, frozen=True, kw_only=True):
    """A source was asked what it has of a day, and what it had was taken in as far as it could be had."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    day: Annotated[date, Doc("day asked about")]
    source: Annotated[Via, Doc("kind of source")]
    archive: Annotated[str, Doc("address or file that was asked")]
    site: Annotated[str | None, Doc("site or section asked for; null: all that it has")]
    outcome: Annotated[
        Literal["found", "unavailable", "failed"],
        Doc("found: all it named is taken in; unavailable: it has nothing of the day; failed: to be asked again"),
    ]
    candidates: Annotated[int, Doc("articles that it named for the day")]
    reason: Annotated[str | None, Doc("why it failed or has nothing, for people")] = None


@event
class RunStarted(Event, frozen=True, kw_only=True):
    """A run began."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    flow: Annotated[str, Doc("flow or command")]
    parameters: Annotated[dict[str, Any], Doc("parameters as given")]
    started_at: Annotated[datetime, Doc("UTC")]
    day: Annotated[date, Doc("day the run belongs to, UTC")]


@event
class RunCompleted(Event, frozen=True, kw_only=True):
    """A run ended by itself; a started run without this record was interrupted."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    flow: Annotated[str, Doc("flow or command")]
    completed_at: Annotated[datetime, Doc("UTC")]
    outcome: Annotated[Literal["done", "retry", "cancelled", "failed"], Doc("retry: something transient remains")]
    counts: Annotated[dict[str, int], Doc("what was done, by name")]
