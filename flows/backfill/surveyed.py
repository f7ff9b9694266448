"""A day from a source of past articles: ask what it has, fetch that, read it, and note that the day was asked about.

The note comes last: a day that was interrupted is asked about again, and what was taken in of it is left out then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Protocol

from msgspec.structs import replace

from extractors.cleaning import Claimed
from flows.backfill.errors import SurveyError
from flows.backfill.visitor import Visitor
from flows.backfill.work import Step
from flows.night.failures import failure_record
from flows.night.polling import as_exchange
from flows.reading.articles import Page
from flows.reading.batch import Desk, read_batch
from flows.reading.tally import Tally
from flows.sources.named import NamedArticle
from flows.web.answers import Answer
from flows.web.errors import FetchError
from storage.events import ArticleDiscovered, DaySurveyed, Via
from storage.records import Producer, Record, article_id, utc_day
from storage.state import PendingPage
from storage.state.articles import captured_articles

SURVEYOR = Producer("surveyor", 1)


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

    def steps(self) -> Iterator[Step]:
        """Ask, take in batch by batch, note."""
        yield self._ask
        wanted = self._wanted()
        for start in range(0, len(wanted), self.size):
            yield partial(self._take, wanted[start : start + self.size])
        yield self._note

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
        outcomes = ask(urls)
        for (site, candidate), outcome in zip(wanted, outcomes, strict=True):
            discovered = discovery(candidate, self.day, now, self.desk)
            others.append(discovered)
            if isinstance(outcome, FetchError):
                others.append(failure_record(_pending(candidate, discovered), outcome, now, self.desk.recorder))
                if not outcome.is_final:
                    self._failed[site] = str(outcome)
            else:
                with self.desk.turn:
                    pages.append(page_of(candidate, outcome, discovered, self.desk))
        return read_batch(pages, others, self.desk)

    def _note(self) -> Tally:
        tally = Tally()
        records = [self._surveyed(site, len(found)) for site, found in self._found.items()]
        tally.add("surveys_failed", len(self._failed))
        with self.desk.turn:
            self.desk.log.append(records)
        tally.count(records)
        return tally

    def _surveyed(self, site: str, candidates: int) -> Record:
        why = self._failed.get(site)
        none = f"{self.source.archive} has no page of the day" if not candidates else None
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


def survey_record(event: DaySurveyed, desk: Desk) -> Record:
    """The note that a source was asked about a day."""
    recorder = desk.recorder
    return recorder(event, recorder.run_id, SURVEYOR, event.day, occurred_at=datetime.now(UTC))


def discovery(candidate: NamedArticle, day: date, now: datetime, desk: Desk) -> Record:
    """What a source named."""
    event = ArticleDiscovered(
        url=candidate.url,
        via=candidate.via,
        source=candidate.source,
        headline=candidate.headline,
        claimed_published_at=candidate.claimed_published_at,
    )
    claimed = candidate.claimed_published_at
    on = day if claimed is None else utc_day(claimed)
    return desk.recorder(event, article_id(candidate.url), SURVEYOR, on, occurred_at=now)


def page_of(candidate: NamedArticle, answer: Answer, discovered: Record, desk: Desk) -> Page:
    """A page that was fetched, kept; a copy as what it is a copy of, received when the archive received it."""
    is_copy = candidate.captured_at is not None
    final_url = candidate.url if is_copy else answer.final_url
    captured_at = _captured_at(answer, candidate.captured_at) if candidate.captured_at else answer.received_at
    exchange = replace(as_exchange(answer), url=final_url, received_at=captured_at)
    return Page(
        article=article_id(candidate.url),
        url=candidate.url,
        final_url=final_url,
        status=answer.status,
        content_type=answer.content_type,
        body=answer.body,
        captured_at=captured_at,
        capture=desk.captures.exchange(exchange),
        claimed=Claimed(final_url, candidate.headline, candidate.claimed_published_at),
        discovered=discovered.id,
    )


def _captured_at(answer: Answer, asked_for: datetime) -> datetime:
    """When the copy was received: an archive may lead to another capture than was asked for, and says so (RFC 7089)."""
    stated = next((value for name, value in answer.headers if name.lower() == "memento-datetime"), None)
    try:
        return asked_for if stated is None else parsedate_to_datetime(stated).astimezone(UTC)
    except ValueError:
        return asked_for


def _pending(candidate: NamedArticle, discovered: Record) -> PendingPage:
    return PendingPage(
        article_id=article_id(candidate.url),
        url=candidate.url,
        discovered=discovered.id,
        headline=candidate.headline,
        claimed_published_at=candidate.claimed_published_at,
        claimed_modified_at=None,
        attempts=0,
        retry_at=None,
    )
