"""One batch of pages, from bodies to one commit: clean, read, compare, keep the texts, append."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.cleaning import CleanedText, Rejection
from extractors.extractor import discover
from flows.reading.aliases import alias_records, told_apart
from flows.reading.articles import Article, Page, Work, cleaned_records, reading_records, rejected_records
from flows.reading.copies import duplicate_records, pairs, window
from flows.reading.model import chosen_model
from flows.reading.pool import Killed, ReaderPool
from flows.reading.recovering import Outcome, recover
from flows.reading.work import ReadBy, read_text, timed
from flows.recording import Recorder
from storage.captures import CaptureWriter
from storage.log import Log
from storage.records import Record
from storage.state import fingerprints, latest_texts
from storage.texts import TextStore


@dataclass
class Tally:
    """What was done, by name, and the CPU seconds that worker processes spent on it."""

    counts: dict[str, int] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        """Count something."""
        if number:
            self.counts[name] = self.counts.get(name, 0) + number

    def spend(self, name: str, seconds: float) -> None:
        """Count CPU time."""
        self.cpu_seconds[name] = self.cpu_seconds.get(name, 0.0) + seconds

    def merge(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name, number in other.counts.items():
            self.add(name, number)
        for name, seconds in other.cpu_seconds.items():
            self.spend(name, seconds)


@dataclass(frozen=True)
class Desk:
    """What a batch is worked on with: the home's stores, the worker processes and the run's name."""

    log: Log
    texts: TextStore
    captures: CaptureWriter
    pool: ReaderPool
    recorder: Recorder


Rejected = tuple[Page, Rejection]


def read_batch(pages: Sequence[Page], others: Sequence[Record], desk: Desk) -> Tally:
    """Turn pages into records and commit them with the batch's *others*; nothing is stored twice."""
    tally = Tally()
    outcomes = clean_all([page.work for page in pages], desk.pool, tally)
    articles, rejections = sort_out(pages, outcomes)
    articles, aliases = told_apart(articles, desk.log)
    aliased = [record for each in aliases for record in alias_records(each, desk.recorder)]
    commit_batch(articles, rejections, [*others, *aliased], desk, tally)
    return tally


def clean_all(work: Sequence[Work], pool: ReaderPool, tally: Tally) -> list[Outcome]:
    """Clean bodies in worker processes; one that cannot be borne is rejected as hostile."""
    results = recover(work, pool)
    tally.spend("clean", sum(each.cpu_seconds for each in results))
    return [each.value for each in results]


def sort_out(pages: Sequence[Page], outcomes: Sequence[Outcome]) -> tuple[list[Article], list[Rejected]]:
    """Pages that hold an article, and those that hold none."""
    both = list(zip(pages, outcomes, strict=True))
    articles = [Article(page, outcome) for page, outcome in both if isinstance(outcome, CleanedText)]
    return articles, [(page, outcome) for page, outcome in both if isinstance(outcome, Rejection)]


def commit_batch(
    articles: Sequence[Article], rejections: Sequence[Rejected], others: Sequence[Record], desk: Desk, tally: Tally
) -> None:
    """Read the articles, then append everything about the batch in one commit, texts and captures first."""
    readings = _read(articles, desk.pool, tally)
    spent = timed(lambda: _commit(articles, readings, rejections, others, desk))
    tally.spend("append", spent.cpu_seconds)
    _count(tally, spent.value)


def _commit(
    articles: Sequence[Article],
    readings: Sequence[list[ReadBy]],
    rejections: Sequence[Rejected],
    others: Sequence[Record],
    desk: Desk,
) -> list[Record]:
    records = [*others]
    for page, rejection in rejections:
        records += rejected_records(page, rejection, desk.recorder)
    records += _article_records(articles, readings, desk)
    with desk.texts.held():  # nobody removes a text that no record names yet
        desk.texts.put(article.cleaned.text for article in articles)
        desk.captures.sync()
        commit = desk.log.append(records)
    return [each for each in records if each.event_id in commit.new_ids]


def _read(articles: Sequence[Article], pool: ReaderPool, tally: Tally) -> list[list[ReadBy]]:
    names = tuple(discover())
    readings: list[list[ReadBy]] = []
    for article, result in zip(articles, pool.run(read_text, [_work(a, names) for a in articles]), strict=True):
        if isinstance(result, Killed):
            readings.append(_read_one_by_one(article, names, pool))
        else:
            tally.spend("read", result.cpu_seconds)
            readings.append(result.value)
    return readings


def _read_one_by_one(article: Article, names: Sequence[str], pool: ReaderPool) -> list[ReadBy]:
    """After a kill: each extractor alone, so that only the one that cannot bear the text fails."""
    results = pool.run(read_text, [_work(article, (name,)) for name in names])
    versions = {name: each.version for name, each in discover().items()}
    return [
        ReadBy(name, versions[name], error=result.why) if isinstance(result, Killed) else result.value[0]
        for name, result in zip(names, results, strict=True)
    ]


def _work(article: Article, names: tuple[str, ...]) -> tuple[object, ...]:
    return article.cleaned.text, article.published_on, article.cleaned.language, names, chosen_model()


def _article_records(articles: Sequence[Article], readings: Sequence[list[ReadBy]], desk: Desk) -> list[Record]:
    known = latest_texts(desk.log, [article.page.article for article in articles])
    known_words = desk.texts.get(each.text_sha256 for each in known.values())
    records: list[Record] = []
    for article, reads in zip(articles, readings, strict=True):
        before = known.get(article.page.article)
        words = known_words.get(before.text_sha256, "") if before else ""
        records += cleaned_records(article, before, words, desk.recorder)
        records += reading_records(article, reads, desk.recorder)
    return records + _copies(articles, desk)


def _copies(articles: Sequence[Article], desk: Desk) -> list[Record]:
    if not articles:
        return []
    fresh = [article.fingerprint for article in articles]
    known = fingerprints(desk.log, *window([each.published_on for each in fresh]))
    return duplicate_records(pairs(fresh, known), desk.recorder)


_COUNTED = {
    "ArticleDiscovered": "discovered",
    "ArticleFetched": "fetched",
    "ArticleCleaned": "articles",
    "ArticleAliased": "aliases",
    "ArticleRejected": "rejected",
    "ArticleRevised": "revised",
    "ArticleUnchanged": "unchanged",
    "ArticleWithdrawn": "withdrawn",
    "ArticleFetchFailed": "failed",
    "ArticleDuplicated": "copies",
    "ExtractionFailed": "extractions_failed",
    "ExtractionRejected": "extractions_refused",
    "ExtractionCompleted": "extractions",
}


def _count(tally: Tally, records: Iterable[Record]) -> None:
    for each in records:
        tally.add(_COUNTED.get(each.record_type, "findings"))
