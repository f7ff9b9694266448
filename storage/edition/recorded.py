"""Records as the edition holds them, each with the text that its spans count in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.edition.selecting import RECORDS, Selected, SelectionError
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
    names = [column.name for column in selected.columns]
    for rows in selected.answers():
        window = [dict(zip(names, row, strict=True)) for batch in rows.batches() for row in batch]
        texts = _texts(selected, window)
        yield from (_recorded(row, texts) for row in window)


def _texts(selected: Selected, window: Iterable[dict[str, Any]]) -> dict[str, str]:
    wanted = sorted({str(row["extraction_id"]) for row in window if row["extraction_id"] is not None})
    return dict(selected.snapshot.ask(_TEXTS, {"extractions": wanted}).rows) if wanted else {}


def _recorded(row: dict[str, Any], texts: dict[str, str]) -> Recorded:
    fields = {name: _plain(row[name]) for name in Record.__struct_fields__}
    text = texts.get(fields["extraction_id"] or "", "")
    return Recorded(Record(**fields), row["position"], row["recorded_at"], text)


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a column of the log holds
    """A UUID as the log writes it; anything else as it is."""
    return str(value) if type(value).__name__ == "UUID" else value
