"""Political events for outsiders: PLOVER's JSON, one document a line, what is not known left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any

import msgspec

from storage.edition.selecting import Selected

PLOVER = "plover"
WHAT = (None, PLOVER, "political_events")
_REQUIRED = frozenset({"actor", "recipient"})  # present when nobody is known, as the manual and its readers want it


class NotPoliticalEventsError(ValueError):
    """Something else than political events is to be written as PLOVER."""

    exit_code = 2

    def __init__(self, relation: str) -> None:
        super().__init__(f"only political events can be written as PLOVER, not {relation}: leave {relation} out")
        self.relation = relation


def relation_for(what: str | None) -> str:
    """The view to be written for what was asked for.

    Raises:
        NotPoliticalEventsError: it holds something else.
    """
    if what not in WHAT:
        raise NotPoliticalEventsError(str(what))
    return PLOVER


def write_plover(selected: Selected, to: IO[bytes]) -> int:
    """The selected rows of the view `plover`, one document a line; returns how many."""
    count = 0
    for count, each in enumerate(_documents(selected), 1):  # noqa: B007 - the last number is wanted
        to.write(msgspec.json.encode(each) + b"\n")
    return count


def _documents(selected: Selected) -> Iterator[dict[str, Any]]:
    for rows in selected.answers():
        names = [column.name for column in rows.columns]
        for batch in rows.batches():
            for row in batch:
                yield _document(dict(zip(names, row, strict=True)))


def _document(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without the column it is cut by, and without what is not known.

    >>> _document({"day": 1, "actor": [], "mode": [], "event_loc": {"city": None, "resolution": 1}})
    {'actor': [], 'event_loc': {'resolution': 1}}
    """
    kept = {name: _known(value) for name, value in row.items() if name != "day"}
    return {name: value for name, value in kept.items() if name in _REQUIRED or value not in (None, [], {})}


def _known(value: Any) -> Any:  # noqa: ANN401 - what DuckDB gives for a list or a structure
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items() if each is not None}
    return [_known(each) for each in value] if isinstance(value, list) else value
