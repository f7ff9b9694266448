"""How the sample press speaks HTTP: conditional requests, compression, HEAD, connections that stay open."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from email.message import Message
    from socket import socket
    from socketserver import BaseServer

    from flows.press.answers import Resource

# below this a compressed answer is hardly smaller
GZIP_FROM_BYTES = 512


class Answering(Protocol):
    """Who knows what to answer and keeps the count."""

    def answer(self, host: str, path: str) -> Resource:
        """What *path*, with or without a query, answers on *host* now."""
        ...

    def count(self, host: str, path: str, status: int) -> None:
        """Note that an address was asked for."""
        ...


class PressHandler(BaseHTTPRequestHandler):
    """One connection of one client."""

    protocol_version = "HTTP/1.1"
    server_version = "SamplePress"
    wbufsize = -1  # buffered: head and body leave together, without waiting for a delayed acknowledgement

    def __init__(self, press: Answering, request: socket, client_address: tuple[str, int], server: BaseServer) -> None:
        self._press = press
        super().__init__(request, client_address, server)  # answers until the connection ends

    def do_GET(self) -> None:
        """Answer with head and body."""
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the head alone."""
        self._respond(with_body=False)

    def version_string(self) -> str:
        """What the Server header says: no version of Python."""
        return self.server_version

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing: the press counts."""

    def _respond(self, *, with_body: bool) -> None:
        host, path = _target(self.path, self.headers.get("Host", ""))
        found = self._press.answer(host, path)
        packed = len(found.body) >= GZIP_FROM_BYTES and _accepts_gzip(self.headers.get("Accept-Encoding", ""))
        tag = entity_tag(found.body, packed=packed)
        fresh = found.status == HTTPStatus.OK and _is_fresh(self.headers, tag, found.modified)
        status = HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus(found.status)
        self._press.count(host, path, status.value)
        self.send_response(status)
        self._send_validators(found, tag)
        if fresh:
            self.end_headers()
            return
        body = gzip.compress(found.body, mtime=0) if packed else found.body
        self._send_entity_headers(found, len(body), packed=packed)
        if with_body:
            self.wfile.write(body)

    def _send_validators(self, found: Resource, tag: str) -> None:
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("Cache-Control", "no-cache")  # keep it, but ask again
        if found.status == HTTPStatus.OK:
            self.send_header("ETag", tag)
        if found.modified is not None:
            self.send_header("Last-Modified", format_datetime(found.modified.astimezone(UTC), usegmt=True))

    def _send_entity_headers(self, found: Resource, body_bytes: int, *, packed: bool) -> None:
        if found.location is not None:
            self.send_header("Location", found.location)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(body_bytes))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()


def entity_tag(body: bytes, *, packed: bool) -> str:
    """The strong ETag of a body, which differs between its plain and its compressed form."""
    return f'"{sha256(body).hexdigest()[:20]}{"-gzip" if packed else ""}"'


def _target(request_target: str, host_header: str) -> tuple[str, str]:
    """Host name without port, and path with query: from an absolute request target when a client sends one."""
    address = urlsplit(request_target)
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    host, _, _ = (address.netloc or host_header or "localhost").partition(":")
    return host.lower(), path


def _accepts_gzip(accept_encoding: str) -> bool:
    for offer in accept_encoding.lower().split(","):
        coding, _, weight = offer.replace(" ", "").partition(";q=")
        if coding in ("gzip", "*"):
            return weight.strip("0.") != "" or weight == ""
    return False


def _is_fresh(headers: Message, tag: str, modified: datetime | None) -> bool:
    """Whether the client holds this already; If-None-Match overrules If-Modified-Since (RFC 9110, 13.2.2)."""
    held = headers.get("If-None-Match")
    if held is not None:
        tags = {part.strip().removeprefix("W/") for part in held.split(",")}
        return tag in tags or "*" in tags
    since = _http_date(headers.get("If-Modified-Since", ""))
    return since is not None and modified is not None and modified <= since


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
