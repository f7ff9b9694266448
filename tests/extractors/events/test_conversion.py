"""What a frame becomes by who does it, and what only looks like a deed of its type."""

import pytest

from tests.extractors.events.coded import events_of, told


@pytest.mark.parametrize(
    "text",
    [
        "Japan protested the Chinese patrols on Friday.",
        "The Japanese government protested against the Chinese patrols.",
        "The Vietnamese foreign ministry protested China's drilling.",
    ],
)
def test_a_state_that_protests_complains(text: str) -> None:
    (event,) = events_of(text)
    assert (event.coded.event_type, event.coded.modes, event.coded.cameo) == ("ACCUSE", ("disapprove",), "114")
    assert {each.code for each in event.recipients} == {"CHN"}


def test_a_protest_that_a_state_did_not_make_is_none() -> None:
    assert told("Japan did not protest the Chinese patrols.") == []


@pytest.mark.parametrize(
    "text", ["Kenyan students protested the decree in Nairobi.", "Kenyan government supporters protested in Nairobi."]
)
def test_citizens_who_protest_demonstrate(text: str) -> None:
    assert [each[0] for each in told(text)] == ["PROTEST"]


@pytest.mark.parametrize("doer", ["Kenyan police", "Kenyan soldiers"])
def test_who_keeps_order_and_blocks_a_road_restricts_its_use(doer: str) -> None:
    (event,) = events_of(f"{doer} blocked a highway near Nakuru.")
    assert (event.coded.event_type, event.coded.modes, event.coded.cameo) == ("COERCE", ("restrict",), "191")


def test_truckers_who_block_a_road_protest() -> None:
    assert [each[0] for each in told("Kenyan truckers blocked a highway near Nakuru.")] == ["PROTEST"]


@pytest.mark.parametrize("offer", ["to act as a mediator", "to mediate", "its services as a mediator"])
def test_an_offer_to_mediate_is_no_mediation_yet(offer: str) -> None:
    (event,) = events_of(f"Norway offered {offer} between Colombia and Venezuela.")
    assert (event.coded.event_type, event.coded.cameo) == ("AGREE", "039")
    assert [each.code for each in event.actors] == ["NOR"]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [("Kenya will send police trainers to Haiti.", "AGREE"), ("Kenya sent police trainers to Haiti.", "AID")],
)
def test_trainers_are_aid(text: str, event_type: str) -> None:
    assert told(text) == [(event_type, {"KEN"}, {"HTI"})]


def test_troops_that_are_sent_are_no_target() -> None:
    assert told("India deployed troops in Kashmir.") == [("MOBILIZE", {"IND"}, set())]


@pytest.mark.parametrize(
    "text",
    [
        "China spared no effort to help Sudan.",
        "Kenya snatched a draw in Nairobi.",
        "Kenya dragged the economy from recession.",
        "The United States slapped a fee on Chinese ships.",
        "A barrage of criticism against the Kenyan government followed.",
        "China's burning of coal grew.",
        "A Russian missile landed in Poland.",
        "Russian gas passes through Ukraine.",
        "Russia intervened in Syria.",
        "Russia justified its invasion of Ukraine.",
        "Israel built houses in the West Bank.",
        "Japan bowed out of the World Cup in Qatar.",
        "China rehabilitated a railway in Benin.",
        "Kenya promised measures for farmers.",
        "The United Nations warned of famine in Sudan.",
        "India's order for Russian jets came late.",
        "Kenya beat Uganda 2-0 in Nairobi.",
    ],
)
def test_figures_of_speech_and_things_are_no_deeds(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Norway pledged to continue its aid to Kenya.", "AGREE"),
        ("Germany promised to respond to the concerns of Poland.", "AGREE"),
        ("Iran dismissed the accusation of Israel.", "REJECT"),
        ("The militia took responsibility for the bombing in Kabul.", "ASSAULT"),
        ("France voted for sanctions against Iran.", "ACCUSE"),
        ("Lawmakers in Kenya voted in favour of a resolution against Israel.", "ACCUSE"),
        ("Estonia consulted Latvia on the plan.", "CONSULT"),
        ("Japan took part in drills with South Korea.", "COOPERATE"),
        ("The Turkish opposition leader called the prime minister a traitor.", "ACCUSE"),
    ],
)
def test_what_sounds_like_another_type_is_coded_as_what_it_is(text: str, event_type: str) -> None:
    assert [each[0] for each in told(text)] == [event_type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Pan-American highway was blocked by truckers in Peru.", ("PROTEST", {"PER"}, set[str]())),
        ("Anti-French protesters burned a flag in Niamey.", ("PROTEST", {"NER"}, set[str]())),
        ("Pro-Russian rebels attacked a bridge near Donetsk.", ("ASSAULT", {"UKR"}, set[str]())),
    ],
)
def test_a_stance_towards_a_country_is_no_part_in_it(text: str, expected: tuple[str, set[str], set[str]]) -> None:
    assert told(text) == [expected]
