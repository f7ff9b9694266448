"""Publishing: the commits since the last time go into a private file, which then takes the public one's place.

Readers keep the snapshot they opened and new readers see the new one. Nothing here is truth: delete all of it and
`rebuild` makes it from the log again.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from storage.edition.filling import Sources, add_rows
from storage.edition.forgotten import forgotten_streams
from storage.edition.periods import TOUCHED, bring_up_to_date
from storage.edition.remaking import remake, tables_named
from storage.edition.turns import Holding, Turns
from storage.edition.views import ViewFormatError, check_explained
from storage.edition.vocabulary import Vocabulary
from storage.head import Head
from storage.home import Home
from storage.log import Log
from storage.refusals import refusals_named
from storage.scanning import scanning
from storage.texts import TextStore

_SETTINGS = {
    "memory_limit": "1GB",  # what does not fit is spilled beside the file
    "checkpoint_threshold": "1GB",  # the one checkpoint comes at the end
    "force_compression": "zstd",  # of strings without a compression of their own: words of texts
    "block_allocator_memory": "600MB",  # kept and used again: else every block costs its page faults anew
}
_MOST_ADDITIONS = 16  # each leaves row groups of its own; merging them costs more than adding


class EditionAheadError(RuntimeError):
    """The published edition holds commits that the log does not hold."""

    def __init__(self, home: Home, position: int, head: int) -> None:
        super().__init__(
            f"{home.edition} was published at position {position}, but the log ends at {head}: its end was lost."
            " `dateline verify` says more; `dateline publish --rebuild` makes an edition of what is there"
        )
        self.home, self.position, self.head = home, position, head


@dataclass(frozen=True)
class Publication:
    """What publishing did."""

    path: Path
    position: int
    new_records: int
    rebuilt: bool
    remade: tuple[str, ...] = ()  # tables of schema log that were made anew by themselves


@dataclass(frozen=True)
class _Work:
    """What is to be done: from what the private file holds, None for a new one, to the head; and what to make anew."""

    start: Holding | None
    head: Head
    forgotten: Mapping[str, int]
    remade: Sequence[str]

    @property
    def after(self) -> int:
        """Position up to which everything is there."""
        return self.start.position if self.start else 0

    @property
    def is_tidying(self) -> bool:
        """Whether it is time to merge what was added bit by bit."""
        return self.start is not None and self.start.additions >= _MOST_ADDITIONS

    def result(self, schema_sha256: str) -> Holding:
        """What the private file holds when it is done."""
        additions = 0 if self.start is None or self.is_tidying else self.start.additions + 1
        return Holding(schema_sha256, self.head.position, self.head.digest, additions)


def publish(home: Home, vocabulary: Vocabulary, *, rebuild: bool = False, tables: Sequence[str] = ()) -> Publication:
    """Bring the edition up to the log's head and publish it; nothing to do when it is there already.

    With *rebuild* it is made from the log again; with *tables* these are, each by its own or its record's name, or by
    that of a view over it.

    Raises:
        EditionAheadError: the log ends before the edition does.
        UnknownTableError: no table or view has one of the names.
        ViewFormatError: a view's file is not what DuckDB understands.
        OSError: the disk refused; what was published before stands.
    """
    remade = tables_named(vocabulary, tables)
    with home.lock("publish"), refusals_named(home.base):
        turns, log = Turns(home), Log(home)
        published, head = turns.published(), log.head()
        if published and published.position > head.position and not rebuild:
            raise EditionAheadError(home, published.position, head.position)
        if published and not rebuild and not remade and _is_current(published, vocabulary, head):
            return Publication(home.edition, head.position, 0, rebuilt=False)
        forgotten = forgotten_streams(log)
        start = None if rebuild else _start(turns, log, vocabulary, head, forgotten)
        work = _Work(start, head, forgotten, remade)
        with _thrown_away_on_failure(turns):
            _grow(home, vocabulary, work)
        _replace(turns, work.result(vocabulary.schema_sha256), start is not None and not remade)
        known = max(published.position if published else 0, work.after)
        return Publication(home.edition, head.position, head.position - known, start is None, tuple(remade))


def _is_current(published: Holding, vocabulary: Vocabulary, head: Head) -> bool:
    there = (published.schema_sha256, published.position, published.digest)
    return there == (vocabulary.schema_sha256, head.position, head.digest)


def _start(turns: Turns, log: Log, vocabulary: Vocabulary, head: Head, forgotten: Mapping[str, int]) -> Holding | None:
    """What there is to go on from; None when the log must be read from its beginning."""
    start = turns.take(vocabulary.schema_sha256)
    if start is None or start.position > head.position:
        return None
    if start.position and _digest_at(log, start.position) != start.digest:
        return None  # another log lies there now
    # DuckDB leaves the bytes of deleted rows in its file
    is_forgotten_since = any(start.position < position <= head.position for position in forgotten.values())
    return None if is_forgotten_since else start


def _digest_at(log: Log, position: int) -> str | None:
    """The digest of the batch that ends at a position; None where none does."""
    files = [each.path for each in log.segments() if each.first <= position <= each.last]
    if not files:
        return None
    with scanning() as connection:
        query = "SELECT payload->>'digest' FROM read_parquet($files) WHERE position = $position"
        rows: list[tuple[str | None]] = connection.execute(query, {"files": files, "position": position}).fetchall()
        return rows[0][0] if rows else None


@contextmanager
def _thrown_away_on_failure(turns: Turns) -> Generator[None]:
    """Give the space of unfinished work back; the next publisher would not trust it anyway."""
    try:
        yield
    except BaseException:
        turns.discard()
        raise


def _grow(home: Home, vocabulary: Vocabulary, work: _Work) -> None:
    """Do the work in one transaction with the checkpoint."""
    if work.start is None:
        Turns(home).discard()
    sources = Sources(Log(home).segments(), TextStore(home).files(), [*work.forgotten])
    with _opened(home.base) as connection:
        if not work.is_tidying:
            connection.execute("SET max_vacuum_tasks = 0")
        connection.begin()
        if work.start is None:
            _create(connection, vocabulary)
        connection.execute(TOUCHED)
        add_rows(connection, vocabulary.classes, sources, work.after, work.head.position)
        bring_up_to_date(connection, work.after)
        for table in work.remade:
            remake(connection, vocabulary.classes, table)
        connection.execute("UPDATE log.checkpoint SET position = ?, digest = ?", [work.head.position, work.head.digest])
        connection.commit()
        connection.execute("CHECKPOINT")


@contextmanager
def _opened(base: Path) -> Generator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(base), config=dict(_SETTINGS))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _create(connection: duckdb.DuckDBPyConnection, vocabulary: Vocabulary) -> None:
    _execute_all(connection, vocabulary.table_statements())
    for question in vocabulary.questions:
        try:
            _execute_all(connection, question.create_statements())
        except duckdb.Error as refused:
            raise ViewFormatError(question.origin, str(refused).partition("\n")[0]) from refused
    check_explained(connection, vocabulary.views)
    connection.execute("INSERT INTO log.checkpoint VALUES (?, 0, '')", [vocabulary.schema_sha256])


def _execute_all(connection: duckdb.DuckDBPyConnection, statements: Sequence[str]) -> None:
    """Statements in one call: more than a thousand comments cost more to hand over than to set."""
    connection.execute("\n;\n".join(statements))


def _replace(turns: Turns, holding: Holding, keep_old: bool) -> None:
    turns.put_in_place(holding, keep_old=keep_old)
