"""WARC files member by member: each record is a gzip member of its own, with a place and a length in the file."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

_GZIP = 31  # what zlib's wbits means
_MAGIC, _BEGINNING = b"\x1f\x8b\x08", b"WARC/"
_PIECE_BYTES = 1 << 16
_UNFOLDED_BYTES = 1 << 20  # at once: bounds what a bomb may unfold
_HEAD_BYTES = 1 << 14


@dataclass(frozen=True)
class Member:
    """Where a record lies in its file, and its head."""

    offset: int
    length: int
    opening: bytes  # the first bytes it unfolds to
    is_whole: bool = True

    @property
    def end(self) -> int:
        """The byte after it."""
        return self.offset + self.length

    @cached_property
    def head(self) -> Mapping[str, str]:
        """The record's own header fields, their names in lower case."""
        lines = self.opening.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")[1:]
        fields = (line.partition(":") for line in lines)
        return {name.strip().lower(): value.strip() for name, _, value in fields}

    @property
    def kind(self) -> str:
        """`response`, `request`, `resource` and so on; empty when that cannot be told."""
        return self.head.get("warc-type", "")

    @property
    def uri(self) -> str:
        """The address it is about; WARC 1.0 wrote it in angle brackets."""
        return self.head.get("warc-target-uri", "").strip("<>")


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """The members of a file from a byte on. Of one that is damaged or cut short the length is told all the same."""
    if path.stat().st_size <= start:
        return
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as held:
        while start < len(held):
            member = _member(held, start)
            yield member
            start = member.end


def _member(held: mmap, offset: int) -> Member:
    inflater, opening, at = zlib.decompressobj(_GZIP), b"", offset
    try:
        while not inflater.eof:
            piece = inflater.unconsumed_tail
            if not piece:
                piece, at = held[at : at + _PIECE_BYTES], at + _PIECE_BYTES
            if not piece:
                return Member(offset, len(held) - offset, opening, is_whole=False)
            unfolded = inflater.decompress(piece, _UNFOLDED_BYTES)
            opening += unfolded[: _HEAD_BYTES - len(opening)]
    except zlib.error:
        return Member(offset, _next(held, offset) - offset, opening, is_whole=False)
    return Member(offset, min(at, len(held)) - len(inflater.unused_data) - offset, opening)


def _next(held: mmap, at: int) -> int:
    """Where the next record begins after one whose end cannot be told; the end of the file if there is none."""
    while (at := held.find(_MAGIC, at + 1)) >= 0:
        try:
            if zlib.decompressobj(_GZIP).decompress(held[at : at + _PIECE_BYTES], len(_BEGINNING)) == _BEGINNING:
                return at
        except zlib.error:
            continue
    return len(held)
