"""Everything that a home's files hold, unpacked: what a search for forgotten words has to look through."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator

from storage.home import Home

_GZIP_MAGIC = b"\x1f\x8b\x08"


def holders(home: Home, *words: str) -> set[str]:
    """Names of the files in which any of the words stand, as they lie there or unpacked in any way the home packs."""
    wanted = [each.encode() for each in words]
    return {
        str(file.relative_to(home.root))
        for file in sorted(home.root.rglob("*"))
        if file.is_file() and any(each in piece for piece in _unpacked(file) for each in wanted)
    }


def _unpacked(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    yield data
    yield from _members(data)
    if ".parquet" in file.name:
        yield from _columns(file)
    elif file.name.endswith(".duckdb"):
        yield from _tables(data)
    elif file.name.endswith(".warc.gz"):
        yield from _records(file)


def _members(data: bytes) -> Iterator[bytes]:
    """Whatever unpacks from a byte at which a gzip member may begin, also where it is cut short."""
    at = -1
    while (at := data.find(_GZIP_MAGIC, at + 1)) >= 0:
        unpacker = zlib.decompressobj(31)
        try:
            yield b"".join(unpacker.decompress(data[start : start + 64]) for start in range(at, len(data), 64))
        except zlib.error:
            continue


def _columns(file: Path) -> Iterator[bytes]:
    for column in pq.read_table(file).columns:
        yield "\n".join(str(each) for each in column.to_pylist()).encode()


def _tables(data: bytes) -> Iterator[bytes]:
    """All rows of all tables, of a copy: the file itself may be open elsewhere."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "copy.duckdb")
        copy.write_bytes(data)
        connection = duckdb.connect(str(copy), read_only=True)
        try:
            tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
            for schema, table in tables:
                rows = connection.execute(f'SELECT each::VARCHAR FROM "{schema}"."{table}" AS each').fetchall()
                yield "\n".join(row for (row,) in rows).encode()
        finally:
            connection.close()


def _records(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream, suppress(OSError):  # one that is cut short or damaged ends the reading
        for record in ArchiveIterator(stream, parse_http=True, auto_decode="all"):
            yield record.reader.read()
