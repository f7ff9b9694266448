"""The rows of lists as their makers write them: CSV, tab-separated, JSON lines, JSON; also packed by gzip or zip.

Every row comes as a mapping of column names in small letters. Tables without a header get the names that GDELT's
codebooks give their columns, where they are as wide as one of GDELT's; of any other table the first column with an
address and the first with a day count.
"""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
import zlib
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from flows.sources.local import LocalSourceError

Row = Mapping[str, Any]
_MOST_FIELD_CHARS = 10_000_000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 8_192
_SCHEMES = ("http://", "https://")
_JSON = (".json", ".jsonl", ".ndjson")
# RuntimeError: a zip file with a password, or packed in a way that is not known here
_REFUSALS = (OSError, EOFError, UnicodeError, csv.Error, zipfile.BadZipFile, zlib.error, RuntimeError)
# GDELT's files have no header: by their number of columns, events 2.0 and 1.0, mentions, and the knowledge graph
# (codebooks "GDELT Event" V2.0 and V1.0, "GKG" V2.1; columns counted from 0)
_GDELT: dict[int, dict[int, str]] = {
    61: {59: "dateadded", 60: "sourceurl"},
    58: {56: "dateadded", 57: "sourceurl"},
    16: {2: "mentiontimedate", 5: "mentionidentifier"},
    27: {1: "seendate", 4: "documentidentifier"},
}


def rows(path: Path, addresses: Collection[str], is_day: Callable[[str], bool]) -> Iterator[Row]:
    """The rows of a list, in its order.

    Args:
        path: the file.
        addresses: names of columns that hold addresses: a first line with one of them is a header.
        is_day: whether a field without a name holds a day.

    Raises:
        LocalSourceError: the file cannot be read.
    """
    try:
        with _opened(path) as (name, file):
            if Path(name).suffix.lower() in _JSON:
                yield from _json_rows(path, name, file.read())
            else:
                yield from _table_rows(file, addresses, is_day)
    except _REFUSALS as refused:
        raise LocalSourceError(str(path), f"cannot be read: {refused}") from refused


@contextmanager
def _opened(path: Path) -> Generator[tuple[str, IO[str]]]:
    """The text of a file, unpacked, and the name that says what it is."""
    with path.open("rb") as file:
        head = file.peek(len(_ZIP))
        if head.startswith(_ZIP):
            with zipfile.ZipFile(file) as packed:
                name = _only_member(path, packed)
                with packed.open(name) as member:
                    yield name, _text(path, member)
        elif head.startswith(_GZIP):
            with gzip.open(file) as unpacked:
                yield path.name.removesuffix(".gz"), _text(path, unpacked)
        else:
            yield path.name, _text(path, file)


def _only_member(path: Path, packed: zipfile.ZipFile) -> str:
    names = [each for each in packed.namelist() if not each.endswith("/")]
    if len(names) != 1:
        raise LocalSourceError(str(path), f"holds {len(names)} files; unpack it, and give the lists")
    return names[0]


def _text(path: Path, file: Any) -> IO[str]:  # noqa: ANN401 - what open, gzip and zipfile give have no type in common
    head: bytes = file.read(_HEAD_BYTES)
    file.seek(0)
    is_utf_16 = head.startswith(_UTF_16)
    if b"\0" in head and not is_utf_16:
        raise LocalSourceError(str(path), "is no list but a binary file; lists are CSV, tab-separated or JSON")
    encoding = "utf-16" if is_utf_16 else "utf-8-sig"
    return TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _json_rows(path: Path, name: str, text: str) -> Iterator[Row]:
    """JSON lines, or one JSON document that holds a list, itself or under `articles` or `stories`."""
    whole = text.lstrip()[:1] == "[" or name.lower().endswith(".json")
    try:
        found = json.loads(text) if whole else [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as broken:
        raise LocalSourceError(str(path), f"is not JSON: {broken}") from broken
    if isinstance(found, dict):
        found = found.get("articles") or found.get("stories") or [found]
    listed = found if isinstance(found, list) else []
    yield from ({str(key).lower(): value for key, value in row.items()} for row in listed if isinstance(row, dict))


def _table_rows(file: IO[str], addresses: Collection[str], is_day: Callable[[str], bool]) -> Iterator[Row]:
    csv.field_size_limit(_MOST_FIELD_CHARS)
    first = file.readline(_MOST_FIELD_CHARS)
    delimiter, names = _form(first, addresses)
    # what GDELT separates by tabs it does not quote, so that a quotation mark is one
    is_quoted = delimiter != "\t" or bool(names)
    lines = (line.replace("\0", "") for line in _again(first if not names else "", file))
    for row in csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE):
        yield dict(zip(names, row, strict=False)) if names else _unnamed(row, is_day)


def _again(first: str, file: IO[str]) -> Iterator[str]:
    if first:
        yield first
    yield from file


def _form(first: str, addresses: Collection[str]) -> tuple[str, list[str]]:
    """What separates the columns, and their names; none where the first line is no header."""
    for delimiter in "\t,;":
        names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
        if set(names) & set(addresses):
            return delimiter, names
    # a line of GDELT's has more commas and semicolons than tabs
    return "\t" if "\t" in first else max(",;", key=first.count), []


def _unnamed(row: Sequence[str], is_day: Callable[[str], bool]) -> Row:
    """A row of a table without a header."""
    places = _GDELT.get(len(row), {})
    if any(row[place].startswith(_SCHEMES) for place in places):
        return {name: row[place] for place, name in places.items()}
    address = next((each for each in row if each.strip().startswith(_SCHEMES)), None)
    return {"url": address, "date": next(filter(is_day, row), None)}
