"""A speaker's phrase taken apart: words, title, name, and whether there is a name at all."""

# ruff: noqa: RUF001 — typographic marks are meant; lists of words read best as words

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from extractors.language.cue_words import DETERMINERS, PRONOUNS, TITLES, UNNAMED

_TOKEN = re.compile(r"\w+(?:[-'’.&]\w+)*(?:(?<=\b[A-Z])\.)?|\.\.\.|[^\w\s]")

_APPOSITION = 80  # characters within which a name beside a description ends
_APPOSITION_ENDS = frozenset(',.;:()—–“”"')
_OF = ("of", "for", "from", "at", "in", "near", "on", "with", "to", "by")
_MOST_BRIEF_WORDS = 5
_PIECE = re.compile(r"[\w'’]+")
_GOING_ON = frozenset("of for from at in near on with to by who which that whose and".split())
_PLAIN_TITLES = ("mr", "mrs", "ms", "miss")
_NAME_PARTICLES = frozenset("al bin bint ben da de del der di dos du el ibn la le ter van von".split())


@dataclass(frozen=True)
class Token:
    """A word or a mark."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """Lower-cased, without a final point."""
        return self.text.lower().rstrip(".")


def tokens_between(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a stretch of text."""
    return [Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def name_in(phrase: str) -> str | None:
    """The speaker's name as it stands, without the title before it; the phrase itself where it holds no name.

    >>> name_in("Foreign Minister Amal Haddad")
    'Amal Haddad'
    """
    words = _words_of(phrase)
    if not words or _is_pronoun(words):
        return None
    name = _named(words)
    return phrase[name[0].start : name[-1].end] if name else phrase


def brief(phrase: str) -> str:
    """A description in few words, which a record may hold: up to what goes on about it.

    >>> brief("a Sudanese official with knowledge of the talks")
    'a Sudanese official'
    """
    words = phrase.split()
    if _count(words) > _MOST_BRIEF_WORDS:
        going_on = (n for n, word in enumerate(words) if n and word.lower().strip(",") in _GOING_ON)
        words = words[: next(going_on, None)]
    while len(words) > 1 and _count(words) > _MOST_BRIEF_WORDS:
        words.pop()
    return " ".join(words).rstrip(",")


def _count(words: list[str]) -> int:
    """How many words these are where a hyphen parts two."""
    return sum(len(_PIECE.findall(word)) for word in words)


def has_name(phrase: str) -> bool:
    """Whether the phrase itself names somebody, or stands for somebody as a pronoun does."""
    words = _words_of(phrase)
    return bool(words) and (_is_pronoun(words) or bool(_named(words)))


def name_beside(text: str, end: int) -> str | None:
    """The name that a description ending at *end* is told to have: the head of the centre, Dr Amal Haddad."""
    tokens = tokens_between(text, end, end + _APPOSITION)
    words = list(takewhile(lambda token: token.text not in _APPOSITION_ENDS, tokens[1:]))
    if not words or tokens[0].text != "," or len(words) + 1 == len(tokens):
        return None
    name = _named(words)
    return text[name[0].start : name[-1].end] if name and name[-1] is words[-1] else None


def is_anonymous(phrase: str) -> bool | None:
    """True for people without a name, False for a speaker with one, None where it cannot be told."""
    words = _words_of(phrase)
    if not words or _is_pronoun(words):
        return None
    if _named(words):
        return False
    if any(word.low in UNNAMED for word in words):
        return True
    return False if words[-1].text[0].isupper() and words[0].low not in DETERMINERS else None


def _is_pronoun(words: list[Token]) -> bool:
    return len(words) == 1 and words[0].low in PRONOUNS


def _words_of(phrase: str) -> list[Token]:
    """The words of a phrase, without what stands in brackets or after a comma."""
    tokens = tokens_between(phrase, 0, len(phrase))
    edge = next((n for n, token in enumerate(tokens) if token.text in "(,"), len(tokens))
    return [token for token in tokens[:edge] if token.text != "."]


def _named(words: list[Token]) -> list[Token]:
    """The name: in Amal Haddad of Gulu and Secretary of State Amal Haddad, not in a spokesman for Amal Haddad."""
    if any(word.text in ("and", "or") for word in words):
        return []
    edge = next((n for n, word in enumerate(words) if word.text in _OF), len(words))
    if name := _name_at_end(words[:edge]):
        return name
    return _name_at_end(words) if all(word.text[0].isupper() for word in words[:edge]) else []


def _name_at_end(words: list[Token]) -> list[Token]:
    """The capitalised words that follow the last word of a title; without a title a name has two words at least."""
    if len(words) > 1 and words[0].low in _PLAIN_TITLES and words[-1].text[0].isupper():
        return words[1:]
    last = next((n for n in reversed(range(len(words))) if _is_of_title(words[n])), -1)
    name = words[last + 1 :]
    is_word = (last < 0 and len(name) < 2) or any(word.low in UNNAMED for word in name)  # noqa: PLR2004 — two words
    return name if not is_word and all(_is_of_name(word) for word in name) else []


def _is_of_title(word: Token) -> bool:
    if word.text.endswith("."):
        return word.low in TITLES  # A. is an initial
    return word.low in TITLES or word.low in DETERMINERS or (word.text.islower() and word.low not in _NAME_PARTICLES)


def _is_of_name(word: Token) -> bool:
    return word.text[0].isupper() or word.low in _NAME_PARTICLES
