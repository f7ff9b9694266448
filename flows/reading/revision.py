"""What changed between two texts of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from storage.events import Passage

MOST_PASSAGES = 500  # the last one then covers all that follows: a text that was written anew needs no list
_NEAR = 12  # code points: passages with less between them read better as one
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
# Comparing is quadratic at worst, and texts are made by others: what has more lines or words on either side is not
# looked into. Words that recur all the time are passed over when likenesses are looked for (autojunk).
_MOST_LINES = 2_000
_MOST_PIECES = 2_000
_MOST_COMPARED = 40_000  # pieces of one text in all


class Change(NamedTuple):
    """Code points that only the new text has, those that only the old one has, and where they stand."""

    inserted_chars: int
    deleted_chars: int
    passages: tuple[Passage, ...]


def change(old: str, new: str) -> Change:
    """Compare two texts word by word.

    >>> change("12 people were killed", "14 people were killed").passages
    (Passage(deleted_from=0, deleted_until=2, inserted_from=0, inserted_until=2),)
    """
    changed = list(_changed(old, new))
    return Change(
        sum(each.inserted_until - each.inserted_from for each in changed),
        sum(each.deleted_until - each.deleted_from for each in changed),
        _few(_joined(changed)),
    )


def _changed(old: str, new: str) -> Iterator[Passage]:
    """Passages by lines first, then by words where lines differ."""
    left = _MOST_COMPARED
    for lines in _compared(old.splitlines(keepends=True), new.splitlines(keepends=True), _MOST_LINES):
        before = _PIECE.findall(old[lines.deleted_from : lines.deleted_until])
        after = _PIECE.findall(new[lines.inserted_from : lines.inserted_until])
        left -= len(before) + len(after)
        for words in _compared(before, after, _MOST_PIECES if left > 0 else 0):
            yield Passage(
                lines.deleted_from + words.deleted_from,
                lines.deleted_from + words.deleted_until,
                lines.inserted_from + words.inserted_from,
                lines.inserted_from + words.inserted_until,
            )


def _compared(before: Sequence[str], after: Sequence[str], most: int) -> Iterator[Passage]:
    """Where two sequences of strings differ, in code points; one passage where they differ over too long a stretch."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    old_at, new_at = _places(before), _places(after)
    codes = [("replace", 0, len(old), 0, len(new))] if max(len(old), len(new)) > most else _opcodes(old, new)
    for what, i1, i2, j1, j2 in codes:
        if what != "equal" and (i2 > i1 or j2 > j1):
            yield Passage(old_at[head + i1], old_at[head + i2], new_at[head + j1], new_at[head + j2])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return [*SequenceMatcher(None, old, new).get_opcodes()]


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """How many strings two sequences begin alike with."""
    return next(
        (n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )


def _places(pieces: Iterable[str]) -> list[int]:
    """Where each piece begins, and where the last one ends."""
    return list(accumulate(map(len, pieces), initial=0))


def _joined(changed: Iterable[Passage]) -> list[Passage]:
    joined: list[Passage] = []
    for each in changed:
        if joined and each.inserted_from - joined[-1].inserted_until <= _NEAR:
            joined[-1] = _from_to(joined[-1], each)
        else:
            joined.append(each)
    return joined


def _few(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    if len(passages) <= MOST_PASSAGES:
        return tuple(passages)
    return (*passages[: MOST_PASSAGES - 1], _from_to(passages[MOST_PASSAGES - 1], passages[-1]))


def _from_to(first: Passage, last: Passage) -> Passage:
    return Passage(first.deleted_from, last.deleted_until, first.inserted_from, last.inserted_until)
