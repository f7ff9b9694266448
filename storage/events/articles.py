"""What pages say as articles: their texts, what those state of themselves, and how articles stand to each other."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec
from typing_extensions import Doc

from storage.events.shared import Configuration, DateSource, Sha256, Url
from storage.vocabulary import Event, Scope, event


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
        Doc(
            "whose claim published_at is; captured_at: nobody stated one, published_on is the day of the capture, or of"
            " an earlier sighting"
        ),
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
    address: Annotated[
        str, Doc("what both have: an address, a feed's address and its id for the entry, or day, text and headline")
    ]
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
class ArticleForgotten(Event, frozen=True, kw_only=True):
    """An article was asked to be forgotten: its words and captures go, and it leaves the edition; this record stays."""

    article: Annotated[UUID, Doc("article id")]
    reason: Annotated[str, Doc("why, as stated; never words of the article")]
    requested_by: Annotated[str | None, Doc("who asked for it, as stated")] = None
