"""Reading the log: by position, stream, record type and day, as Arrow batches or as events; and following it.

Everything comes in the order of positions. Files whose statistics exclude what is wanted are not opened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from storage.events import BatchCommitted
from storage.log import Log
from storage.records import Record
from storage.rows import SCHEMA
from storage.scanning import scanning
from storage.segments import Segment, in_turn
from storage.upcasting import decoded
from storage.vocabulary import Event

_E = TypeVar("_E", bound=Event)
_ROWS_IN_TURN = 200_000  # sorted in memory at a time
_ROWS_IN_BATCH = 10_000
_SECONDS_BETWEEN_LOOKS = 1.0
_COLUMNS = ", ".join(SCHEMA.names)


class CheckpointAheadError(ValueError):
    """A subscriber has seen more than the log holds: it is another log, or one that lost its end."""

    def __init__(self, checkpoint: int, position: int) -> None:
        super().__init__(f"the checkpoint is at position {checkpoint}, but the log ends at {position}")
        self.checkpoint, self.position = checkpoint, position


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows to read: those for which all of this holds. None wants all."""

    after: int = 0  # only positions beyond
    to: int | None = None  # only positions up to and including
    streams: Collection[str] | None = None
    record_types: Collection[str] | None = None
    since: date | None = None  # published_on, included
    until: date | None = None  # published_on, included

    def may_hold(self, segment: Segment) -> bool:
        """Whether a segment may have such rows, by its statistics."""
        return (
            segment.last > self.after
            and (self.to is None or segment.first <= self.to)
            and (self.since is None or segment.until >= self.since)
            and (self.until is None or segment.since <= self.until)
        )

    def condition(self) -> tuple[str, dict[str, Any]]:
        """The same as SQL, with its parameters."""
        tests: list[tuple[str, dict[str, Any]]] = [
            ("position > $after", {"after": self.after}),
            ("position <= $to", {"to": self.to}),
            ("published_on >= $since", {"since": self.since}),
            ("published_on <= $until", {"until": self.until}),
            _one_of("stream", self.streams),
            _one_of("record_type", self.record_types),
        ]
        asked = [(sql, given) for sql, given in tests if None not in given.values()]
        return " AND ".join(sql for sql, _ in asked), {name: each for _, given in asked for name, each in given.items()}


EVERYTHING = Wanted()


def _one_of(column: str, values: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    if values is None:
        return "", {column: None}
    given = {f"{column}_{number}": value for number, value in enumerate(sorted(values))}
    # a list of parameters, not a parameter of a list: only then row groups are passed over
    return (f"{column} IN ({', '.join(f'${name}' for name in given)})" if given else "false"), given


def batches(log: Log, wanted: Wanted = EVERYTHING, *, rows: int = _ROWS_IN_BATCH) -> Iterator[pa.RecordBatch]:
    """The rows wanted, as Arrow batches of the log's schema of at most so many *rows*."""
    where, given = wanted.condition()
    for group in in_turn(filter(wanted.may_hold, log.segments()), _ROWS_IN_TURN):
        with scanning() as connection:
            sql = f"SELECT {_COLUMNS} FROM read_parquet($files) WHERE {where} ORDER BY position"  # noqa: S608 - our own
            found = connection.sql(sql, params={"files": [each.path for each in group], **given})
            yield from (batch.cast(SCHEMA) for batch in found.to_arrow_reader(rows) if batch.num_rows)


class Stored(NamedTuple, Generic[_E]):
    """An event as the log holds it: its place, its envelope, and itself in the shape its class has today."""

    position: int
    recorded_at: datetime
    record: Record
    event: _E


def events(log: Log, classes: Collection[type[_E]], wanted: Wanted = EVERYTHING) -> Iterator[Stored[_E]]:
    """The events of some classes; those that older versions of a class wrote are upcast, their records stay raw.

    Raises:
        UpcastError: a payload cannot be brought into the shape of its class.
    """
    by_type = {cls.record_type(): cls for cls in classes}
    types = by_type.keys() if wanted.record_types is None else by_type.keys() & set(wanted.record_types)
    for batch in batches(log, replace(wanted, record_types=types)):
        places = zip(*(values_of(batch[name]) for name in ("position", "recorded_at")), strict=True)
        for (position, recorded_at), record in zip(places, records_in(batch), strict=True):
            event = decoded(by_type[record.record_type], record.payload, record.schema_version)
            yield Stored(position, recorded_at, record, event)


def records_in(batch: pa.RecordBatch) -> Iterator[Record]:
    """The records of rows as the log has them."""
    names = Record.__struct_fields__
    for values in zip(*(values_of(batch[name]) for name in names), strict=True):
        yield Record(**dict(zip(names, values, strict=True)))


def values_of(column: pa.Array) -> list[Any]:
    """A column's values; times and days, which are slow to make and often the same, are made once each."""
    if not pa.types.is_temporal(column.type):
        values: list[Any] = column.to_pylist()
        return values
    encoded = column.dictionary_encode()
    once = dict(enumerate(encoded.dictionary.to_pylist()))
    return [once.get(index) for index in encoded.indices.to_pylist()]


@dataclass(frozen=True)
class Delivery:
    """What a commit holds of what is wanted, which may be nothing; *checkpoint* is where to go on from."""

    checkpoint: int
    rows: pa.Table


def look_again(seconds: float = _SECONDS_BETWEEN_LOOKS) -> bool:
    """Wait a while, then go on."""
    time.sleep(seconds)
    return True


def subscribe(
    log: Log, after: int = 0, wanted: Wanted = EVERYTHING, wait: Callable[[], bool] = look_again
) -> Iterator[Delivery]:
    """Commit by commit what was committed after a checkpoint, then what comes.

    At the log's end *wait* is called, and once it returns false the subscription ends. A checkpoint within a commit
    gives the rest of that commit.

    Raises:
        CheckpointAheadError: the log ends before the checkpoint.
    """
    while True:
        for delivery in _deliveries(log, after, wanted):
            after = delivery.checkpoint
            yield delivery
        if not wait():
            return


def _deliveries(log: Log, after: int, wanted: Wanted) -> Iterator[Delivery]:
    end = max((each.last for each in log.segments()), default=0)
    if end < after:
        raise CheckpointAheadError(after, end)
    closings = _closings(log, after, end)
    rows = batches(log, replace(wanted, after=max(after, wanted.after), to=min(end, wanted.to or end)))
    return _by_commit(closings, rows)


def _closings(log: Log, after: int, end: int) -> list[int]:
    """The positions of the rows that close commits."""
    wanted = Wanted(after=after, to=end, record_types={BatchCommitted.record_type()})
    return [position for batch in batches(log, wanted) for position in batch["position"].to_pylist()]


def _by_commit(closings: Sequence[int], found: Iterator[pa.RecordBatch]) -> Iterator[Delivery]:
    """Cut the rows where commits end."""
    left = SCHEMA.empty_table()
    for closing in closings:
        while _may_go_on(left, closing) and (batch := next(found, None)) is not None:
            left = pa.concat_tables([left, pa.Table.from_batches([batch])])
        count = int(np.searchsorted(left["position"].to_numpy(), closing, side="right"))
        yield Delivery(closing, left.slice(0, count))
        left = left.slice(count)


def _may_go_on(rows: pa.Table, closing: int) -> bool:
    """Whether more rows of a commit may follow these."""
    return not rows.num_rows or rows["position"][-1].as_py() < closing
