"""Laws of the statements extractor; what it reads stands in cases/statements."""

# ruff: noqa: RUF001 — the marks are the matter here

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.language.reading import Reading
from extractors.statements import StatementReported, statements

DAY = date(2024, 3, 22)
MARKS = ["“", "”", "„", "«", "»", '"', "'", "''", "``", "‘", "’", "‚", "‹", "›"]
WORDS = [
    "We go.",
    "The road is open now, ",
    "Haddad ",
    "said ",
    "told reporters",
    "she ",
    ", ",
    ". ",
    ": ",
    " — ",
    "\n\n",
    "\n",
    " ",
]
TEXTS = st.lists(st.sampled_from(MARKS + WORDS) | st.text(max_size=5), max_size=40).map("".join)


CALM = settings(max_examples=60)


def read(text: str) -> list[StatementReported]:
    found = list(statements.read(Reading(text, DAY, "en")))
    return [each for each in found if isinstance(each, StatementReported)]


@CALM
@given(TEXTS)
def test_every_span_lies_in_the_text_and_pieces_stand_in_order(text: str) -> None:
    for found in read(text):
        places = [*found.content, *found.quoted, *(span for span in (found.cue, found.speaker_span) if span)]
        assert all(0 <= span.start < span.end <= len(text) for span in places)
        assert found.content == sorted(found.content)
        assert all(a.end <= b.start for a, b in pairwise(found.content))


@CALM
@given(TEXTS)
def test_no_word_is_quoted_twice(text: str) -> None:
    pieces = sorted(span for found in read(text) if found.kind == "direct" for span in found.content)
    assert all(a.end <= b.start for a, b in pairwise(pieces))


@CALM
@given(TEXTS)
def test_a_nested_statement_lies_in_another(text: str) -> None:
    found = read(text)
    starts = {each.content[0] for each in found}
    assert all(each.nested_in in starts for each in found if each.nested_in)


@CALM
@given(TEXTS)
def test_reading_twice_finds_the_same(text: str) -> None:
    assert read(text) == read(text)


def test_where_a_report_was_written_is_no_part_of_what_it_reports() -> None:
    text = "BEIRA, March 21 (Meridian Wire) — A storm has killed eight people, emergency officials said on Friday."
    assert [found.content[0].of(text) for found in read(text)] == ["A storm has killed eight people"]


def test_it_steps_aside_for_other_languages() -> None:
    assert statements.refusal(Reading("„Ja“, sagte sie.", DAY, "de"))
    assert statements.refusal(Reading("“Yes,” she said.", DAY, "en")) is None


@pytest.mark.parametrize("piece", ["“a” ", "“\"‘'", 'X said, "a b c d e" ', "said ", "“Open we go\n\n"])
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    # whatever is quadratic would take minutes at this length
    text = piece * (60_000 // len(piece))
    assert all(found.content[-1].end <= len(text) for found in read(text))


def test_a_wrapped_text_keeps_its_paragraphs() -> None:
    text = (
        "“The gates hold, and we check them twice\na day, before and after\nthe rain,” Okello said.\n\nThe lake rose."
    )
    assert [found.quoted[0].of(text).count("\n") for found in read(text)] == [2]
