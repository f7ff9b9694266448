"""Which rows of a batch were altered, when its digest says that some were.

A digest covers a batch; two other witnesses know single rows: the edition, which holds a copy of every record, and the
record's own id, which is drawn from what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from storage.canonical import NotCanonicalError
from storage.edition.ask import NoEditionError, QueryError, ask
from storage.home import Home
from storage.records import Context, Producer, Record, record
from storage.verification.chain import CLOSING
from storage.verification.findings import Fault
from storage.verification.rows import Row
from storage.vocabulary import Event

_COLUMNS = ("recorded_at", *Record.__struct_fields__)
_IN_EDITION = f"SELECT position, {', '.join(_COLUMNS)} FROM log.events WHERE position BETWEEN $first AND $last"  # noqa: S608 - our own names


class SuspectRows:
    """Finds altered rows in one home."""

    def __init__(self, home: Home, classes: Mapping[str, type[Event]]) -> None:
        self._home, self._classes = home, classes

    def __call__(self, batch: Sequence[Row]) -> list[Fault]:
        """The rows of a batch that differ from the edition's copy; else those whose id is not that of their payload."""
        published = self._published(batch)
        differing = [
            row.fault(f"differs from the edition's copy in {', '.join(names)}")
            for row in batch
            if (names := _differing(row, published.get(row.position)))
        ]
        return differing or [
            row.fault("its id is not drawn from what it says") for row in batch if self._is_misnamed(row)
        ]

    def _published(self, batch: Sequence[Row]) -> dict[int, tuple[object, ...]]:
        first, last = batch[0].position, batch[-1].position
        try:
            rows = ask(self._home, _IN_EDITION, {"first": first, "last": last}).rows
        except (NoEditionError, QueryError):
            return {}
        return {position: tuple(values) for position, *values in rows}

    def _is_misnamed(self, row: Row) -> bool:
        each = row.record
        cls = self._classes.get(each.record_type)
        if cls is None or each.record_type == CLOSING or cls.schema_version != each.schema_version:
            return False
        try:
            return _renamed(each, cls).event_id != each.event_id
        except (msgspec.MsgspecError, ValueError, NotCanonicalError):  # it is not even what its type says
            return True


def _renamed(each: Record, cls: type[Event]) -> Record:
    """The record made again from its payload and envelope."""
    subject = each.stream.partition(":")[2]
    context = Context(
        producer=Producer(each.producer, each.producer_version),
        run_id=UUID(each.run_id),
        published_on=each.published_on,
        occurred_at=each.occurred_at,
        extraction_id=UUID(each.extraction_id) if each.extraction_id else None,
        caused_by=UUID(each.caused_by) if each.caused_by else None,
    )
    return record(msgspec.json.decode(each.payload, type=cls), UUID(subject) if subject else None, context)


def _differing(row: Row, published: tuple[object, ...] | None) -> list[str]:
    """Names of the columns in which a row differs from the edition's copy; none when there is no copy."""
    if published is None:
        return []
    here = (row.recorded_at, *(getattr(row.record, name) for name in _COLUMNS[1:]))
    there = (str(value) if isinstance(value, UUID) else value for value in published)
    return [name for name, one, other in zip(_COLUMNS, here, there, strict=True) if one != other]
