from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

import pytest
from typing_extensions import Doc

from flows.vocabulary import vocabulary as whole_vocabulary
from storage import upcasting
from storage.canonical import canonical
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.home import Home
from storage.log import Log
from storage.reads import events
from storage.records import article_id, record
from storage.upcasting import (
    MissingUpcasterError,
    NewerRecordError,
    Payload,
    UpcastError,
    UpcasterTakenError,
    decoded,
    missing_upcasters,
    upcast,
    upcaster,
)
from storage.vocabulary import Event, event
from tests.storage.records_of import context


def _first() -> type[Event]:
    @event
    class RainNoted(Event, frozen=True, kw_only=True):
        """Rain was noted."""

        inches: Annotated[Decimal, Doc("how much")]

    return RainNoted


def _second() -> type[Event]:
    @event
    class RainNoted(Event, frozen=True, kw_only=True):
        """Rain was noted."""

        schema_version: ClassVar[int] = 2
        millimetres: Annotated[Decimal, Doc("how much")]

    return RainNoted


def _third() -> type[Event]:
    @event
    class RainNoted(Event, frozen=True, kw_only=True):
        """Rain was noted."""

        schema_version: ClassVar[int] = 3
        millimetres: Annotated[Decimal, Doc("how much")]
        place: Annotated[str | None, Doc("where")] = None

    return RainNoted


First, Second, Third = _first(), _second(), _third()  # one class, as its releases had it
ARTICLE = article_id("https://example.org/a")


@pytest.fixture(autouse=True)
def own_upcasters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(upcasting, "_upcasts", dict(upcasting._upcasts))


def in_millimetres(payload: Payload) -> Payload:
    return {"millimetres": Decimal(payload["inches"]) * Decimal("25.4")}


def with_place(payload: Payload) -> Payload:
    return payload | {"place": "Aleppo"}


def test_a_payload_climbs_version_by_version() -> None:
    upcaster(Third, 1)(in_millimetres)
    upcaster(Third, 2)(with_place)
    expected = Third(millimetres=Decimal("50.8"), place="Aleppo")  # type: ignore[call-arg]
    assert decoded(Third, '{"inches":"2"}', 1) == expected
    assert decoded(Third, '{"millimetres":"50.8"}', 2) == expected
    assert upcast(Third, '{"inches":"2"}', 1) == canonical(expected).decode()


def test_a_payload_of_todays_version_is_left_alone() -> None:
    assert upcast(Third, '{"millimetres":"1","place":"Homs"}', 3) == '{"millimetres":"1","place":"Homs"}'


def test_a_missing_step_is_named() -> None:
    upcaster(Third, 2)(with_place)
    assert missing_upcasters([Third]) == [("RainNoted", 1)]
    with pytest.raises(MissingUpcasterError, match=r"RainNoted, schema version 1: no upcaster to version 2"):
        decoded(Third, "{}", 1)


def test_every_released_class_can_read_all_its_versions() -> None:
    assert missing_upcasters(whole_vocabulary().classes.values()) == []


def test_a_record_of_a_newer_dateline_is_not_guessed_at() -> None:
    with pytest.raises(NewerRecordError, match="RainNoted, schema version 3: this dateline knows it up to version 2"):
        decoded(Second, "{}", 3)


@pytest.mark.parametrize("payload", ["{}", '{"inches":null}', '{"inches":"much"}', "no json"])
def test_a_payload_that_is_not_what_its_version_says_is_named(payload: str) -> None:
    upcaster(Second, 1)(in_millimetres)
    with pytest.raises(UpcastError, match="RainNoted, schema version 1"):
        decoded(Second, payload, 1)


def test_a_step_has_one_upcaster_and_leads_to_a_version_that_there_is() -> None:
    upcaster(Second, 1)(in_millimetres)
    upcaster(Second, 1)(in_millimetres)
    with pytest.raises(UpcasterTakenError, match="there is an upcaster already"):
        upcaster(Second, 1)(with_place)
    for version in (0, 2):
        with pytest.raises(UpcasterTakenError, match="the class is at version 2"):
            upcaster(Second, version)(with_place)


def test_old_rows_are_read_as_todays_events_and_stay_as_they_are(home: Home) -> None:
    upcaster(Second, 1)(in_millimetres)
    old = record(First(inches=Decimal(2)), ARTICLE, context())  # type: ignore[call-arg]
    new = record(Second(millimetres=Decimal(7)), ARTICLE, context())  # type: ignore[call-arg]
    Log(home).append([old])
    Log(home).append([new])
    found = list(events(Log(home), [Second]))
    assert [each.event.millimetres for each in found] == [Decimal("50.8"), Decimal(7)]  # type: ignore[attr-defined]
    assert [each.record for each in found] == [old, new]


def test_typed_tables_of_the_edition_have_todays_shape_and_its_events_the_raw_one(home: Home) -> None:
    Log(home).append([record(First(inches=Decimal(2)), ARTICLE, context())])  # type: ignore[call-arg]
    publish(home, vocabulary({"RainNoted": First}, []))
    assert ask(home, "SELECT inches FROM log.rain_noted").rows == [(Decimal(2),)]
    upcaster(Second, 1)(in_millimetres)
    Log(home).append([record(Second(millimetres=Decimal(7)), ARTICLE, context())])  # type: ignore[call-arg]
    assert publish(home, vocabulary({"RainNoted": Second}, [])).rebuilt
    assert ask(home, "SELECT millimetres FROM log.rain_noted ORDER BY position").rows == [(Decimal("50.8"),), (7,)]
    payloads = ask(home, "SELECT payload FROM log.events WHERE record_type = 'RainNoted' ORDER BY position").rows
    assert payloads == [('{"inches":"2"}',), ('{"millimetres":"7"}',)]


def test_a_change_of_version_alone_makes_another_edition() -> None:
    later = _second()
    later.schema_version = 7
    shapes = {vocabulary({"RainNoted": cls}, []).schema_sha256 for cls in (Second, later)}
    assert len(shapes) == 2


def test_an_edition_is_not_made_of_records_that_a_newer_dateline_wrote(home: Home) -> None:
    Log(home).append([record(Second(millimetres=Decimal(7)), ARTICLE, context())])  # type: ignore[call-arg]
    with pytest.raises(NewerRecordError):
        publish(home, vocabulary({"RainNoted": First}, []))
