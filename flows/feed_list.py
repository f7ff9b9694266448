"""The list of feeds: an OPML file in the home that people may also edit by hand.

Whatever else stands in the file (attributes, heads, outlines of other kinds, comments) is kept. Every change reads the
file anew under a lock and replaces it whole, so that two commands at once lose nothing.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock

from flows.feeds.opml import (
    BadOpmlError,
    Feed,
    address_of,
    feeds_of,
    folder_of,
    is_address,
    key_of,
    outline_of,
    parse_opml,
    written,
)
from flows.feeds.plain_text import plain_text
from flows.web.urls import requestable

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from xml.etree import ElementTree as ET

__all__ = ["BadOpmlError", "Feed", "FeedList", "Imported"]

_LOCK_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the feeds of an imported list."""

    added: tuple[Feed, ...]
    known: int
    refused: tuple[str, ...]  # addresses that are none


class FeedList:
    """The feeds of one OPML file; a missing file is an empty list."""

    def __init__(self, path: Path, tree: ET.Element) -> None:
        self._path, self._tree = path, tree

    @classmethod
    def load(cls, path: Path) -> FeedList:
        """The list as the file has it now.

        Raises:
            BadOpmlError: the file is there and holds something else.
        """
        return cls(path, _read_file(path))

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed once, in the order of the file."""
        return feeds_of(self._tree)

    def add(self, url: str, title: str | None = None) -> bool:
        """Put a feed at the end; False when its address is there already.

        Raises:
            BadUrlError: not an http(s) address.
        """
        return bool(self._merge([Feed(_checked(url), plain_text(title or "", is_literal=True))]))

    def remove(self, url: str) -> bool:
        """Take a feed out wherever it stands; False when it is not there."""
        key = key_of(url)
        with self._changing() as tree:
            pairs = ((parent, each, address_of(each)) for parent in tree.iter() for each in parent)
            found = [(parent, each) for parent, each, address in pairs if address and key_of(address) == key]
            for parent, outline in found:
                parent.remove(outline)
        return bool(found)

    def import_opml(self, document: bytes) -> Imported:
        """Add the feeds of another list, in their folders.

        Raises:
            BadOpmlError: it is not one; nothing is changed.
        """
        feeds = feeds_of(parse_opml(document, "the imported document"))
        good = [feed for feed in feeds if is_address(feed.url)]
        added = self._merge(good)
        return Imported(added, len(good) - len(added), tuple(feed.url for feed in feeds if not is_address(feed.url)))

    def export(self) -> bytes:
        """The list as OPML 2.0, UTF-8."""
        return written(self._tree)

    def _merge(self, feeds: list[Feed]) -> tuple[Feed, ...]:
        with self._changing() as tree:
            known = {key_of(feed.url) for feed in feeds_of(tree)}
            new = {key_of(feed.url): feed for feed in reversed(feeds) if key_of(feed.url) not in known}
            added = tuple(reversed(new.values()))
            for feed in added:
                folder_of(tree, feed.folders).append(outline_of(feed))
        return added

    @contextmanager
    def _changing(self) -> Generator[ET.Element]:
        """The file's tree to be changed; it is written when it was."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._path}.lock", timeout=_LOCK_SECONDS):
            self._tree = _read_file(self._path)
            before = written(self._tree)
            yield self._tree
            if (after := written(self._tree)) != before:
                _replace(self._path, after)


def _read_file(path: Path) -> ET.Element:
    try:
        return parse_opml(path.read_bytes(), str(path))
    except FileNotFoundError:
        return parse_opml(b'<opml version="2.0"><head><title>dateline</title></head><body/></opml>', str(path))


def _checked(url: str) -> str:
    sent = requestable(url)
    return url.strip() if url.isascii() else sent


def _replace(path: Path, content: bytes) -> None:
    """The file whole and on disk under its name, or as it was."""
    path = path.resolve()  # a symbolic link stays one
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
