"""Laws of the time expressions; what is read stands in cases/time_expressions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.calendar_values import days, in_unit, shifted
from extractors.language.reading import Reading
from extractors.time_expressions import TimeExpressionResolved, time_expressions

DAY = date(2024, 3, 22)
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
WORDS = st.sampled_from(
    "March 3 2024 31 the of last next Friday at p.m. GMT two weeks ago every a past early mid-1990s - , from to between"
    " and third quarter year's 12:30 99 9999 0000-00-00 year month said will or so second one-year century".split()
)
TEXTS = st.lists(WORDS | st.text(max_size=6), max_size=30).map(" ".join)


def read(text: str, published_on: date = DAY) -> list[TimeExpressionResolved]:
    found = time_expressions.read(Reading(text, published_on))
    return [each for each in found if isinstance(each, TimeExpressionResolved)]


@given(TEXTS, st.dates())
def test_any_text_on_any_day_gives_spans_in_order_that_stand_in_it(text: str, published_on: date) -> None:
    found = read(text, published_on)
    for each in found:
        assert each.span.of(text) == each.span.of(text).strip() != ""
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))


@given(TEXTS, DAYS)
def test_days_come_in_pairs_and_in_order(text: str, published_on: date) -> None:
    for each in read(text, published_on):
        assert (each.starts_on is None) == (each.ends_on is None)
        assert each.starts_on is None or each.ends_on is None or each.starts_on <= each.ends_on


@given(TEXTS)
def test_reading_twice_finds_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(DAYS, DAYS)
def test_a_day_written_in_full_does_not_depend_on_the_day_of_writing(day: date, published_on: date) -> None:
    month_first = f"{day:%B} {day.day}, {day.year}"
    for written in (month_first, f"{day.day} {day:%B} {day.year}", f"{day:%A}, {month_first}"):
        text = f"It was seen on {written}."
        [found] = read(text, published_on)
        assert (found.value, found.starts_on, found.ends_on) == (day.isoformat(), day, day)
        assert found.span.of(text) == written


@given(DAYS, st.integers(0, 6))
def test_a_bare_weekday_is_the_nearest_one_not_after_the_day_of_writing(published_on: date, back: int) -> None:
    day = published_on - timedelta(days=back)
    assert [each.starts_on for each in read(f"They met on {day:%A}.", published_on)] == [day]


@given(DAYS, st.integers(0, 6))
def test_a_weekday_that_is_still_to_come_is_the_nearest_one_not_before_it(published_on: date, ahead: int) -> None:
    day = published_on + timedelta(days=ahead)
    assert [each.starts_on for each in read(f"They will meet on {day:%A}.", published_on)] == [day]


@given(DAYS)
def test_last_this_and_next_week_are_neighbouring_intervals(published_on: date) -> None:
    last, this, following = read("Last week, this week, next week.", published_on)
    assert this.starts_on is not None
    assert this.ends_on is not None
    assert this.starts_on <= published_on <= this.ends_on
    assert last.ends_on == this.starts_on - timedelta(days=1)
    assert following.starts_on == this.ends_on + timedelta(days=1)


@given(DAYS, st.integers(1, 400))
def test_days_ago_are_counted_back_from_the_day_of_writing(published_on: date, count: int) -> None:
    [found] = read(f"It fell {count} days ago.", published_on)
    assert found.starts_on == published_on - timedelta(days=count)


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century"]))
def test_a_day_lies_in_the_unit_it_is_said_to_lie_in(day: date, unit: str) -> None:
    covered = days(in_unit(day, unit))
    assert covered is not None
    assert covered[0] <= day <= covered[1]


@given(DAYS, st.integers(-300, 300))
def test_months_on_and_back_stay_within_the_month_meant(day: date, months: int) -> None:
    moved = shifted(day, "month", months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_texts_in_other_languages_are_left_alone() -> None:
    assert time_expressions.refusal(Reading("am Freitag", DAY, "de")) is not None


@pytest.mark.parametrize(
    "piece", ["a ", "1", "1 1/2 ", "the past ", "March ", "from the ", "\n", "'", "year-", "first-", "9.9,", "May of "]
)
def test_a_hostile_paragraph_is_read(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    assert all(each.span.end <= len(text) for each in read(text))


@pytest.mark.parametrize("text", ["", " ", "\x00", "Friday\ud800"[:6], "9999-12-31", "next century", "in 9999 years"])
def test_the_ends_of_the_calendar_are_no_error(text: str) -> None:
    for published_on in (date.min, date.max, DAY):
        read(
            f"{text}, tomorrow, yesterday, next year, next week, last week, 40 decades ago, 90 centuries ago",
            published_on,
        )
