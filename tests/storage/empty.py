"""An edition without records, for tests and benchmarks that fill its tables themselves."""

from __future__ import annotations

import duckdb

from storage.edition.vocabulary import Vocabulary


def empty_edition(vocabulary: Vocabulary, path: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """The tables and views of a vocabulary, in memory or in a file."""
    connection = duckdb.connect(path)
    connection.execute("SET TimeZone = 'UTC'")
    for statement in vocabulary.table_statements():
        connection.execute(statement)
    for question in vocabulary.questions:
        for statement in question.create_statements():
            connection.execute(statement)
    return connection
