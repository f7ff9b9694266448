from __future__ import annotations

import pytest

from extractors.cleaning.agencies import agency_of

BODY = "The ferry sails again on Friday, the harbour master said.\nNurses crossed in fishing boats for seven weeks."


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Sera Nabou, Associated Press", "AP"),
        ("AP Staff", "AP"),
        ("Von dpa/lrs", "dpa"),
        ("Agence France-Presse", "AFP"),
        ("Press Trust of India", "PTI"),
        ("AP Kumar", None),
        ("Pa Tandoh", None),
        ("Reutersward", None),
    ],
)
def test_a_byline_names_an_agency(byline: str, agency: str | None) -> None:
    assert agency_of([byline], BODY) == agency


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("SUVA (Reuters) - ", "Reuters"),
        ("SUVA, March 4 (AP) — ", "AP"),
        ("Suva (dpa/tmn) \u2013 ", "dpa"),
        ("MOSCOW, March 4. /TASS/. ", "TASS"),
        ("SUVA (Meridian Wire) — ", "Meridian Wire"),
        ("SUVA (the capital) — ", None),
        ("The ministers (and their wives) left. ", None),
    ],
)
def test_a_report_opens_with_its_agency(opening: str, agency: str | None) -> None:
    assert agency_of([], opening + BODY) == agency


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("\n© 2026 AFP", "AFP"),
        ("\nSource: Reuters", "Reuters"),
        ("\ndpa", "dpa"),
        ("\n(With inputs from PTI)", "PTI"),
        ("\nWith inputs from PTI", "PTI"),
        (" (AFP)", "AFP"),
        ("\nReuters could not reach the harbour master.", None),
        ("\nTASS said that the ferry was new.", None),
    ],
)
def test_a_credit_line_names_it_and_a_sentence_does_not(credit: str, agency: str | None) -> None:
    assert agency_of([], BODY + credit) == agency


def test_the_byline_counts_before_the_opening_and_the_opening_before_the_credit() -> None:
    text = f"SUVA (AP) — {BODY}\n© AFP"
    assert agency_of(["Sera Nabou"], text) == "AP"
    assert agency_of(["Reuters"], text) == "Reuters"
