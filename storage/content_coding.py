"""Content-Encoding undone for a body that was kept: all of it at once.

What a page may cost was limited when it was fetched; here the same names mean the same, so that a kept body decodes to
the bytes whose digest its record states. Names that nobody registered (`none`, `utf-8`) are read as no encoding.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli
import zstandard

_GZIP, _ZLIB, _RAW = 31, 15, -15  # what zlib's wbits means
_GZIP_MAGIC = b"\x1f\x8b"


class UndecodableBodyError(ValueError):
    """The bytes are not what their Content-Encoding says."""


def decoded(body: bytes, content_encoding: str) -> bytes:
    """The body with every encoding undone, the last one applied first.

    Raises:
        UndecodableBodyError: the bytes are not what the header says.
    """
    for name in reversed(content_encoding.lower().split(",")):
        undo = _UNDO.get(name.strip())
        if undo is not None and body:
            body = undo(body)
    return body


def _gunzip(body: bytes) -> bytes:
    """Any number of gzip members; padding after the last one means nothing."""
    pieces = [*_inflated(body, _GZIP)]
    while pieces[-1].startswith(_GZIP_MAGIC):
        pieces += _inflated(pieces.pop(), _GZIP)
    return b"".join(pieces[:-1])


def _inflate(body: bytes) -> bytes:
    """Deflate, with its zlib wrapper or without."""
    has_header = body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    return _inflated(body, _ZLIB if has_header else _RAW)[0]


def _inflated(body: bytes, form: int) -> tuple[bytes, bytes]:
    """What one stream holds, and what comes after it."""
    stream = zlib.decompressobj(form)
    try:
        held = stream.decompress(body)
    except zlib.error as error:
        raise UndecodableBodyError(str(error)) from error
    return held, stream.unused_data


def _unbrotli(body: bytes) -> bytes:
    try:
        held: bytes = brotli.decompress(body)
    except brotli.error as error:
        raise UndecodableBodyError(str(error)) from error
    return held


def _unzstd(body: bytes) -> bytes:
    """Any number of frames."""
    pieces: list[bytes] = []
    while body:
        frame = zstandard.ZstdDecompressor().decompressobj()
        try:
            pieces.append(frame.decompress(body))
        except zstandard.ZstdError as error:
            raise UndecodableBodyError(str(error)) from error
        body = frame.unused_data
    return b"".join(pieces)


_UNDO: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
