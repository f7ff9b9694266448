"""What wire reports are full of: asides, joined officials, both sides, people and police without a country."""

import pytest

from tests.extractors.events.coded import events_of, told

_OF_ANGOLA = "LUANDA, March 22 (Meridian Wire) - A storm hit southern Angola on Thursday. "
_OF_TWO = "Kenyan and Ugandan traders waited in Kenya and in Uganda. Kenya and Uganda were silent. "


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("Chile, which has two bases there, urged restraint.", "REQUEST", {"CHL"}, set[str]()),
        ("The Chilean police, who were outnumbered, shot two Peruvian students.", "ASSAULT", {"CHL"}, {"PER"}),
        ("Gabon, where the army seized power in 2023, closed its embassy in Togo.", "SANCTION", {"GAB"}, {"TGO"}),
        ("Congolese rebels and Rwandan troops clashed near Goma.", "ASSAULT", {"COD", "RWA"}, set[str]()),
        ("Clashes between Kenyan and Somali soldiers killed ten people.", "ASSAULT", {"KEN", "SOM"}, set[str]()),
        ("An exchange of fire between Chile and Peru killed two men.", "ASSAULT", {"CHL", "PER"}, set[str]()),
        ("Protesters in Lima clashed with gendarmes.", "ASSAULT", {"PER"}, set[str]()),
        ("Kenya accused Ugandan soldiers of opening fire on Kenyan nurses.", "ASSAULT", {"UGA"}, {"KEN"}),
        ("Kenyan officers used water cannon and 17 students were detained.", "COERCE", {"KEN"}, {"KEN"}),
        ("The presidents of Kenya and Uganda had spoken by telephone.", "CONSULT", {"KEN", "UGA"}, set[str]()),
        ("Kenya said the plan would harm trade and accused Uganda of theft.", "ACCUSE", {"KEN"}, {"UGA"}),
        ("The European Union welcomed the deal.", "SUPPORT", {"EUR"}, set[str]()),
        ("Norway welcomed the ceasefire.", "SUPPORT", {"NOR"}, set[str]()),
        ("Latvia praised the EU and asked it to ban Belarusian imports.", "REQUEST", {"LVA"}, {"EUR"}),
        ("The EU called on both sides to let Kenyan convoys through.", "REQUEST", {"EUR"}, set[str]()),
        ("Kenyan government and rebel negotiators met on Tuesday.", "CONSULT", {"KEN"}, set[str]()),
        ("The Arab League said it was ready to send observers.", "AGREE", {"IGO"}, set[str]()),
        ("Uganda sent its envoys home and recalled its ambassador from Kenya.", "SANCTION", {"UGA"}, {"KEN"}),
    ],
)
def test_a_wire_sentence_tells_who_does_what_to_whom(
    text: str, event_type: str, actors: set[str | None], recipients: set[str | None]
) -> None:
    assert (event_type, actors, recipients) in told(text)


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "recipients"),
    [
        ("President Rui Neto dismissed the army chief.", "SANCTION", {"AGO"}, {"AGO"}),
        ("Two former ministers were arrested.", "COERCE", set[str](), {"AGO"}),
        ("Portugal urged both sides to talk.", "REQUEST", {"PRT"}, set[str]()),
        ("Officers clashed with some of the miners.", "ASSAULT", {"AGO"}, set[str]()),
        ("Six were indicted over the plot.", "ACCUSE", set[str](), {"AGO"}),
        ("Six indicted over the plot", "ACCUSE", set[str](), {"AGO"}),
        ("Police detained nine.", "COERCE", {"AGO"}, {"AGO"}),
    ],
)
def test_a_report_written_in_the_one_country_of_its_lead_is_about_it(
    text: str, event_type: str, actors: set[str | None], recipients: set[str | None]
) -> None:
    assert (event_type, actors, recipients) in told(_OF_ANGOLA + text)


def test_both_sides_of_a_report_about_two_countries_are_those() -> None:
    both = {"KEN", "UGA"}
    assert ("AGREE", both, set[str]()) in told(_OF_TWO + "The two sides agreed to open the bridge.")
    assert ("CONSULT", both, set[str]()) in told(_OF_TWO + "The two countries' presidents spoke by phone.")


def test_who_has_no_country_is_of_the_one_whose_deeds_the_paragraph_tells() -> None:
    text = "Belarus condemned Latvia. President Viktar Harbuz threatened to cut off gas to Poland.\n\nIt rained."
    assert ("THREATEN", {"BLR"}, {"POL"}) in told(text)


def test_two_houses_of_one_parliament_meet_as_two() -> None:
    lead = "WASHINGTON, March 22 (Meridian Wire) - American farmers waited for aid on Thursday. "
    (event,) = events_of(lead + "House and Senate negotiators met on Tuesday.")
    assert [(each.name, each.code) for each in event.actors] == [("House", "USA"), ("Senate", "USA")]


def test_a_person_is_of_the_body_that_any_mention_names() -> None:
    assert ("ACCUSE", {"EUR"}, {"UGA"}) in told("EU Commissioner Ana Costa met Kenyans. Costa criticised Uganda.")


def test_a_headline_in_title_case_is_left_to_its_article() -> None:
    body = "Kenya expelled two Ugandan envoys on Friday."
    assert told(f"Kenya Jails Ugandan Editors Over Raid On Border Town\n\n{body}") == told(body)


def test_two_verbs_of_a_sentence_tell_of_two_deeds() -> None:
    deeds = told("Canada blacklisted 19 Belarusian officials and suspended an aviation agreement with Belarus.")
    assert [each[0] for each in deeds] == ["SANCTION", "SANCTION"]


def test_a_call_is_no_repetition_of_a_meeting() -> None:
    deeds = told(
        "Kenya and Uganda held talks in Kampala. The Kenyan minister spoke with the Ugandan minister by phone."
    )
    assert [each[0] for each in deeds] == ["CONSULT", "CONSULT"]


def test_what_is_offered_for_a_weekday_is_for_the_coming_one() -> None:
    (event,) = events_of("Peru offered to resume talks with Chile on Thursday.")
    assert event.scheduled is not None
    assert event.scheduled.first.isoformat() == "2024-03-28"


@pytest.mark.parametrize(
    "text",
    [
        "Diplomats hope that the presidents of Kenya and Uganda might meet.",
        "Kenyan officials said the fund could delay a loan to Uganda.",
        "Farmers voiced alarm at the arrests.",
    ],
)
def test_what_others_might_do_is_no_deed(text: str) -> None:
    assert told(text) == []
