"""Which articles carry the same story: MinHash fingerprints of 5-word shingles, compared within three days.

A pair is told once and symmetric, ordered by id, so that the order in which articles arrive never matters; which one
was first is decided in views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np

from flows.recording import Recorder
from storage.events import ArticleDuplicated
from storage.records import Producer, Record
from storage.state import Fingerprint

COPIES = Producer("copies", 1)
WINDOW = timedelta(days=3)
SAME_STORY = 0.5  # estimated Jaccard similarity
LIKE_LENGTH = 0.8  # shorter text's words over the longer's; below it the shorter is an excerpt
# An excerpt cannot be more similar than its length allows: what counts is how much of it the longer text holds. Texts
# that have nothing to do with each other share hardly a shingle, so a tenth is far from chance.
LEAST_SHARED = 0.1
HELD = 0.75
Relation = Literal["copy", "excerpt", "update"]


class Pair(NamedTuple):
    """Two articles that carry the same story, ordered by id."""

    first: Fingerprint
    second: Fingerprint
    similarity: float


def window(days: Sequence[date]) -> tuple[date, date]:
    """The days whose articles may be copies of articles of these days."""
    return min(days) - WINDOW, max(days) + WINDOW


def pairs(fresh: Sequence[Fingerprint], known: Iterable[Fingerprint]) -> Iterator[Pair]:
    """Pairs that hold at least one of the *fresh* articles."""
    by_id = {each.article_id: each for each in known} | {each.article_id: each for each in fresh}
    others = sorted((each for each in by_id.values() if each.minhash), key=lambda each: each.article_id)
    if not others:
        return
    matrix = np.stack([_unpacked(each.minhash) for each in others])
    told: set[tuple[object, object]] = set()
    for one in (each for each in fresh if each.minhash):
        similarities = (matrix == _unpacked(one.minhash)).mean(axis=1)
        for index in np.flatnonzero(similarities >= LEAST_SHARED):
            other = others[index]
            if not _is_same_story(one, other, float(similarities[index])):
                continue
            first, second = sorted((one, other), key=lambda each: each.article_id)
            names = (first.article_id, second.article_id)
            near = abs(one.published_on - other.published_on) <= WINDOW
            if other.article_id != one.article_id and near and names not in told:
                told.add(names)
                yield Pair(first, second, float(similarities[index]))


def duplicate_records(found: Iterable[Pair], recorder: Recorder) -> list[Record]:
    """One ArticleDuplicated per pair."""
    return [
        recorder(
            ArticleDuplicated(
                other_article=str(second.article_id),
                relation=_relation(first, second),
                similarity_percent=round(similarity * 100),
            ),
            first.article_id,
            COPIES,
            min(first.published_on, second.published_on),
        )
        for first, second, similarity in found
    ]


def similarity(minhash: str, other: str) -> float:
    """Estimated Jaccard similarity of two texts' shingles by their fingerprints; 0 where a text has none."""
    if not minhash or not other:
        return 0.0
    return float((_unpacked(minhash) == _unpacked(other)).mean())


def _is_same_story(one: Fingerprint, other: Fingerprint, similarity: float) -> bool:
    if similarity >= SAME_STORY:
        return True
    shorter = min(one.word_count, other.word_count)
    shared = similarity / (1 + similarity) * (one.word_count + other.word_count)
    return _length_ratio(one, other) < LIKE_LENGTH and shared >= HELD * shorter


def _relation(one: Fingerprint, other: Fingerprint) -> Relation:
    if one.publisher is not None and one.publisher == other.publisher:
        return "update"
    return "copy" if _length_ratio(one, other) >= LIKE_LENGTH else "excerpt"


def _unpacked(minhash: str) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.frombuffer(bytes.fromhex(minhash), dtype=">u4").astype(np.uint32)


def _length_ratio(one: Fingerprint, other: Fingerprint) -> float:
    shorter, longer = sorted((one.word_count, other.word_count))
    return shorter / longer if longer else 1.0
