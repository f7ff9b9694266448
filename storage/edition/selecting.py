"""What is taken out of an edition: a relation, a range of days, a commit; and the queries that give its rows.

The order of the rows never changes: tables of records come in the order of the log, everything else sorted by its day
and then by all its columns. Tables are read window by window, so that none is ever sorted as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from storage.edition.ask import Column, Rows
from storage.edition.snapshot import Snapshot
from storage.edition.views import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    import pyarrow as pa

RECORDS = "events"
_ALIASES = {"records": RECORDS}
_DAYS = ("published_on", "day")
_WINDOW = 20_000  # positions read at a time

_COLUMNS = """
SELECT column_name, data_type, coalesce(comment, '')
FROM duckdb_columns()
WHERE schema_name = $schema AND table_name = $name AND NOT internal
ORDER BY column_index"""
_RELATIONS = """
SELECT CASE schema_name WHEN 'main' THEN name ELSE schema_name || '.' || name END
FROM (
    SELECT schema_name, view_name AS name FROM duckdb_views() WHERE NOT internal
    UNION ALL
    SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal
)
ORDER BY schema_name <> 'main', name"""

_BETWEEN_DAYS = "SELECT count(*) FROM duckdb_functions() WHERE function_name = $macro"
_COMMIT_AT = "SELECT nullif(commit_at($as_of), 0)"
_COMMIT_UNTIL = "SELECT max(position) FROM log.batch_committed WHERE position <= $as_of"


class SelectionError(ValueError):
    """What was asked for cannot be taken out of the edition."""

    exit_code = 2


class UnknownRelationError(SelectionError):
    """The edition has no view or table of that name."""

    def __init__(self, name: str, present: Sequence[str]) -> None:
        super().__init__(f"there is no view or table {name!r}; there are records, {', '.join(present)}")
        self.name, self.present = name, present


class BackwardRangeError(SelectionError):
    """The first day comes after the last."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"the first day, {since}, comes after the last, {until}")
        self.since, self.until = since, until


class NoDayError(SelectionError):
    """A relation has no day by which it could be cut."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has no column published_on, so it cannot be cut by days; leave --since and --until out"
            " and name a file, not a folder"
        )
        self.name = name


class NoPositionError(SelectionError):
    """A table is not part of the log, so it has no earlier state."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no column position, so there is no state of it as of a commit")
        self.name = name


class NoSuchCommitError(SelectionError):
    """The edition holds no commit at or before a position or a time, or ends before the position."""

    def __init__(self, asked: int | datetime, first: int | None, last: int) -> None:
        there = f"the first ends at position {first}, the last at {last}" if first else "it holds none"
        super().__init__(f"the edition holds no commit as of {asked}: {there}")
        self.asked, self.first, self.last = asked, first, last


@dataclass(frozen=True)
class Selection:
    """A relation, days with both ends included, and the commit (position or time) as of which it is asked for."""

    relation: str
    since: date | None = None
    until: date | None = None
    as_of: int | datetime | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise BackwardRangeError(self.since, self.until)


@dataclass(frozen=True)
class Selected:
    """A selection that was found in an edition, ready to be read."""

    snapshot: Snapshot
    name: str
    columns: tuple[Column, ...]
    commit: int  # position of the last commit that counts
    day: str | None  # column by which it is cut into days
    source: str  # SQL: FROM and WHERE
    is_log: bool  # a table of records, in the order of the log

    def answers(self) -> Iterator[Rows]:
        """Every row, in one or more answers that are to be read one after the other."""
        return (self.snapshot.read(query) for query in self._queries())

    def arrow(self, *, by_day: bool = False) -> Iterator[pa.RecordBatchReader]:
        """Every row as Arrow, one day after the other if *by_day*."""
        return (self.snapshot.arrow(query) for query in self._queries(by_day=by_day))

    def _queries(self, *, by_day: bool = False) -> Iterator[str]:
        if not self.is_log:
            return iter([f"SELECT * {self.source} ORDER BY {self._order()}"])
        return self._days() if by_day else self._windows()

    def _order(self) -> str:
        names = [column.name for column in self.columns]
        return ", ".join(f'"{name}"' for name in sorted(names, key=lambda name: name != self.day))

    def _days(self) -> Iterator[str]:
        for (day,) in self.snapshot.ask(f"SELECT DISTINCT {self.day} {self.source} ORDER BY ALL").rows:
            yield f"SELECT * {self.source} AND {self.day} = DATE '{day}' ORDER BY position"

    def _windows(self) -> Iterator[str]:
        [(first, last)] = self.snapshot.ask(f"SELECT min(position), max(position) {self.source}").rows
        for start in range(first or 0, (last or 0) + 1, _WINDOW):
            end = min(start + _WINDOW - 1, last or 0)
            yield f"SELECT * {self.source} AND position BETWEEN {start} AND {end} ORDER BY position"


