"""The WARC records that captures are made of: exchanges, resources, revisits of what is kept already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

Headers = Sequence[tuple[str, str]]
_NOT_MODIFIED = 304
_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_SAYS_SAME = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


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


def write_opening(writer: WARCWriter, name: str) -> None:
    """What a file begins with."""
    writer.write_record(writer.create_warcinfo_record(name, {"software": "dateline"}))


def write_exchange(writer: WARCWriter, exchange: Exchange) -> None:
    """The answer with its body, then the request."""
    response = writer.create_warc_record(
        exchange.url,
        "response",
        payload=BytesIO(exchange.raw_body),
        length=len(exchange.raw_body),
        warc_headers_dict={"WARC-Date": _warc_date(exchange.received_at)},
        http_headers=_answer_head(exchange),
    )
    writer.write_request_response_pair(_request(writer, exchange), response)


def write_revisit(writer: WARCWriter, exchange: Exchange, url: str, captured_at: datetime) -> None:
    """The answer without its body, which was captured at *url* then; then the request."""
    is_said = exchange.status == _NOT_MODIFIED
    fields = {
        "WARC-Date": _warc_date(exchange.received_at),
        "WARC-Profile": _SAYS_SAME if is_said else _SAME_BODY,
        "WARC-Refers-To-Target-URI": url,
        "WARC-Refers-To-Date": _warc_date(captured_at),
    }
    if not is_said:
        fields["WARC-Payload-Digest"] = _digest(exchange.raw_body)
    revisit = writer.create_warc_record(
        exchange.url, "revisit", warc_headers_dict=fields, http_headers=_answer_head(exchange)
    )
    writer.write_request_response_pair(_request(writer, exchange), revisit)


def write_resource(writer: WARCWriter, uri: str, content_type: str, body: bytes, at: datetime) -> None:
    """Bytes that came without HTTP."""
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


def _answer_head(exchange: Exchange) -> StatusAndHeaders:
    first_line = f"{exchange.status} {exchange.reason}".strip()
    return StatusAndHeaders(first_line, list(exchange.response_headers), protocol="HTTP/1.1")


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    return writer.create_warc_record(
        exchange.url,
        "request",
        warc_headers_dict={"WARC-Date": _warc_date(exchange.received_at)},
        http_headers=StatusAndHeaders(
            f"GET {_target(exchange.url)} HTTP/1.1", list(exchange.request_headers), is_http_request=True
        ),
    )


def _digest(body: bytes) -> str:
    """As warcio writes the digest of the capture itself."""
    digester = Digester("sha1")
    digester.update(body)
    return str(digester)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
