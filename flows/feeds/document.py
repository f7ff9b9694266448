"""What a feed says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SITEMAP = "sitemap"  # the format of sitemaps that are read like feeds


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry as it stands in the document; nothing is known about its link yet."""

    link: str
    guid: str | None
    headline: str | None
    published_at: datetime | None
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A document as its format's reader understands it."""

    title: str | None
    format: (
        str  # "rss20", "atom10", "rss10", "json11", "sitemap", ...; "" when the reader only guesses that it is a feed
    )
    entries: list[FoundEntry]
    ttl_seconds: int | None = None
    skip_hours: tuple[int, ...] = ()  # of the day, UTC, in which the feed is not to be asked
    skip_days: tuple[str, ...] = ()  # English weekday names
    dropped_entries: int = 0
    older_url: str | None = None  # where older entries stand, as the document has it
    generator: str | None = None  # program that wrote it, as it calls itself
    sitemaps: tuple[str, ...] = ()  # of an index of sitemaps, as the document has them: those to be read


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry that names an article."""

    url: str  # normalised
    guid: str | None  # None also when several entries of the document share it
    headline: str | None  # plain text
    published_at: datetime | None  # UTC, as claimed
    modified_at: datetime | None  # UTC, as claimed


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed's entries in its own order, each address once."""

    title: str | None
    format: str
    entries: tuple[FeedEntry, ...]
    ttl_seconds: int | None
    skip_hours: tuple[int, ...]
    skip_days: tuple[str, ...]
    dropped_links: int  # entries without an http(s) address
    repeated_links: int  # entries whose address an earlier one has
    dropped_entries: int  # entries beyond the number that is read
    older_url: str | None = None  # where older entries stand: RFC 5005's prev-archive or next, JSON Feed's next_url
    generator: str | None = None
    sitemaps: tuple[str, ...] = ()  # of an index of sitemaps: those to be read in its place


class NotAFeedError(ValueError):
    """An answer that no reader of feeds understands; *what* says what it looks like."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what)
        self.url, self.what = url, what

    def __str__(self) -> str:
        return f"{self.url} is not a feed but {self.what}"
