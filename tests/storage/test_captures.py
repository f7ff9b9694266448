from __future__ import annotations

import fcntl
import gzip
from pathlib import Path
from uuid import UUID

import brotli
import pytest
import zstandard
from warcio.archiveiterator import ArchiveIterator

from storage.captures import CaptureMissingError, CaptureWriter, Exchange, read_capture
from storage.events import CapturePlace
from storage.home import Home
from tests.storage.records_of import NOON, RUN

PAGE = "<p>Zürich, 2 March — words</p>".encode()


def exchange(body: bytes = PAGE, coding: str | None = None) -> Exchange:
    headers = [("Content-Type", "text/html; charset=utf-8")] + ([("Content-Encoding", coding)] if coding else [])
    return Exchange("https://example.org/a?b=c", NOON, [("Host", "example.org")], 200, "OK", headers, body)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        (None, PAGE),
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
    ],
)
def test_a_page_comes_back_decoded_whatever_it_came_packed_in(home: Home, coding: str | None, packed: bytes) -> None:
    with CaptureWriter(home, RUN) as writer:
        writer.exchange(exchange(b"first"))
        place = writer.exchange(exchange(packed, coding))
    kept = read_capture(home, place)
    assert (kept.uri, kept.content_type, kept.body) == ("https://example.org/a?b=c", "text/html; charset=utf-8", PAGE)


def test_a_local_file_is_kept_as_a_resource(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        place = writer.resource("urn:sha256:ab", "text/plain", b"date 2026-03-02 Words.", NOON)
        writer.sync()
        assert read_capture(home, place).body == b"date 2026-03-02 Words."


def test_another_warc_reader_finds_request_and_response(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        writer.exchange(exchange())
    [file] = home.captures.iterdir()
    with file.open("rb") as stream:
        found = [(each.rec_type, each.rec_headers.get_header("WARC-Date")) for each in ArchiveIterator(stream)]
    assert [kind for kind, _ in found] == ["warcinfo", "response", "request"]
    assert {at for _, at in found[1:]} == {"2026-03-02T12:00:00.000000Z"}


def test_a_full_file_is_followed_by_another(home: Home) -> None:
    with CaptureWriter(home, RUN, rotate_at_bytes=1) as writer:
        places = [writer.exchange(exchange(bytes([number]))) for number in range(3)]
    assert len({place.warc for place in places}) == 3
    assert [read_capture(home, place).body for place in places] == [b"\0", b"\1", b"\2"]


def test_a_run_that_keeps_nothing_leaves_no_file(home: Home) -> None:
    with CaptureWriter(home, UUID(int=1)):
        pass
    assert not home.captures.exists()


def test_a_missing_capture_is_named(home: Home, tmp_path: Path) -> None:
    assert tmp_path
    with pytest.raises(CaptureMissingError, match=r"captures/no\.warc\.gz at byte 7"):
        read_capture(home, CapturePlace("no.warc.gz", 7))


def test_a_file_is_locked_as_long_as_it_is_written(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        path = home.captures / writer.exchange(exchange()).warc
        with path.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
