from __future__ import annotations

import gzip
import zlib
from functools import partial

import brotli
import pytest
import zstandard

from flows.web.decoding import decoder_for
from storage.content_coding import UndecodableBodyError, decoded

gzipped = partial(gzip.compress, mtime=0)  # processes that share tests must give them the same names
PAGE = "<p>Zürich, 2 March — words</p>".encode() * 40


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzipped(PAGE)),
        ("X-GZip", gzipped(PAGE)),
        ("gzip", gzipped(PAGE[:9]) + gzipped(PAGE[9:])),
        ("gzip", gzipped(PAGE) + bytes(20)),
        ("gzip", gzipped(b"") + gzipped(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE[:9]) + zstandard.compress(PAGE[9:])),
        ("zstd", zstandard.ZstdCompressor(write_content_size=False).compress(PAGE)),
        ("gzip, br", brotli.compress(gzipped(PAGE))),
        ("identity, gzip", gzipped(PAGE)),
        ("none", PAGE),
        ("", PAGE),
    ],
)
def test_a_kept_body_decodes_as_it_did_when_it_arrived(name: str, packed: bytes) -> None:
    decoder = decoder_for(name)
    assert decoded(packed, name) == PAGE
    assert decoder is None or decoder.feed(packed, 1_000_000) == PAGE


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_an_empty_body_has_nothing_to_undo(name: str) -> None:
    assert decoded(b"", name) == b""


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_bytes_that_are_something_else_are_refused(name: str) -> None:
    with pytest.raises(UndecodableBodyError):
        decoded(b"\xff" * 200, name)
