"""Towns and provinces by name, from the generated gazetteer; several of one name are told apart by context.

The file (GeoNames, CC BY 4.0, and ISO 3166-2) is read when first asked for and searched as it lies, sorted: some
hundred thousand names cost a few megabytes and no index.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FILE = "places.tsv.xz"
_GREAT_CITY = 500_000  # goes before a state of the USA of its name: Washington, New York
_CLEAR_LEAD = 5  # a town so many times as large as the next of its name is meant, unless the text says otherwise


class Place(NamedTuple):
    """One place of a name; `population` is 0 for provinces."""

    entity_id: str
    code: str
    population: int


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
        _, entity_id, code, population = lines[at].split("\t")
        found.append(Place(entity_id, code, int(population)))
        at += 1
    return tuple(sorted(found, key=lambda place: (place.population > 0, -place.population, place.entity_id)))


def place_meant(name: str, countries_named: Collection[str]) -> Place | None:
    """The place that a text means which names those countries; None where it cannot be told.

    One in a country that the text names goes before one that is larger; else it must be the only one or by far the
    largest.
    """
    all_of_name = places_named(name)
    near = [place for place in all_of_name if place.code in countries_named]
    for candidates in (near, all_of_name):
        if candidates and _stands_out(candidates):
            largest = max(candidates, key=lambda each: each.population)
            is_state = candidates[0].entity_id.startswith("geonames:") and not candidates[0].population
            return candidates[0] if is_state and largest.population < _GREAT_CITY else largest
    return None


def _stands_out(candidates: list[Place] | tuple[Place, ...]) -> bool:
    sizes = sorted((place.population for place in candidates), reverse=True)
    return len(sizes) == 1 or sizes[0] >= _CLEAR_LEAD * max(1, sizes[1])
