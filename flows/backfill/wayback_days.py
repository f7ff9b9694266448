"""What an archive's index names of a day: asked a month at a time, so that thirty days cost one question a site."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from flows.backfill.errors import SurveyError
from flows.backfill.visitor import Visitor
from flows.sources.named import NamedArticle, is_of
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
    _months: dict[tuple[str, int, int], list[Capture] | SurveyError] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def archive(self) -> str:
        """The archive's address."""
        return self.of.address

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """See `Asked`."""
        found = candidates(self.of, self._captures(site, day), day, day)
        return [each for each in found if is_of(each.url, (site,))]

    def lacks(self, site: str) -> str | None:
        """See `Asked`."""
        del site
        return None

    def _captures(self, site: str, day: date) -> list[Capture]:
        """The captures from the month of a day on, as long as pages are looked for after it.

        An archive that could not answer is not asked the same again for each other day.
        """
        month = site, day.year, day.month
        with self._lock:
            if month not in self._months:
                last = date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
                try:
                    self._months[month] = self._ask(site, day.replace(day=1), last + LATEST)
                except SurveyError as error:
                    self._months[month] = error
            known = self._months[month]
        if isinstance(known, SurveyError):
            raise SurveyError(known.archive, known.why) from known
        return known

    def _ask(self, site: str, since: date, until: date) -> list[Capture]:
        assert self.visitor, "only its name was asked for"
        found: list[Capture] = []
        key: str | None = None
        asked: set[str] = set()
        for _ in range(_MOST_ANSWERS):
            url = self.of.index_url(site, since, until, key)
            try:
                captures, key = self.of.read_index(url, self.visitor.index(url).body)
            except (FetchError, IndexFormatError) as error:
                raise SurveyError(self.of.address, str(error)) from error
            found += captures
            if key is None:
                return found
            if key in asked:
                raise SurveyError(self.of.address, f"its index goes in a circle about {site}")
            asked.add(key)
        raise SurveyError(self.of.address, f"{site} has too many captures in a month; give sections with --site")
