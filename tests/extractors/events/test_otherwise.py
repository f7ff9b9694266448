"""What is meant otherwise is no deed: accidents, figures of speech, wars of words."""

import pytest

from tests.extractors.events.coded import events_of, told


@pytest.mark.parametrize(
    "text",
    [
        "A fire killed 12 people in Cairo.",
        "Kenyan pilgrims were killed in a stampede.",
        "President Barack Obama released a letter on Monday.",
        "Iran seized upon a report of the United Nations.",
        "Barack Obama surrounded himself with advisers.",
        "France avoided condemning Russia.",
    ],
)
def test_accidents_and_figures_of_speech_are_no_events(text: str) -> None:
    assert events_of(text) == []


def test_an_attack_by_one_politician_on_another_is_of_words() -> None:
    assert [each[0] for each in told("U.S. President Joe Biden attacked Donald Trump on Monday.")] == ["ACCUSE"]


def test_a_budget_is_attacked_in_words() -> None:
    assert [each[0] for each in told("Britain's opposition leader attacked the budget.")] == ["ACCUSE"]


def test_what_armed_men_storm_is_assaulted() -> None:
    assert [each[0] for each in told("Malian rebels stormed the headquarters of the Malian police.")] == ["ASSAULT"]


def test_the_us_is_no_pronoun() -> None:
    assert told("The US and China have signed an agreement.") == [("SUPPORT", {"USA", "CHN"}, set())]
