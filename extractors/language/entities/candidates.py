"""Stretches that may be names, and how sure that is: known names, titles, organisation words, the model's guesses."""

# ruff: noqa: SIM905 — lists of words read best as words

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.language.entities.known import Kind, Known, known_name, known_names
from extractors.language.entities.organisation_words import NO_NAME, ORGANISATION_HEADS, PLACE_HEADS
from extractors.language.entities.places import places_named
from extractors.language.entities.titles import is_title_word, title_before
from extractors.language.entities.words import Words, is_capitalised
from extractors.language.speakers import Token
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

SURE, LIKELY, GUESSED = 3, 2, 1
_MOST_NAME_WORDS = 5
_MOST_ORGANISATION_WORDS = 8
_OF_PLACE = frozenset({"in", "near", "from", "outside", "around", "at", "to", "of", "across", "towards"})
_SURELY_OF_PLACE = frozenset({"in", "near", "outside"})
_JOINS = frozenset({"of", "for"})
_ANDS = frozenset({"and", "&"})
_ACRONYM = re.compile(r"[A-Z]{3,6}")
_NO_ORGANISATIONS = frozenset(
    """
    AI TV PM MP GP
    GMT UTC EST EDT PST BST CET CEO CFO COVID DNA GDP HIV AIDS SUV WMD IED IEDS VBIED VBIEDS USD EUR GBP III VII VIII
    XIV XVI PIN GPS USB LGBT LGBTQ PDF URL FAQ PHD VIP DVD MPS ICU UAV UAVS ATM ADHD PTSD CCTV PPE SMS RPG RPGS
    """.split()
)


@dataclass(frozen=True)
class Mention:
    """A name in the text, without its title. `weight` is how much its kind counts when the article votes."""

    span: Span
    kind: Kind
    weight: int
    known: Known | None = None
    title: Span | None = None


def candidates(reading: Reading, words: Words) -> Iterator[Mention]:
    """All of them; they overlap."""
    guesses = [_trimmed(words, guess) for guess in _guesses(reading, words)]
    yield from (guess for guess in guesses if guess)
    yield from _known(words, [guess for guess in guesses if guess])
    yield from _titled(words)
    yield from _organisations(words)
    yield from _towns(words)
    yield from _acronyms(words)


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
        return words.before(words.at(span.start)) in _OF_PLACE and (guess is None or guess.kind != "PERSON")
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
        end = words.run_end(at, most=_MOST_NAME_WORDS)
        yield Mention(
            Span(word.start, words.all[end - 1].end),
            "PERSON",
            SURE if title[-1].text[0].isupper() else LIKELY,
            title=Span(title[0].start, title[-1].end),
        )


def _abbreviated(words: Words, at: int) -> list[Token]:
    """Sen. before a name: the point is a word of its own."""
    if at < 2 or words.before(at) != "." or not is_title_word(words.all[at - 2].text):  # noqa: PLR2004 — title, point
        return []
    if words.all[at - 1].start != words.all[at - 2].end or len(words.all[at - 2].text) == 1:
        return []
    return [*title_before(words.all, at - 2, words.text), words.all[at - 2]]


def _organisations(words: Words) -> Iterator[Mention]:
    for at, word in enumerate(words.all):
        if word.text not in ORGANISATION_HEADS:
            continue
        first = _run_start(words, at)
        end = _with_of(words, at + 1)
        if end - first > 1:
            yield Mention(Span(words.all[first].start, words.all[end - 1].end), "ORG", LIKELY)


def _run_start(words: Words, at: int) -> int:
    """Where the capitalised words that end with the head begin."""
    first = at
    while first > 0 and at - first < _MOST_ORGANISATION_WORDS and _joins(words, first - 1):
        word = words.all[first - 1]
        if word.text in _ANDS and first - 1 > 0 and _goes_on_before(words, first - 2):
            first -= 2
            continue
        if not is_capitalised(word.text) or word.low in NO_NAME:
            break
        first -= 1
    return first


def _goes_on_before(words: Words, at: int) -> bool:
    """Whether a name goes on before "and": Social Democratic and Labour Party; not Kenya and the Labour Party."""
    word = words.all[at]
    if not (is_capitalised(word.text) and _joins(words, at)) or word.low in NO_NAME:
        return False
    return word.text not in ORGANISATION_HEADS and known_name(word.text) is None


def _joins(words: Words, at: int) -> bool:
    gap = words.text[words.all[at].end : words.all[at + 1].start]
    return gap in (" ", "'s ", "\u2019s ", "' ", "\u2019 ", "\u00a0")


