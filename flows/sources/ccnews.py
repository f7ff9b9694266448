"""Common Crawl's news archives, or any WARC file: a stream of pages, and of what was passed over, with the reason.

A file that is damaged is read on from the next gzip member that begins a record. Nothing is held but one record.
https://commoncrawl.org/blog/news-dataset-available says where the files lie and how they are listed.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.sources.named import article_url, is_of
from flows.web.decoding import UndecodableError, decoder_for

ADDRESS = "https://data.commoncrawl.org"
MAX_BODY_BYTES = 10_000_000  # of a page, after decoding
MAX_LIST_BYTES = 20_000_000
_WANTED = WarcRecordType.response | WarcRecordType.revisit
_STAMP = re.compile(r"CC-NEWS-(\d{4})(\d\d)(\d\d)\d{6}-")
_RENAMED = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}  # its chunks are undone
_CHUNK = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?\r\n")
_MEMBER, _BEGINNING = b"\x1f\x8b\x08", b"WARC/"
_NO_NAME, _NO_LENGTH, _CUT = "without an address or a time of capture", "without a length", "cut short"
# the parser may have gone on into the next member to complete a head that ends in the middle
_TORN = frozenset({_NO_NAME, _NO_LENGTH, _CUT})
_PIECE_BYTES = 1 << 20
_OK = 200


@dataclass(frozen=True)
class ArchivedPage:
    """A page as an archive file holds it."""

    url: str  # as it was asked for
    article_url: str  # normalised
    captured_at: datetime
    content_type: str | None
    reason: str
    headers: tuple[tuple[str, str], ...]
    raw_body: bytes
    body: bytes


@dataclass(frozen=True)
class Skipped:
    """A record, or a piece of a file, that was passed over."""

    offset: int
    reason: str  # in few words: they are counted


def paths_address(address: str, month: date) -> str:
    """The address of the list of a month's files."""
    return f"{address.rstrip('/')}/crawl-data/CC-NEWS/{month.year}/{month.month:02}/warc.paths.gz"


def read_paths(body: bytes) -> list[str]:
    """The paths that a list names, in its order.

    Raises:
        ValueError: it is no such list.
    """
    try:
        with gzip.open(BytesIO(body)) as unpacked:
            listed = unpacked.read(MAX_LIST_BYTES)
    except (OSError, EOFError) as broken:
        raise ValueError(str(broken)) from broken
    return [line for line in listed.decode("ascii", "replace").split("\n") if line.endswith(".warc.gz")]


def captured_on(path: str) -> date | None:
    """The day on which a file was begun, as its name says."""
    found = _STAMP.search(path)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def is_archive(path: Path) -> bool:
    """Whether a file begins as WARC files do; one whose first gzip member is damaged may yet be one."""
    with path.open("rb") as file:
        if file.read(len(_MEMBER)) != _MEMBER:
            file.seek(0)
            return file.read(len(_BEGINNING)) == _BEGINNING
        file.seek(0)
        try:
            return gzip.open(file).read(len(_BEGINNING)) == _BEGINNING
        except (OSError, EOFError, zlib.error):
            return True


def pages(
    path: Path, sites: tuple[str, ...], told: Callable[[int], None] = lambda _: None
) -> Iterator[ArchivedPage | Skipped]:
    """The pages of some sites that a WARC file holds, in its order.

    Args:
        path: the file, gzipped or not.
        sites: hosts, or sections of hosts; empty for all.
        told: is given the position in the file, in bytes, after each record.
    """
    with path.open("rb") as file:
        is_packed = file.read(len(_MEMBER)) == _MEMBER
        offset: int | None = 0
        while offset is not None:
            reached = offset
            file.seek(offset)
            try:
                for record in ArchiveIterator(file, record_types=_WANTED, parse_http=False):
                    reached = record.stream_pos
                    told(reached)
                    if (found := _page(record, sites)) is not None:
                        yield found
                    if is_packed and isinstance(found, Skipped) and found.reason in _TORN:
                        offset = _next_member(file, reached + 1)
                        break
                else:
                    offset = None
            except Exception:  # noqa: BLE001 - whatever a damaged file makes the parser raise
                yield Skipped(reached, "damaged")
                offset = _next_member(file, reached + 1)


