"""A day from a source of past articles: ask what it has, fetch that, read it, and note that the day was asked about.

The note comes last: a day that was interrupted is asked about again, and what was taken in of it is left out then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from flows.backfill.errors import SurveyError
from flows.backfill.found import as_asked, discovery, page_of, pending_page, survey_record
from flows.backfill.visitor import Visitor
from flows.backfill.work import Step
from flows.night.failures import MOST_ATTEMPTS, failure_record
from flows.reading.articles import Page
from flows.reading.batch import Desk, read_batch
from flows.reading.tally import Tally
from flows.sources.named import NamedArticle
from flows.web.errors import FetchError
from storage.events import DaySurveyed, Via
from storage.records import Record, article_id
from storage.state.articles import captured_articles, failed_attempts


class Asked(Protocol):
    """A source, as far as a day needs it."""

    @property
    def via(self) -> Via:
        """Kind of source."""
        ...

    @property
    def archive(self) -> str:
        """Address or file that is asked."""
        ...

    @property
    def sites(self) -> Sequence[str]:
        """Sites or sections that are asked for; one that is empty is all."""
        ...

    def candidates(self, site: str, day: date) -> list[NamedArticle]:
        """What it names of a site for a day.

        Raises:
            SurveyError: it could not be asked.
        """
        ...

    def lacks(self, site: str) -> str | None:
        """Why what it names of a site may not be all, where asking again cannot help."""
        ...


@dataclass
class SurveyedDay:
    """A day that a source is asked about."""

    day: date
    source: Asked
    visitor: Visitor
    desk: Desk
    size: int  # pages in a batch
    with_known: bool  # whether articles that have a capture already are fetched too
    _found: dict[str, list[NamedArticle]] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)  # why, by site

    @property
    def label(self) -> str:
        """The day."""
        return self.day.isoformat()

    @property
    def note(self) -> str | None:
        """Why asking failed, or why a site has nothing of the day, or not all, where it says why."""
        lacks = (why for site in self.source.sites if (why := self.source.lacks(site)))
        return next(iter(self._failed.values()), next(lacks, None))

    def steps(self) -> Iterator[Step]:
        """Ask, take in batch by batch, note."""
        yield self._ask
        wanted = self._wanted()
        for start in range(0, len(wanted), self.size):
            yield partial(self._take, wanted[start : start + self.size])
        yield self._note

    def failed(self, why: str) -> None:
        """See `Unit`."""
        self._failed = dict.fromkeys(self.source.sites, why)
        self._found = {site: self._found.get(site, []) for site in self.source.sites}
        self._note()

    def _ask(self) -> Tally:
        tally = Tally()
        for site in self.source.sites:
            try:
                self._found[site] = self.source.candidates(site, self.day)
            except SurveyError as error:
                self._found[site], self._failed[site] = list(error.found), error.why
        tally.add("candidates", sum(map(len, self._found.values())))
        return tally

    def _wanted(self) -> list[tuple[str, NamedArticle]]:
        """What is to be fetched, each article once, with the site that it was found for."""
        named = {each.url: (site, each) for site, found in self._found.items() for each in found}
        known = captured_articles(self.desk.log, [article_id(url) for url in named])
        wanted: list[tuple[str, NamedArticle]] = []
        for url, found in sorted(named.items()):
            state = known.get(article_id(url))
            if state is None or not (state.is_forgotten or (state.is_captured and not self.with_known)):
                wanted.append(found)
        return wanted

    def _take(self, wanted: Sequence[tuple[str, NamedArticle]]) -> Tally:
        now, urls = datetime.now(UTC), [each.ask for _, each in wanted]
        ask = self.visitor.copies if self.source.via == "wayback" else self.visitor.pages
        pages: list[Page] = []
        others: list[Record] = []
        outcomes = [as_asked(each, outcome) for (_, each), outcome in zip(wanted, ask(urls), strict=True)]
        asked = zip(wanted, outcomes, strict=True)
        attempts = self._attempts([each for (_, each), outcome in asked if isinstance(outcome, FetchError)])
        for (site, candidate), outcome in zip(wanted, outcomes, strict=True):
            discovered = discovery(candidate, self.day, now, self.desk)
            others.append(discovered)
            if isinstance(outcome, FetchError):
                page = pending_page(candidate, discovered, attempts.get(article_id(candidate.url), 0))
                others.append(failure_record(page, outcome, now, self.desk.recorder, discovered.published_on))
                if not outcome.is_final and page.attempts + 1 < MOST_ATTEMPTS:
                    self._failed[site] = str(outcome)
            else:
                with self.desk.turn:
                    pages.append(page_of(candidate, outcome, discovered, self.desk))
        return read_batch(pages, others, self.desk)

    def _attempts(self, failed: Sequence[NamedArticle]) -> dict[UUID, int]:
        """How often these were asked of such a source in vain before: what never comes does not hold a day up."""
        articles = [article_id(each.url) for each in failed]
        return failed_attempts(self.desk.log, articles, self.source.via) if articles else {}

    def _note(self) -> Tally:
        tally = Tally()
        records = [self._surveyed(site, len(found)) for site, found in self._found.items()]
        tally.add("surveys_failed", len(self._failed))
        tally.add("surveys_empty", sum(not found and site not in self._failed for site, found in self._found.items()))
        with self.desk.turn:
            self.desk.log.append(records)
        tally.count(records)
        return tally

    def _surveyed(self, site: str, candidates: int) -> Record:
        why = self._failed.get(site)
        none = f"{self.source.archive} has no page of the day" if not candidates else None
        none = self.source.lacks(site) or none
        return survey_record(
            DaySurveyed(
                day=self.day,
                source=self.source.via,
                archive=self.source.archive,
                site=site or None,
                outcome="failed" if why else "found" if candidates else "unavailable",
                candidates=candidates,
                reason=why or none,
            ),
            self.desk,
        )
