"""Names in paragraphs that are all capitals, where letters tell names from nothing: only those that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.language.entities.known import known_names
from extractors.language.entities.mention import SURE, Mention
from storage.vocabulary import Span

_FEWEST_LETTERS = 40  # shorter ones are headings and names of places
_LEAST_CAPITAL = 0.8
_SHORTEST_NAME = 4  # US, WHO and IT are words, too
_WORD = re.compile(r"[^\W\d_]+")


def in_capitals(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The paragraphs that are written in capitals throughout, in order."""
    return [each for each in paragraphs if _is_capital(text[each.start : each.end])]


def _is_capital(paragraph: str) -> bool:
    letters = sum(map(str.isalpha, paragraph))
    return letters >= _FEWEST_LETTERS and sum(map(str.isupper, paragraph)) >= _LEAST_CAPITAL * letters


def known_in_capitals(text: str, stretches: Iterable[Span]) -> Iterator[Mention]:
    """Countries, office holders and organisations of the tables that stretches in capitals name."""
    for stretch in stretches:
        written = _WORD.sub(lambda word: word[0][0] + word[0][1:].lower(), stretch.of(text))
        if len(written) != stretch.end - stretch.start:
            continue  # small letters of another length
        for span, known in known_names(written):
            if span.end - span.start >= _SHORTEST_NAME and not known.is_doubtful:
                yield Mention(Span(stretch.start + span.start, stretch.start + span.end), known.kind, SURE, known)
