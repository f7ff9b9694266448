"""The pieces of a text that the parser gets one at a time: paragraphs, long ones cut, no more than an article has.

What the parser costs grows with the words and marks of a text; a hostile page must not cost more than its share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from storage.vocabulary import Span

MOST_TOKENS = 20_000  # some 17,000 words, two seconds of parsing; a longer text is read up to there
MOST_CHARACTERS = 200_000  # twice what so many words have
LONGEST_WINDOW = 4_000  # characters; paragraphs of news seldom reach 2,000
LONGEST_UNBROKEN = 300  # characters without a blank: longer runs are cut, the tokenizer's cost grows with their square
_SENTENCE_END = re.compile(r"[.!?…][\"'\u2019”)\]]*\s+")
_BLANK = re.compile(r"\s+")
_UNBROKEN = re.compile(rf"\S{{{LONGEST_UNBROKEN}}}")
_TOKEN = re.compile(r"\w+|[^\w\s]")  # about what the tokenizer makes of it


def windows(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    """What is to be parsed, in order: whole paragraphs wherever they are of a size that people write."""
    tokens, characters = MOST_TOKENS, MOST_CHARACTERS
    for paragraph in paragraphs:
        start = paragraph.start
        while start < paragraph.end:
            cut = _cut(text, start, paragraph.end)
            tokens -= sum(1 for _ in _TOKEN.finditer(text, start, cut))
            characters -= cut - start
            if min(tokens, characters) < 0:
                return
            yield Span(start, cut)
            start = cut


def cut_at(text: str, paragraphs: Sequence[Span]) -> int | None:
    """Where the parser stops reading a text that is too long; None when it reads all of it."""
    if len(text) < MOST_TOKENS or not paragraphs:
        return None
    end = max((window.end for window in windows(text, paragraphs)), default=0)
    return end if end < paragraphs[-1].end else None


def _cut(text: str, start: int, end: int) -> int:
    """Where the window from *start* ends: with the paragraph, else a sentence, else a word, else anywhere."""
    run = _UNBROKEN.search(text, start, min(end, start + LONGEST_WINDOW))
    if run:
        return run.end()
    if end - start <= LONGEST_WINDOW:
        return end
    limit = start + LONGEST_WINDOW
    for boundary in (_SENTENCE_END, _BLANK):
        cut = max((match.end() for match in boundary.finditer(text, start, limit)), default=start)
        if cut > start:
            return cut
    return limit
