"""Cleaned texts by SHA-256: a Delta table beside the log, so that words can be forgotten while the log stays whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing

import duckdb
import pyarrow as pa

from storage.canonical import sha256_hex
from storage.delta import append_segment, open_table, segment_files
from storage.home import Home

SCHEMA = pa.schema([("text_sha256", pa.string()), ("text", pa.string())])
_RETRIES = 100  # appends of texts do not conflict with each other; only the commit's number is contended


class UnknownTextError(KeyError):
    """The text store does not hold a text."""

    def __init__(self, text_sha256: str) -> None:
        super().__init__(f"no text {text_sha256} in the text store; was it forgotten?")
        self.text_sha256 = text_sha256


class TextStore:
    """The texts of one home."""

    def __init__(self, home: Home) -> None:
        self._path = home.texts

    def put(self, texts: Iterable[str]) -> None:
        """Store texts durably; those already there are left out. Must precede the events that name them."""
        wanted = {sha256_hex(text.encode()): text for text in texts}
        fresh = {key: wanted[key] for key in wanted.keys() - self.get(wanted).keys()} if wanted else {}
        if not fresh:
            return
        rows = pa.table({"text_sha256": sorted(fresh), "text": [fresh[key] for key in sorted(fresh)]}, schema=SCHEMA)
        table = open_table(self._path, SCHEMA)
        append_segment(self._path, table, rows, keys=("text_sha256",), retries=_RETRIES)

    def get(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts that are there, by SHA-256."""
        wanted = pa.table({"text_sha256": pa.array(keys, pa.string())})
        files = self.files()
        if not files or not wanted.num_rows:
            return {}
        with closing(duckdb.connect()) as connection:
            connection.register("wanted", wanted)
            found = connection.execute(
                "SELECT text_sha256, text FROM read_parquet($files) SEMI JOIN wanted USING (text_sha256)",
                {"files": files},
            )
            return dict(found.fetchall())

    def files(self) -> list[str]:
        """The data files of the store; empty before the first text."""
        if not (self._path / "_delta_log").is_dir():
            return []
        return segment_files(open_table(self._path, SCHEMA))


def text_of(store: TextStore, text_sha256: str) -> str:
    """One text.

    Raises:
        UnknownTextError: it is not there.
    """
    found: Mapping[str, str] = store.get([text_sha256])
    if text_sha256 not in found:
        raise UnknownTextError(text_sha256)
    return found[text_sha256]
