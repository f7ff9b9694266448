"""What sources of past articles have in common: a candidate is an address with what the source says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

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
    first_seen_at: datetime | None = None  # UTC, where nothing is claimed: the source knew of it by then
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


def is_of(url: str, sites: Sequence[str]) -> bool:
    """Whether an address lies on one of the sites, `host` or `host/section`, subdomains included; none means all."""
    return not sites or any(_is_of(url, site) for site in sites)


def _is_of(url: str, site: str) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    wanted, _, section = site.partition("/")
    wanted = wanted.partition(":")[0].removeprefix("www.").lower()
    return (host == wanted or host.endswith(f".{wanted}")) and lies_below(url, section)


def lies_below(url: str, section: str) -> bool:
    """Whether the path of an address is a section or goes on below it: `/world` is no part of `/worldcup`.

    >>> lies_below("https://example.org/world/rain", "world"), lies_below("https://example.org/worldcup", "world")
    (True, False)
    """
    wanted = section.strip("/")
    path = urlsplit(url).path.lstrip("/")
    return not wanted or path == wanted or path.startswith(f"{wanted}/")
