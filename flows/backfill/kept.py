"""A day from what is kept: captures cleaned again, texts read again, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial
from uuid import UUID

from extractors.cleaning import Claimed
from extractors.extractor import discover
from flows.backfill.work import Step
from flows.reading.articles import Article, Page
from flows.reading.batch import Batch, Desk, DueText, Rejected, clean_all, read_and_commit, sort_out
from flows.reading.pool import ReaderPool
from flows.reading.readings import Text
from flows.reading.tally import Tally
from storage.captures import CaptureMissingError, read_capture
from storage.home import Home
from storage.ledger import CLEANED, DueArticle, KeptCapture, KeptText, kept_captures, kept_texts


@dataclass(frozen=True)
class KeptDay:
    """A day's articles that are to pass some stages again."""

    day: date
    due: Sequence[DueArticle]
    home: Home
    desk: Desk
    size: int  # articles in a batch

    @property
    def label(self) -> str:
        """The day."""
        return self.day.isoformat()

    @property
    def note(self) -> str | None:
        """Nothing: what is kept is all there."""
        return None

    def steps(self) -> Iterator[Step]:
        """One step for each batch of articles."""
        for start in range(0, len(self.due), self.size):
            yield partial(self._read, self.due[start : start + self.size])

    def failed(self, why: str) -> None:
        """Nothing to be noted: what was not read is still due."""

    def _read(self, due: Sequence[DueArticle]) -> Tally:
        tally = Tally()
        batch = prepared(self.home, self.desk.pool, due, tally)
        read_and_commit(batch, self.desk, tally)
        tally.add("done", len(due))
        return tally


def prepared(home: Home, pool: ReaderPool, due: Sequence[DueArticle], tally: Tally) -> Batch:
    """The captures of these articles cleaned where they are to be, and the texts that are to be read."""
    pages = _pages(home, [each.article_id for each in due if CLEANED in each.stages], tally)
    outcomes = clean_all([page.work for page in pages], pool, tally)
    articles, rejections = sort_out(pages, outcomes)
    newest = {each.page.article: each for each in articles}  # pages come in the order of their capture
    texts = kept_texts(home, [each.article_id for each in due])
    read = [_due(each, newest.get(each.article_id), texts.get(each.article_id), rejections) for each in due]
    return Batch(articles, rejections, (), [each for each in read if each is not None and each.extractors])


def _due(
    due: DueArticle, cleaned: Article | None, kept: KeptText | None, rejections: Sequence[Rejected]
) -> DueText | None:
    """What is to be read of an article: the text that counts once its captures are cleaned."""
    if cleaned is not None and (kept is None or cleaned.text_sha256 != kept.text_sha256):
        return DueText(cleaned.for_reading, tuple(discover()))  # a text that nobody may have read yet
    if kept is None or (cleaned is None and any(page.article == due.article_id for page, _ in rejections)):
        return None  # no capture of it holds an article any more
    text = Text(kept.article_id, kept.text, kept.text_sha256, kept.published_on, kept.language)
    chosen = tuple(name for name in discover() if name in due.stages)
    return DueText(text if cleaned is None else cleaned.for_reading, chosen)


def _pages(home: Home, articles: Sequence[UUID], tally: Tally) -> list[Page]:
    """Everything captured of these articles, as it was received."""
    if not articles:
        return []
    captures = kept_captures(home, articles)
    pages = (_page(home, each, tally) for article in articles for each in captures.get(article, ()))
    return [page for page in pages if page is not None]


def _page(home: Home, kept: KeptCapture, tally: Tally) -> Page | None:
    try:
        body = read_capture(home, kept.capture).body
    except CaptureMissingError:  # `dateline verify` names it
        tally.add("captures_missing")
        return None
    return Page(
        article=kept.article_id,
        url=kept.url,
        final_url=kept.final_url,
        status=kept.status,
        content_type=kept.content_type,
        body=body,
        captured_at=kept.captured_at.astimezone(UTC),
        capture=kept.capture,
        claimed=Claimed(kept.final_url, kept.headline, kept.claimed_published_at, kept.first_seen_at),
        discovered=kept.discovered,
    )
