"""Records for outsiders: CloudEvents 1.0, JSON format, every span with its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from storage.records import Record
from storage.vocabulary import Event, Span


def cloud_event(record: Record, classes: Mapping[str, type[Event]], text: str) -> dict[str, Any]:
    """One record as a CloudEvents 1.0 object; *text* is the cleaned text that its spans count in.

    `type` is the record's name, `data` its fields, `source` who made it; extension names are lower case, as the
    specification wants them. `time` stands only where something happened at a time: findings have none.
    """
    data = msgspec.json.decode(record.payload, type=classes[record.record_type])
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
    return event | {name: value for name, value in optional.items() if value is not None} | {"data": shown(data, text)}


def _moment(record: Record) -> str | None:
    return None if record.occurred_at is None else msgspec.to_builtins(record.occurred_at)


def shown(value: Any, text: str) -> Any:  # noqa: ANN401 - fields of any event
    """A field as JSON, spans as `{start, end, text}`."""
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
