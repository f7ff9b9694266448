"""One night over one home: what the flow's tasks call, one step after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime
from typing import Any
from uuid import UUID

from extractors.cleaning import Claimed
from flows.feeds.rhythm import SLACK
from flows.night.failures import failure_record
from flows.night.fetching import Arrival, Fetching
from flows.night.indexes import read_all
from flows.night.poll_records import PolledFeed, polled
from flows.night.polling import as_exchange, ask_feeds, due_feeds, keep
from flows.night.revisits import REACH, is_due, settled, validators
from flows.reading.articles import Page
from flows.reading.batch import read_batch
from flows.reading.tally import Tally
from flows.run import Outcome, Run
from flows.settings import Settings
from flows.web.answers import Answer
from flows.web.errors import FetchError
from flows.web.manners import by_host, is_on
from storage.edition.ask import ask
from storage.events import FeedPolled
from storage.records import Record, utc_day, utc_now
from storage.state import FeedState, PendingPage, feed_states, pending_pages, resting_addresses
from storage.state.pages import KeptPage, asked_pages, kept_pages


class Night(Run):
    """One night: feeds asked, pages fetched and read; use as a context manager.

    Raises:
        BusyError: another night is going on in this home.
    """

    def __init__(
        self,
        settings: Settings,
        feed_urls: Sequence[str],
        day: date | None = None,
        *,
        is_between_nights: bool = False,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__("nightly", settings, day, claims="nightly run", now=now)
        self.polls: list[FeedPolled] = []
        self._feed_urls, self._is_between_nights = list(feed_urls), is_between_nights
        self._asked: set[str] = set()
        self._kept: dict[UUID, KeptPage] = {}

    def _open(self, stack: ExitStack) -> None:
        super()._open(stack)
        self.start({"day": self._day.isoformat()})
        if not self._home.edition.exists():
            self.publish()  # so that there is something to open from the first minute

    def feed_chunks(self) -> list[list[FeedState]]:
        """The feeds that are due, as many together as one task polls."""
        now = self._now()
        resting = self._resting_hosts(now)
        due = due_feeds(self._feed_urls, feed_states(self._log), now, is_between_nights=self._is_between_nights)
        due = [each for each in due if not is_on(resting, each.asked_url)]
        size = self._settings.feeds_per_task
        return [due[start : start + size] for start in range(0, len(due), size)]

    def poll(self, feeds: Sequence[FeedState]) -> dict[str, int]:
        """Ask feeds and commit their answers together with the articles they name."""
        desk = self._desk
        before = time.process_time()
        answers = asyncio.run(ask_feeds(feeds, self._settings, self._now))
        documents = read_all(answers, desk.pool, self._settings, self._now)
        places = [keep(answer, desk.captures) for answer in answers]
        found = polled(answers, documents, places, self._log, self._recorder)
        desk.captures.sync()
        self._log.append(record for each in found for record in each.records)
        self.tally.spend("poll", time.process_time() - before)
        return self._note_polls(found)

    def _note_polls(self, found: Sequence[PolledFeed]) -> dict[str, int]:
        tally = Tally()
        for each in found:
            self.polls.append(each.poll)
            tally.add("feeds")
            tally.add(f"feeds_{each.poll.outcome}")
            tally.add("discovered", each.poll.new_entries)
        self.tally.merge(tally)
        return tally.counts

    def pending(self) -> list[PendingPage]:
        """Pages that may be asked for now and were not in this run: new ones first, then those to look at again."""
        now = self._now()
        resting = self._resting_hosts(now)
        # as for feeds: a night comes at the same hour, give or take; what a host asked for counts to the second
        due = now if self._is_between_nights else now + SLACK
        known = (page for page in asked_pages(self._log, utc_day(now - REACH)) if is_due(page, now))
        found = {page.url: page for page in (*known, *pending_pages(self._log)) if page.url not in self._asked}
        rested = (page for page in found.values() if page.retry_at is None or page.retry_at <= due)
        pages = [page for page in rested if not is_on(resting, page.url)]
        self._kept = kept_pages(self._log, [page.article_id for page in pages])
        return sorted(pages, key=lambda page: page.article_id in self._kept)

    def _resting_hosts(self, now: datetime) -> frozenset[str]:
        """Hosts that have asked to be left alone, in this run or an earlier one, and still are to be."""
        return frozenset(by_host(resting_addresses(self._log, now)))

    def arrivals(self, pages: Sequence[PendingPage]) -> Generator[list[Arrival]]:
        """Fetch pages; batches as they arrive. Close the iterator to stop fetching."""
        with Fetching(pages, self._settings, validators(pages, self._kept), self._now) as fetching:
            yield from fetching.batches(self._settings.pages_per_batch)
        self.tally.spend("fetch", fetching.cpu_seconds)

    def read(self, arrivals: Sequence[Arrival]) -> dict[str, int]:
        """Keep, clean and read a batch of pages, and commit it."""
        pages: list[Page] = []
        others: list[Record] = []
        for each in arrivals:
            if record := self._without_text(each):
                others.append(record)
            elif isinstance(each.outcome, Answer):
                pages.append(self._page(each.page, each.outcome))
        tally = read_batch(pages, others, self._desk)
        self._asked.update(each.page.url for each in arrivals)
        self.tally.merge(tally)
        return tally.counts

    def _without_text(self, arrival: Arrival) -> Record | None:
        """The record of an arrival in which there is nothing to read."""
        page, outcome, now = arrival.page, arrival.outcome, self._now()
        if kept := self._kept.get(page.article_id):
            record = settled(page, kept, outcome, self._desk.captures, self._recorder, now)
            if record:
                return record
        return failure_record(page, outcome, now, self._recorder) if isinstance(outcome, FetchError) else None

    def _page(self, page: PendingPage, answer: Answer) -> Page:
        return Page(
            article=page.article_id,
            url=page.url,
            final_url=answer.final_url,
            status=answer.status,
            content_type=answer.content_type,
            body=answer.body,
            captured_at=answer.received_at,
            capture=self._desk.captures.exchange(as_exchange(answer)),
            claimed=Claimed(answer.final_url, page.headline, page.claimed_published_at, page.first_seen_at),
            discovered=page.discovered,
            etag=answer.etag,
            last_modified=answer.last_modified,
            guid=page.guid,
        )

    def remaining(self) -> int:
        """Pages that a later run will ask for again because this one could not have them."""
        now = self._now()
        again = {
            page.url for page in asked_pages(self._log, utc_day(now - REACH)) if page.attempts and is_due(page, now)
        }
        return len(again | {page.url for page in pending_pages(self._log)})

    def outcome(self) -> Outcome:
        """How the night ends: `retry` when a page, a feed or an extractor is left to be tried again."""
        left = self.remaining()
        self.tally.add("remaining", left)
        troubles = ("feeds_unreachable", "feeds_not_a_feed", "extractions_failed")
        return "retry" if left or any(self.tally.counts.get(name) for name in troubles) else "done"

    def feed_table(self) -> list[dict[str, Any]]:
        """What each feed gave, for the run's artifact."""
        return [
            {
                "feed": each.feed_url,
                "outcome": each.outcome,
                "status": each.status or "",
                "entries": each.entries,
                "new": each.new_entries,
                "error": each.error or "",
                "not before": f"{each.next_due_at:%Y-%m-%d %H:%M}" if each.next_due_at else "",
                "because of": each.next_due_reason or "",
            }
            for each in self.polls
        ]

    def warnings(self) -> list[dict[str, Any]]:
        """Hosts and feeds that somebody should look at, for the run's artifact; the edition must be published."""
        answer = ask(self._home, "SELECT about, subject, warning, detail FROM warnings ORDER BY ALL")
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def run_here(night: Night) -> Outcome:
    """The whole of it without Prefect, but for the edition."""
    for chunk in night.feed_chunks():
        night.poll(chunk)
    while pages := night.pending():
        with closing(night.arrivals(pages)) as batches:
            for batch in batches:
                night.read(batch)
    outcome = night.outcome()
    night.complete(outcome)
    return outcome
