"""The published edition read whole: DuckDB compares each block with its checksum when it reads it."""

from __future__ import annotations

from storage.edition.ask import NoEditionError, QueryError
from storage.edition.snapshot import snapshot
from storage.home import Home
from storage.verification.findings import Fault, Findings

_TABLES = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'log' AND NOT internal ORDER BY table_name"


def check_edition(home: Home, findings: Findings) -> None:
    """Find tables that cannot be read to their end; what `outside` could not even ask is a fault already."""
    if any(fault.where == home.edition.name for fault in findings.faults):
        return
    try:
        with snapshot(home) as edition:
            for (table,) in edition.ask(_TABLES).rows:
                edition.ask(f'SELECT bit_xor(hash(rows)) FROM log."{table}" AS rows')  # noqa: S608 - our own names
    except NoEditionError:
        return
    except QueryError as error:
        what = f"cannot be read whole: {str(error).partition(chr(10))[0]}; `dateline publish --rebuild` makes it anew"
        findings.fault(Fault(home.edition.name, what))
