from __future__ import annotations

from datetime import date

from extractors.events.coder import political_events_in
from extractors.language.reading import Reading


def told(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = political_events_in(Reading(text, date(2026, 3, 10), "en"))
    return [(each.coded.event_type, tuple(each.coded.modes)) for each in found]


def test_a_strike_and_a_march_of_one_country_are_two_events() -> None:
    text = "Kenyan teachers went on strike on Monday. Kenyan students marched through Nairobi on Monday."
    assert told(text) == [("PROTEST", ("strike",)), ("PROTEST", ("demo",))]


def test_a_march_that_is_told_twice_is_one_event() -> None:
    text = "Kenyan students marched through Nairobi on Monday. The Kenyan students marched past the ministry on Monday."
    assert told(text) == [("PROTEST", ("demo",))]
