from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from storage.canonical import NotCanonicalError
from storage.home import Home
from storage.log import Log
from storage.payloads import payload_of
from storage.reads import batches, events
from storage.records import article_id, record
from tests.storage.anything import AnythingSeen, Part, seen, sound_seen
from tests.storage.records_of import RUN, context


@settings(max_examples=200)
@given(seen)
def test_a_payload_is_read_back_equal_or_refused(event: AnythingSeen) -> None:
    try:
        payload = payload_of(event)
    except NotCanonicalError:
        return
    assert msgspec.json.decode(payload, type=AnythingSeen) == event
    assert payload == rfc8785.dumps(msgspec.json.decode(payload))


def some(**changes: Any) -> AnythingSeen:
    given: dict[str, Any] = {
        "text": None,
        "number": 0,
        "amount": None,
        "at": None,
        "on": None,
        "which": "00000000-0000-8000-8000-000000000000",
        "kind": "one",
        "parts": [],
        "note": {},
    }
    return msgspec.convert(given | changes, AnythingSeen)


@settings(max_examples=100)
@given(sound_seen)
@example(some(text="x" * 1_000_000))
@example(some(text="🌧" * 250_000))
@example(some(text="".join(chr(plane << 16 | 0x1234) for plane in range(17))))
@example(some(amount="1E+400"))
@example(some(amount="-1E-400"))
@example(some(on=date.min))
@example(some(on=date.max))
@example(some(parts=[Part("x" * 100_000, [])]))
def test_nothing_that_has_a_form_is_refused(event: AnythingSeen) -> None:
    assert msgspec.json.decode(payload_of(event), type=AnythingSeen) == event


@pytest.mark.parametrize("field", ["text", "number", "amount", "at", "on", "which", "kind", "parts"])
@pytest.mark.parametrize("value", [float("nan"), 0.5, 1e300, "\ud800", 10**400])
def test_what_has_no_form_is_refused_by_name_in_every_field(field: str, value: object) -> None:
    event = msgspec.structs.replace(some(), **{field: value})
    with pytest.raises(NotCanonicalError, match=rf"^AnythingSeen\.{field}: "):
        payload_of(event)


@settings(max_examples=20)
@given(st.lists(sound_seen, min_size=1, max_size=20))
@example([])
def test_whatever_is_stored_is_read_back_equal(seen: list[AnythingSeen]) -> None:
    seen = seen or [big(character) for character in ("x", "🌧", "\0", '"')]
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Home(Path(folder)))
        records = [record(each, article_id(str(number)), context()) for number, each in enumerate(seen)]
        log.append(records)
        found = list(events(log, [AnythingSeen]))
        assert [each.event for each in found] == seen
        assert [each.record for each in found] == records
        [batch] = batches(log)
        assert batch["payload"].to_pylist()[:-1] == [each.payload for each in records]


def big(character: str) -> AnythingSeen:
    """A megabyte of one character."""
    count = 1_000_000 // len(character.encode())
    fields = {"number": 0, "amount": None, "at": None, "on": None, "which": RUN, "kind": "one", "parts": [], "note": {}}
    return AnythingSeen(text=character * count, **fields)  # type: ignore[arg-type]


def test_one_record_that_is_refused_keeps_all_others_out(home: Home) -> None:
    given = [some(), some(), msgspec.structs.replace(some(), text="\ud800")]
    with pytest.raises(NotCanonicalError):
        Log(home).append(record(each, article_id(str(number)), context()) for number, each in enumerate(given))
    assert not home.log.exists()
