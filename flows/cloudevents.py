"""Records for outsiders: CloudEvents 1.0, JSON format, every span with its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

import msgspec

from storage.records import Record
from storage.upcasting import decoded
from storage.vocabulary import Event, Span

if TYPE_CHECKING:
    from storage.edition.recorded import Recorded
    from storage.edition.selecting import Selected

_PLAIN = frozenset({str, int, bool, type(None)})  # what most fields hold, and JSON has as it is


def cloud_event(record: Record, classes: Mapping[str, type[Event]], text: str) -> dict[str, Any]:
    """One record as a CloudEvents 1.0 object; *text* is the cleaned text that its spans count in.

    `type` is the record's name, `data` its fields, `source` who made it; extension names are lower case, as the
    specification wants them. `time` stands only where something happened at a time: findings have none.
    """
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": record.event_id,
        "source": f"/dateline/{record.producer}/{record.producer_version}",
        "type": record.record_type,
        "subject": record.stream,
        "datacontenttype": "application/json",
        "publishedon": record.published_on.isoformat(),
        "eventkey": record.event_key,
    }
    optional = {"extractionid": record.extraction_id, "causedby": record.caused_by, "time": _moment(record)}
    return (
        event
        | {name: value for name, value in optional.items() if value is not None}
        | {"data": _data(record, classes, text)}
    )


def write_cloud_events(selected: Selected, to: IO[bytes], classes: Mapping[str, type[Event]]) -> int:
    """The selected records, one a line; returns how many.

    Raises:
        NotRecordsError: something else than records is selected.
    """
    from storage.edition.recorded import recorded  # brings what reads tables, which `extract` has no need of

    count = 0
    for count, each in enumerate(recorded(selected), 1):  # noqa: B007 - the last number is wanted
        to.write(f"{as_line(logged_event(each, classes))}\n".encode())
    return count


def logged_event(each: Recorded, classes: Mapping[str, type[Event]]) -> dict[str, Any]:
    """A record of the log as a CloudEvents 1.0 object.

    What the log adds stands in the documented extensions `sequence` (the position, so that text sorts as numbers do)
    and `recordedtime`, and in `runid` and `schemaversion`.
    """
    event, cls = cloud_event(each.record, classes, each.text), classes.get(each.record.record_type)
    data = event.pop("data")
    logged = {
        "sequence": f"{each.position:019}",
        "recordedtime": msgspec.to_builtins(each.recorded_at),
        "runid": each.record.run_id,
        "schemaversion": each.record.schema_version if cls is None else cls.schema_version,
    }
    return event | logged | {"data": data}


def _data(record: Record, classes: Mapping[str, type[Event]], text: str) -> Any:  # noqa: ANN401 - JSON of any record
    """The record's fields as its class has them today; as they were written where there is no such class any more."""
    cls = classes.get(record.record_type)
    if cls is None:
        return msgspec.json.decode(record.payload)
    return shown(decoded(cls, record.payload, record.schema_version), text)


def _moment(record: Record) -> str | None:
    return None if record.occurred_at is None else msgspec.to_builtins(record.occurred_at)


def shown(value: Any, text: str) -> Any:  # noqa: ANN401 - fields of any event
    """A field as JSON, spans as `{start, end, text}`."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end, "text": value.of(text)}
    if isinstance(value, msgspec.Struct):
        return {name: shown(getattr(value, name), text) for name in value.__struct_fields__}
    if isinstance(value, list | tuple):
        return [shown(each, text) for each in value]
    return msgspec.to_builtins(value)


def as_line(event: Mapping[str, Any]) -> str:
    """One line of JSON; the same record gives the same bytes."""
    return msgspec.json.encode(event).decode()
