"""How many were killed, injured or detained, as the event's own clause says."""

import pytest

from tests.extractors.events.coded import events_of


@pytest.mark.parametrize(
    ("text", "event_type", "toll"),
    [
        ("Syrian rebels killed five soldiers and wounded 12 people in Idlib.", "ASSAULT", {"killed": 5, "injured": 12}),
        ("An Israeli air strike on Rafah killed at least 20 people.", "ASSAULT", {"killed": 20}),
        ("Gunmen attacked a village near Jos in Nigeria, killing dozens of farmers.", "ASSAULT", {"killed": 12}),
        ("Kenyan police arrested 43 demonstrators in Nairobi.", "COERCE", {"detained": 43}),
        ("Rebels in Chad attacked a convoy of 30 trucks.", "ASSAULT", {}),
    ],
)
def test_the_numbers_of_the_clause_are_counted(text: str, event_type: str, toll: dict[str, int]) -> None:
    assert next(each.toll for each in events_of(text) if each.coded.event_type == event_type) == toll


def test_the_toll_of_another_clause_is_not_counted() -> None:
    (event,) = events_of("Sudan's army bombed Nyala a week after a flood had killed 90 people in Chad.")
    assert event.toll == {}
