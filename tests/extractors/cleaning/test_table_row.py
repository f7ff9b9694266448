from datetime import UTC, date, datetime, timedelta, timezone

import orjson
import pytest

from extractors.cleaning import ROW_TYPE, Claimed, CleanedText, Rejection, clean
from extractors.cleaning.table_row import BadRowError, clean_table_row

TEXT = "The ferry to Gozo was late, and nobody minded, Carmen Vella said."


def test_a_row_states_its_fields() -> None:
    found = clean_table_row(
        {
            "text": TEXT,
            "published_at": "2024-03-22T23:30:00-05:00",
            "headline": "Late ferry",
            "url": "https://www.example.com.mt/ferry",
            "authors": "Carmen Vella; Amal Haddad",
            "language": "en-MT",
            "section": "Islands",
        }
    )
    assert (found.published_on, found.published_at) == (date(2024, 3, 22), datetime(2024, 3, 23, 4, 30, tzinfo=UTC))
    assert (found.publisher, found.language, found.section) == ("example.com.mt", "en", "Islands")
    assert found.authors == ("Carmen Vella", "Amal Haddad")


def test_a_stated_publisher_stands_before_the_address() -> None:
    row = {"text": TEXT, "published_at": "2024-03-22", "publisher": "Gozo Post", "url": "https://example.com"}
    assert clean_table_row(row).publisher == "Gozo Post"


@pytest.mark.parametrize(
    "stated",
    [
        date(2024, 3, 22),
        datetime(2024, 3, 22, 23, 0, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2024, 3, 22, 23, 0),  # noqa: DTZ001 — tables often hold times without a zone
        *("2024-03-22", "20240322", "2024/03/22", "2024-03-22 14:00:00 UTC", "2024-03-22T14:00:00.000Z"),
        *("Fri, 22 Mar 2024 14:00:00 +0100", "March 22, 2024", "22 Mar 2024", "22.03.2024", "22/03/2024", "03/22/2024"),
    ],
)
def test_common_forms_of_a_date_are_read(stated: object) -> None:
    assert clean_table_row({"text": TEXT, "published_at": stated}).published_on == date(2024, 3, 22)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"published_at": "2024-03-22"}, "text"),
        ({"text": "  ", "published_at": "2024-03-22"}, "text"),
        ({"text": 5, "published_at": "2024-03-22"}, "text"),
        ({"text": TEXT}, "published_at"),
        ({"text": TEXT, "published_at": "last week"}, "published_at"),
        ({"text": TEXT, "published_at": "2024-02-30"}, "published_at"),
        ({"text": TEXT, "published_at": "03/04/2024"}, "published_at"),
    ],
)
def test_a_bad_row_names_its_field(row: dict[str, object], field: str) -> None:
    with pytest.raises(BadRowError, match=field) as caught:
        clean_table_row(row)
    assert caught.value.field == field


def test_a_row_comes_as_json_too() -> None:
    now = datetime(2024, 3, 23, tzinfo=UTC)
    good = clean(orjson.dumps({"text": TEXT, "published_at": "2024-03-22"}), ROW_TYPE, Claimed("urn:sha256:0"), now)
    assert isinstance(good, CleanedText)
    for body in (b"{", b"[]", b"{}"):
        assert isinstance(clean(body, ROW_TYPE, Claimed("urn:sha256:0"), now), Rejection)
