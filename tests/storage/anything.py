"""Events with anything in them, for laws that must hold whatever a text, a page or a plug-in brings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from hypothesis import strategies as st
from typing_extensions import Doc

from storage.vocabulary import Event, Scope, Span, event


class Part(msgspec.Struct, frozen=True):
    """A piece of something."""

    name: Annotated[str, Doc("name")]
    spans: Annotated[list[Span], Doc("where")]


@event
class AnythingSeen(Event, frozen=True, kw_only=True):
    """Anything was seen."""

    scope: ClassVar[Scope] = Scope.RUN
    text: Annotated[str | None, Doc("text")]
    number: Annotated[int, Doc("number")]
    amount: Annotated[Decimal | None, Doc("amount")]
    at: Annotated[datetime | None, Doc("when")]
    on: Annotated[date | None, Doc("on which day")]
    which: Annotated[UUID, Doc("which")]
    kind: Annotated[Literal["one", "other"], Doc("kind")]
    parts: Annotated[list[Part], Doc("pieces")]
    note: Annotated[dict[str, Any], Doc("whatever else")]


characters = st.text() | st.text(alphabet=st.characters(categories=["Cs", "Cn", "Co", "Cc"]))
zones = st.just(UTC) | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=zones) | st.datetimes()
scalars: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | characters | st.decimals() | st.dates() | st.uuids()
)
anything = st.recursive(
    scalars, lambda each: st.lists(each, max_size=3) | st.dictionaries(characters, each, max_size=3), max_leaves=8
)
spans = st.builds(Span, st.integers(), st.integers())
seen = st.builds(
    AnythingSeen,
    text=characters | st.none(),
    number=st.integers() | st.floats() | st.booleans(),
    amount=st.decimals() | st.none(),
    at=moments | st.none(),
    on=st.dates() | st.none(),
    which=st.uuids(),
    kind=st.sampled_from(["one", "other"]),
    parts=st.lists(st.builds(Part, characters, st.lists(spans, max_size=2)), max_size=2),
    note=st.dictionaries(characters, anything, max_size=3),
)
# the same, without what is refused: for laws about what is stored
sound_characters = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
basic_names = st.text(alphabet=st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF), max_size=5)
exact = st.integers(-(2**53) + 1, 2**53 - 1)
sound_seen = st.builds(
    AnythingSeen,
    text=sound_characters | st.none(),
    number=exact,
    amount=st.decimals(allow_nan=False, allow_infinity=False) | st.none(),
    at=moments | st.none(),
    on=st.dates() | st.none(),
    which=st.uuids(),
    kind=st.sampled_from(["one", "other"]),
    parts=st.lists(st.builds(Part, sound_characters, st.lists(st.builds(Span, exact, exact), max_size=2)), max_size=2),
    note=st.dictionaries(basic_names, st.none() | st.booleans() | exact | sound_characters, max_size=3),
)
