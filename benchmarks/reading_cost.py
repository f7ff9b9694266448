"""What reading costs, extractor by extractor, and whether it always says the same."""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from benchmarks.measuring import Line
from extractors.extractor import discover
from extractors.language.reading import Reading
from flows.reading.work import keep_loaded
from storage.events import Span

_DAY = date(2016, 9, 20)
_ARTICLE_WORDS = 600
_ARTICLES_A_NIGHT = 1_000
_LEAST_ARTICLES, _MOST_MEGABYTES = 15.0, 400.0


def read_whole(text: str) -> bytes:
    """Everything that all extractors find, as bytes."""
    reading = Reading(text, _DAY, "en")
    return msgspec.json.encode([list(each.read(reading)) for each in discover().values()])


def sameness_lines(texts: list[str]) -> Iterator[Line]:
    """The same events in any order and in other processes; spans that lie in their texts."""
    once = [read_whole(text) for text in texts]
    order = list(range(len(texts)))
    random.Random(6).shuffle(order)  # noqa: S311 — an order, no secret
    again = {at: read_whole(texts[at]) for at in order}
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        elsewhere = pool.map(read_whole, texts, chunksize=1)
    is_same = [again[at] for at in range(len(texts))] == once == elsewhere
    yield Line("same events over order, repetition, two processes", f"{len(texts)} texts", "byte-equal", is_same)
    broken = sum(not _fits(text, found) for text in texts for found in _spans(text))
    yield Line("spans outside their text or empty", str(broken), "0", broken == 0)


def _fits(text: str, span: Span) -> bool:
    return 0 <= span.start < span.end <= len(text) and span.of(text) == span.of(text).strip("\n")


def _spans(text: str) -> Iterator[Span]:
    reading = Reading(text, _DAY, "en")
    for each in discover().values():
        for finding in each.read(reading):
            for name in finding.__struct_fields__:
                yield from _spans_in(getattr(finding, name))


def _spans_in(value: Any) -> Iterator[Span]:  # noqa: ANN401 — fields of any finding
    if isinstance(value, Span):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _spans_in(each)


def cost_lines(texts: list[str]) -> list[Line]:
    """CPU time of each extractor for an article of 600 words, in a process of its own as a worker is.

    What is loaded once is counted in for a night of 1,000.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_costs, (texts,))


def _costs(texts: list[str]) -> list[Line]:
    return list(_cost_lines(texts))


def _cost_lines(texts: Iterable[str]) -> Iterator[Line]:
    started = time.process_time()
    Reading("Rain fell on Beira.", _DAY, "en").tokens  # noqa: B018 — loads the model
    for each in discover().values():
        list(each.read(Reading("Rain fell on Beira on Monday.", _DAY, "en")))
    keep_loaded()
    load = time.process_time() - started
    spent: Counter[str] = Counter()
    words = 0
    for text in texts:
        words += len(text.split())
        reading = Reading(text, _DAY, "en")
        _timed(spent, "grammar", lambda reading=reading: reading.dependents)
        for name, each in discover().items():
            _timed(spent, name, lambda each=each, reading=reading: list(each.read(reading)))
    articles = words / _ARTICLE_WORDS
    for name, seconds in spent.items():
        yield Line(f"   {name}", f"{1000 * seconds / articles:.1f} ms CPU an article")
    yield Line("   loading what is loaded once", f"{load:.2f} s CPU")
    rate = _ARTICLES_A_NIGHT / (load + _ARTICLES_A_NIGHT * sum(spent.values()) / articles)
    yield Line(
        "articles of 600 words a second and core", f"{rate:.1f}", f">= {_LEAST_ARTICLES:g}", rate >= _LEAST_ARTICLES
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Line("memory of a worker", f"{peak:.0f} MB", f"<= {_MOST_MEGABYTES:g} MB", peak <= _MOST_MEGABYTES)


def _timed(spent: Counter[str], name: str, work: Any) -> None:  # noqa: ANN401 — any call
    before = time.process_time()
    work()
    spent[name] += time.process_time() - before  # type: ignore[assignment] # seconds
