"""Archive files for tests: what an archive received of pages, written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.press import stories
from flows.press.answers import resource

WORDS = "The road to Gulu was closed for the third day while engineers looked at the bridge and its two piers. "


@dataclass(frozen=True)
class Received:
    """A page as an archive received it."""

    url: str
    body: bytes
    at: datetime
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    warc_headers: dict[str, str] = field(default_factory=dict)


def member(page: Received) -> bytes:
    """The page as a gzip member of a WARC file."""
    packed = BytesIO()
    headers = StatusAndHeaders(page.status, list(page.headers), protocol="HTTP/1.1")
    writer = WARCWriter(packed, gzip=True)
    record = writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=headers,
        warc_headers_dict={
            "WARC-Date": page.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{page.url} {page.at}')}>",
            **page.warc_headers,
        },
    )
    writer.write_record(record)
    return packed.getvalue()


def revisit(page: Received) -> bytes:
    packed = BytesIO()
    writer = WARCWriter(packed, gzip=True)
    writer.write_record(writer.create_revisit_record(page.url, "sha1:AB", page.url, "2026-03-01T00:00:00Z"))
    return packed.getvalue()


def write(path: Path, pages: Iterable[Received]) -> Path:
    path.write_bytes(b"".join(map(member, pages)))
    return path


def article(name: str, day: str = "2026-03-04", host: str = "example.org", words: str = WORDS) -> Received:
    """A page that states its day, received on the evening of that day."""
    body = (
        f"<html><head><title>{name}</title><meta property='article:published_time' content='{day}T09:00:00Z'></head>"
        f"<body><article><h1>{name}</h1><p>{name}. {words * 4}</p></article></body></html>"
    )
    return Received(f"https://{host}/{name}", body.encode(), datetime.fromisoformat(f"{day}T20:00:00+00:00"))


def press_pages(port: int) -> Iterator[Received]:
    """Every page of the sample press as two nights see it."""
    for night, at in ((1, datetime(2026, 3, 8, 2, 30, tzinfo=UTC)), (2, datetime(2026, 3, 9, 2, 30, tzinfo=UTC))):
        for number, story in enumerate(each for each in stories(night) if each.kind != "gone"):
            host = f"{story.publisher}.localhost"
            body = resource(host, story.path, night, port).body
            yield Received(f"http://{host}:{port}{story.path}", body, at + timedelta(seconds=number))
