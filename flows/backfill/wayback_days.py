"""What an archive's index names of a day: asked a month at a time, so that thirty days cost one question a site."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from flows.backfill.errors import SurveyError
from flows.backfill.visitor import Visitor
from flows.sources.named import NamedArticle
from flows.sources.wayback import LATEST, Archive, Capture, IndexFormatError, candidates
from flows.web.errors import FetchError
from storage.events import Via

_MOST_ANSWERS = 200  # of one site and month: a million captures


@dataclass
class WaybackDays:
    """The captures of some sites in an archive, by day."""

    of: Archive
    sites: Sequence[str]
    visitor: Visitor | None
    via: Via = "wayback"
    _months: dict[tuple[str, int, int], list[Capture]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def archive(self) -> str:
        """The archive's address."""
        return self.of.address

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        return candidates(self.of, self._captures(site, day), day, day)

    def _captures(self, site: str, day: date) -> list[Capture]:
        """The captures from the month of a day on, as long as pages are looked for after it."""
        month = site, day.year, day.month
        with self._lock:
            if month not in self._months:
                last = date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
                self._months[month] = self._ask(site, day.replace(day=1), last + LATEST)
            return self._months[month]

    def _ask(self, site: str, since: date, until: date) -> list[Capture]:
        assert self.visitor, "only its name was asked for"
        found: list[Capture] = []
        key: str | None = None
        for _ in range(_MOST_ANSWERS):
            url = self.of.index_url(site, since, until, key)
            try:
                captures, key = self.of.read_index(url, self.visitor.index(url).body)
            except (FetchError, IndexFormatError) as error:
                raise SurveyError(self.of.address, str(error)) from error
            found += captures
            if key is None:
                return found
        raise SurveyError(self.of.address, f"{site} has too many captures in a month; give sections with --site")
