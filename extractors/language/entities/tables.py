"""The tables beside this package, as values: countries, regions, peoples, offices and organisations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

Gender = Literal["f", "m"]
_TABLES = "extractors.language.entities"
_UNSAFE = re.compile(r"[^a-z0-9]+")


class TableRowError(ValueError):
    """A line of a table has not the columns that its first lines promise."""

    def __init__(self, table: str, line: int, expected: int, found: int) -> None:
        super().__init__(f"{table}, line {line}: {found} columns, must be {expected}; columns are parted by tabs")
        self.table, self.line = table, line


@dataclass(frozen=True)
class Country:
    """A country: alpha-3 code, how news names it, the words for its people. The first name is the usual one."""

    code: str
    names: tuple[str, ...]
    doubtful: frozenset[str]
    adjectives: tuple[str, ...]


@dataclass(frozen=True)
class Region:
    """A region; `code` is the country it lies in, `geoname` its GeoNames number, both empty where not sure."""

    names: tuple[str, ...]
    code: str
    geoname: str
    adjectives: tuple[str, ...]


class Term(NamedTuple):
    """One office that somebody held, from day to day; None is open."""

    office: str
    code: str
    sectors: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Whether the office was held on that day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Holder:
    """A person of the office table, with every office that stands there."""

    names: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def entity_id(self) -> str:
        """The same wherever the person is named."""
        return f"dateline:{slug(self.names[0])}"


@dataclass(frozen=True)
class Organisation:
    """An organisation of the table. `code` is a country or one of PLOVER's codes, empty where neither is sure."""

    names: tuple[str, ...]
    code: str
    sectors: tuple[str, ...]

    @property
    def entity_id(self) -> str:
        """The same wherever the organisation is named."""
        return f"dateline:{slug(self.names[0])}"


def slug(name: str) -> str:
    """A name as part of an id: lower case, without accents.

    >>> slug("Emmanuel Adébayo")
    'emmanuel-adebayo'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", plain).strip("-") or _UNSAFE.sub("-", name.encode("unicode_escape").decode().lower())


@cache
def countries() -> tuple[Country, ...]:
    """Every country of the table."""
    return tuple(_country(row) for row in _rows("countries.tsv", 3))


def _country(row: list[str]) -> Country:
    code, names, adjectives = row
    listed = [*_parts(names), *_parts(adjectives)]
    return Country(
        code=code,
        names=tuple(each.rstrip("*") for each in _parts(names)),
        doubtful=frozenset(each.rstrip("*") for each in listed if each.endswith("*")),
        adjectives=tuple(each.rstrip("*") for each in _parts(adjectives)),
    )


@cache
def regions() -> tuple[Region, ...]:
    """Every region of the table."""
    return tuple(
        Region((name, *_parts(others)), code, geoname, _parts(adjectives))
        for name, others, code, geoname, adjectives in _rows("regions.tsv", 5)
    )


@cache
def peoples() -> tuple[str, ...]:
    """Words for people that name no country."""
    return tuple(row[0] for row in _rows("peoples.tsv", 1))


@cache
def holders() -> tuple[Holder, ...]:
    """Everybody of the office table, in its order."""
    names: dict[str, tuple[str, ...]] = {}
    terms: dict[str, list[Term]] = {}
    for name, others, office, code, sector, first, last in _rows("offices.tsv", 7):
        names.setdefault(name, (name, *_parts(others)))
        terms.setdefault(name, []).append(Term(office, code, _parts(sector), _day(first), _day(last)))
    return tuple(Holder(names[name], tuple(terms[name])) for name in names)


@cache
def organisations() -> tuple[Organisation, ...]:
    """Every organisation of the table."""
    return tuple(
        Organisation((name, *_parts(others)), code, _parts(sectors))
        for name, others, code, sectors in _rows("organisations.tsv", 4)
    )


@cache
def first_names() -> dict[str, Gender]:
    """First names that are a woman's (f) or a man's (m)."""
    return {
        name: "f" if gender == "f" else "m" for gender, names in _rows("first_names.tsv", 2) for name in names.split()
    }


def _rows(table: str, columns: int) -> Iterator[list[str]]:
    text = (files(_TABLES) / "tables" / table).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != columns:
            raise TableRowError(table, number, columns, len(row))
        yield row


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