def select(snapshot: Snapshot, selection: Selection) -> Selected:
    """Find a selection in an edition.

    Raises:
        UnknownRelationError: there is no such view or table.
        NoDayError: days were asked for of what has none.
        NoPositionError: a commit was asked for of a table that has no history.
        NoSuchCommitError: the edition does not hold the commit asked for.
    """
    name = selection.relation.removeprefix("main.")
    name = _ALIASES.get(name, name)
    columns = _columns(snapshot, name)
    day = next((each.name for each in columns if each.name in _DAYS and each.kind == "DATE"), None)
    is_cut = day is None and bool(selection.since or selection.until)
    if is_cut and not _is_between_days(snapshot, name):
        raise NoDayError(selection.relation)
    commit, is_table = commit_of(snapshot, selection.as_of), name.startswith("log.")
    if is_cut:
        return Selected(
            snapshot, name, columns, commit, None, f"FROM {_between(name, selection, commit)}", is_log=False
        )
    is_log = (is_table or name == RECORDS) and any(column.name == "position" for column in columns)
    if is_table and not is_log and selection.as_of is not None:
        raise NoPositionError(name)
    conditions = [f"position <= {commit}"] if is_log else ["true"]
    conditions += [f"{day} >= DATE '{selection.since}'"] if selection.since else []
    conditions += [f"{day} <= DATE '{selection.until}'"] if selection.until else []
    source = _relation(name, None if is_table or is_log or selection.as_of is None else commit)
    return Selected(snapshot, name, columns, commit, day, f"FROM {source} WHERE {' AND '.join(conditions)}", is_log)


def _is_between_days(snapshot: Snapshot, name: str) -> bool:
    """Whether a view can be asked of some days alone."""
    return snapshot.ask(_BETWEEN_DAYS, {"macro": f"{name}_between_as_of"}).rows != [(0,)]


def _between(name: str, selection: Selection, commit: int) -> str:
    """A view of some days as of a commit, as SQL."""
    since, until = selection.since or FIRST_DAY, selection.until or LAST_DAY
    return f"\"{name}_between_as_of\"(DATE '{since}', DATE '{until}', {commit})"


def _relation(name: str, commit: int | None) -> str:
    """A relation's name as SQL; a view as of a commit when there is one."""
    if commit is not None:
        return f'"{name}_as_of"({commit})'
    return ".".join(f'"{part}"' for part in name.split("."))


def _columns(snapshot: Snapshot, name: str) -> tuple[Column, ...]:
    schema, _, relation = name.rpartition(".")
    found = snapshot.ask(_COLUMNS, {"schema": schema or "main", "name": relation}).rows
    if not found:
        raise UnknownRelationError(name, [row[0] for row in snapshot.ask(_RELATIONS).rows])
    return tuple(Column(*row) for row in found)


def commit_of(snapshot: Snapshot, as_of: int | datetime | None) -> int:
    """Position of the last commit at or before a position or a time; of the last one when neither is given.

    Raises:
        NoSuchCommitError: there is none, or the edition ends before the position.
    """
    [(first, last)] = snapshot.ask("SELECT min(position), max(position) FROM log.batch_committed").rows
    if as_of is None:
        return last or 0
    query = _COMMIT_AT if isinstance(as_of, datetime) else _COMMIT_UNTIL
    commit: int | None = snapshot.ask(query, {"as_of": as_of}).rows[0][0]
    if commit is None or (isinstance(as_of, int) and as_of > last):
        raise NoSuchCommitError(as_of, first, last or 0)
    return commit