def _next_member(file: BinaryIO, start: int) -> int | None:
    """Where the next gzip member begins."""
    file.seek(start)
    position, tail = start, b""
    while piece := file.read(_PIECE_BYTES):
        text = tail + piece
        found = text.find(_MEMBER)
        if found >= 0:
            return position - len(tail) + found
        tail = text[-2:]
        position += len(piece)
    return None


def _page(record: Any, sites: tuple[str, ...]) -> ArchivedPage | Skipped | None:  # noqa: ANN401 - FastWARC has no types
    """The page of a record; None when it belongs to another site."""
    url = record.headers.get("WARC-Target-URI", "").strip("<>")
    if not is_of(url, sites):
        return None
    skipped = _doubt(record, url)
    if skipped is not None:
        return Skipped(record.stream_pos, skipped)
    headers = tuple((name, value) for name, value in record.http_headers)
    stated = {name.lower(): value for name, value in reversed(headers)}
    raw = record.reader.read()
    raw = _unchunked(raw) if "chunked" in stated.get("transfer-encoding", "").lower() else raw
    body = _decoded(raw, stated.get("content-encoding", ""))
    if body is None:
        return Skipped(record.stream_pos, "not decodable as labelled, or too large")
    return ArchivedPage(
        url=url,
        article_url=article_url(url) or "",
        captured_at=record.record_date.astimezone(UTC),
        content_type=record.http_headers.get("Content-Type"),
        reason=str(record.http_headers.status_line).partition(" ")[2].partition(" ")[2],
        headers=tuple((_RENAMED.get(str(name).lower(), str(name)), str(value)) for name, value in headers),
        raw_body=raw,
        body=body,
    )


def _doubt(record: Any, url: str) -> str | None:  # noqa: ANN401
    """Why a record is passed over; its HTTP headers are parsed when it is not."""
    return _doubt_of_record(record, url) or _doubt_of_answer(record)


def _doubt_of_record(record: Any, url: str) -> str | None:  # noqa: ANN401
    stated = str(record.headers.get("Content-Length"))
    if record.record_type == WarcRecordType.revisit:
        return "revisit: the page lies elsewhere"
    if article_url(url) is None or record.record_date is None:
        return _NO_NAME
    if not stated.isdigit():
        return _NO_LENGTH
    if int(stated) > MAX_BODY_BYTES:
        return "too large"
    record.freeze()
    return None if record.content_length == int(stated) else _CUT


def _doubt_of_answer(record: Any) -> str | None:  # noqa: ANN401
    if "WARC-Block-Digest" in record.headers and not record.verify_block_digest(consume=False):
        return "digest does not match"
    record.parse_http(auto_decode="none")
    http = record.http_headers
    if http is None or http.status_code != _OK:
        return "no answer" if http is None or http.status_code is None else f"answered {http.status_code}"
    if "WARC-Payload-Digest" in record.headers and not record.verify_payload_digest(consume=False):
        return "digest does not match"
    kind = (record.http_content_type or "text/html").lower()
    return None if kind in ("text/html", "application/xhtml+xml") else "not a web page"


def _unchunked(raw: bytes) -> bytes:
    """A body without its chunks; as it is where it has none, for many archives keep the header and not the chunks."""
    pieces: list[bytes] = []
    position = 0
    while (size := _CHUNK.match(raw, position)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(raw[size.end() : size.end() + length])
        position = size.end() + length
    return raw


def _decoded(raw: bytes, encoding: str) -> bytes | None:
    try:
        decoder = decoder_for(encoding)
        body = decoder.feed(raw, MAX_BODY_BYTES) if decoder else raw
    except UndecodableError:
        return None
    return body if len(body) <= MAX_BODY_BYTES else None
