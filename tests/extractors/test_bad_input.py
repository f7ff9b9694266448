"""What no article should be: every extractor gives sensible findings or none, and comes to an end."""

# ruff: noqa: RUF001 — the marks are the matter here

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from extractors.extractor import discover
from extractors.language.reading import Reading
from extractors.language.windows import MOST_CHARACTERS
from storage.events import Finding, Span

DAY = date(2024, 3, 22)
NAMES = "Amal Haddad\nKofi Tandoh\nRana Khoury\nJuma Otieno\nAibek Sultanov\n"
TABLE = "Town\tKilled\tInjured\nOsh\t3\t14\nGulu\t0\t2\nTema\t1\t7\n"
SENTENCE = "Amal Haddad, the mayor of Tunis, said on Monday that 14 people had left Sfax for Malta. "
BAD = {
    "empty": "",
    "blank": " \n\n\t ",
    "capitals": "THE MAYOR OF OSH SAID ON MONDAY THAT 14 PEOPLE WERE IN HOSPITAL AND IS AWAITING HELP FROM THE US.",
    "no punctuation": "the mayor of osh said on monday that 14 people were in hospital " * 40,
    "broken Unicode": "Amal \ud800Haddad\u202e said\x00 “we\ufffd go\ufeff” in Tu\u0301nis\u200b, 1\u20e34 \udfff",
    "table": TABLE * 20,
    "names": NAMES * 20,
    "marks": "“”‘’…—.,;:!?" * 200,
    "digits": "1,234.5 " * 500,
}


def everything(text: str, language: str | None = "en") -> list[Finding]:
    reading = Reading(text, DAY, language)
    return [found for each in discover().values() if not each.refusal(reading) for found in each.read(reading)]


def spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from spans(each)
    elif isinstance(value, Finding):
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_bad_input_breaks_nothing_and_spans_lie_in_it(text: str) -> None:
    found = everything(text)
    assert all(0 <= span.start < span.end <= len(text) for each in found for span in spans(each))
    assert everything(text) == found


@pytest.mark.parametrize("name", ["empty", "blank", "marks"])
def test_of_nothing_nothing_is_found(name: str) -> None:
    assert everything(BAD[name]) == []


def test_a_paragraph_of_five_megabytes_is_read_as_far_as_an_article_goes() -> None:
    text = SENTENCE * (5_000_000 // len(SENTENCE))
    ends = [span.end for each in everything(text) for span in spans(each)]
    assert MOST_CHARACTERS // 4 < max(ends) <= MOST_CHARACTERS


def test_a_list_of_names_says_nothing() -> None:
    found = everything(BAD["names"])
    assert {type(each).__name__ for each in found} <= {"EntityMentioned"}


def test_a_text_in_another_language_is_left_to_extractors_that_read_it() -> None:
    reading = Reading("Der Bürgermeister von Innsbruck sagte am Montag, 14 Menschen seien verletzt.", DAY, "de")
    refusals = {name: each.refusal(reading) for name, each in discover().items() if each.refusal(reading)}
    assert refusals == dict.fromkeys(
        ("entities", "figures", "political_events", "statements", "time_expressions"), "reads en; the text is in de"
    )
    assert everything(reading.text, "de") == []


def test_a_text_too_long_to_be_read_whole_says_how_far_it_was_read() -> None:
    text = f"{SENTENCE}\n\n" * 3_000
    reading = Reading(text, DAY, "en")
    assert reading.read_until == max(token.end for token in reading.tokens)
    assert Reading(SENTENCE * 10, DAY, "en").read_until is None
    assert Reading(f"{SENTENCE}\n\n" * 300, DAY, "en").read_until is None