def _with_of(words: Words, end: int) -> int:
    """On to what follows with of or for: Ministry of Foreign Affairs."""
    while end + 1 < len(words.all) and words.all[end].text in _JOINS and _joins(words, end - 1):
        after = end + 1
        if words.all[after].text == "the" and after + 1 < len(words.all):
            after += 1
        if not (is_capitalised(words.all[after].text) and _joins(words, after - 1)):
            break
        end = words.run_end(after, most=_MOST_NAME_WORDS)
        if end + 1 < len(words.all) and words.all[end].text in _ANDS and _goes_on_after(words, end + 1):
            end = words.run_end(end + 1, most=_MOST_NAME_WORDS)
    return end


def _goes_on_after(words: Words, at: int) -> bool:
    """Ministry of Health and Population; not Bank of Ghana and Kenya's."""
    word = words.all[at]
    joined = _joins(words, at - 1) and _joins(words, at - 2)
    return joined and is_capitalised(word.text) and word.low not in NO_NAME and known_name(word.text) is None


def _acronyms(words: Words) -> Iterator[Mention]:
    """Capital letters among others are mostly organisations."""
    for at in range(1, len(words.all) - 1):
        word = words.all[at]
        if not _ACRONYM.fullmatch(word.text) or word.text in _NO_ORGANISATIONS:
            continue
        if not (words.all[at - 1].text.isupper() or words.all[at + 1].text.isupper()):
            yield Mention(Span(word.start, word.end), "ORG", GUESSED)


def _towns(words: Words) -> Iterator[Mention]:
    """Towns and provinces after a word of place."""
    for at in range(1, len(words.all)):
        word = words.all[at]
        if words.before(at) not in _SURELY_OF_PLACE or not is_capitalised(word.text) or word.low in NO_NAME:
            continue
        end = words.run_end(at, most=3)
        span = Span(word.start, words.all[end - 1].end)
        if places_named(span.of(words.text)) or words.all[end - 1].text in PLACE_HEADS:
            yield Mention(span, "LOC", LIKELY)


def _guesses(reading: Reading, words: Words) -> Iterator[Mention]:
    for name in reading.names:
        kind: Kind = "PERSON" if name.kind == "PERSON" else "ORG" if name.kind == "ORG" else "LOC"
        first, end = words.at(name.span.start), words.at(name.span.end)
        start = first
        for at in range(first, end):  # one name each: Syria and Iraq, Amal Haddad, Juma Otieno
            is_mark = words.all[at].text in (",", ";", "/", "(", ")")
            if is_mark or (words.all[at].text in ("and", "or") and kind != "ORG"):
                if at > start:
                    yield _guess(words, start, at, kind)
                start = at + 1
        if end > start:
            yield _guess(words, start, end, kind)


def _guess(words: Words, first: int, end: int, kind: Kind) -> Mention:
    return Mention(Span(words.all[first].start, words.all[end - 1].end), kind, GUESSED)


def _trimmed(words: Words, guess: Mention) -> Mention | None:
    """A guess without article, title and the words of nations before a title."""
    first, end = words.at(guess.span.start), words.at(guess.span.end)
    while first < end and (words.all[first].low in NO_NAME or not words.all[first].text[0].isalnum()):
        first += 1
    while end > first and not words.all[end - 1].text[0].isalnum():
        end -= 1
    if first == end or not any(is_capitalised(word.text) for word in words.all[first:end]):
        return None
    if guess.kind != "ORG":
        guess, first = _after_place(words, guess, first, end)
    if guess.kind == "PERSON":
        first = _after_title(words, first, end)
        if first == end:
            return None
    span = Span(words.all[first].start, words.all[end - 1].end)
    name = span.of(words.text)
    if name in _NO_ORGANISATIONS or _is_pair(name):
        return None
    title = title_before(words.all, first, words.text) if guess.kind == "PERSON" else []
    return replace(guess, span=span, title=Span(title[0].start, title[-1].end) if title else None)


def _is_pair(name: str) -> bool:
    """India-Pakistan, Japan-U.S.: two names that are known, each for itself."""
    parts = name.split("-")
    return len(parts) > 1 and all(known_name(part) for part in parts)


def _after_place(words: Words, guess: Mention, first: int, end: int) -> tuple[Mention, int]:
    """Minister for the Middle East Amal Haddad: the place ends where the person begins."""
    for at in range(end - 1, first + 1, -1):
        known = known_name(words.text[words.all[first].start : words.all[at - 1].end])
        if known and known.kind != "PERSON" and is_capitalised(words.all[at].text):
            return replace(guess, kind="PERSON"), at
    return guess, first


def _after_title(words: Words, first: int, end: int) -> int:
    for at in range(end - 1, first - 1, -1):
        word = words.all[at]
        if is_title_word(word.text) or word.text == ".":
            return at + 1
    return first
