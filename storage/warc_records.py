"""The WARC 1.1 records (ISO 28500:2017) that captures are made of, each a gzip member of its own.

Answers and requests are written here, byte for byte as received. warcio writes the same records, but escapes what is
not ASCII in a header, refuses a status line that is not, and takes half as long again;
`tests/storage/test_warc_records.py` holds the two side by side.
"""

from __future__ import annotations

import zlib
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from io import BytesIO
from urllib.parse import urlsplit
from uuid import uuid4

from warcio.warcwriter import WARCWriter

Headers = Sequence[tuple[str, str]]
_GZIP = 31  # what zlib's wbits means
_PACKED_BY = 6  # zlib's level: 9 takes longer and saves next to nothing on pages
_STORED = 0  # a body that came packed gets no smaller: a page of 36 kB would cost 1.5 ms for nothing
_PACKINGS = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd"))
_NOT_MODIFIED = 304
_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_SAYS_SAME = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True)
class Exchange:
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
    fields = {"WARC-Date": warc_date(exchange.received_at)}
    named = {"WARC-Payload-Digest": _digest(exchange.raw_body)}
    return _answer_and_request(exchange, "response", fields, named, exchange.raw_body)


def packed_revisit(exchange: Exchange, url: str, captured_at: datetime) -> bytes:
    """The answer without its body, which was captured at *url* then; then the request."""
    is_said = exchange.status == _NOT_MODIFIED
    fields = {
        "WARC-Date": warc_date(exchange.received_at),
        "WARC-Profile": _SAYS_SAME if is_said else _SAME_BODY,
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": warc_date(captured_at),
    }
    if not is_said:
        fields["WARC-Payload-Digest"] = _digest(exchange.raw_body)
    return _answer_and_request(exchange, "revisit", fields, {}, b"")


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


def _answer_and_request(
    exchange: Exchange, kind: str, before: dict[str, str], after: dict[str, str], body: bytes
) -> bytes:
    """Both records; fields of the answer's before and after those that every record has."""
    answer_id, request_id = _record_id(), _record_id()
    head = _head(f"HTTP/1.1 {exchange.status} {exchange.reason}".rstrip(), exchange.response_headers)
    asked = _head(f"GET {_target(exchange.url)} HTTP/1.1", exchange.request_headers)
    answer = {**before, **_fields(kind, answer_id, exchange.url), **after}
    request = {
        "WARC-Date": before["WARC-Date"],
        **_fields("request", request_id, exchange.url),
        "WARC-Payload-Digest": _OF_NOTHING,
        "WARC-Concurrent-To": answer_id,
    }
    level = _STORED if body and _came_packed(exchange.response_headers) else _PACKED_BY
    return _packed(answer, "response", head, body, level) + _packed(request, "request", asked, b"", _PACKED_BY)


def _fields(kind: str, record_id: str, url: str) -> dict[str, str]:
    return {"WARC-Type": kind, "WARC-Record-ID": record_id, "WARC-Target-URI": url}


def _came_packed(headers: Headers) -> bool:
    named = (value for name, value in headers if name.lower() == "content-encoding")
    return any(each.strip().lower() in _PACKINGS for value in named for each in value.split(","))


def _packed(fields: dict[str, str], message: str, head: bytes, body: bytes, level: int) -> bytes:
    named = "".join([f"{name}: {value}\r\n" for name, value in fields.items()])
    opening = (
        f"WARC/1.1\r\n{named}WARC-Block-Digest: {_digest(head, body)}\r\n"
        f"Content-Type: application/http; msgtype={message}\r\nContent-Length: {len(head) + len(body)}\r\n\r\n"
    )
    packer = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return packer.compress(b"".join((opening.encode(), head, body, b"\r\n\r\n"))) + packer.flush()


def _head(first_line: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
    return b"".join(
        (first_line.encode("utf-8", "surrogateescape"), b"\r\n", lines.encode("latin-1", "replace"), b"\r\n")
    )


def _digest(*parts: bytes) -> str:
    digest = sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return f"sha1:{b32encode(digest.digest()).decode()}"


_OF_NOTHING = _digest()


def _record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def warc_date(at: datetime) -> str:
    """A time as WARC-Date writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
