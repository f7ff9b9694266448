"""Laws of the dateline extractor; what it reads stands in cases/dateline."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from extractors.dateline import dateline
from extractors.language.reading import Reading

DAY = date(2024, 3, 22)
PIECES = st.lists(
    st.sampled_from(
        ["NAIROBI", "Gulu", ", ", "March 3", "4 mars", "(AP)", " (dpa)", " — ", " - ", ": ", "The", "the", "/"]
    )
    | st.text(max_size=8)
).map("".join)


@given(PIECES)
def test_any_text_gives_at_most_one_dateline_whose_parts_stand_in_it(text: str) -> None:
    found = list(dateline.read(Reading(text, DAY)))
    assert len(found) <= 1
    for each in found:
        words = each.span.of(text)
        assert words == words.strip()
        assert each.place in words
        assert each.agency is None or each.agency in words


@given(PIECES)
def test_reading_twice_finds_the_same(text: str) -> None:
    assert list(dateline.read(Reading(text, DAY))) == list(dateline.read(Reading(text, DAY)))


@given(st.dates(date(2000, 1, 5), date(2050, 12, 20)), st.integers(-150, 150))
def test_a_day_without_a_year_is_the_nearest_one(published_on: date, days: int) -> None:
    written_on = date.fromordinal(published_on.toordinal() + days)
    text = f"OSLO, {written_on:%B} {written_on.day} (Meridian Wire) — Ferries ran again."
    found = next(iter(dateline.read(Reading(text, published_on))))
    assert found.written_on == written_on


def test_a_paragraph_of_five_million_characters_is_read_at_its_opening_only() -> None:
    for piece in ("A ", "GULU, ", "GULU/", "(AP) ", "— ", "'"):
        assert list(dateline.read(Reading(piece * (5_000_000 // len(piece)), DAY))) == []
