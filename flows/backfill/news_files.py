"""Archive files read from beginning to end: pages of the sites, cleaned, and kept where their own date is asked for."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.cleaning import Claimed, CleanedText
from flows.backfill.errors import SurveyError
from flows.backfill.found import discovery
from flows.backfill.news_notes import FileNote
from flows.backfill.work import Step
from flows.reading.articles import Article, Page
from flows.reading.batch import Desk, clean_all, commit_apart
from flows.reading.tally import Tally
from flows.sources.ccnews import ArchivedPage, Skipped, pages
from flows.sources.named import NamedArticle
from flows.web.errors import FetchError
from storage.records import Record, article_id
from storage.state.articles import CapturedArticle, captured_articles
from storage.warc_records import Exchange

if TYPE_CHECKING:
    from flows.backfill.news_archives import NewsArchives


@dataclass(frozen=True)
class Source:
    """An archive file: where it lies here, or where it is fetched from."""

    name: str
    path: Path | None = None
    address: str | None = None


@dataclass
class NewsFiles:
    """Some files, read for some days."""

    of: NewsArchives
    label: str
    day: date
    days: frozenset[date]
    files: Sequence[Source] | None  # None: those captured on `day`, which are yet to be listed
    desk: Desk
    _skipped: dict[str, int] = field(default_factory=dict)
    _counted: dict[date, int] = field(default_factory=dict)  # articles of the file that is being read
    _reached: int | None = None  # position of the last record in the file that is being read

    @property
    def note(self) -> str | None:
        """What was passed over in the files."""
        told = ", ".join(f"{number} {reason}" for reason, number in sorted(self._skipped.items()))
        return f"passed over: {told}" if told else None

    def steps(self) -> Iterator[Step]:
        """Batch by batch through every file, then note."""
        for source in self.of.files_of(self.day) if self.files is None else self.files:
            known = None if self.of.request.only == "all" else self.of.notes.of(source.name, self.days)
            if known is None:
                yield from self._read(source)
            else:
                self._repeat(known)
        yield self._note

    def _read(self, source: Source) -> Iterator[Step]:
        """A file from its beginning to its end."""
        before, self._counted, self._reached = dict(self._skipped), {}, None
        with self._here(source) as path:
            found = self._pages(path)
            while batch := list(islice(found, self.of.settings.pages_per_batch)):
                yield partial(self._take, batch, source.name)
            if self._reached is None:
                raise SurveyError(source.name, "no page could be read from it; is it a WARC file, and whole?")
        skipped = {why: number - before.get(why, 0) for why, number in self._skipped.items()}
        self.of.notes.add(source.name, FileNote(days=sorted(self.days), counts=self._counted, skipped=skipped))

    def _repeat(self, known: FileNote) -> None:
        """What a file gave when it was read before."""
        for day, number in known.counts.items():
            self.of.count(day, number)
        for why, number in known.skipped.items():
            self._skip(why, number)

    def failed(self, why: str) -> None:
        """See `Unit`."""
        self.of.failed(self, why)

    @contextmanager
    def _here(self, source: Source) -> Generator[Path]:
        """The file on this machine; one that is fetched is removed afterwards."""
        if source.path is not None:
            if not source.path.is_file():
                raise SurveyError(str(source.path), "no such file")
            yield source.path
            return
        assert self.of.visitor, "only its name was asked for"
        folder = self.of.settings.place.downloads
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / source.name
        try:
            self.of.visitor.download(source.address or "", path)
            yield path
        except FetchError as error:
            raise SurveyError(source.address or "", error.detail) from error
        finally:
            path.unlink(missing_ok=True)

    def _pages(self, path: Path) -> Iterator[ArchivedPage]:
        for each in pages(path, self.of.request.sites, self._told):
            if isinstance(each, Skipped):
                self._skip(each.reason)
            else:
                yield each

    def _told(self, position: int) -> None:
        self._reached = position

    def _skip(self, reason: str, number: int = 1) -> None:
        self._skipped[reason] = self._skipped.get(reason, 0) + number

    def _count(self, day: date) -> None:
        self._counted[day] = self._counted.get(day, 0) + 1
        self.of.count(day)

    def _take(self, batch: Sequence[ArchivedPage], name: str) -> Tally:
        tally = Tally()
        tally.add("candidates", len(batch))
        fresh = self._fresh(batch)
        work = [(each.body, each.content_type, Claimed(each.url), each.captured_at) for each in fresh]
        articles: list[Article] = []
        discoveries: list[Record] = []
        for page, outcome in zip(fresh, clean_all(work, self.desk.pool, tally), strict=True):
            day = self._own_day(outcome) if isinstance(outcome, CleanedText) else None
            if day is None or not isinstance(outcome, CleanedText):
                self._skip("no article of these days")
                continue
            self._count(day)
            named = NamedArticle(page.article_url, "ccnews", name, ask=page.url)
            discoveries.append(discovery(named, day, datetime.now(UTC), self.desk))
            with self.desk.turn:
                articles.append(Article(self._kept(page, discoveries[-1]), outcome))
        commit_apart(articles, [], discoveries, self.desk, tally)
        return tally

    def _fresh(self, batch: Sequence[ArchivedPage]) -> list[ArchivedPage]:
        """Each capture once, without articles that are known from elsewhere or are forgotten.

        Files may hold several captures of an article. All are taken, for which of them comes first is chance.
        """
        unique = {(each.article_url, each.captured_at): each for each in batch}
        known = captured_articles(self.desk.log, {article_id(url) for url, _ in unique})
        fresh: list[ArchivedPage] = []
        for (url, captured_at), each in unique.items():
            state = known.get(article_id(url))
            if state is None or self._is_wanted(state, captured_at):
                fresh.append(each)
                continue
            self._skip("known already")
            if state.published_on is not None and state.published_on in self.days:
                self._count(state.published_on)
        return fresh

    def _is_wanted(self, known: CapturedArticle, captured_at: datetime) -> bool:
        if known.is_forgotten:
            return False
        is_from_elsewhere = known.is_captured and not known.archived_at
        return self.of.request.only == "all" or not (is_from_elsewhere or captured_at in known.archived_at)

    def _own_day(self, cleaned: CleanedText) -> date | None:
        """The article's own day, when it is asked for; the day of a capture is nobody's claim."""
        stated = None if cleaned.published_at_source == "captured_at" else cleaned.published_on
        return stated if stated in self.days else None

    def _kept(self, page: ArchivedPage, discovered: Record) -> Page:
        exchange = Exchange(page.url, page.captured_at, (), 200, page.reason, page.headers, page.raw_body)
        return Page(
            article=article_id(page.article_url),
            url=page.article_url,
            final_url=page.url,
            status=200,
            content_type=page.content_type,
            body=page.body,
            captured_at=page.captured_at,
            capture=self.desk.captures.exchange(exchange),
            claimed=Claimed(page.url),
            discovered=discovered.id,
        )

    def _note(self) -> Tally:
        self.of.finished(self)
        tally = Tally()
        tally.add("skipped", sum(self._skipped.values()))
        return tally
