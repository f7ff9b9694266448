"""Names that need no guess: countries, regions, peoples, organisations, holders of office, found as they are written.

Letters count as they stand: "US" is a country, "us" is none. Of names that begin at the same word the longest is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.language.entities.tables import (
    Country,
    Holder,
    countries,
    holders,
    organisations,
    peoples,
    regions,
)
from storage.vocabulary import Span

Kind = Literal["PERSON", "ORG", "LOC", "NORP"]
Resolution = Literal["country", "region", "place", "organisation", "office", "none"]

_STRAIGHT = str.maketrans("’ʼ\u00a0\n", "''  ")  # noqa: RUF001 — typed either way
_WORD = re.compile(r"[^\W_]+")
# what these short names mean is told by the words before them, or by a model that takes them for a name
_DOUBTFUL = frozenset(
    "IS PA AU Fed Shell Apple Amazon Meta Wagner Azov West Gulf Western Westerner Baltic Caucasian Pacific Atlantic "
    "Labour Guardian Pole Turk Dane Amnesty IRA ISI APC Marines Congress Roma Slav Orthodox Communist Shell Sinai "
    "National Coalition Democratic Alliance Guinea Arctic Nile Green Central African Dominican Crisis Group".split(" ")
)


@dataclass(frozen=True)
class Known:
    """What a name means. `code` and `entity_id` are empty where the name has none."""

    kind: Kind
    name: str
    resolution: Resolution
    entity_id: str = ""
    code: str = ""
    sectors: tuple[str, ...] = ()
    is_doubtful: bool = False
    holder: Holder | None = None


class _Lexicon:
    """All known names by their first word, the longest first."""

    def __init__(self) -> None:
        self.meanings: dict[str, Known] = {}
        self.by_first: dict[str, list[str]] = {}

    def add(self, surface: str, meaning: Known) -> None:
        straight = surface.translate(_STRAIGHT)
        if straight in self.meanings:
            return
        self.meanings[straight] = meaning
        first = _WORD.match(straight)
        if first:
            self.by_first.setdefault(first[0], []).append(straight)

    def finish(self) -> None:
        for names in self.by_first.values():
            names.sort(key=lambda name: (-len(name), name))


@cache
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon()
    for country in countries():
        _add_country(lexicon, country)
    for organisation in organisations():
        meaning = Known(
            "ORG",
            organisation.names[0],
            "organisation",
            organisation.entity_id,
            organisation.code,
            organisation.sectors,
        )
        for name in organisation.names:
            lexicon.add(name, _doubting(meaning, name))
    for region in regions():
        entity_id = f"geonames:{region.geoname}" if region.geoname else f"dateline:{region.names[0].lower()}"
        entity_id = entity_id.replace(" ", "-")
        for name in region.names:
            lexicon.add(name, _doubting(Known("LOC", region.names[0], "region", entity_id, region.code), name))
        for word in region.adjectives:
            _add_people(lexicon, word, Known("NORP", word, "region", f"{entity_id}-people", region.code))
    for word in peoples():
        _add_people(lexicon, word, Known("NORP", word, "none"))
    for holder in holders():
        meaning = Known("PERSON", holder.names[0], "office", holder.entity_id, holder=holder)
        for name in holder.names:
            lexicon.add(name, meaning)
    lexicon.finish()
    return lexicon


def _add_country(lexicon: _Lexicon, country: Country) -> None:
    entity_id = f"iso3166:{country.code}"
    for name in country.names:
        is_doubtful = name in country.doubtful or name in _DOUBTFUL
        lexicon.add(name, Known("LOC", country.names[0], "country", entity_id, country.code, is_doubtful=is_doubtful))
    for word in country.adjectives:
        meaning = Known(
            "NORP",
            country.adjectives[0],
            "country",
            f"{entity_id}-people",
            country.code,
            is_doubtful=word in country.doubtful or word in _DOUBTFUL,
        )
        _add_people(lexicon, word, meaning)


def _add_people(lexicon: _Lexicon, word: str, meaning: Known) -> None:
    meaning = _doubting(meaning, word)
    lexicon.add(word, meaning)
    if not word.endswith(("s", "sh", "ch", "ese", "men")):
        lexicon.add(f"{word}s", meaning)


def _doubting(meaning: Known, name: str) -> Known:
    if name not in _DOUBTFUL or meaning.is_doubtful:
        return meaning
    return Known(
        meaning.kind,
        meaning.name,
        meaning.resolution,
        meaning.entity_id,
        meaning.code,
        meaning.sectors,
        is_doubtful=True,
    )


def known_name(name: str) -> Known | None:
    """What a whole name means."""
    return _lexicon().meanings.get(name.translate(_STRAIGHT))


def known_names(text: str) -> Iterator[tuple[Span, Known]]:
    """Every known name of a text in its order; they do not overlap.

    >>> [known.code for _, known in known_names("US and Kenyan officials met.")]
    ['USA', 'KEN']
    """
    lexicon = _lexicon()
    straight = text.translate(_STRAIGHT)
    last = 0
    for word in _WORD.finditer(straight):
        if word.start() < last:
            continue
        for name in lexicon.by_first.get(word[0], ()):
            end = word.start() + len(name)
            if straight.startswith(name, word.start()) and not _goes_on(straight, end, name):
                yield Span(word.start(), end), lexicon.meanings[name]
                last = end
                break


def _goes_on(text: str, end: int, name: str) -> bool:
    """Whether a word goes on where the name ends; a hyphen joins names (Afghan-Pakistani) but not US-led to one."""
    following = text[end : end + 1]
    if following.isalnum() or following == "_":
        return True
    return name[-1] != "." and following == "." and text[end + 1 : end + 2].isalpha() and name.isupper()


@cache
def surnames() -> dict[str, tuple[Holder, ...]]:
    """Holders of office by the last word of their names."""
    found: dict[str, list[Holder]] = {}
    for holder in holders():
        for last in {surname(name) for name in holder.names}:
            found.setdefault(last, []).append(holder)
    return {name: tuple(each) for name, each in found.items()}


def surname(name: str) -> str:
    """The last word of a name, without the suffix of a generation."""
    words = [word for word in name.split() if word.rstrip(".") not in ("Jr", "Sr", "II", "III", "IV")]
    return words[-1] if words else name


def overlapping(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans, in order and apart from each other, meets the stretch."""
    at = bisect_right(spans, start, key=lambda span: span.end)
    return at < len(spans) and spans[at].start < end
