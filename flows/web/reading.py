"""Reading an answer's body to its end or its cap, and naming what broke on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import aiohttp

from flows.web.addresses import NotPublicError
from flows.web.decoding import UndecodableError, decoder_for
from flows.web.errors import (
    BadUrlError,
    BlockedAddressError,
    FetchError,
    IncompleteError,
    SlowError,
    TooLargeError,
    UnreachableError,
)

if TYPE_CHECKING:
    from flows.web.answers import Limits
    from flows.web.decoding import Decoder
    from flows.web.patience import Patience


class Body(NamedTuple):
    """A body as received and as decoded; the same bytes where nothing was encoded."""

    raw: bytes
    decoded: bytes
    is_cut: bool = False


async def read_body(url: str, response: aiohttp.ClientResponse, limits: Limits, patience: Patience) -> Body:
    """The body of an answer, decoded as it arrives.

    Raises:
        TooLargeError: it passes the cap, on the wire or decoded, and the limits do not allow to cut it.
        IncompleteError: its encoding is broken or ends early.
    """
    try:
        encodings = response.headers.getall("Content-Encoding", ())
        decoder = decoder_for(", ".join(encodings)) if encodings else None
        body = await _read(response, decoder, limits.max_body_bytes, patience)
    except UndecodableError as error:
        raise IncompleteError(url, f"cannot be decoded: {error}", status=response.status) from error
    if body.is_cut and not limits.cuts_body:
        raise TooLargeError(url, f"is larger than {limits.max_body_bytes} bytes", status=response.status)
    if decoder and not body.is_cut and not decoder.is_complete:
        raise IncompleteError(url, "the encoded body ends early", status=response.status)
    return body


async def _read(response: aiohttp.ClientResponse, decoder: Decoder | None, cap: int, patience: Patience) -> Body:
    raw: list[bytes] = []
    decoded: list[bytes] = []
    raw_room = room = cap
    if not response.content.is_eof():
        patience.heard()
    async for chunk in response.content.iter_any():
        raw.append(chunk)
        raw_room -= len(chunk)
        if decoder:
            decoded.append(decoder.feed(chunk, room))
            room -= len(decoded[-1])
        if room < 0 or raw_room < 0:
            break
        if not response.content.is_eof():
            patience.heard()
    received = b"".join(raw)
    is_cut = room < 0 or raw_room < 0
    body = b"".join(decoded) if decoder else received
    return Body(received, body[:cap] if is_cut else body, is_cut)


def failure(url: str, error: Exception) -> FetchError:
    """What an error of the network stands for."""
    match error:
        case aiohttp.ClientConnectorError() if isinstance(error.os_error, NotPublicError):
            return BlockedAddressError(url, error.os_error.address)
        case TimeoutError():
            return SlowError(url, f"took too long: {error}".rstrip(": "))
        case aiohttp.ClientPayloadError():
            return IncompleteError(url, f"the body was cut short: {error}")
        case aiohttp.InvalidURL():
            return BadUrlError(url, f"is not an address: {error}")
        case _:
            return UnreachableError(url, f"{type(error).__name__}: {error}")
