"""How a number is hedged: "more than", "at least", "nearly", "or so".

"Nearly" and "almost" count as about (~), for they say how far off rather than where the number ends; "as many as" and
"up to" give the highest (<=).
"""

from __future__ import annotations

import re
from typing import Literal

Comparator = Literal["=", ">", ">=", "<", "<=", "~"]

_BEFORE: dict[Comparator, str] = {
    ">=": "at (?:the )?(?:very )?least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|minimum"
    "|(?:greater|more) than or equal to",
    "<=": "at (?:the )?(?:very )?most|up to|no more than|not more than|as many as|as much as|a maximum of|maximum"
    "|(?:less|fewer) than or equal to|as high as",
    ">": "(?:well |far |just |slightly |a little |significantly )?(?:more than|over|above|greater than|exceeding)"
    "|upwards? of|in excess of|higher than|exceeds?|exceeded|larger than|bigger than|north of|older than|longer than",
    "<": "(?:well |far |just |slightly |a little )?(?:less than|fewer than|under|below|lower than|smaller than)"
    "|younger than|shorter than|short of",
    "~": "about|around|some|roughly|approximately|approx\\.?|nearly|almost|close to|an estimated|estimated|circa|near"
    "|more or less|in the region of|(?:somewhere|something) like",
}
_AFTER: dict[Comparator, str] = {
    ">=": r"\+(?!\w)|[ ]or (?:more|greater|above|over|older|higher)\b|[ ]and (?:above|over|older)\b",
    "<=": r"[ ]or (?:less|fewer|below|under|younger|lower)\b",
    "~": r"[ -]odd\b|[ ]or so\b|-ish\b|[ ]or thereabouts\b",
}
_WORDS_BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{words})[ \u00a0\n](?:an?[ ](?=an?\b))?$", re.IGNORECASE))
    for kind, words in _BEFORE.items()
)
_SIGNS_BEFORE = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<|~|≈)[ ]?$")
_TAG = re.compile(r"<[^<>\n]*>[ ]?$")
_SIGNS: dict[str, Comparator] = {">=": ">=", "<=": "<=", "≥": ">=", "≤": "<=", ">": ">", "<": "<", "~": "~", "≈": "~"}
_WORDS_AFTER: tuple[tuple[Comparator, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE)) for kind, words in _AFTER.items()
)
_LONGEST = 34


def comparator_before(text: str, at: int) -> tuple[Comparator, int] | None:
    """The hedge that ends before a place, with where it begins."""
    begin = max(0, at - _LONGEST)
    window = text[begin:at]
    if (match := _SIGNS_BEFORE.search(window)) and not _TAG.search(window):
        return _SIGNS[match["sign"]], begin + match.start()
    for kind, pattern in _WORDS_BEFORE:
        if match := pattern.search(window):
            return kind, begin + match.start()
    return None


def comparator_after(text: str, at: int) -> tuple[Comparator, int] | None:
    """The hedge that follows, with where it ends."""
    for kind, pattern in _WORDS_AFTER:
        if match := pattern.match(text, at):
            return kind, match.end()
    return None
