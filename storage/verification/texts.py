"""Texts: each lies under its own SHA-256, and each that an article's cleaning names is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

import duckdb
import msgspec
import pyarrow as pa

from storage.events import ArticleCleaned
from storage.verification.findings import Fault, Findings
from storage.verification.forgotten import Gone
from storage.verification.rows import Row
from storage.verification.segments import Segment
from storage.watching import Watcher

_CLEANED = ArticleCleaned.record_type()


class _Naming(msgspec.Struct, frozen=True):
    """The field of a record that names a text."""

    text_sha256: str


class Texts:
    """The keys of the text store, in a database of its own that lasts as long as the block."""

    def __init__(self, findings: Findings, gone: Gone) -> None:
        self._findings, self._gone = findings, gone
        self._keys = duckdb.connect()
        self.named = 0
        self.is_known = True  # which texts there are; else none is said to be missing

    def __enter__(self) -> Self:
        self._keys.execute("CREATE TABLE held (text_sha256 VARCHAR)")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keys.close()

    def hold(self, segments: Sequence[Segment], watcher: Watcher, *, quick: bool) -> None:
        """Take the keys of the store's files, and compare each text with its own."""
        watcher.stage("texts", sum(segment.rows for segment in segments))
        for segment in segments:
            try:
                self._hold(segment, quick=quick)
            except duckdb.Error as error:
                self._findings.fault(Fault(segment.where, f"cannot be read: {str(error).partition(chr(10))[0]}"))
            watcher.advance(segment.rows)

    def _hold(self, segment: Segment, *, quick: bool) -> None:
        file = {"file": str(segment.path)}
        self._keys.execute("INSERT INTO held SELECT text_sha256 FROM read_parquet($file)", file)
        if quick:
            return
        differing = self._keys.execute(
            'SELECT text_sha256 FROM read_parquet($file) WHERE sha256("text") <> text_sha256', file
        )
        for (key,) in differing.fetchall():
            self._findings.fault(Fault(segment.where, f"the text under {key} has another SHA-256"))

    def check(self, rows: Sequence[Row]) -> None:
        """Look for the texts that rows name."""
        named = [*self._named(rows)]
        self.named += len(named)
        wanted = pa.table({"text_sha256": pa.array({key for key, _ in named}, pa.string())})
        if wanted.num_rows and self.is_known:
            self._keys.register("wanted", wanted)
            found = self._keys.execute("SELECT text_sha256 FROM wanted ANTI JOIN held USING (text_sha256)").fetchall()
            missing = {key for (key,) in found}
            for key, row in named:
                if key in missing:
                    fault = Fault("texts/", f"the text {key} is missing", row.position, row.record.event_id)
                    self._gone.unless_forgotten(row, fault)

    def _named(self, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
        for row in rows:
            if row.record.record_type == _CLEANED:
                try:
                    yield msgspec.json.decode(row.record.payload, type=_Naming).text_sha256, row
                except msgspec.MsgspecError:  # the digest of its batch tells
                    continue
