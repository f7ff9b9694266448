"""Where places lie: point, first-order division and GeoNames' number of an entity, from the generated table.

The file (GeoNames, CC BY 4.0) is read when an event with a place first asks, and searched as it lies, sorted.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_FILE = "place_points.tsv.xz"


class Point(NamedTuple):
    """Where a place lies.

    `latitude` and `longitude` are degrees (WGS 84), None for a state or country; `admin1` is the first-order division
    as GeoNames writes it ("UA.07"), None where it is not known.
    """

    geonameid: int
    latitude: Decimal | None
    longitude: Decimal | None
    admin1: str | None


@cache
def point_of(entity_id: str) -> Point | None:
    """Where an entity lies (`geonames:...`, `iso3166:...`); None where the table does not tell."""
    lines, key = _lines(), f"{entity_id}\t"
    at = bisect_left(lines, key)
    if at == len(lines) or not lines[at].startswith(key):
        return None
    _, number, latitude, longitude, admin1 = lines[at].split("\t")
    return Point(int(number), _degrees(latitude), _degrees(longitude), admin1 or None)


def _degrees(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


@cache
def _lines() -> list[str]:
    packed = files("extractors.language.entities").joinpath("tables", _FILE).read_bytes()
    return lzma.decompress(packed).decode("utf-8").split("\n")
