"""Local files: dated texts and saved web pages, alone or in folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from html import unescape
from pathlib import Path

from flows.sources.local import LocalItem, LocalSourceError, read_bytes, urn
from flows.web.errors import BadUrlError
from flows.web.urls import normalised
from storage.tables import SUFFIXES as TABLE_SUFFIXES

TEXT_SUFFIXES = frozenset({".txt", ".text"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_KNOWN = TEXT_SUFFIXES | PAGE_SUFFIXES | TABLE_SUFFIXES

_HEAD_BYTES = 200_000  # a page states its address early
_STATED = (
    re.compile(rb"""<link\b[^>]*\brel\s*=\s*["']?canonical\b[^>]*>""", re.IGNORECASE),
    re.compile(rb"""<meta\b[^>]*\bproperty\s*=\s*["']?og:url\b[^>]*>""", re.IGNORECASE),
)
_ADDRESS = re.compile(rb"""\b(?:href|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to take, folders walked in alphabetical order; unknown kinds inside folders are passed over.

    Raises:
        LocalSourceError: a path does not exist, or a file named on its own is of an unknown kind.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in _KNOWN and each.is_file())
        elif not path.exists():
            raise LocalSourceError(str(path), "no such file or folder")
        elif path.suffix.lower() not in _KNOWN:
            kinds = ", ".join(sorted(_KNOWN))
            raise LocalSourceError(str(path), f"not a kind of file that can be taken; those are {kinds}")
        else:
            yield path


def file_item(path: Path, stated_on: date | None) -> LocalItem:
    """A dated text or a saved page.

    Args:
        path: the file.
        stated_on: the day of texts that state none themselves.

    Raises:
        LocalSourceError: it cannot be read.
    """
    return item_of(str(path), path.name, read_bytes(path), stated_on, is_page=path.suffix.lower() in PAGE_SUFFIXES)


def item_of(name: str, source: str, body: bytes, stated_on: date | None, *, is_page: bool) -> LocalItem:
    """Bytes that came without an address of their own."""
    return LocalItem(
        name=name,
        source=source,
        body=body,
        content_type="text/html" if is_page else "text/plain",
        url=(stated_address(body) if is_page else None) or urn(body),
        published_at=None if stated_on is None else datetime.combine(stated_on, time(), UTC),
    )


def stated_address(page: bytes) -> str | None:
    """The address a saved page states: where a browser saved it from, its canonical link, or its og:url."""
    head = page[:_HEAD_BYTES]
    saved = _SAVED_FROM.search(head)
    tags = [match.group() for pattern in _STATED if (match := pattern.search(head))]
    stated = [saved.group(1)] if saved else []
    stated += [next(filter(None, match.groups()), b"") for tag in tags if (match := _ADDRESS.search(tag))]
    for address in stated:
        try:
            return normalised(unescape(address.decode("utf-8", "replace")).strip())
        except BadUrlError:
            continue
    return None
