"""Headlines In Title Case, whose common words look like names: the article below tells the same in sentences."""

from __future__ import annotations

import re

from extractors.language.reading import Reading

_WORD = re.compile(r"[^\W\d_]{4,}")
_FEWEST_WORDS = 3
_CAPITALISED = 0.8  # short words apart, a few stay small: "After", but "with"


def in_title(reading: Reading, place: int) -> bool:
    """Whether a place lies in a title-case headline above an article."""
    if len(reading.paragraphs) == 1 or not reading.paragraphs[0].start <= place < reading.paragraphs[0].end:
        return False
    title = reading.paragraphs[0].of(reading.text)
    words = _WORD.findall(title)
    capitals = sum(word[0].isupper() for word in words)
    return not title.endswith((".", "!", "\u201d", '"')) and len(
        words
    ) >= _FEWEST_WORDS <= capitals >= _CAPITALISED * len(words)
