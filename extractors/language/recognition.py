"""Which language a text is in, and which parts of it are in another one.

py3langid tells languages apart in prose, and is as sure of a list of names or a table, where it is mostly wrong. So it
is asked about prose alone. English prose is known by its commonest words, which other languages share too seldom to
matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.vocabulary import Span

SAMPLE_CHARACTERS = 4_000  # more text makes the language no surer and costs time
_FEWEST_LETTERS = 20  # below that a guess is a coin toss
_FEWEST_LETTERS_OF_PART = 60
_FEWEST_SMALL_WORDS = 4
_FEWEST_WORDS_OF_LINE = 6
_LEAST_SMALL = 0.4  # of words: prose has some 80 in 100 in small letters, German 60; names and headings 20
_LEAST_ENGLISH = 0.06  # of words: English prose has some 20 in 100
_LEAST_PART = 1 / 3
_LEAST_CAPITAL = 0.8
_LEAST_OTHER_SCRIPT = 0.5
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset("the and of with that from said were this not they which been would their his into who".split())
_PART = re.compile(r"\S[^\n]*")


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language recognised in the text, None when it has too few letters or no prose to tell.

    A text of which a third is English is English, whatever else it holds.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if len(_LETTER.findall(sample)) < _FEWEST_LETTERS:
        return None
    written = _in_small_letters(sample)
    language = _classify(written)
    if language == "en" or _is_in_other_script(sample):
        return language
    parts = [match[0] for match in _PART.finditer(written)]
    english = sum(len(each) for each in parts if _is_english(_WORD.findall(each)))
    if english >= _LEAST_PART * sum(map(len, parts)):
        return "en"
    return language if _is_prose(sample) else None


def foreign_parts(text: str, paragraphs: Iterable[Span]) -> Iterator[Span]:
    """The paragraphs of an English text that are prose in another language, in order."""
    for each in paragraphs:
        part = each.of(text)[:SAMPLE_CHARACTERS]
        if _is_foreign(part):
            yield each


def _is_foreign(part: str) -> bool:
    words = _WORD.findall(part)
    if _is_english(words) or len(_LETTER.findall(part)) < _FEWEST_LETTERS_OF_PART:
        return False
    if _is_in_other_script(part):
        return True
    written = _in_small_letters(part)
    return _is_prose(part) and _classify(written) != "en"


def _in_small_letters(text: str) -> str:
    """As written; text in capitals, which the classifier has seldom seen, in small letters."""
    return text.lower() if _is_in_capitals(text) else text


def _is_in_capitals(text: str) -> bool:
    letters = _LETTER.findall(text)
    capitals = sum(1 for letter in letters if letter.isupper())
    return capitals >= _LEAST_CAPITAL * len(letters)


def _is_in_other_script(text: str) -> bool:
    letters = _LETTER.findall(text)
    return sum(1 for letter in letters if not _LATIN.match(letter)) > _LEAST_OTHER_SCRIPT * len(letters)


def _is_english(words: list[str]) -> bool:
    known = sum(1 for word in words if word.lower() in _ENGLISH)
    return known > 0 and known >= _LEAST_ENGLISH * len(words)


def _is_prose(text: str) -> bool:
    """Whether many words stand in small letters; in capitals, whether the lines are long."""
    words = _WORD.findall(text)
    if _is_in_capitals(text):
        return len(words) >= _FEWEST_WORDS_OF_LINE * len(_PART.findall(text))
    small = sum(1 for word in words if word.islower())
    return small >= _FEWEST_SMALL_WORDS and small >= _LEAST_SMALL * len(words)


def _classify(text: str) -> str:
    return _classifier()(text)[0]


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    import py3langid

    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
