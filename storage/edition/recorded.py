"""Records as the edition holds them, each with the text that its spans count in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from storage.edition.selecting import RECORDS, Selected, SelectionError
from storage.reads import records_in, values_of
from storage.records import Record

# positions first: looking for keys reads no text
_TEXTS = """
WITH places AS MATERIALIZED (
    SELECT extraction_id, any_value(first_position) AS first_position
    FROM log.extraction_completed
    JOIN log.texts USING (text_sha256)
    WHERE extraction_id IN (SELECT unnest($extractions::UUID[]))
    GROUP BY extraction_id
)
SELECT extraction_id::VARCHAR, "text"
FROM places
JOIN log.texts USING (first_position)"""


class NotRecordsError(SelectionError):
    """A form that only records have was asked for of something else."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} holds no records as the log has them; ask for records")
        self.name = name


@dataclass(frozen=True)
class Recorded:
    """A record with what the log gave it, and the text its spans count in; empty where it has none."""

    record: Record
    position: int
    recorded_at: datetime
    text: str


def recorded(selected: Selected) -> Iterator[Recorded]:
    """The records of a selection in the order of the log; texts are looked up window by window.

    Raises:
        NotRecordsError: something else than records is selected.
    """
    if selected.name != RECORDS:
        raise NotRecordsError(selected.name)
    for reader in selected.arrow():
        window = [*reader]  # read to its end before the next question
        texts = _texts(selected, window)
        for batch in window:
            yield from _recorded(batch, texts)


def _texts(selected: Selected, window: Iterable[pa.RecordBatch]) -> dict[str, str]:
    wanted = {extraction for batch in window for extraction in batch["extraction_id"].unique().to_pylist()} - {None}
    return dict(selected.snapshot.ask(_TEXTS, {"extractions": sorted(wanted)}).rows) if wanted else {}


def _recorded(batch: pa.RecordBatch, texts: dict[str, str]) -> Iterator[Recorded]:
    places = (values_of(batch[name]) for name in ("position", "recorded_at"))
    for position, recorded_at, each in zip(*places, records_in(batch), strict=True):
        yield Recorded(each, position, recorded_at, texts.get(each.extraction_id or "", ""))
