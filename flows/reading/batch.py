"""One batch of pages, from bodies to one commit: clean, read, compare, keep the texts, append."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from extractors.cleaning import CleanedText, Rejection
from extractors.extractor import discover
from flows.reading.aliases import alias_records, told_apart
from flows.reading.articles import Article, Page, Work, cleaned_records, rejected_records
from flows.reading.copies import duplicate_records, pairs, window
from flows.reading.pool import ReaderPool
from flows.reading.readings import Text, read_all, reading_records
from flows.reading.recovering import Outcome, recover
from flows.reading.stubs import without_stubs
from flows.reading.tally import Tally
from flows.reading.work import ReadBy, timed
from flows.recording import Recorder
from storage.captures import CaptureWriter
from storage.log import Log
from storage.records import Record
from storage.state import Closing, KnownText, closings, fingerprints, latest_texts
from storage.texts import TextStore


@dataclass(frozen=True)
class Desk:
    """What a batch is worked on with: the home's stores, the worker processes and the run's name.

    Batches that are worked on side by side take turns in committing, each seeing what those before it have committed.
    """

    log: Log
    texts: TextStore
    captures: CaptureWriter
    pool: ReaderPool
    recorder: Recorder
    turn: AbstractContextManager[object] = field(default_factory=Lock)


Rejected = tuple[Page, Rejection]


@dataclass(frozen=True)
class DueText:
    """A text that is to be read, and by which extractors."""

    text: Text
    extractors: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """What goes into one commit: pages with and without an article, other records, and the texts to be read."""

    articles: Sequence[Article]
    rejections: Sequence[Rejected]
    others: Sequence[Record]
    due: Sequence[DueText]


def read_batch(pages: Sequence[Page], others: Sequence[Record], desk: Desk) -> Tally:
    """Turn pages into records and commit them with the batch's *others*; nothing is stored twice."""
    tally = Tally()
    outcomes = clean_all([page.work for page in pages], desk.pool, tally)
    articles, rejections = sort_out(pages, outcomes)
    commit_apart(articles, rejections, others, desk, tally)
    return tally


def clean_all(work: Sequence[Work], pool: ReaderPool, tally: Tally) -> list[Outcome]:
    """Clean bodies in worker processes; one that cannot be borne is rejected as hostile."""
    results = recover(work, pool)
    tally.spend("clean", sum(each.cpu_seconds for each in results), len(results))
    return [each.value for each in results]


def sort_out(pages: Sequence[Page], outcomes: Sequence[Outcome]) -> tuple[list[Article], list[Rejected]]:
    """Pages that hold an article, and those that hold none."""
    both = list(zip(pages, outcomes, strict=True))
    articles = [Article(page, outcome) for page, outcome in both if isinstance(outcome, CleanedText)]
    return articles, [(page, outcome) for page, outcome in both if isinstance(outcome, Rejection)]


def commit_apart(
    articles: Sequence[Article], rejections: Sequence[Rejected], others: Sequence[Record], desk: Desk, tally: Tally
) -> None:
    """As `commit_batch`, where some pages may be stubs or only other ways to articles: of those no text is kept."""
    whole, stubs = without_stubs(articles, desk.log)
    own, aliases = told_apart(whole, desk.log)
    aliased = [record for each in aliases for record in alias_records(each, desk.recorder)]
    commit_batch(own, [*rejections, *stubs], [*others, *aliased], desk, tally)


def commit_batch(
    articles: Sequence[Article], rejections: Sequence[Rejected], others: Sequence[Record], desk: Desk, tally: Tally
) -> None:
    """Read the articles with every extractor, then append everything about the batch in one commit."""
    everybody = tuple(discover())
    due = [DueText(article.for_reading, everybody) for article in articles]
    read_and_commit(Batch(articles, rejections, others, due), desk, tally)


def read_and_commit(batch: Batch, desk: Desk, tally: Tally) -> None:
    """Read what is due, then append everything about the batch in one commit, texts and captures first."""
    readings = read_all([due.text for due in batch.due], [due.extractors for due in batch.due], desk.pool, tally)
    with desk.turn:
        spent = timed(lambda: _commit(batch, readings, desk))
    tally.spend("append", spent.cpu_seconds)
    tally.count(spent.value)


def _commit(batch: Batch, readings: Sequence[list[ReadBy]], desk: Desk) -> list[Record]:
    records = [*batch.others]
    for page, rejection in batch.rejections:
        records += rejected_records(page, rejection, desk.recorder)
    records += _article_records(batch.articles, desk)
    records += _reading_records(batch.due, readings, desk)
    records += _copies(batch.articles, desk)
    with desk.texts.held():  # nobody removes a text that no record names yet
        desk.texts.put(article.cleaned.text for article in batch.articles)
        desk.captures.sync()
        commit = desk.log.append(records)
    return [each for each in records if each.event_id in commit.new_ids]


def _article_records(articles: Sequence[Article], desk: Desk) -> list[Record]:
    known = latest_texts(desk.log, {article.page.article for article in articles})
    known_words = desk.texts.get(each.text_sha256 for each in known.values())
    records: list[Record] = []
    for article in articles:
        before = known.get(article.page.article)
        words = known_words.get(before.text_sha256, "") if before else ""
        records += cleaned_records(article, before, words, desk.recorder)
        if _is_next(article.as_known, before):
            known[article.page.article] = article.as_known
            known_words[article.text_sha256] = article.cleaned.text
    return records


def _is_next(one: KnownText, before: KnownText | None) -> bool:
    """Whether a later capture is compared with this one: an older capture that was filled in is not."""
    if before is None or before.configuration_sha256 != one.configuration_sha256:
        return True
    return before.captured_at <= one.captured_at


def _reading_records(due: Sequence[DueText], readings: Sequence[list[ReadBy]], desk: Desk) -> list[Record]:
    known: dict[UUID, list[Closing]] = {}
    for each in closings(desk.log, {each.text.article for each in due}):
        known.setdefault(each.article_id, []).append(each)
    return [
        record
        for each, reads in zip(due, readings, strict=True)
        for record in reading_records(each.text, reads, desk.recorder, known.get(each.text.article, ()))
    ]


def _copies(articles: Sequence[Article], desk: Desk) -> list[Record]:
    if not articles:
        return []
    fresh = [article.fingerprint for article in articles]
    known = fingerprints(desk.log, *window([each.published_on for each in fresh]))
    return duplicate_records(pairs(fresh, known), desk.recorder)
