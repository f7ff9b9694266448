from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from storage.canonical import NotCanonicalError, canonical, canonical_lines, framed, name_of, named, refuse_inexact

keys = st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(scalars, lambda each: st.lists(each, max_size=4) | st.dictionaries(keys, each, max_size=4))


@given(values)
def test_what_events_hold_is_encoded_as_rfc_8785_has_it(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_dates_decimals_and_ids_travel_as_strings() -> None:
    value = {
        "decimal": Decimal("2.50"),
        "at": datetime(2026, 3, 2, 8, tzinfo=UTC),
        "on": date(2026, 3, 2),
        "id": UUID(int=5),
    }
    assert canonical(value) == (
        b'{"at":"2026-03-02T08:00:00Z","decimal":"2.50","id":"00000000-0000-0000-0000-000000000005","on":"2026-03-02"}'
    )


@given(st.lists(values, max_size=4))
def test_lines_are_the_values_one_by_one(many: list[Any]) -> None:
    assert canonical_lines(many) == b"".join(canonical(each) + b"\n" for each in many)


@pytest.mark.parametrize("value", [0.5, float("nan"), 1e400, 2**53, -(2**60), [1, [2.0]], {"a": {"b": 0.1}}])
def test_what_json_readers_would_round_is_refused(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        refuse_inexact(value)


@pytest.mark.parametrize("value", [2**53 - 1, -(2**53) + 1, True, "\U0010ffff", Decimal("1E+400"), {"\uffff": 1}])
def test_what_json_readers_keep_is_let_through(value: object) -> None:
    refuse_inexact(value)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("\ud800", "surrogate"),
        ({"\udfff": 1}, "surrogate"),
        (Decimal("NaN"), "no number"),
        (Decimal("-Infinity"), "no number"),
        ({"🌧": 1}, "basic plane"),
        ({1: 1}, "only strings"),
    ],
)
def test_what_has_no_settled_form_is_refused(value: object, why: str) -> None:
    with pytest.raises(NotCanonicalError, match=why):
        refuse_inexact(value)


def test_the_error_shows_the_beginning_of_a_long_value() -> None:
    with pytest.raises(NotCanonicalError) as refused:
        refuse_inexact("x" * 1_000_000 + "\ud800", "Event.text")
    assert len(str(refused.value)) < 300


def test_the_error_says_where_the_inexact_value_stands() -> None:
    with pytest.raises(NotCanonicalError, match=r"Event\.counts\[1\]"):
        refuse_inexact({"counts": [1, 2.5]}, "Event")


@given(st.lists(st.text() | st.none(), max_size=4), st.lists(st.text() | st.none(), max_size=4))
def test_names_are_equal_exactly_when_their_parts_are(one: list[str | None], other: list[str | None]) -> None:
    assert (named(*one) == named(*other)) == (one == other)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.none(), max_size=4))
def test_a_name_is_the_same_as_text(parts: list[str | None]) -> None:
    assert str(named(*parts)) == name_of(framed(*parts))


def test_names_are_version_8_of_the_right_variant() -> None:
    name = named("article", "https://example.org/a")
    assert (name.version, name.variant) == (8, "specified in RFC 4122")
