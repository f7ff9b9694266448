"""What lists name of a day: files of addresses, and what sites list themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Literal
from urllib.parse import urlsplit

from flows.backfill.errors import SurveyError
from flows.backfill.visitor import Visitor
from flows.reading.pool import ReaderPool
from flows.sources.address_list import listed
from flows.sources.candidates import Candidate, Days, Unread
from flows.sources.local import read_bytes
from flows.sources.named import NamedArticle, day_in, is_of, lies_below
from flows.sources.paged_feed import paged_candidates
from flows.sources.sitemap import is_sitemap, sitemap_candidates
from storage.canonical import sha256_hex
from storage.events import Via
from storage.records import utc_day


@dataclass
class AddressList:
    """Files of addresses with their days."""

    files: Sequence[Path]
    only_of: tuple[str, ...] = ()  # sites; none means all
    via: Via = "list"

    @cached_property
    def _by_day(self) -> dict[date, list[NamedArticle]]:
        found: dict[date, list[NamedArticle]] = {}
        for path in self.files:
            for day, candidate in listed(path):
                if is_of(candidate.url, self.only_of):
                    found.setdefault(day, []).append(candidate)
        return found

    @property
    def named(self) -> dict[date, set[str]]:
        """The addresses that are listed for each day."""
        return {day: {each.url for each in found} for day, found in self._by_day.items()}

    @cached_property
    def _digest(self) -> str:
        return sha256_hex(b"".join(map(read_bytes, self.files)))

    @property
    def archive(self) -> str:
        """The files' names with a digest of what is in them: another list is another source."""
        return f"{', '.join(path.name for path in self.files)} ({self._digest[:16]})"

    @property
    def sites(self) -> Sequence[str]:
        """All sites that are asked for, as one: the list is gone through once for them."""
        return (" ".join(self.only_of),)

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        del site
        return self._by_day.get(day, [])

    def lacks(self, site: str) -> str | None:
        """See `Asked`."""
        del site
        return None


@dataclass
class _Walked:
    """What a walk through a site's lists has found, and why it found no more."""

    by_day: dict[date, list[NamedArticle]] = field(default_factory=dict)
    failed_for: str | None = None  # asking again may help
    lacks_for: str | None = None  # it cannot

    def note(self, missing: Unread) -> None:
        """Something of it could not be read; the last reason is told."""
        told = f"{missing.source}: {missing.why}"
        if missing.is_final:
            self.lacks_for = told
        else:
            self.failed_for = told


@dataclass
class ListedSites:
    """Sites by what they list themselves: dated sitemaps, or feeds that go on to older pages.

    A list is walked through once for the whole range; which day an article belongs to only its page tells for sure.
    """

    kind: Literal["sitemap", "feed"]
    sites: Sequence[str]
    days: Days
    visitor: Visitor | None
    pool: ReaderPool | None
    _walked: dict[str, _Walked] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def via(self) -> Via:
        """Kind of source."""
        return self.kind

    @property
    def archive(self) -> str:
        """The kind of list: each site is asked for its own."""
        return f"{self.kind}s"

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        with self._lock:
            if site not in self._walked:
                self._walked[site] = self._walk(site)
            walked = self._walked[site]
        found = walked.by_day.get(day, [])
        if walked.failed_for is not None:
            raise SurveyError(site, walked.failed_for, found)
        return found

    def lacks(self, site: str) -> str | None:
        """See `Asked`."""
        return self._walked[site].lacks_for if site in self._walked else None

    def _walk(self, site: str) -> _Walked:
        """What a site lists, by day, and why some of it may be missing."""
        assert self.visitor, "only its name was asked for"
        address = site if "://" in site else f"https://{site}"
        walk = sitemap_candidates if self.kind == "sitemap" else paged_candidates
        section = "" if self.kind == "feed" or is_sitemap(address) else urlsplit(address).path
        walked = _Walked()
        for each in self.visitor.walked(lambda visit: walk(address, self.days, visit), self.pool):
            if isinstance(each, Unread):
                walked.note(each)
            elif lies_below(each.url, section):
                walked.by_day.setdefault(self._day(each), []).append(self._named(each))
        return walked

    def _day(self, found: Candidate) -> date:
        """The day of the range that an article most likely belongs to."""
        stated = found.claimed_published_at or found.claimed_modified_at
        likely = day_in(found.url) or (utc_day(stated) if stated else self.days.until)
        return min(max(likely, self.days.since), self.days.until)

    def _named(self, found: Candidate) -> NamedArticle:
        return NamedArticle(
            url=found.url,
            via=self.kind,
            source=found.source,
            ask=found.url,
            headline=found.headline,
            claimed_published_at=found.claimed_published_at,
            first_seen_at=None if found.claimed_published_at else found.claimed_modified_at,
        )
