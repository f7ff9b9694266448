"""How much of a text is said again elsewhere: no record may hold more than eight of an article's words in a row."""

from __future__ import annotations

import re

MOST_WORDS = 8
_WORD = re.compile(r"\w+")


def quotes(text: str, said: str) -> bool:
    """Whether *said* repeats more words of *text* in a row than a record may hold.

    >>> quotes("The rain stopped in Beira on Monday and the river fell at last.", "why the river fell at last")
    False
    """
    runs = {*_runs(text)}
    return any(run in runs for run in _runs(said))


def _runs(text: str) -> list[tuple[str, ...]]:
    """All runs of words that are one too long."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return [tuple(words[start : start + MOST_WORDS + 1]) for start in range(len(words) - MOST_WORDS)]
