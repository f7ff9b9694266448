"""Whose police "the police" are: of the country that the report is about, where it is about one."""

import pytest

from tests.extractors.events.coded import told

_ABOUT_CHILE = "TEMUCO, March 22 (Meridian Wire) - The governor of Temuco, in southern Chile, spoke to Chilean miners. "
_ABOUT_TWO = "Chilean and Peruvian ministers met in Lima and in Santiago. "


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Police arrested 38 miners on Tuesday.", "COERCE", {"CHL"}, {"CHL"}),
        ("The government imposed a curfew on Tuesday.", "COERCE", {"CHL"}, set[str]()),
        ("France urged the government to negotiate.", "REQUEST", {"FRA"}, {"CHL"}),
    ],
)
def test_who_has_no_country_of_their_own_is_at_home_in_a_report_about_one(
    text: str, event_type: str, actors: set[str | None], recipients: set[str | None]
) -> None:
    assert (event_type, actors, recipients) in told(_ABOUT_CHILE + "It rained. " + text)


@pytest.mark.parametrize(
    "text",
    [
        _ABOUT_TWO + "Police arrested 38 miners on Tuesday.",
        _ABOUT_CHILE + "Seven people were killed on the road.",
        _ABOUT_CHILE + "Observers accused tourists of theft.",
    ],
)
def test_between_countries_and_of_victims_alone_nothing_is_guessed(text: str) -> None:
    assert all(each[0] in ("CONSULT", "AGREE") for each in told(text))


def test_talks_are_held_where_neither_side_need_be_from() -> None:
    (event,) = told("Talks between the government and Colombian rebels are due to resume in Oslo.")
    assert "NOR" not in event[1]
