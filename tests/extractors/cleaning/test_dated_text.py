from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cleaning.dated_text import NotDatedTextError, clean_dated_text

TEXT = "The ferry to Gozo was late.\n\nNobody minded, Carmen Vella said."


@pytest.mark.parametrize(
    "opening",
    [
        " date 2024-03-22 ",
        "date 2024-03-22\n",
        "Date: 2024-03-22\n\n",
        "2024-03-22\n",
        "2024-03-22 ",
        "\n\nDATE:2024-3-22\r\n",
    ],
)
def test_the_text_follows_its_date(opening: str) -> None:
    found = clean_dated_text((opening + TEXT + "\n").encode())
    assert (found.text, found.published_on) == (TEXT, date(2024, 3, 22))
    assert found.published_at == datetime(2024, 3, 22, tzinfo=UTC)
    assert (found.published_at_source, found.headline) == ("file", None)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_or_without_a_mark_is_read(charset: str) -> None:
    assert clean_dated_text(("date 2024-03-22 Zażółć " + TEXT).encode(charset)).text == "Zażółć " + TEXT


def test_line_ends_and_composition_are_normalised() -> None:
    assert clean_dated_text("date 2024-03-22\r\nCafe\u0301.\r\n\r\nLate.".encode()).text == "Café.\n\nLate."


def test_a_stated_day_dates_a_text_without_one_and_yields_to_its_own() -> None:
    stated = date(2024, 1, 2)
    assert clean_dated_text(TEXT.encode(), stated).published_on == stated
    assert clean_dated_text(("date 2024-03-22 " + TEXT).encode(), stated).published_on == date(2024, 3, 22)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (TEXT.encode(), "write a first line such as 'date 2024-03-22'"),
        (b"", "does not begin with a date"),
        (b"date 2024-03-22\n\n", "has no text"),
        (b"date 2024-02-30 Rain.", "no day of the calendar"),
        (b"date 2024-03-22 Caf\xe9.", "save it as UTF-8"),
    ],
)
def test_what_is_wrong_is_said(body: bytes, says: str) -> None:
    with pytest.raises(NotDatedTextError, match=says):
        clean_dated_text(body)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_or_the_reason(body: bytes) -> None:
    with suppress(NotDatedTextError):
        assert clean_dated_text(b"date 2024-03-22 " + body).text
