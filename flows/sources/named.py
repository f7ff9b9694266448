"""What sources of past articles have in common: a candidate is an address with what the source says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from flows.web.errors import BadUrlError
from flows.web.urls import normalised
from storage.events import Via

_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?([01]\d)[/_-]?([0-3]\d)(?!\d)")


@dataclass(frozen=True)
class NamedArticle:
    """An article that a source names."""

    url: str  # normalised: what the article is known by
    via: Via
    source: str  # the archive, sitemap, feed or file that names it
    ask: str  # the address to fetch it from: its own, or an archive's copy of it
    headline: str | None = None
    claimed_published_at: datetime | None = None
    captured_at: datetime | None = None  # when the archive received it, UTC; None for what is fetched now
    digest: str | None = None  # of the copy, as the archive states it

    @property
    def day_in_url(self) -> date | None:
        """The day that its address names."""
        return day_in(self.url)


def day_in(url: str) -> date | None:
    """The day that an address names in its path, None when it names none.

    >>> day_in("https://example.org/2026/03/04/a-story.html")
    datetime.date(2026, 3, 4)
    """
    found = _DAY_IN_PATH.search(url.partition("://")[2].partition("/")[2])
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def article_url(address: str) -> str | None:
    """The normalised address, None when it is none that an article can have."""
    try:
        return normalised(address)
    except BadUrlError:
        return None
