"""Pages and feeds as they were received, in WARC 1.1: the format that pywb, ReplayWeb.page and Common Crawl read.

One file per run and process; a new one begins at 1 GB. `sync` must precede the events that point into the file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from types import TracebackType
from typing import IO, Self
from urllib.parse import urlsplit
from uuid import UUID

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.delta import fsync_folder
from storage.events import CapturePlace
from storage.home import Home

ROTATE_AT_BYTES = 1_000_000_000
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Exchange:
    """One HTTP exchange as it went over the wire (transfer coding removed, content coding kept)."""

    url: str
    received_at: datetime
    request_headers: Headers
    status: int
    reason: str
    response_headers: Headers
    raw_body: bytes


class CaptureMissingError(LookupError):
    """A capture that an event points to cannot be read."""

    def __init__(self, place: CapturePlace, why: str) -> None:
        super().__init__(f"captures/{place.warc} at byte {place.offset}: {why}")
        self.place = place


class CaptureWriter:
    """Writes the WARC files of one run in one process; use as a context manager."""

    def __init__(self, home: Home, run_id: UUID, rotate_at_bytes: int = ROTATE_AT_BYTES) -> None:
        self._folder, self._run_id, self._rotate_at = home.captures, run_id, rotate_at_bytes
        self._number, self._file, self._writer = 0, None, None
        self._name = ""

    _file: IO[bytes] | None
    _writer: WARCWriter | None

    def exchange(self, exchange: Exchange) -> CapturePlace:
        """Keep an HTTP exchange as a request and a response record; the place is the response's."""
        writer = self._open()
        first_line, headers = f"{exchange.status} {exchange.reason}".strip(), list(exchange.response_headers)
        place = self._place()
        response = writer.create_warc_record(
            exchange.url,
            "response",
            payload=BytesIO(exchange.raw_body),
            length=len(exchange.raw_body),
            warc_headers_dict={"WARC-Date": _warc_date(exchange.received_at)},
            http_headers=StatusAndHeaders(first_line, headers, protocol="HTTP/1.1"),
        )
        request = writer.create_warc_record(
            exchange.url,
            "request",
            warc_headers_dict={"WARC-Date": _warc_date(exchange.received_at)},
            http_headers=StatusAndHeaders(
                f"GET {_target(exchange.url)} HTTP/1.1", list(exchange.request_headers), is_http_request=True
            ),
        )
        writer.write_request_response_pair(request, response)
        return place

    def resource(self, uri: str, content_type: str, body: bytes, at: datetime) -> CapturePlace:
        """Keep bytes that came without HTTP, such as a local file."""
        writer = self._open()
        place = self._place()
        writer.write_record(
            writer.create_warc_record(
                uri,
                "resource",
                payload=BytesIO(body),
                length=len(body),
                warc_content_type=content_type,
                warc_headers_dict={"WARC-Date": _warc_date(at)},
            )
        )
        return place

    def sync(self) -> None:
        """Make everything written so far durable."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self.sync()
            self._file.close()

    def _open(self) -> WARCWriter:
        """The current file's writer; a new file when there is none or the current one is full."""
        if self._file is not None and self._file.tell() >= self._rotate_at:
            self.sync()
            self._file.close()
            self._file = None
        if self._file is None or self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._number += 1
            self._name = f"{self._run_id}-{os.getpid()}-{self._number:05}.warc.gz"
            self._file = (self._folder / self._name).open("xb")
            self._writer = WARCWriter(self._file, gzip=True, warc_version="WARC/1.1")
            self._writer.write_record(self._writer.create_warcinfo_record(self._name, {"software": "dateline"}))
            fsync_folder(self._folder)
        return self._writer

    def _place(self) -> CapturePlace:
        assert self._file is not None
        return CapturePlace(self._name, self._file.tell())


@dataclass(frozen=True)
class KeptBody:
    """A capture read back: the decoded body and its media type as stated."""

    uri: str
    content_type: str | None
    body: bytes


def read_capture(home: Home, place: CapturePlace) -> KeptBody:
    """Read one capture, content coding removed.

    Raises:
        CaptureMissingError: the file or the record is not there.
    """
    path = home.captures / place.warc
    try:
        with path.open("rb") as stream:
            stream.seek(place.offset)
            wanted = WarcRecordType.response | WarcRecordType.resource
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
                # http_content_type is the bare media type: the charset would be lost
                headers = record.http_headers if record.is_http else record.headers
                content_type = headers.get("Content-Type")
                return KeptBody(record.headers["WARC-Target-URI"], content_type, record.reader.read())
    except OSError as refused:
        raise CaptureMissingError(place, str(refused)) from refused
    raise CaptureMissingError(place, "no response record there")


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
