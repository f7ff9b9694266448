"""Taking local articles into a home, in batches, without Prefect; what is there already is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType

from extractors.cleaning import Claimed, Rejection
from flows.progress import progress
from flows.reading.articles import FETCHER, Page
from flows.reading.batch import clean_all, commit_batch, sort_out
from flows.reading.recovering import Outcome
from flows.reading.tally import Tally
from flows.run import Run
from flows.settings import Settings
from flows.sources.files import file_item, found
from flows.sources.local import LocalItem, LocalSourceError
from flows.sources.tables import table_items
from storage.canonical import sha256_hex
from storage.events import ArticleDiscovered
from storage.records import Record, article_id, utc_day
from storage.state import captured_bodies
from storage.state.articles import forgotten_articles
from storage.tables import SUFFIXES as TABLE_SUFFIXES
from storage.tables import TableError


@dataclass
class Ingested:
    """What became of the items: counts by name; errors, pages that hold no article and articles that were forgotten."""

    tally: Tally = field(default_factory=Tally)
    known: int = 0
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)


def items(
    paths: Iterable[Path], stated_on: date | None, mapped: Mapping[str, str], errors: list[str]
) -> Iterator[LocalItem]:
    """The articles in files, folders and tables; what cannot be read is noted in *errors* and passed over."""
    for path in paths:
        try:
            for file in found([path]):
                yield from _items_of(file, stated_on, mapped, errors)
        except LocalSourceError as error:
            errors.append(str(error))


def _items_of(file: Path, stated_on: date | None, mapped: Mapping[str, str], errors: list[str]) -> Iterator[LocalItem]:
    try:
        if file.suffix.lower() in TABLE_SUFFIXES:
            yield from table_items(file, mapped)
        else:
            yield file_item(file, stated_on)
    except (LocalSourceError, TableError) as error:
        errors.append(str(error))


class Ingest(Run):
    """One run of taking items in, recorded once there is something to take; feed it with `take`."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("ingest", settings)
        self.result = Ingested(self.tally)
        self._has_started = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if kind is None and self._has_started:
            self.complete("failed" if self.result.errors else "done")

    def take(self, found_items: Iterator[LocalItem]) -> None:
        """Take items in, a commit a batch."""
        while batch := list(islice(found_items, self._settings.pages_per_batch)):
            self._take_batch(self._without_known(self._without_forgotten(batch)))
            progress().advance(len(batch))

    def _without_forgotten(self, batch: Sequence[LocalItem]) -> list[LocalItem]:
        """Items of articles that nobody asked to be forgotten; why the others are left out is noted."""
        requests = forgotten_articles(self._log)
        kept: list[LocalItem] = []
        for item in batch:
            request = requests.get(article_id(item.url))
            if request is None:
                kept.append(item)
            else:
                why = f"{item.url} was forgotten ({request.reason}) and is not taken in again"
                self.result.forgotten.append(f"{item.name}: {why}")
        return kept

    def _without_known(self, batch: Sequence[LocalItem]) -> list[LocalItem]:
        """Items whose bytes were not captured for their article before, each once."""
        unique = {(article_id(item.url), sha256_hex(item.body)): item for item in batch}
        known = captured_bodies(self._log, [article for article, _ in unique])
        self.result.known += len(batch) - len(unique.keys() - known)
        return [item for key, item in unique.items() if key not in known]

    def _take_batch(self, batch: Sequence[LocalItem]) -> None:
        now = self._now()
        claims = [Claimed(item.url, None, item.published_at) for item in batch]
        work = [(item.body, item.content_type, claim, now) for item, claim in zip(batch, claims, strict=True)]
        outcomes = clean_all(work, self._desk.pool, self.result.tally)
        good = [
            (item, claim, outcome)
            for item, claim, outcome in zip(batch, claims, outcomes, strict=True)
            if self._is_good(item, outcome)
        ]
        if good:
            if not self._has_started:
                self.start({})
                self._has_started = True
            pages = [self._page(item, claim, now) for item, claim, _ in good]
            articles, rejections = sort_out(pages, [outcome for *_, outcome in good])
            discoveries = [self._discovery(item, now) for item, *_ in good]
            commit_batch(articles, rejections, discoveries, self._desk, self.result.tally)

    def _is_good(self, item: LocalItem, outcome: Outcome) -> bool:
        """A page without an article is a result; a text or a row that cannot be read is the user's to mend."""
        if isinstance(outcome, Rejection):
            heard = self.result.notes if item.is_page else self.result.errors
            heard.append(f"{item.name}: {outcome.detail}")
            return item.is_page
        return True

    def _page(self, item: LocalItem, claim: Claimed, now: datetime) -> Page:
        return Page(
            article=article_id(item.url),
            url=item.url,
            final_url=item.url,
            status=200,
            content_type=item.content_type,
            body=item.body,
            captured_at=now,
            capture=self._desk.captures.resource(item.url, item.content_type, item.body, now),
            claimed=claim,
            discovered=self._discovery(item, now).id,
        )

    def _discovery(self, item: LocalItem, now: datetime) -> Record:
        event = ArticleDiscovered(url=item.url, via="file", source=item.source, claimed_published_at=item.published_at)
        day = utc_day(item.published_at or now)
        return self._recorder(event, article_id(item.url), FETCHER, day, occurred_at=now)
