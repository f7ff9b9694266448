"""Organisations by the words that head their names: the Party of …, … Ministry, … Council for …."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.language.entities.known import known_name
from extractors.language.entities.mention import LIKELY, MOST_NAME_WORDS, Mention
from extractors.language.entities.organisation_words import NO_NAME, ORGANISATION_HEADS
from extractors.language.entities.places import places_named
from extractors.language.entities.tables import first_names
from extractors.language.entities.words import Words, is_capitalised
from storage.vocabulary import Span

_MOST_ORGANISATION_WORDS = 8
_JOINS = frozenset({"of", "for"})
_ANDS = frozenset({"and", "&"})
_OWN_PEOPLE = frozenset(
    "people women men children nation world citizen teacher lord farmer worker student king queen".split()
)


def headed(words: Words) -> Iterator[Mention]:
    """Every organisation of a text that its head tells."""
    for at, word in enumerate(words.all):
        if word.text not in ORGANISATION_HEADS:
            continue
        first = _run_start(words, at)
        first = _run_start_before_of(words, first)
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
        if not is_capitalised(word.text) or word.low in NO_NAME or _is_owner(words, first - 1):
            break
        first -= 1
    return first


def _is_owner(words: Words, at: int) -> bool:
    """Whether a word with 's names whose organisation it is, and is no part of its name as in Women's League."""
    word = words.all[at]
    gap = words.text[word.end : words.all[at + 1].start].strip()
    return gap in ("'s", "\u2019s") and word.low not in _OWN_PEOPLE


def _run_start_before_of(words: Words, first: int) -> int:
    """Alliance of Farmers' Party: the head of an organisation and "of" before another belong to it."""
    is_joined = first > 1 and _joins(words, first - 1) and _joins(words, first - 2)
    if is_joined and words.all[first - 1].text in _JOINS and words.all[first - 2].text in ORGANISATION_HEADS:
        return _run_start(words, first - 2)
    return first


def _goes_on_before(words: Words, at: int) -> bool:
    """Whether a name goes on before "and": Social Democratic and Labour Party; not Kenya and the Labour Party."""
    word = words.all[at]
    if not (is_capitalised(word.text) and _joins(words, at)) or word.low in NO_NAME:
        return False
    is_name = known_name(word.text) is not None or bool(places_named(word.text))
    return word.text not in ORGANISATION_HEADS and not is_name and not word.text.isupper()


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
        if words.all[after].text in first_names() and words.run_end(after, most=3) - after > 1:
            break  # the party of Carmen Quispe
        if words.all[after].text == "World" and after + 1 < len(words.all) and words.all[after + 1].text == "War":
            break
        place = _place_end(words, after)
        if place and not any(
            word.text in ORGANISATION_HEADS for word in words.all[after : words.run_end(after, most=3)]
        ):
            end = place
            continue
        end = words.run_end(after, most=MOST_NAME_WORDS)
        if end + 1 < len(words.all) and words.all[end].text in _ANDS and _goes_on_after(words, end + 1):
            end = words.run_end(end + 1, most=MOST_NAME_WORDS)
    return end


def _place_end(words: Words, first: int) -> int:
    """Where a place that begins there ends, when more capitals follow: the Party of Canada Amal Haddad; else 0."""
    run = words.run_end(first, most=MOST_NAME_WORDS)
    for end in range(run - 1, first, -1):
        known = known_name(words.text[words.all[first].start : words.all[end - 1].end])
        if known and known.kind == "LOC":
            return end
    return 0


def _goes_on_after(words: Words, at: int) -> bool:
    """Ministry of Health and Population; not Bank of Ghana and Kenya's."""
    word = words.all[at]
    joined = _joins(words, at - 1) and _joins(words, at - 2)
    return joined and is_capitalised(word.text) and word.low not in NO_NAME and known_name(word.text) is None
