"""The tables that people extend hold what their first lines promise."""

# ruff: noqa: RUF001 — marks are meant; a list of words reads best as words

from itertools import pairwise

import pytest

from extractors.language.entities import tables
from extractors.language.entities.known import known_name, known_names
from extractors.language.entities.places import place_in, place_meant, places_named
from extractors.language.entities.tables import TableRowError, countries, holders, organisations, regions

PLOVER_CODES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)


def test_codes_are_of_countries_or_of_plover() -> None:
    codes = {country.code for country in countries()}
    assert len(codes) == len(countries())
    told = {term.code for holder in holders() for term in holder.terms} | {each.code for each in organisations()}
    told |= {region.code for region in regions()}
    assert told - codes - PLOVER_CODES == {""}


def test_sectors_are_those_of_plover() -> None:
    told = {sector for holder in holders() for term in holder.terms for sector in term.sectors}
    assert told | {sector for each in organisations() for sector in each.sectors} <= SECTORS


def test_a_term_ends_after_it_begins_and_one_office_is_held_once_at_a_time() -> None:
    for holder in holders():
        for term in holder.terms:
            assert term.starts_on is None or term.ends_on is None or term.starts_on <= term.ends_on, holder.names[0]
        for one, two in pairwise(term for term in holder.terms if term.starts_on):
            is_same = (one.office, one.code) == (two.office, two.code)
            assert not is_same or (one.ends_on and two.starts_on and one.ends_on < two.starts_on), holder.names[0]


def test_ids_are_unlike() -> None:
    ids = [each.entity_id for each in (*holders(), *organisations())]
    assert len(set(ids)) == len(ids)


def test_a_line_with_a_column_too_many_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_TABLES", "tests.extractors.language.entities")
    with pytest.raises(TableRowError, match=r"broken.tsv, line 2: 3 columns, must be 2; columns are parted by tabs"):
        list(tables._rows("broken.tsv", 2))


def test_the_longest_name_is_taken_as_it_is_written() -> None:
    text = "South Sudan told us that the U.S. and North Korea’s envoys met UN staff; Guinea-Bissau did not."
    assert [known.code for _, known in known_names(text)] == ["SSD", "USA", "PRK", "UNO", "GNB"]
    known = known_name("Kenyans")
    assert known is not None
    assert (known.kind, known.name, known.code) == ("NORP", "Kenyan", "KEN")


def test_a_place_is_the_one_in_the_country_that_is_named_most() -> None:
    tripolis = {each.code for each in places_named("Tripoli")}
    assert tripolis >= {"LBN", "LBY"}
    meant = [
        place_meant("Tripoli", named) for named in ({"LBN": 3, "LBY": 1}, {"LBY": 2}, {"LBN": 1, "LBY": 1, "USA": 9})
    ]
    assert [each and each.code for each in meant] == ["LBN", "LBY", "LBY"]
    ontario = place_in("London", "CAN")
    assert ontario is not None
    assert ontario.entity_id == "geonames:6058560"
    assert place_meant("Nowhereville", {}) is None
