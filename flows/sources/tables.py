"""Tables that people already own, a row an article: CSV, JSON lines, Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractors.cleaning import ROW_TYPE
from flows.sources.local import LocalItem, LocalSourceError, urn
from flows.web.errors import BadUrlError
from flows.web.urls import normalised
from storage.canonical import canonical
from storage.tables import columns_of, rows_of

FIELDS = ("text", "published_at", "publisher", "headline", "url", "authors", "language", "section")
_NEEDED = ("text", "published_at")


class MapError(ValueError):
    """`--map` cannot be read."""

    exit_code = 2

    def __init__(self, pair: str, problem: str) -> None:
        super().__init__(f"--map {pair}: {problem}")
        self.pair, self.problem = pair, problem


def mapping(stated: str) -> dict[str, str]:
    """Read `text=body,published_at=date`: our field, then the table's column.

    Raises:
        MapError: a pair is malformed or names an unknown field.
    """
    pairs = dict(_pair(each) for each in stated.split(",") if each.strip())
    for field in pairs:
        if field not in FIELDS:
            raise MapError(field, f"there is no such field; fields are {', '.join(FIELDS)}")
    return pairs


def _pair(stated: str) -> tuple[str, str]:
    field, equals, column = (part.strip() for part in stated.partition("="))
    if not (field and equals and column):
        raise MapError(stated.strip(), "is not of the form field=column, such as text=body")
    return field, column


def table_items(path: Path, mapped: Mapping[str, str]) -> Iterator[LocalItem]:
    """A table's rows; columns that carry a field's own name need not be mapped.

    Raises:
        LocalSourceError: a needed field has no column, or a row's address is none.
        TableError: the file is no table of its kind, or lacks a column.
    """
    own = {field: field for field in FIELDS if field in columns_of(path)}
    columns = {**own, **mapped}
    for field in _NEEDED:
        if field not in columns:
            raise LocalSourceError(
                str(path),
                f"say which column holds {field}: --map {field}=COLUMN; there are {', '.join(columns_of(path))}",
            )
    for number, row in enumerate(rows_of(path, columns), 1):
        yield _item(path, number, {field: _plain(value) for field, value in row.items() if value is not None})


def _item(path: Path, number: int, row: dict[str, Any]) -> LocalItem:
    name, body = f"{path}, row {number}", canonical(row)
    try:
        url = normalised(row["url"]) if row.get("url") else urn(body)
    except BadUrlError as bad:
        raise LocalSourceError(name, str(bad)) from bad
    return LocalItem(name=name, source=path.name, body=body, content_type=ROW_TYPE, url=url)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if isinstance(value, str) else str(value)
