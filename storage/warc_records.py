"""The WARC 1.1 records (ISO 28500:2017) that captures are made of, each a gzip member of its own.

Answers and requests are written here, byte for byte as received. warcio writes the same records, but escapes what is
not ASCII in a header, refuses a status line that is not, and takes half as long again;
`tests/storage/test_warc_records.py` holds the two side by side.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO

import msgspec
from uuid_utils import UUID, uuid4
from warcio.warcwriter import WARCWriter

Headers = Sequence[tuple[str, str]]
_GZIP = 31  # what zlib's wbits means
_PACKED_BY = 6  # zlib's level: 9 takes longer and saves next to nothing on pages
_STORED = 0  # a body that came packed gets no smaller: a page of 36 kB would cost 1.5 ms for nothing
_PACKINGS = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd"))
_NOT_MODIFIED = 304
_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_SAYS_SAME = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class Exchange(msgspec.Struct, frozen=True, gc=False):
    """One HTTP exchange as it went over the wire (transfer coding removed, content coding kept).

    Headers are ISO-8859-1; a reason that is not UTF-8 stands in half surrogate pairs.
    """

    url: str
    received_at: datetime
    request_headers: Headers
    status: int
    reason: str
    response_headers: Headers
    raw_body: bytes


def packed_exchange(exchange: Exchange) -> bytes:
    """The answer with its body, then the request."""
    named = f"WARC-Payload-Digest: {_digest(exchange.raw_body)}\r\n"
    return _answer_and_request(exchange, "response", "", named, exchange.raw_body)


def packed_revisit(exchange: Exchange, url: str, captured_at: datetime) -> bytes:
    """The answer without its body, which was captured at *url* then; then the request."""
    is_said = exchange.status == _NOT_MODIFIED
    fields = (
        f"WARC-Profile: {_SAYS_SAME if is_said else _SAME_BODY}\r\nWARC-Refers-To-Target-URI: {url}\r\n"
        f"WARC-Refers-To-Date: {warc_date(captured_at)}\r\n"
    )
    if not is_said:
        fields += f"WARC-Payload-Digest: {_digest(exchange.raw_body)}\r\n"
    return _answer_and_request(exchange, "revisit", fields, "", b"")


def packed_resource(uri: str, content_type: str, body: bytes, at: datetime) -> bytes:
    """Bytes that came without HTTP."""
    writer, packed = _writer()
    writer.write_record(
        writer.create_warc_record(
            uri,
            "resource",
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict={"WARC-Date": warc_date(at)},
        )
    )
    return packed.getvalue()


def packed_opening(name: str) -> bytes:
    """What a file begins with."""
    writer, packed = _writer()
    writer.write_record(writer.create_warcinfo_record(name, {"software": "dateline"}))
    return packed.getvalue()


def _writer() -> tuple[WARCWriter, BytesIO]:
    packed = BytesIO()
    return WARCWriter(packed, gzip=True, warc_version="WARC/1.1"), packed


def _answer_and_request(exchange: Exchange, kind: str, before: str, after: str, body: bytes) -> bytes:
    """Both records; fields of the answer's before and after those that every record has."""
    answer_id, request_id, uri = uuid4(), uuid4(), exchange.url
    date = f"WARC-Date: {warc_date(exchange.received_at)}\r\n"
    head = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}".rstrip(), exchange.response_headers)
    asked = _head(f"GET {_target(uri)} HTTP/1.1", exchange.request_headers)
    answer = f"{date}{before}WARC-Type: {kind}\r\n{_names(answer_id, uri)}{after}"
    request = f"{date}WARC-Type: request\r\n{_names(request_id, uri)}{_OF_REQUESTS}<urn:uuid:{answer_id}>\r\n"
    is_packed = bool(body) and _came_packed(exchange.response_headers)
    return _member(answer, "response", head, body, is_packed=is_packed) + _member(request, "request", asked, b"")


def _names(record_id: UUID, uri: str) -> str:
    return f"WARC-Record-ID: <urn:uuid:{record_id}>\r\nWARC-Target-URI: {uri}\r\n"


def _came_packed(headers: Headers) -> bool:
    named = [value for name, value in headers if name.lower() == "content-encoding"]
    return any(each.strip().lower() in _PACKINGS for value in named for each in value.split(","))


def _member(fields: str, message: str, head: bytes, body: bytes, *, is_packed: bool = False) -> bytes:
    opening = (
        f"WARC/1.1\r\n{fields}WARC-Block-Digest: {_digest(head, body)}\r\n"
        f"Content-Type: application/http; msgtype={message}\r\nContent-Length: {len(head) + len(body)}\r\n\r\n"
    )
    record = b"".join((opening.encode(), head, body, b"\r\n\r\n"))
    packer = zlib.compressobj(_STORED if is_packed else _PACKED_BY, zlib.DEFLATED, _GZIP)
    return packer.compress(record) + packer.flush()


def _head(first_line: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
    return b"".join(
        (first_line.encode("utf-8", "surrogateescape"), b"\r\n", lines.encode("latin-1", "replace"), b"\r\n")
    )


def _digest(*parts: bytes) -> str:
    digest = sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    number = int.from_bytes(digest.digest(), "big")
    return "sha1:" + "".join([_TWO_LETTERS[number >> shift & 1023] for shift in range(150, -1, -10)])


_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TWO_LETTERS = [first + second for first in _BASE32 for second in _BASE32]  # ten bits; base64.b32encode takes five
_OF_REQUESTS = f"WARC-Payload-Digest: {_digest()}\r\nWARC-Concurrent-To: "


def _target(url: str) -> str:
    rest = url.partition("://")[2]
    return rest[rest.find("/") :] if "/" in rest else "/"


def warc_date(at: datetime) -> str:
    """A time as WARC-Date writes it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
