"""Where an event was: from its clause, as fine as it tells, with number, point and division."""

from decimal import Decimal

import pytest

from extractors.events.places import Place
from extractors.language.reading import Reading
from extractors.political_events import PoliticalEventCoded, political_events
from tests.extractors.events.coded import DAY, events_of


@pytest.mark.parametrize(
    ("text", "name", "resolution"),
    [
        ("Russian forces shelled Kharkiv on Monday.", "Kharkiv", 4),
        ("Five soldiers were killed by rebels in the northern city of Idlib on Friday.", "Idlib", 4),
        ("Israeli air strikes on Rafah killed 12 people.", "Rafah", 2),
        ("Thousands of people protested against the government in Syria's Idlib province.", "Idlib", 4),
        ("Police arrested 20 opposition activists in Texas.", "Texas", 2),
        ("Turkey sent troops to Libya.", "Libya", 1),
        ("Gunmen attacked a village near Jos in Nigeria.", "Jos", 4),
        ("The French foreign minister met his Egyptian counterpart in Cairo on Tuesday.", "Cairo", 4),
    ],
)
def test_the_finest_place_of_the_clause_is_taken(text: str, name: str, resolution: int) -> None:
    place = _place(text)
    assert place is not None
    assert (place.name, place.resolution) == (name, resolution)


@pytest.mark.parametrize(
    "text", ["CAIRO (Press) - Sudan's army attacked rebels.", "The government in Kyiv accused Hungary of blackmail."]
)
def test_where_a_report_was_written_or_somebody_sits_is_no_place_of_the_deed(text: str) -> None:
    assert _place(text) is None


def test_a_town_has_its_number_point_and_division() -> None:
    (record,) = political_events.read(Reading("Russian forces shelled Kharkiv on Monday.", DAY, "en"))
    assert isinstance(record, PoliticalEventCoded)
    place = record.place
    assert place is not None
    assert (place.geonameid, place.country, place.admin1) == (706483, "UKR", "UA.07")
    assert (place.latitude, place.longitude) == (Decimal("49.9818"), Decimal("36.2548"))


def test_a_country_has_a_number_and_no_point() -> None:
    place = _place("Turkey sent troops to Libya.")
    assert place is not None
    assert (place.geonameid, place.latitude, place.admin1) == (2215636, None, None)


def _place(text: str) -> Place | None:
    (event,) = events_of(text)
    return event.place
