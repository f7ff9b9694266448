"""Stretches that may be names, and how sure that is: known names, titles, organisation words, the model's guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.language.entities.guesses import NO_ORGANISATIONS, guesses
from extractors.language.entities.headed import headed
from extractors.language.entities.introduced import introduced
from extractors.language.entities.known import Known, known_name, known_names
from extractors.language.entities.mention import (
    GUESSED,
    LIKELY,
    MOST_NAME_WORDS,
    OF_PLACE,
    SURE,
    SURELY_OF_PLACE,
    Mention,
)
from extractors.language.entities.organisation_words import NO_NAME, ORGANISATION_HEADS, PLACE_HEADS
from extractors.language.entities.places import places_named
from extractors.language.entities.titles import is_title_word, title_before
from extractors.language.entities.words import Words, is_capitalised
from extractors.language.speakers import Token
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_PART_OF_NAME = frozenset({"Lord", "Lady", "Sir", "Dame", "Queen", "King"})
_OF_NAMES = frozenset({"PROPN", "X"})
_ACRONYM = re.compile(r"[A-Z]{3,6}")


def candidates(reading: Reading, words: Words) -> Iterator[Mention]:
    """All of them; they overlap."""
    common = {token.start for token in reading.tokens if token.upos not in _OF_NAMES}
    guessed = [each for each in guesses(reading, words) if not _is_common(words, each, common)]
    yield from guessed
    yield from _known(words, guessed)
    yield from (each for each in _titled(words) if not _is_common(words, each, common))
    yield from headed(words)
    yield from introduced(words)
    yield from _towns(words)
    yield from _acronyms(words)


def _is_common(words: Words, each: Mention, common: set[int]) -> bool:
    """Whether a name of one word is none to the tagger: Delegates met, Polls show."""
    name = each.span.of(words.text)
    is_one = name.isalpha() and not name.isupper()
    return is_one and each.span.start in common and known_name(name) is None and not places_named(name)


def _known(words: Words, guesses: list[Mention]) -> Iterator[Mention]:
    end = words.all[-1].end if words.all else 0
    for span, known in known_names(words.text[:end]):
        if not known.is_doubtful or _is_believed(words, span, known, guesses):
            yield Mention(span, known.kind, SURE, known)


def _is_believed(words: Words, span: Span, known: Known, guesses: list[Mention]) -> bool:
    guess = next((each for each in guesses if each.span.start <= span.start and span.end <= each.span.end), None)
    if guess and guess.span == span and guess.kind == known.kind:
        return True
    if known.kind == "LOC":
        return words.before(words.at(span.start)) in OF_PLACE and (guess is None or guess.kind != "PERSON")
    return known.kind == "NORP" and guess is None


def _titled(words: Words) -> Iterator[Mention]:
    """Whoever is named right after a title."""
    for at in range(1, len(words.all)):
        word = words.all[at]
        if not is_capitalised(word.text) or not (is_title_word(words.all[at - 1].text) or words.before(at) == "."):
            continue
        if word.low in NO_NAME or is_title_word(word.text) or word.text in ORGANISATION_HEADS:
            continue
        title = title_before(words.all, at, words.text) or _abbreviated(words, at)
        known = known_name(word.text)
        if not title or (known and known.kind != "PERSON" and not known.is_doubtful):
            continue
        end = words.run_end(at, most=MOST_NAME_WORDS)
        first = at - 1 if _is_of_name(words, at, end) else at
        yield Mention(
            Span(words.all[first].start, words.all[end - 1].end),
            "PERSON",
            SURE if title[-1].text[0].isupper() else LIKELY,
            title=Span(title[0].start, title[-1].end),
        )


def _is_of_name(words: Words, at: int, end: int) -> bool:
    """Queen Tupou, Sir Moi, Lord Haddad: what people are called by, unless the name is known without it."""
    name = words.text[words.all[at].start : words.all[end - 1].end]
    return words.all[at - 1].text in _PART_OF_NAME and known_name(name) is None


def _abbreviated(words: Words, at: int) -> list[Token]:
    """Sen. before a name: the point is a word of its own."""
    if at < 2 or words.before(at) != "." or not is_title_word(words.all[at - 2].text):  # noqa: PLR2004 — title, point
        return []
    if words.all[at - 1].start != words.all[at - 2].end or len(words.all[at - 2].text) == 1:
        return []
    return [*title_before(words.all, at - 2, words.text), words.all[at - 2]]


def _acronyms(words: Words) -> Iterator[Mention]:
    """Capital letters among others are mostly organisations."""
    for at in range(1, len(words.all) - 1):
        word = words.all[at]
        if not _ACRONYM.fullmatch(word.text) or word.text in NO_ORGANISATIONS:
            continue
        if not (words.all[at - 1].text.isupper() or words.all[at + 1].text.isupper()):
            yield Mention(Span(word.start, word.end), "ORG", GUESSED)


def _towns(words: Words) -> Iterator[Mention]:
    """Towns and provinces after a word of place."""
    for at in range(1, len(words.all)):
        word = words.all[at]
        if words.before(at) not in SURELY_OF_PLACE or not is_capitalised(word.text) or word.low in NO_NAME:
            continue
        end = words.run_end(at, most=3)
        span = Span(word.start, words.all[end - 1].end)
        if places_named(span.of(words.text)) or words.all[end - 1].text in PLACE_HEADS:
            yield Mention(span, "LOC", LIKELY)
