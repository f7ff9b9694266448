"""Who does it and to whom: joined names, capitals, former officials, deeds to come."""

import pytest

from tests.extractors.events.coded import events_of, told


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Moscow accused Kyiv of bad faith.", "ACCUSE", {"RUS"}, {"UKR"}),
        ("Chile welcomed the resumption of ties with Peru, Cuba and Haiti.", "SUPPORT", {"CHL"}, {"PER", "CUB", "HTI"}),
        ("Lebanon summoned the Iranian envoy over remarks by Iran's minister.", "ACCUSE", {"LBN"}, {"IRN"}),
        ("Lawmakers in Finland and Norway praised Estonia.", "SUPPORT", {"FIN", "NOR"}, {"EST"}),
        ("Bolivian lawmakers and officials praised Estonia.", "SUPPORT", {"BOL"}, {"EST"}),
        ("On 11 February Kenya accused Uganda of theft.", "ACCUSE", {"KEN"}, {"UGA"}),
        ("On February 11 Kenya accused Uganda of theft.", "ACCUSE", {"KEN"}, {"UGA"}),
        ("On 11 February South Korea accused Japan of theft.", "ACCUSE", {"KOR"}, {"JPN"}),
        ("In return, Chile released 15 jailed rebels and left three towns.", "RETREAT", {"CHL"}, {None}),
        ("Drivers in Bolivia blocked the road between Oruro and Cochabamba.", "PROTEST", {"BOL"}, set[str | None]()),
        (
            "Uganda threatened to boycott the talks because Egypt was not invited.",
            "THREATEN",
            {"UGA"},
            set[str | None](),
        ),
        ("The African Union will send observers to the crossings.", "AGREE", {"IGO"}, set[str | None]()),
        ("Angola closed all crossings with its neighbour.", "COERCE", {"AGO"}, {None}),
        ("Angola will contribute a million dollars to Zambia.", "AGREE", {"AGO"}, {"ZMB"}),
        (
            "A Chilean court on Thursday sentenced a Peruvian officer to a year, his lawyer said.",
            "SANCTION",
            {"CHL"},
            {"PER"},
        ),
        (
            "Estonia on Monday imposed sanctions on six Cuban officials, the minister said.",
            "SANCTION",
            {"EST"},
            {"CUB"},
        ),
    ],
)
def test_a_sentence_tells_who_does_what_to_whom(
    text: str, event_type: str, actors: set[str | None], recipients: set[str | None]
) -> None:
    assert told(text) == [(event_type, actors, recipients)]


def test_what_somebody_is_about_to_do_is_to_come_also_where_it_is_reported() -> None:
    text = "Angola is about to restore full diplomatic ties with Bolivia, a senior official said on Saturday."
    (event,) = events_of(text)
    assert (event.coded.event_type, event.coded.aux) == ("AGREE", ("future",))
    assert {each.code for each in event.actors} == {"AGO", "BOL"}


def test_former_officials_are_of_the_elites() -> None:
    (event,) = events_of("Former Kenyan officials criticised the government of Uganda.")
    assert event.actors[0].sectors == ("ELI",)


def test_who_agrees_together_agrees_with_each_other() -> None:
    (event,) = events_of("Israel and Hezbollah agreed to a ceasefire on Tuesday.")
    assert (event.coded.event_type, event.reciprocal) == ("AGREE", True)


def test_who_blocks_a_paper_does_not_say_what_it_says() -> None:
    assert told("Hungary blocked a joint statement condemning China.") == []
    assert told("Poland issued a statement condemning China.") == [("ACCUSE", {"POL"}, {"CHN"})]


def test_the_day_before_a_verb_is_its_own_whatever_day_stands_after_it() -> None:
    text = "ABIDJAN, March 22 (Meridian Wire) - Ghana's opposition on Thursday rejected the results of Monday's vote."
    (event,) = events_of(text)
    assert event.period.first.isoformat() == "2024-03-21"


def test_who_is_praised_for_a_deed_did_it() -> None:
    events = told("Kenya praised Uganda for withdrawing its soldiers from Burundi.")
    assert ("SUPPORT", {"KEN"}, {"UGA"}) in events
    assert ("RETREAT", {"UGA"}, {"BDI"}) in events


def test_the_opening_line_takes_nobody_out_of_the_first_sentence() -> None:
    text = (
        "LA PAZ, March 22 (Wire) - Thousands of miners and teachers marched through Bolivia on Tuesday to demand wages."
    )
    assert ("PROTEST", {"BOL"}, set()) in told(text)


def test_what_somebody_says_was_done_in_an_attack_is_no_accusation_of_attacking() -> None:
    text = "Sudanese rebels killed 31 civilians in an attack on a market on Tuesday, a Kenyan medical group said."
    assert [each[0] for each in told(text)] == ["ASSAULT"]


def test_she_is_no_man() -> None:
    text = "Prime Minister Anna Koch of Estonia met Prime Minister Peter Holm of Norway. She praised Finland."
    assert ("SUPPORT", {"EST"}, {"FIN"}) in told(text)
