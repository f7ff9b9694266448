"""Lines in capitals and headlines in title case, written as sentences are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.language.casing import cased
from storage.events import Span


def sentence(text: str) -> str:
    return cased(text, [Span(0, len(text))])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "TRANSPORT MINISTER REHEMA ODHIAMBO SAID KENYA'S COAST WAS SAFE.",
            "Transport minister Rehema Odhiambo said Kenya's coast was safe.",
        ),
        ("“WE LEFT,” SAID MARY O'BRIEN OF NATO ON 3 MAY.", "“We left,” said Mary O'Brien of NATO on 3 May."),
        ("HELP CAME FROM THE US EMBASSY. IT MAY COME AGAIN.", "Help came from the US embassy. It may come again."),
        ("Ugandan Court Orders Retrial in Kasese Bombing Case", "Ugandan court orders retrial in Kasese bombing case"),
        ("Minister: We Will Not Pay a Fine for Hostages", "Minister: We will not pay a fine for hostages"),
    ],
)
def test_names_keep_their_capitals_and_other_words_have_none(written: str, expected: str) -> None:
    assert sentence(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "Amal Haddad, Kofi Tandoh, Rana Khoury, Juma Otieno and Erik Sandahl",
        "The Kenya Maritime Authority said on Tuesday that the Coast General Hospital was full.",
        "Ministry of Health and Population",
        "GENEVA — Federal Councillor Reto Ammann spoke on Tuesday.",
        "GULU",
    ],
)
def test_sentences_and_names_stay_as_they_are(written: str) -> None:
    assert sentence(written) == written


def test_the_rest_of_the_text_says_what_is_a_name() -> None:
    body = "Doctors at Coast General Hospital met Judge Brown. The kwale, a small crab, was seen."
    text = f"Judge Brown Visits Coast General Hospital After New Fire Scare\n{body}\nJUDGE BROWN SAW A KWALE AGAIN"
    first, unchanged, last = sentence(text).split("\n")
    assert (first, unchanged) == ("Judge Brown visits Coast General Hospital after new fire scare", body)
    assert last == "Judge Brown saw a kwale again"


def test_a_word_of_a_hundred_thousand_capitals_costs_no_more_than_reading_it() -> None:
    text = "UGANDAN COURT ORDERS RETRIAL IN KASESE\n" + "A" * 100_000
    assert cased(text, [Span(0, len(text))]).endswith("A" * 100_000)


@settings(max_examples=100)
@given(st.text(st.one_of(st.sampled_from("ABC XYZ\nßİŉ.'"), st.characters(exclude_categories=["Cs"]))))
def test_every_letter_stays_in_its_place(text: str) -> None:
    found = sentence(text)
    assert [a for a, b in zip(text, found, strict=True) if a.lower() != b.lower()] == []
