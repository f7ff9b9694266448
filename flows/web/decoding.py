"""Content-Encoding undone piece by piece, never further than a cap: bombs stop where they pass it.

A decoder's `feed(data, room)` gives what *data* decodes to; more than *room* bytes mean that the rest was left undone
and that the caller should give up. Names that nobody registered (`none`, `utf-8`) are read as no encoding, as browsers
do.
"""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli
import zstandard

_GZIP, _ZLIB, _RAW = 31, 15, -15  # what zlib's wbits means
_ZSTD_PIECE_BYTES = 256  # 4 bytes can stand for a block of 128 KiB, and the decoder takes no limit: 8 MiB over at most
_ZSTD_MAX_WINDOW_BYTES = 8 * 1024 * 1024  # RFC 9659
_MAX_LAYERS = 3
GZIP_MAGIC = b"\x1f\x8b"


class UndecodableError(ValueError):
    """The bytes are not what their Content-Encoding says."""


class Decoder(Protocol):
    """One layer of encoding."""

    def feed(self, data: bytes, room: int) -> bytes:
        """What *data* decodes to; see the module."""
        ...

    @property
    def is_complete(self) -> bool:
        """Whether the encoded stream has reached its own end, or has not begun."""
        ...


class Inflate:
    """gzip of any number of members, or deflate with or without its zlib wrapper."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._member = zlib.decompressobj(_GZIP) if is_gzip else None
        self.is_complete = True

    def feed(self, data: bytes, room: int) -> bytes:
        """See `Decoder`."""
        member = self._member or zlib.decompressobj(_ZLIB if not data or _has_zlib_header(data) else _RAW)
        pieces: list[bytes] = []
        while data and room >= 0:
            if member.eof:
                if not self._is_gzip or not data.startswith(GZIP_MAGIC):
                    break  # padding after the end is common and means nothing
                member = zlib.decompressobj(_GZIP)
            pieces.append(_inflated(member, data, room + 1))
            room -= len(pieces[-1])
            data = member.unused_data if member.eof else member.unconsumed_tail
        self._member, self.is_complete = member, member.eof
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class _Member(Protocol):
    def decompress(self, data: bytes, limit: int, /) -> bytes: ...


def _inflated(member: _Member, data: bytes, limit: int) -> bytes:
    try:
        return member.decompress(data, limit)
    except zlib.error as error:
        raise UndecodableError(str(error)) from error


def _has_zlib_header(data: bytes) -> bool:
    return data[0] & 0x0F == zlib.DEFLATED and (len(data) == 1 or int.from_bytes(data[:2], "big") % 31 == 0)


class Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.is_complete = True

    def feed(self, data: bytes, room: int) -> bytes:
        """See `Decoder`."""
        pieces: list[bytes] = []
        try:
            while room >= 0 and (data or not self._stream.can_accept_more_data()):
                pieces.append(self._stream.process(data, output_buffer_limit=room + 1))
                room, data = room - len(pieces[-1]), b""
        except brotli.error as error:
            raise UndecodableError(str(error)) from error
        self.is_complete = self._stream.is_finished()
        return b"".join(pieces)


class Zstd:
    """RFC 8878, any number of frames."""

    def __init__(self) -> None:
        self._make = zstandard.ZstdDecompressor(max_window_size=_ZSTD_MAX_WINDOW_BYTES).decompressobj
        self._frame = self._make()
        self.is_complete = True

    def feed(self, data: bytes, room: int) -> bytes:
        """See `Decoder`."""
        pieces: list[bytes] = []
        while data and room >= 0:
            piece, data = data[:_ZSTD_PIECE_BYTES], data[_ZSTD_PIECE_BYTES:]
            pieces.append(self._decoded(piece))
            room -= len(pieces[-1])
            data = self._frame.unused_data + data if self._frame.eof else data
        self.is_complete = self._frame.eof
        return b"".join(pieces)

    def _decoded(self, piece: bytes) -> bytes:
        if self._frame.eof:
            self._frame = self._make()
        try:
            return self._frame.decompress(piece)
        except zstandard.ZstdError as error:
            raise UndecodableError(str(error)) from error


class Layers:
    """Several encodings, the last one applied undone first."""

    def __init__(self, decoders: list[Decoder]) -> None:
        self._decoders = decoders

    def feed(self, data: bytes, room: int) -> bytes:
        """See `Decoder`."""
        for decoder in self._decoders:
            data = decoder.feed(data, room)
        return data

    @property
    def is_complete(self) -> bool:
        """See `Decoder`."""
        return all(decoder.is_complete for decoder in self._decoders)


def decoder_for(content_encoding: str) -> Decoder | None:
    """What undoes a Content-Encoding header, None when there is nothing to undo.

    Raises:
        UndecodableError: more layers than any honest server applies.
    """
    decoders = [_decoder(name.strip().lower()) for name in content_encoding.split(",")]
    known = [decoder for decoder in reversed(decoders) if decoder]
    if len(known) > _MAX_LAYERS:
        message = f"{len(known)} layers of encoding; {_MAX_LAYERS} are undone"
        raise UndecodableError(message)
    return Layers(known) if len(known) > 1 else known[0] if known else None


def _decoder(name: str) -> Decoder | None:
    match name:
        case "gzip" | "x-gzip":
            return Inflate(is_gzip=True)
        case "deflate":
            return Inflate(is_gzip=False)
        case "br":
            return Brotli()
        case "zstd":
            return Zstd()
        case _:
            return None


def gunzipped(data: bytes, cap: int) -> bytes:
    """What a gzip file holds.

    Raises:
        UndecodableError: it is broken, ends early or holds more than *cap* bytes.
    """
    inflate = Inflate(is_gzip=True)
    body = inflate.feed(data, cap)
    if len(body) > cap:
        message = f"more than {cap} bytes"
        raise UndecodableError(message)
    if not inflate.is_complete:
        message = "it ends early"
        raise UndecodableError(message)
    return body
