"""Lists of addresses with their days, as GDELT's article lists, Media Cloud and people have them: CSV, TSV, JSON lines.

Columns are known by the names that these give them; a file without a header has the address in the first column that
holds one, and the day in the first that holds a time.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flows.sources.local import LocalSourceError
from flows.sources.named import NamedArticle, article_url, day_in

# Media Cloud, GDELT DOC 2.0, GKG and the event table; then what people write
_ADDRESS = ("url", "documentidentifier", "sourceurl", "mentionidentifier", "link", "address", "permalink")
_DAY = ("publish_date", "published_at", "published_on", "seendate", "dateadded", "date", "day", "pubdate", "sqldate")
_HEADLINE = ("title", "headline")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?")
_MOST_FIELD_CHARS = 10_000_000


def listed(path: Path) -> Iterator[tuple[date, NamedArticle]]:
    """The articles of a list with their days, in its order; rows without an address or a day are passed over.

    Raises:
        LocalSourceError: the file cannot be read, or no row of it has both.
    """
    found = 0
    for row in _rows(path):
        named = _named(row, path.name)
        if named is not None:
            found += 1
            yield named
    if not found:
        raise LocalSourceError(
            str(path),
            f"no row has an address and a day; name the columns {_ADDRESS[0]} and {_DAY[1]}, or see the README",
        )


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            if path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
                yield from _json_rows(path, file.read())
                return
            head = file.read(65_536)
            file.seek(0)
            csv.field_size_limit(_MOST_FIELD_CHARS)
            delimiter = max("\t,;", key=head.partition("\n")[0].count)
            yield from _table_rows(csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter))
    except (OSError, csv.Error) as refused:
        raise LocalSourceError(str(path), f"cannot be read: {refused}") from refused


def _json_rows(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    """JSON lines, or one JSON document that holds a list, itself or under `articles` or `stories`."""
    whole = text.lstrip()[:1] == "[" or path.suffix.lower() == ".json"
    try:
        found = json.loads(text) if whole else [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as broken:
        raise LocalSourceError(str(path), f"is not JSON: {broken}") from broken
    if isinstance(found, dict):
        found = found.get("articles") or found.get("stories") or [found]
    yield from ({str(name).lower(): value for name, value in row.items()} for row in found if isinstance(row, dict))


def _table_rows(rows: Iterator[Sequence[str]]) -> Iterator[Mapping[str, Any]]:
    first = next(rows, [])
    names = [name.strip().lower() for name in first]
    if not set(names) & set(_ADDRESS):
        yield _unnamed(first)
        yield from map(_unnamed, rows)
        return
    for row in rows:
        yield dict(zip(names, row, strict=False))


def _unnamed(row: Sequence[str]) -> Mapping[str, Any]:
    """A row of a table without a header."""
    address = next((each for each in row if each.startswith(("http://", "https://"))), None)
    day = next((each for each in row if _moment(each)), None)
    return {"url": address, "date": day}


def _named(row: Mapping[str, Any], source: str) -> tuple[date, NamedArticle] | None:
    address = next((str(row[name]) for name in _ADDRESS if row.get(name)), None)
    url = None if address is None else article_url(address.strip())
    if url is None:
        return None
    stated = next((moment for name in _DAY if row.get(name) and (moment := _moment(row[name]))), None)
    day = day_in(url) if stated is None else stated[0]
    headline = next((str(row[name]) for name in _HEADLINE if row.get(name)), None)
    if day is None:
        return None
    claimed = None if stated is None else stated[1]
    return day, NamedArticle(url, "list", source, ask=url, headline=headline, claimed_published_at=claimed)


def _moment(value: object) -> tuple[date, datetime | None] | None:
    """A day, with the time where one is stated; times without a zone are UTC, as these lists mean them."""
    text = str(value).strip()
    compact = _COMPACT.fullmatch(text)
    try:
        if compact:
            year, month, day, hour, minute, second = (int(part or 0) for part in compact.groups())
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            at = datetime.fromisoformat(text)
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (at.date(), at) if len(text) > len("2026-03-04") else (at.date(), None)
