from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from flows.web.decoding import UndecodableError, decoder_for

Encode = Callable[[bytes], bytes]


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


ENCODINGS: dict[str, tuple[str, Encode]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "deflate": ("Deflate", raw_deflate),
    "brotli": ("br", brotli.compress),
    "zstd": ("zstd", lambda body: zstandard.ZstdCompressor().compress(body)),
    "two layers": ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
}
each_encoding = pytest.mark.parametrize(("name", "encode"), ENCODINGS.values(), ids=list(ENCODINGS))


def decoded(name: str, body: bytes, step: int, room: int = 10_000_000) -> tuple[bytes, bool]:
    decoder = decoder_for(name)
    assert decoder
    out = b""
    for start in range(0, len(body), step):
        out += decoder.feed(body[start : start + step], room - len(out))
    return out, decoder.is_complete


@each_encoding
@given(body=st.binary(max_size=2_000), step=st.integers(1, 500))
def test_what_was_encoded_comes_back_however_it_is_cut(name: str, encode: Encode, body: bytes, step: int) -> None:
    assert decoded(name, encode(body), step) == (body, True)


@each_encoding
def test_a_stream_that_ends_early_is_not_complete(name: str, encode: Encode) -> None:
    packed = encode(bytes(range(256)) * 40)
    assert not decoded(name, packed[: len(packed) // 2], 100)[1]


@each_encoding
def test_a_bomb_stops_soon_after_the_room_is_filled(name: str, encode: Encode) -> None:
    decoder = decoder_for(name)
    assert decoder
    assert 1_000 < len(decoder.feed(encode(bytes(50_000_000)), 1_000)) <= 1_000 + 9_000_000


@pytest.mark.parametrize("name", ["gzip", "br", "zstd", "deflate"])
def test_bytes_that_are_something_else_are_named(name: str) -> None:
    with pytest.raises(UndecodableError):
        decoded(name, b"\xff" * 200, 200)


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_members_in_a_row_are_one_body(name: str) -> None:
    encode = ENCODINGS[name][1]
    assert decoded(name, encode(b"one ") + encode(b"two"), 3) == (b"one two", True)


def test_padding_after_gzip_means_nothing() -> None:
    assert decoded("gzip", gzip.compress(b"all") + bytes(20), 9) == (b"all", True)


@pytest.mark.parametrize("name", ["", "identity", "none", "utf-8"])
def test_names_of_no_encoding(name: str) -> None:
    assert decoder_for(name) is None


def test_no_honest_server_wraps_ten_times() -> None:
    with pytest.raises(UndecodableError):
        decoder_for(",".join(["gzip"] * 10))
