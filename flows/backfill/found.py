"""What a source of past articles named and gave, as records and pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from extractors.cleaning import Claimed
from flows.night.polling import as_exchange
from flows.reading.articles import Page
from flows.reading.batch import Desk
from flows.sources.named import NamedArticle
from flows.sources.wayback import LATEST
from flows.web.answers import Answer, stated_date
from flows.web.errors import FetchError, NotFoundError
from storage.events import ArticleDiscovered, DaySurveyed
from storage.records import Producer, Record, article_id, utc_day
from storage.state import PendingPage

SURVEYOR = Producer("surveyor", 1)


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
        first_seen_at=candidate.first_seen_at,
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
        claimed=Claimed(final_url, candidate.headline, candidate.claimed_published_at, candidate.first_seen_at),
        discovered=discovered.id,
    )


def as_asked(candidate: NamedArticle, outcome: Answer | FetchError) -> Answer | FetchError:
    """What came of asking; the page that an archive leads to is none where it stood there at quite another time."""
    if isinstance(outcome, FetchError) or candidate.captured_at is None:
        return outcome
    given = _captured_at(outcome, candidate.captured_at)
    if abs(given - candidate.captured_at) <= LATEST:
        return outcome
    return NotFoundError(candidate.url, f"the archive leads to a capture of {given:%Y-%m-%d} instead")


def _captured_at(answer: Answer, asked_for: datetime) -> datetime:
    """When the copy was received: an archive may lead to another capture than was asked for, and says so (RFC 7089)."""
    stated = next((value for name, value in answer.headers if name.lower() == "memento-datetime"), None)
    return stated_date(stated) or asked_for


def pending_page(candidate: NamedArticle, discovered: Record, attempts: int) -> PendingPage:
    """An article that could not be had, as nights know them."""
    return PendingPage(
        article_id=article_id(candidate.url),
        url=candidate.url,
        discovered=discovered.id,
        headline=candidate.headline,
        claimed_published_at=candidate.claimed_published_at,
        claimed_modified_at=None,
        attempts=attempts,
        retry_at=None,
    )
