from __future__ import annotations

import re
import zlib
from base64 import b32encode
from hashlib import sha1
from io import BytesIO

import pytest
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.warc_records import Exchange, packed_exchange, packed_revisit, warc_date
from tests.storage.records_of import NOON

_ID = re.compile(rb"<urn:uuid:[0-9a-f-]{36}>")


def exchange(status: int = 200, reason: str = "OK", body: bytes = b"<p>Rain</p>", **headers: str) -> Exchange:
    answered = [("Content-Type", "text/html"), *headers.items()]
    asked = [("Host", "example.org"), ("User-Agent", "dateline")]
    return Exchange("https://example.org/a?b=c", NOON, asked, status, reason, answered, body)


def members(packed: bytes) -> list[bytes]:
    """What each gzip member holds, ids left out."""
    found = []
    while packed:
        one = zlib.decompressobj(31)
        found.append(_ID.sub(b"<>", one.decompress(packed)))
        packed = one.unused_data
    return found


def by_warcio(kept: Exchange, kind: str = "response", **fields: str) -> bytes:
    packed = BytesIO()
    writer = WARCWriter(packed, gzip=True, warc_version="WARC/1.1")
    date = {"WARC-Date": warc_date(kept.received_at)}
    first_line = f"{kept.status} {kept.reason}".strip()
    body = {"payload": BytesIO(kept.raw_body), "length": len(kept.raw_body)} if kind == "response" else {}
    answer = writer.create_warc_record(
        kept.url, kind, **body, warc_headers_dict=date | {each.replace("_", "-"): to for each, to in fields.items()},
        http_headers=StatusAndHeaders(first_line, list(kept.response_headers), protocol="HTTP/1.1"),
    )  # fmt: skip
    request = writer.create_warc_record(
        kept.url, "request", warc_headers_dict=dict(date),
        http_headers=StatusAndHeaders("GET /a?b=c HTTP/1.1", list(kept.request_headers), is_http_request=True),
    )  # fmt: skip
    writer.write_request_response_pair(request, answer)
    return packed.getvalue()


ascii_words = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)


@given(st.integers(200, 599), ascii_words, st.binary(max_size=300), ascii_words)
def test_records_are_those_that_warcio_writes(status: int, reason: str, body: bytes, value: str) -> None:
    kept = exchange(status, reason, body, X=value)
    assert members(packed_exchange(kept)) == members(by_warcio(kept))


@pytest.mark.parametrize("status", [200, 304])
def test_a_revisit_is_the_one_that_warcio_writes(status: int) -> None:
    kept, profile = exchange(status), "server-not-modified" if status == 304 else "identical-payload-digest"
    sha = "sha1:" + b32encode(sha1(kept.raw_body).digest()).decode()
    digest = {"WARC_Payload_Digest": sha} if status == 200 else {}
    expected = by_warcio(
        kept, "revisit", WARC_Profile=f"http://netpreserve.org/warc/1.1/revisit/{profile}",
        WARC_Refers_To_Target_URI="https://example.org/b", WARC_Refers_To_Date=warc_date(NOON),
        **digest,
    )  # fmt: skip
    assert members(packed_revisit(kept, "https://example.org/b", NOON)) == members(expected)


def test_a_body_that_came_packed_is_stored_and_not_packed_again() -> None:
    words = " ".join(f"{number}" for number in range(5_000)).encode()
    body = zlib.compress(words)
    plain = exchange(body=words)
    kept = replace(exchange(body=body), response_headers=[("content-encoding", "identity, Deflate")])
    assert members(packed_exchange(kept)) == members(by_warcio(kept))
    assert body in packed_exchange(kept)
    assert len(packed_exchange(plain)) < len(words)


def test_two_exchanges_are_told_apart_and_each_names_its_own(home: object) -> None:
    assert home
    one, other = (_ID.findall(zlib.decompress(packed_exchange(exchange()), 31)) for _ in range(2))
    assert one != other


@pytest.mark.parametrize("reason", ["Tr\u00e8s bien", "Tr\udce8s bien", "", "\u0000", "OK" * 1_000])
def test_a_status_line_of_any_bytes_is_kept_as_received(reason: str) -> None:
    response, _ = members(packed_exchange(exchange(reason=reason)))
    line = f"HTTP/1.1 200 {reason}".rstrip().encode("utf-8", "surrogateescape")
    assert b"\r\n\r\n" + line + b"\r\n" in response


def test_header_bytes_beyond_ascii_are_kept_as_received() -> None:
    packed = packed_exchange(exchange(X="caf\xe9"))
    assert b"X: caf\xe9\r\n" in members(packed)[0]
    [response, request] = ArchiveIterator(BytesIO(packed), parse_http=True)
    assert response.headers["WARC-Record-ID"] == request.headers["WARC-Concurrent-To"]
