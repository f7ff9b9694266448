"""Members of a WARC file replaced by others of the very same length, so that every other record stays where it is.

A gzip header may hold a comment of any length: it takes up the room that the new content leaves, and its first words
say what happened. What replaces a capture is an empty `metadata` record with the id and date of the one that was there.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
import zlib
from collections.abc import Callable
from typing import IO

import brotli
import zstandard

from storage.content_coding import UndecodableBodyError, decoded
from storage.forgetting.members import Member

BLANKED = b"dateline: forgotten"
SHORTENED = b"dateline: shortened"

_HEADER = b"\x1f\x8b\x08\x10\0\0\0\0\x02\xff"  # deflate, a comment, no time, best compression, system unknown
_HEADER_BYTES, _TRAILER_BYTES = 10, 8
_LINE = b"\r\n"
Edit = Callable[[bytes, str | None], bytes | None]


def padded(content: bytes, length: int, note: bytes) -> bytes | None:
    """A gzip member of *content* that is *length* bytes long and says *note*; None when it does not fit."""
    packed = _deflated(content)
    room = length - _HEADER_BYTES - len(packed) - 1 - _TRAILER_BYTES
    if room < len(note):
        return None
    trailer = zlib.crc32(content).to_bytes(4, "little") + (len(content) & 0xFFFFFFFF).to_bytes(4, "little")
    return _HEADER + note.ljust(room) + b"\0" + packed + trailer


def note_at(file: IO[bytes], offset: int) -> bytes:
    """Which of the notes the member at a byte of the file carries; empty for one that is as it was written."""
    file.seek(offset)
    start = file.read(_HEADER_BYTES + len(SHORTENED))
    said = start.removeprefix(_HEADER) if start.startswith(_HEADER) else b""
    return next((note for note in (SHORTENED, BLANKED) if said.startswith(note)), b"")


def blank(member: Member) -> bytes | None:
    """What replaces a capture; None for the beginning of a record that is too short to hold more than its head."""
    record_id = member.head.get("warc-record-id") or f"<{uuid.uuid4().urn}>"
    date = member.head.get("warc-date") or "1970-01-01T00:00:00Z"
    fields = f"WARC-Type: metadata\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {date}\r\nContent-Length: 0\r\n"
    return padded(b"WARC/1.1\r\n" + fields.encode() + _LINE + _LINE * 2, member.length, BLANKED)


def shortened(record: bytes, length: int, edit: Edit) -> bytes | None:
    """A member with the record's body edited, as long as before.

    Args:
        record: the whole record, unpacked.
        length: of the member in bytes.
        edit: from body and media type to the new body; None where it cannot be edited.

    Returns:
        The new member, the empty bytes when the edit left the body as it is, None when it cannot be done.
    """
    head, _, rest = record.partition(_LINE * 2)
    block = rest[: _content_length(head)]
    http, _, raw = block.partition(_LINE * 2)
    coding = _field(http, "Content-Encoding").lower()
    try:
        body = decoded(raw, coding)
    except UndecodableBodyError:
        return None
    edited = edit(body, _field(http, "Content-Type") or None)
    if edited is None or edited == body:
        return None if edited is None else b""
    fitting = (_member(head, http, edited, each, length) for each in (coding, "") if each in _RECODERS)
    return next(filter(None, fitting), None)


def _member(head: bytes, http: bytes, body: bytes, coding: str, length: int) -> bytes | None:
    raw = _RECODERS[coding](body)
    http = _with_field(http, "Content-Length", str(len(raw)))
    http = _with_field(http, "Content-Encoding", coding)
    block = http + _LINE * 2 + raw
    head = _with_field(head, "WARC-Payload-Digest", _digest(raw))
    head = _with_field(head, "WARC-Block-Digest", _digest(block))
    head = _with_field(head, "Content-Length", str(len(block)))
    return padded(head + _LINE * 2 + block + _LINE * 2, length, SHORTENED)


def _content_length(head: bytes) -> int:
    stated = _field(head, "Content-Length")
    return int(stated) if stated.isdigit() else 0


def _field(head: bytes, name: str) -> str:
    """The first value of a header field, empty when there is none."""
    found = (line.partition(b":") for line in head.split(_LINE)[1:] if _is_named(line, name))
    return next((value.strip().decode("latin-1") for _, _, value in found), "")


def _with_field(head: bytes, name: str, value: str) -> bytes:
    """The head with another value in a field that it has; an empty value leaves the field out."""
    new = [f"{name}: {value}".encode("latin-1")] if value else []
    lines = ([line] if not _is_named(line, name) else new for line in head.split(_LINE))
    return _LINE.join(line for each in lines for line in each)


def _is_named(line: bytes, name: str) -> bool:
    return line.partition(b":")[0].strip().lower() == name.lower().encode()


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()  # noqa: S324 - as WARC writes it


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(data) + packer.flush()


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    return packer.compress(body) + packer.flush()


_RECODERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": _gzip,
    "br": lambda body: bytes(brotli.compress(body, quality=11)),
    "zstd": lambda body: zstandard.ZstdCompressor(level=19).compress(body),
}
