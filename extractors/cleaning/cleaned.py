"""What cleaning takes from a source and what it gives back: a text with metadata, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PublishedAtSource = Literal["feed", "json_ld", "meta", "page", "url", "file", "captured_at"]
ClaimSource = Literal["json_ld", "page", "feed"]
PageType = Literal["article", "live_blog", "paywall_stub", "video"]
Method = Literal["balanced", "fast", "resiliparse"]
RejectionReason = Literal["no_text", "consent_wall", "too_short", "not_an_article", "hostile", "paywall"]


@dataclass(frozen=True)
class Claimed:
    """What the source that named an article says about it; its page may know better."""

    url: str
    headline: str | None = None
    published_at: datetime | None = None
    first_seen_at: datetime | None = None  # no claim: it was there by then


@dataclass(frozen=True)
class DateClaim:
    """Somebody's claim about when an article was published: the instant, UTC, and the day as it was stated."""

    source: PublishedAtSource
    at: datetime
    on: date


@dataclass(frozen=True)
class CleanedText:
    """A readable text, NFC, and what its source states about it.

    `published_at` and `modified_at` are UTC, a date-only claim is midnight. `published_on` is the publisher's own
    calendar day at the offset it states; the UTC day on which it was first seen where nobody states one
    (`published_at_source == "captured_at"`). `date_claims` are all that can be believed, the most trusted first.
    `method` is the way the text was recovered from a page, None where there was nothing to recover it from.
    """

    text: str
    published_at_source: PublishedAtSource
    published_at: datetime | None = None
    published_on: date | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    site_name: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    word_count: int = 0
    minhash: str = ""
    date_claims: tuple[DateClaim, ...] = ()
    modified_at_source: PublishedAtSource | None = None
    headline_source: ClaimSource | None = None
    authors_source: ClaimSource | None = None
    agency: str | None = None
    page_type: PageType = "article"
    method: Method | None = None


@dataclass(frozen=True)
class Rejection:
    """A capture without a readable article, and what was seen instead."""

    reason: RejectionReason
    detail: str
