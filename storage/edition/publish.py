"""Publishing: the commits since the last time go into a private base file, a copy of which replaces the public one.

Readers keep the snapshot they opened and new readers see the new one. Nothing here is truth: delete all of it and
`rebuild` makes it from the log again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from storage.delta import fsync_folder
from storage.edition.tables import create_statements, fill_statement
from storage.edition.vocabulary import Vocabulary
from storage.home import Home
from storage.log import Log
from storage.texts import TextStore

_SHARED = """
CREATE SCHEMA log;
CREATE TABLE log.events (
    position BIGINT, event_id UUID, event_key UUID, record_type VARCHAR, schema_version INTEGER, stream VARCHAR,
    extraction_id UUID, occurred_at TIMESTAMPTZ, published_on DATE, recorded_at TIMESTAMPTZ, producer VARCHAR,
    producer_version INTEGER, run_id UUID, caused_by UUID, payload JSON
);
COMMENT ON TABLE log.events IS 'Every record of the log, superseded ones included.';
CREATE TABLE log.texts (text_sha256 VARCHAR, "text" VARCHAR);
COMMENT ON TABLE log.texts IS 'Cleaned texts by SHA-256.';
CREATE TABLE log.checkpoint (schema_sha256 VARCHAR, position BIGINT, digest VARCHAR);
COMMENT ON TABLE log.checkpoint IS 'What this edition was made from: the schema, and the head of the log.';
"""


@dataclass(frozen=True)
class Publication:
    """What publishing did."""

    path: Path
    position: int
    new_records: int
    rebuilt: bool


def publish(home: Home, vocabulary: Vocabulary, *, rebuild: bool = False) -> Publication:
    """Bring the edition up to the log's head and publish it; nothing to do when it is there already."""
    with home.lock("publish"):
        before, rebuilt = _checkpoint(home.base, vocabulary), rebuild
        if before is None or rebuild:
            _start_over(home.base, vocabulary)
            before, rebuilt = 0, True
        head = Log(home).head()
        if head.position > before:
            _advance(home, vocabulary, before, head.position, head.digest)
        if head.position > before or rebuilt or not home.edition.exists():
            _replace(home.base, home.edition)
        return Publication(home.edition, head.position, head.position - before, rebuilt)


@contextmanager
def _opened(base: Path) -> Generator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(base), config={"checkpoint_threshold": "1GB"})
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _checkpoint(base: Path, vocabulary: Vocabulary) -> int | None:
    """The position that the base file has reached; None when it must be made anew."""
    if not base.exists():
        return None
    try:
        with _opened(base) as connection:
            rows = connection.execute("SELECT schema_sha256, position FROM log.checkpoint").fetchall()
    except duckdb.Error:  # torn or of another DuckDB: the log has everything it held
        return None
    return rows[0][1] if rows and rows[0][0] == vocabulary.schema_sha256 else None


def _start_over(base: Path, vocabulary: Vocabulary) -> None:
    base.parent.mkdir(parents=True, exist_ok=True)
    for stale in (base, base.with_name(base.name + ".wal")):
        stale.unlink(missing_ok=True)
    with _opened(base) as connection:
        connection.begin()
        connection.execute(_SHARED)
        statements: Sequence[Sequence[str]] = [create_statements(cls) for cls in vocabulary.classes.values()]
        for statement in (each for one in statements for each in one):
            connection.execute(statement)
        for view in vocabulary.views:
            for statement in view.create_statements():
                connection.execute(statement)
        connection.execute("INSERT INTO log.checkpoint VALUES (?, 0, '')", [vocabulary.schema_sha256])
        connection.commit()


def _advance(home: Home, vocabulary: Vocabulary, after: int, until: int, digest: str) -> None:
    """Add the commits after one position until another, in one transaction with the checkpoint."""
    with _opened(home.base) as connection:
        connection.begin()
        connection.execute(
            "CREATE TEMP TABLE new_rows AS SELECT * FROM read_parquet($files)"
            " WHERE position > $after AND position <= $until ORDER BY position",
            {"files": Log(home).files(), "after": after, "until": until},
        )
        connection.execute("INSERT INTO log.events SELECT * FROM new_rows ORDER BY position")
        _add_texts(connection, TextStore(home).files())
        # findings look up their extraction's text, so extractions come first
        for cls in sorted(vocabulary.classes.values(), key=lambda cls: cls.record_type() != "ExtractionCompleted"):
            connection.execute(fill_statement(cls, "new_rows"))
        connection.execute("UPDATE log.checkpoint SET position = ?, digest = ?", [until, digest])
        connection.execute("DROP TABLE new_rows")
        connection.commit()
        connection.execute("CHECKPOINT")


def _add_texts(connection: duckdb.DuckDBPyConnection, text_files: Sequence[str]) -> None:
    """Texts that new articles name and the edition does not hold yet."""
    if not text_files:
        return
    connection.execute(
        """
        INSERT INTO log.texts
        SELECT DISTINCT text_sha256, "text" FROM read_parquet($files) AS stored
        SEMI JOIN (
            SELECT payload->>'text_sha256' AS text_sha256 FROM new_rows WHERE record_type = 'ArticleCleaned'
        ) AS named USING (text_sha256)
        ANTI JOIN log.texts USING (text_sha256)
        ORDER BY text_sha256""",
        {"files": list(text_files)},
    )


def _replace(base: Path, edition: Path) -> None:
    """Put a copy of the base file in the edition's place; readers of the old one keep it."""
    draft = edition.with_name(f".{edition.name}.{os.getpid()}")
    try:
        shutil.copyfile(base, draft)
        descriptor = os.open(draft, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.chmod(0o444)
        # left by a killed read-write session on the old file, it would make the new one unopenable
        edition.with_name(edition.name + ".wal").unlink(missing_ok=True)
        draft.replace(edition)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    fsync_folder(edition.parent)
