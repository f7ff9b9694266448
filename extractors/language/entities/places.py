"""Towns and provinces by name, from the generated gazetteer; several of one name are told apart by context.

The file (GeoNames, CC BY 4.0, and ISO 3166-2) is read when first asked for and searched as it lies, sorted: some
hundred thousand names cost a few megabytes and no index.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FILE = "places.tsv.xz"
_GREAT_CITY = 500_000  # Washington, New York
_TOWN = 50_000
_OVERSHADOWED = 8  # times smaller than the great city of its name
_CLEARLY_MORE = 2  # times as often
_CLEAR_LEAD = 5  # a town so many times as large as the next of its name is meant, unless the text says otherwise


class Place(NamedTuple):
    """One place of a name; `population` is 0 for provinces, `is_other` true where it has a more usual name."""

    entity_id: str
    code: str
    population: int
    is_other: bool


@cache
def _lines() -> list[str]:
    packed = files("extractors.language.entities").joinpath("tables", _FILE).read_bytes()
    return lzma.decompress(packed).decode("utf-8").split("\n")


@cache
def places_named(name: str) -> tuple[Place, ...]:
    """Every place of that name, provinces first, then the largest; letters count as they stand."""
    lines = _lines()
    key = f"{name}\t"
    at = bisect_left(lines, key)
    found: list[Place] = []
    while at < len(lines) and lines[at].startswith(key):
        _, entity_id, code, population, other = lines[at].split("\t")
        found.append(Place(entity_id, code, int(population), other == "other"))
        at += 1
    return tuple(sorted(found, key=lambda place: (place.population > 0, -place.population, place.entity_id)))


def place_meant(name: str, named: Mapping[str, int]) -> Place | None:
    """The place that a text means which names those countries so often; None where it cannot be told.

    One in the country that is named most goes before one that is larger; else it must be the only one or by far the
    largest. Islamabad is no more usual name of another city, as long as there is one that is called so.
    """
    all_of_name = places_named(name)
    usual = [place for place in all_of_name if not place.is_other]
    candidates = usual if any(place.population >= _TOWN or not place.population for place in usual) else all_of_name
    largest = max(candidates, key=lambda each: each.population, default=None)
    near = sorted({place.code for place in candidates if place.code in named}, key=lambda code: (-named[code], code))
    if near and (len(near) == 1 or named[near[0]] >= _CLEARLY_MORE * named[near[1]]):
        nearest = _largest([place for place in candidates if place.code == near[0]])
        # Vienna in Virginia is seldom meant, whatever else the text is about
        return largest if largest and _is_overshadowed(nearest, largest) else nearest
    return _largest(candidates) if candidates and _stands_out(candidates) else None


def place_in(name: str, code: str) -> Place | None:
    """The largest place of that name in a country, None where there is none."""
    return _largest(found) if (found := [place for place in places_named(name) if place.code == code]) else None


def _is_overshadowed(place: Place, by: Place) -> bool:
    return 0 < place.population * _OVERSHADOWED < by.population and by.population >= _GREAT_CITY


def _largest(candidates: Sequence[Place]) -> Place:
    """A great city goes before a state of the USA of its name, and that before towns."""
    largest = max(candidates, key=lambda each: each.population)
    state = next((each for each in candidates if each.entity_id.startswith("geonames:") and not each.population), None)
    return state if state and largest.population < _GREAT_CITY else largest


def _stands_out(candidates: Sequence[Place]) -> bool:
    sizes = sorted((place.population for place in candidates), reverse=True)
    return len(sizes) == 1 or sizes[0] >= _CLEAR_LEAD * max(1, sizes[1])
