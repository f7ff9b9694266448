"""Laws of the figures extractor; what it reads stands in cases/figures."""

# ruff: noqa: RUF001 — typographic marks are meant; lists of words read best as words

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.figures import FigureReported, figures
from extractors.language.amounts import amounts
from extractors.language.numeral import rounded
from extractors.language.numerals import numerals
from extractors.language.reading import Reading

DAY = date(2024, 3, 22)
PIECES = [
    "one", "two", "twenty", "forty-five", "hundred", "a", "and", "half", "million", "dozens", "of", "third", "first",
    "12", "1,234.5", "5.", "-", "–", "3/4", "½", "$", "€", "Rs ", "bn", "%", " per cent", "km", "people", "killed",
    "killing", "wounded", "years old", "-year-old", "more than", "at least", "between", "to", "or more", "in", "May 5",
    "2024", "10:30", ", ", ". ", "\n\n", " ", " ", " ", "thirds", "point", "minus ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def read(text: str) -> list[FigureReported]:
    return list(figures.read(Reading(text, DAY, "en")))


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for scale, word, link in ((10**6, "million", " "), (1000, "thousand", " "), (100, "hundred", " and ")):
        if number >= scale:
            rest = number % scale
            return f"{in_words(number // scale)} {word}" + (link + in_words(rest) if rest else "")
    raise AssertionError


@settings(max_examples=40)
@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = [found.span for found in read(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@settings(max_examples=40)
@given(TEXTS)
def test_fields_agree_with_the_type_of_the_figure(text: str) -> None:
    for found in read(text):
        assert found.value_max is None or found.value_max > found.value
        assert found.currency is None or found.figure_type == "money"
        assert found.casualty is None or found.figure_type == "casualties"
        assert found.value.is_finite()
        assert "E" not in str(found.value)


@given(st.integers(0, 999_999_999))
def test_a_number_in_words_is_read_as_itself(number: int) -> None:
    words = in_words(number)
    [found] = numerals(words)
    assert (found.value, found.start, found.end) == (number, 0, len(words))


@given(st.integers(0, 10**15), st.integers(0, 999))
def test_a_number_in_digits_is_read_as_itself(whole: int, decimals: int) -> None:
    [found] = numerals(f"{whole:,}.{decimals:03}")
    assert found.value == Decimal(f"{whole}.{decimals:03}")


@given(st.decimals(-(10**20), 10**20, allow_nan=False))
def test_rounding_twice_is_rounding_once(value: Decimal) -> None:
    assert rounded(rounded(value)) == rounded(value)


@given(TEXTS, st.text(alphabet="😀é漢 \n", max_size=9))
def test_what_stands_before_moves_the_spans_and_changes_nothing_else(text: str, before: str) -> None:
    front = before + "\n\nSo. \n\n"
    plain = [(each.start, each.end, each.value, each.type) for each in amounts("\n\nSo. \n\n" + text)]
    moved = [
        (each.start - len(before), each.end - len(before), each.value, each.type) for each in amounts(front + text)
    ]
    assert moved == plain


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "-", "$", "$ ", "%", "and a half", "of", "\ud7ff\u0301"])
def test_a_text_without_numbers_has_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 ", "one ", "one and ", "$", "-", "9" * 40, "a of ", "1/2 ", "tens of ", "killed ", "won 1 "]
)
def test_a_long_hostile_text_is_read(piece: str) -> None:
    amounts(piece * (30_000 // len(piece)))


def test_a_text_in_another_language_has_nothing_counted() -> None:
    found = list(figures.read(Reading("Es waren 14 Menschen.", DAY, "de")))
    assert [getattr(each, "of", "") for each in found] == [None]
