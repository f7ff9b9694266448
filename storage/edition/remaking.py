"""One table of the edition made anew, from the records and texts that the edition holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from storage.edition.filling import fill_again
from storage.edition.periods import PERIODS, make_anew
from storage.edition.tables import create_statements, table_name
from storage.edition.vocabulary import Vocabulary
from storage.vocabulary import Event

_TABLE = re.compile(r"\blog\.(\w+)")


class UnknownTableError(ValueError):
    """No table that can be made anew by itself has this name."""

    exit_code = 2

    def __init__(self, name: str, present: Sequence[str]) -> None:
        super().__init__(f"there is no table or view {name!r} to make anew; there are {', '.join(present)}")
        self.name, self.present = name, present


def tables_named(vocabulary: Vocabulary, names: Sequence[str]) -> list[str]:
    """Tables of schema log by their own or their record's names, or by that of a view; in the order of making.

    Raises:
        UnknownTableError: a name is none of these, or that of what only a rebuild of everything makes.
    """
    wanted = {table for name in names for table in _behind(vocabulary, name)}
    return [table for table in _tables(vocabulary) if table in wanted]


def _tables(vocabulary: Vocabulary) -> list[str]:
    return [*(table_name(cls) for cls in vocabulary.classes.values()), *PERIODS]


def _behind(vocabulary: Vocabulary, name: str) -> Iterator[str]:
    tables, views = _tables(vocabulary), {view.name: view for view in vocabulary.views}
    short = name.removeprefix("log.")
    if short in tables:
        yield short
    elif name in vocabulary.classes:
        yield table_name(vocabulary.classes[name])
    elif name in views and (found := [each for each in _TABLE.findall(views[name].sql) if each in tables]):
        yield from found
    else:
        raise UnknownTableError(name, sorted([*tables, *views]))


def remake(connection: duckdb.DuckDBPyConnection, classes: Mapping[str, type[Event]], table: str) -> None:
    """Make a table anew; those it rests on are taken to be right."""
    if table in PERIODS:
        make_anew(connection, table)
        return
    [cls] = [each for each in classes.values() if table_name(each) == table]
    connection.execute(f"DROP TABLE log.{table}")
    for statement in create_statements(cls):
        connection.execute(statement)
    fill_again(connection, cls)
