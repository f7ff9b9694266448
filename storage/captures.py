"""Pages and feeds as they were received, in WARC 1.1: the format that pywb, ReplayWeb.page and Common Crawl read.

One file per run and process; a new one begins at 1 GB. `sync` must precede the events that point into the file. A
record is written whole or not at all: what a full disk cut short is taken back.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from types import TracebackType
from typing import Self
from uuid import UUID

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from storage.content_coding import UndecodableBodyError, decoded
from storage.delta import fsync_folder
from storage.events import CapturePlace
from storage.forgetting.blanking import BLANKED, SHORTENED, note_at
from storage.home import Home
from storage.warc_records import Exchange, packed_exchange, packed_opening, packed_resource, packed_revisit

ROTATE_AT_BYTES = 1_000_000_000
_KEPT = WarcRecordType.response | WarcRecordType.resource


class CaptureMissingError(LookupError):
    """A capture that an event points to cannot be read."""

    def __init__(self, place: CapturePlace, why: str) -> None:
        super().__init__(f"captures/{place.warc} at byte {place.offset}: {why}")
        self.place, self.why = place, why


class CaptureForgottenError(CaptureMissingError):
    """A capture was overwritten because its article was forgotten."""

    def __init__(self, place: CapturePlace) -> None:
        super().__init__(place, "its article was forgotten")


class CaptureWriter:
    """Writes the WARC files of one run in one process; use as a context manager."""

    def __init__(self, home: Home, run_id: UUID, rotate_at_bytes: int = ROTATE_AT_BYTES) -> None:
        self._folder, self._run_id, self._rotate_at = home.captures, run_id, rotate_at_bytes
        self._number, self._name, self._end = 0, "", 0
        self._file: FileIO | None = None

    def exchange(self, exchange: Exchange) -> CapturePlace:
        """Keep an HTTP exchange as a request and a response record; the place is the response's.

        Raises:
            OSError: the disk refused; nothing of the exchange was kept.
        """
        return self._append(packed_exchange(exchange))

    def resource(self, uri: str, content_type: str, body: bytes, at: datetime) -> CapturePlace:
        """Keep bytes that came without HTTP, such as a local file.

        Raises:
            OSError: the disk refused; nothing of it was kept.
        """
        return self._append(packed_resource(uri, content_type, body, at))

    def revisit(self, exchange: Exchange, url: str, captured_at: datetime) -> CapturePlace:
        """Keep the head of an answer whose body was captured at *url* then, and a pointer to that capture.

        Raises:
            OSError: the disk refused; nothing of it was kept.
        """
        return self._append(packed_revisit(exchange, url, captured_at))

    def sync(self) -> None:
        """Make everything written so far durable."""
        if self._file is not None:
            os.fsync(self._file.fileno())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _append(self, packed: bytes) -> CapturePlace:
        if self._file is not None and self._end >= self._rotate_at:
            self._close()
        file = self._file or self._begin()
        place = CapturePlace(self._name, self._end)
        _write_whole(file, packed, self._end)
        self._end += len(packed)
        return place

    def _begin(self) -> FileIO:
        """A new file with its opening record."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._number += 1
        self._name = f"{self._run_id}-{os.getpid()}-{self._number:05}.warc.gz"
        path = self._folder / self._name
        file = FileIO(path, "xb")
        fcntl.flock(file, fcntl.LOCK_EX)  # tells who searches for what is forgotten that the end is still being written
        opening = packed_opening(path.name)
        try:
            _write_whole(file, opening, 0)
        except OSError:
            file.close()
            path.unlink()
            raise
        fsync_folder(self._folder)
        self._file, self._end = file, len(opening)
        return file

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with file:
                os.fsync(file.fileno())


def _write_whole(file: FileIO, data: bytes, begin: int) -> None:
    """Write all of it at the file's end, where it is to *begin*; when the disk refuses, take back what was written."""
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as refused:
        file.truncate(begin)
        file.seek(begin)
        raise OSError(refused.errno, refused.strerror, str(file.name)) from refused


@dataclass(frozen=True)
class KeptBody:
    """A capture read back: the decoded body and its media type as stated."""

    uri: str
    content_type: str | None
    body: bytes
    is_shortened: bool = False  # a feed's answer that lost the entries of forgotten articles


def read_capture(home: Home, place: CapturePlace) -> KeptBody:
    """Read one capture, content coding removed.

    Raises:
        CaptureForgottenError: it was overwritten.
        CaptureMissingError: the file or the record is not there.
    """
    try:
        with (home.captures / place.warc).open("rb") as stream:
            note = note_at(stream, place.offset)
            if note == BLANKED:
                raise CaptureForgottenError(place)
            stream.seek(place.offset)
            # transfer coding at most: of content codings FastWARC knows fewer names than the web client
            for record in ArchiveIterator(stream, parse_http=True, auto_decode="transfer"):
                if record.stream_pos == place.offset and record.record_type & _KEPT:
                    return _kept(record, is_shortened=note == SHORTENED)
                break  # a record that is torn would be passed over, and the next one is another page
    except (OSError, UndecodableBodyError) as refused:
        raise CaptureMissingError(place, str(refused)) from refused
    raise CaptureMissingError(place, "no response record there")


def _kept(record: WarcRecord, *, is_shortened: bool) -> KeptBody:
    # http_content_type is the bare media type: the charset would be lost
    headers = record.http_headers if record.is_http else record.headers
    encodings = record.http_headers.get_multiple("Content-Encoding") if record.is_http else ()
    body = decoded(record.reader.read(), ", ".join(encodings))
    return KeptBody(record.headers["WARC-Target-URI"], headers.get("Content-Type"), body, is_shortened)
