"""What somebody is accused of is a claim of its own; who calls for an end of their own war agrees to make peace."""

import pytest

from tests.extractors.events.coded import events_of, told


def test_an_accusation_and_what_it_claims_are_two_events() -> None:
    text = "Ukraine accused Russia of shelling Kharkiv."
    accusation, claim = events_of(text)
    assert (accusation.coded.event_type, accusation.is_claim) == ("ACCUSE", False)
    assert (claim.coded.event_type, claim.is_claim, claim.claimed_by) == ("ASSAULT", True, "Ukraine")
    assert [each.code for each in claim.actors] == ["RUS"]
    assert claim.reported_in is not None
    assert claim.reported_in.of(text) == "of shelling Kharkiv"


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Kenya accused Ethiopia of arming rebels and of attacking a Kenyan police post.", {"ETH"}, {"KEN"}),
        ("Israel blamed Hamas for the killing of five Israeli soldiers.", {"PSE"}, {"ISR"}),
        ("Prosecutors in Nigeria charged five policemen with torturing detainees in Lagos.", {"NGA"}, {"NGA"}),
    ],
)
def test_the_accused_are_claimed_to_have_done_it(text: str, actors: set[str], recipients: set[str]) -> None:
    claims = [each for each in events_of(text) if each.is_claim and each.coded.event_type == "ASSAULT"]
    assert [({a.code for a in each.actors}, {r.code for r in each.recipients}) for each in claims] == [
        (actors, recipients)
    ]


def test_what_the_accused_did_not_do_is_claimed_by_nobody() -> None:
    assert [each.is_claim for each in events_of("Kenya accused Ethiopia of not arresting smugglers.")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine called for a ceasefire with Russia.",
        "Ukraine called for an end to its war with Russia.",
        "Sudan's army attacked Chad. On Monday Chad called on Sudan to end the fighting.",
    ],
)
def test_a_call_to_end_ones_own_conflict_is_agree(text: str) -> None:
    assert [each[0] for each in told(text)][-1] == "AGREE"


def test_a_call_to_end_the_conflict_of_others_is_a_request() -> None:
    text = "France called for an end to the war between Ukraine and Russia."
    assert told(text) == [("REQUEST", {"FRA"}, {"UKR", "RUS"})]


@pytest.mark.parametrize(
    ("text", "claimed_by"),
    [
        ("The Kenyan army said rebels had fired rockets at a barracks in Mombasa.", "The Kenyan army"),
        ("The Kenyan army said Kenyan troops had fired rockets at rebels in Mombasa.", None),
    ],
)
def test_an_army_does_not_speak_for_the_rebels_of_its_country(text: str, claimed_by: str | None) -> None:
    assert [each.claimed_by for each in events_of(text)] == [claimed_by]


def test_who_denies_a_deed_does_not_turn_away_its_victims() -> None:
    assert told("Kenya denied shelling Somalia.") == [("REJECT", {"KEN"}, set())]
