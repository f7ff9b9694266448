"""Servers that do what no server should, each an answer by hand, with the failure that is to become of it.

`None` means that the answer is taken after all: what is wrong with it does no harm.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib

import brotli
import zstandard

from tests.flows.sites import Asked, Route, answer, endless, in_turn, redirect, silence

_BOMB = bytes(60_000_000)  # three times what a feed may hold
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"


def raw(data: bytes) -> Route:
    """Bytes as they are, then the end of the connection."""

    async def route(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return route


def repeated(first: bytes, piece: bytes, *, seconds: float = 0.0) -> Route:
    """Bytes, then others without end."""

    async def route(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return route


async def reset(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


def late(head: bytes, rest: bytes) -> Route:
    """A head, and the rest once the head has been read."""

    async def route(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(rest)
        await writer.drain()
        writer.close()

    return route


def _packed(name: str, data: bytes) -> Route:
    return answer(data, Content_Encoding=name)


SERVERS: dict[str, tuple[Route, str | None]] = {
    # more than it seems
    "bomb-gzip": (_packed("gzip", gzip.compress(_BOMB, 6)), "too_large"),
    "bomb-deflate": (_packed("deflate", zlib.compress(_BOMB, 6)), "too_large"),
    "bomb-raw-deflate": (_packed("deflate", zlib.compress(_BOMB, 6)[2:-4]), "too_large"),
    "bomb-brotli": (_packed("br", brotli.compress(_BOMB, quality=4)), "too_large"),
    "bomb-zstd": (_packed("zstd", zstandard.ZstdCompressor().compress(_BOMB)), "too_large"),
    "bomb-in-bomb": (_packed("gzip, gzip", gzip.compress(gzip.compress(_BOMB, 6))), "too_large"),
    "ten-encodings": (_packed(", ".join(["gzip"] * 10), b"x"), "incomplete"),
    "endless-body": (endless(b"x" * 1_000_000), "too_large"),
    "endless-chunks": (repeated(_CHUNKED, b"fffff\r\n" + b"x" * 0xFFFFF + b"\r\n"), "too_large"),
    "endless-members": (endless(gzip.compress(bytes(100_000)), Content_Encoding="gzip"), "too_large"),
    "announced-terabyte": (answer(b"x", length=10**12), "incomplete"),
    # time
    "silence": (silence, "timeout"),
    "dripping-body": (endless(b"x", seconds=0.02), "timeout"),
    "dripping-headers": (repeated(_OK, b"X-Drop: 1\r\n", seconds=0.2), "timeout"),  # not too many of them by then
    "dripping-chunks": (repeated(_CHUNKED, b"1\r\nx\r\n", seconds=0.02), "timeout"),
    "continue-for-ever": (repeated(b"", b"HTTP/1.1 100 Continue\r\n\r\n", seconds=0.02), "timeout"),
    # headers
    "header-flood": (repeated(_OK, b"X-Flood: " + b"x" * 60_000 + b"\r\n"), "unreachable"),
    "endless-header": (repeated(_OK + b"X-Long: ", b"x" * 65_536), "unreachable"),
    "nul-in-header": (raw(_OK + b"X-Nul: a\0b\r\nContent-Length: 2\r\n\r\nok"), "unreachable"),
    "header-without-name": (raw(_OK + b": nameless\r\nContent-Length: 2\r\n\r\nok"), "unreachable"),
    "two-lengths": (raw(_OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!"), "unreachable"),
    "negative-length": (raw(_OK + b"Content-Length: -2\r\n\r\nok"), "unreachable"),
    "length-of-words": (raw(_OK + b"Content-Length: two\r\n\r\nok"), "unreachable"),
    "length-and-chunks": (raw(_OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok"), "unreachable"),
    "a-hundred-cookies": (raw(_OK + b"Set-Cookie: a=b\r\n" * 100 + b"Content-Length: 2\r\n\r\nok"), None),
    "a-thousand-headers": (raw(_OK + b"X-Odd: 1\r\n" * 1_000 + b"Content-Length: 2\r\n\r\nok"), "unreachable"),
    "validators-of-bytes": (
        raw(_OK + b'ETag: "\xe9"\r\nLast-Modified: \xff\r\nContent-Type: x/\xe9\r\nContent-Length: 2\r\n\r\nok'),
        None,
    ),
    # status lines
    "mail-server": (raw(b"220 mail.example ESMTP\r\n\r\n"), "unreachable"),
    "no-status": (raw(b"HTTP/1.1 \r\n\r\n"), "unreachable"),
    "status-of-words": (raw(b"HTTP/1.1 OK 200\r\n\r\n"), "unreachable"),
    "status-99": (raw(b"HTTP/1.1 99 Odd\r\nContent-Length: 0\r\n\r\n"), "unreachable"),
    "reason-of-bytes": (raw(b"HTTP/1.1 200 Tr\xe8s bien\r\nX-Odd: caf\xe9\r\nContent-Length: 2\r\n\r\nok"), None),
    "status-999": (answer(b"go away", status=999), "refused"),
    "http-0.9": (raw(b"<html>hello</html>"), "unreachable"),
    "hangs-up": (raw(b""), "unreachable"),
    "resets": (reset, "unreachable"),
    # lengths and chunks
    "cut-body": (answer(b"half of", length=14), "incomplete"),
    "longer-body": (late(_OK + b"Content-Length: 2\r\n\r\nok", b"HTTP/1.1 200 OK\r\n\r\npoison"), None),
    "bad-chunk-size": (raw(_CHUNKED + b"zz\r\nok\r\n0\r\n\r\n"), "unreachable"),
    "negative-chunk": (raw(_CHUNKED + b"-1\r\nok\r\n0\r\n\r\n"), "unreachable"),
    "bad-chunk-later": (late(_CHUNKED + b"2\r\nok\r\n", b"zz\r\nok\r\n0\r\n\r\n"), "timeout"),  # aiohttp waits on
    "cut-chunk": (raw(_CHUNKED + b"9\r\nok"), "incomplete"),
    "no-last-chunk": (raw(_CHUNKED + b"2\r\nok\r\n"), "incomplete"),
    "endless-chunk-size": (repeated(_CHUNKED, b"0" * 65_536), "timeout"),
    # encodings
    "encoding-nobody-knows": (_packed("utf-8", b"ok"), None),
    "no-gzip": (_packed("gzip", b"plain"), "incomplete"),
    "no-zstd": (_packed("zstd", b"plain"), "incomplete"),
    "cut-gzip": (_packed("gzip", gzip.compress(bytes(range(256)) * 99)[:200]), "incomplete"),
    "cut-brotli": (_packed("br", brotli.compress(bytes(range(256)) * 99)[:200]), "incomplete"),
    "zstd-of-a-gigabyte-window": (_packed("zstd", b"\x28\xb5\x2f\xfd\x00\xa0" + bytes(64)), "incomplete"),
    # redirects
    "circle": (redirect("/circle"), "redirect_loop"),
    "ever-further": (redirect("/further-1"), "redirect_loop"),
    "redirect-nowhere": (answer(status=302), "refused"),
    "redirect-to-a-file": (redirect("file:///etc/passwd"), "bad_url"),
    "redirect-to-a-script": (redirect("javascript:alert(1)"), "bad_url"),
    "redirect-with-a-password": (redirect("http://user:word@127.0.0.1/"), "bad_url"),
    "redirect-to-bytes": (redirect("http://\xff\xfe/"), "bad_url"),
    "redirect-of-a-megabyte": (redirect("/" + "x" * 60_000), "bad_url"),
    # statuses
    "not-modified": (answer(status=304), "refused"),
    "come-back-next-year": (answer(status=429, Retry_After="99999999"), "rate_limited"),
    "always-busy": (in_turn(answer(status=503)), "server_error"),
}
FURTHER = {f"/further-{number}": redirect(f"/further-{number + 1}") for number in range(1, 30)}
