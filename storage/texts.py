"""Cleaned texts by SHA-256: a Delta table beside the log, so that words can be forgotten while the log stays whole."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake import DeltaTable
from filelock import FileLock

from storage.canonical import sha256_hex
from storage.delta import append_segment, open_table, segment_files
from storage.home import Home

SCHEMA = pa.schema([("text_sha256", pa.string()), ("text", pa.string())])
_REREADS = 5  # a file may be replaced between being listed and being read
_RETRIES = 100  # appends of texts do not conflict with each other; only the commit's number is contended


class UnknownTextError(KeyError):
    """The text store does not hold a text."""

    def __init__(self, text_sha256: str) -> None:
        super().__init__(f"no text {text_sha256} in the text store; was it forgotten?")
        self.text_sha256 = text_sha256


class TextStore:
    """The texts of one home."""

    def __init__(self, home: Home) -> None:
        self._home, self._path = home, home.texts

    @property
    def path(self) -> Path:
        """The store's folder."""
        return self._path

    @cached_property
    def _lock(self) -> FileLock:
        return self._home.lock("texts")

    @contextmanager
    def held(self) -> Generator[None]:
        """Nobody else puts or removes texts meanwhile.

        To be held from before `put` until the records that name the texts are in the log: a text that no record names
        may be removed by whoever forgets an article.
        """
        with self._lock:
            yield

    def put(self, texts: Iterable[str]) -> None:
        """Store texts durably; those already there are left out. Must precede the events that name them."""
        wanted = {sha256_hex(text.encode()): text for text in texts}
        if wanted:
            with self.held():
                fresh = sorted(wanted.keys() - self.get(wanted).keys())
                self.append(pa.table({"text_sha256": fresh, "text": [wanted[key] for key in fresh]}, schema=SCHEMA))

    def append(self, rows: pa.Table) -> None:
        """Store rows of the store's schema durably, whatever is there already; `held` must be."""
        if rows.num_rows:
            append_segment(self._path, self.table(), rows, keys=("text_sha256",), retries=_RETRIES)

    def get(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts that are there, by SHA-256."""
        wanted = pa.table({"text_sha256": pa.array(keys, pa.string())})
        for _ in range(_REREADS):
            with suppress(duckdb.IOException):
                return self._get(wanted)
        return self._get(wanted)

    def _get(self, wanted: pa.Table) -> dict[str, str]:
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
        return segment_files(self.table())

    def table(self) -> DeltaTable:
        """The store's table."""
        # statistics would write the first words of texts into commits, which nobody can take back
        return open_table(self._path, SCHEMA, {"delta.dataSkippingStatsColumns": "text_sha256"})


def text_of(store: TextStore, text_sha256: str) -> str:
    """One text.

    Raises:
        UnknownTextError: it is not there.
    """
    found: Mapping[str, str] = store.get([text_sha256])
    if text_sha256 not in found:
        raise UnknownTextError(text_sha256)
    return found[text_sha256]
