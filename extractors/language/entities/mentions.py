"""Which stretches of a text are names, and of what kind: overlaps decided, then the article votes."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.language.entities.candidates import candidates
from extractors.language.entities.known import Kind, known_name, overlapping
from extractors.language.entities.mention import GUESSED, SURE, Mention
from extractors.language.entities.places import places_named
from extractors.language.entities.words import Words, is_capitalised
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_LARGE_TOWN = 100_000


def mentions(reading: Reading) -> list[Mention]:
    """The names of a text, in order and apart from each other."""
    if not reading.tokens:
        return []
    words = Words(reading.written, reading.tokens[-1].end)
    found = _apart(candidates(reading, words))
    found = _voted(reading.written, found)
    return sorted([*found, *_repeated(words, found)], key=lambda each: each.span)


def _apart(found: Iterable[Mention]) -> list[Mention]:
    """The longest first; of equal ones the surest. A title that another candidate tells of is kept."""
    all_found = list(found)
    titles = {each.span: each.title for each in all_found if each.title}
    in_titles = sorted({*titles.values()})
    kept: list[Mention] = []
    taken: list[Span] = []
    for each in sorted(all_found, key=_rank):
        is_of_title = each.weight == GUESSED and overlapping(in_titles, each.span.start, each.span.end)
        if not is_of_title and not overlapping(taken, each.span.start, each.span.end):
            insort(taken, each.span)
            kept.append(replace(each, title=each.title or titles.get(each.span)))
    return sorted(kept, key=lambda each: each.span)


def _rank(each: Mention) -> tuple[int, int, int, str]:
    return (-(each.span.end - each.span.start), -each.weight, each.span.start, each.kind)


def _voted(text: str, found: list[Mention]) -> list[Mention]:
    """A name is of one kind throughout an article, unless it is known; a part of a name goes with the person."""
    votes: dict[str, Counter[Kind]] = {}
    parts: set[str] = set()
    for each in found:
        name = each.span.of(text)
        votes.setdefault(name, Counter())[each.kind] += each.weight
        if each.kind == "PERSON" and " " in name:
            parts.add(name.split()[-1])
            if not places_named(name.split()[0]):
                parts.add(name.split()[0])
    return [_of_kind(each, _decided(each.span.of(text), votes, parts)) for each in found]


def _decided(name: str, votes: dict[str, Counter[Kind]], parts: set[str]) -> Kind:
    if name in parts and not known_name(name):
        return "PERSON"
    counted = votes[name]
    best: Kind = max(counted, key=lambda kind: (counted[kind], kind))
    if best != "LOC" and max(counted.values()) == GUESSED and _is_large_place(name):
        return "LOC"
    return best


def _is_large_place(name: str) -> bool:
    return any(place.population >= _LARGE_TOWN or not place.population for place in places_named(name))


def _of_kind(each: Mention, kind: Kind) -> Mention:
    return each if each.known or each.kind == kind else replace(each, kind=kind)


def _repeated(words: Words, found: list[Mention]) -> Iterator[Mention]:
    """Where the surname of somebody named in full, or a whole name, stands again and nobody marked it."""
    kinds: dict[str, Kind] = {}
    for each in found:
        name = each.span.of(words.text)
        kinds.setdefault(name, each.kind)
        if each.kind == "PERSON" and " " in name:
            kinds.setdefault(name.split()[-1], "PERSON")
    taken = [each.span for each in found]
    for word in words.all:
        kind = kinds.get(word.text)
        if kind and is_capitalised(word.text) and not overlapping(taken, word.start, word.end):
            known = known_name(word.text)
            if known is None or known.kind == kind:
                yield Mention(Span(word.start, word.end), kind, SURE, known)
