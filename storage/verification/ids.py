"""Ids: none stands twice in the log."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import duckdb

from storage.verification.findings import LISTED, Fault, Findings
from storage.verification.segments import Segment

_ROWS_AT_ONCE = 1_000_000
_TWICE = f"""
SELECT event_id, min(position), max(position)
FROM read_parquet($files)
WHERE hash(event_id) % $parts = $part
GROUP BY event_id
HAVING count(*) > 1
ORDER BY ALL
LIMIT {LISTED}"""  # noqa: S608 - a number of our own


def check_ids(segments: Sequence[Segment], findings: Findings) -> None:
    """Find ids that stand twice; a million at a time, so that a long log needs no more memory than a short one."""
    if not segments:
        return
    parts = sum(each.rows for each in segments) // _ROWS_AT_ONCE + 1
    given = {"files": [str(each.path) for each in segments], "parts": parts}
    with closing(duckdb.connect()) as connection:
        for part in range(parts):
            try:
                rows = connection.execute(_TWICE, given | {"part": part}).fetchall()
            except duckdb.Error as error:  # a segment that cannot be read is a fault already
                findings.note(f"ids were not compared with each other: {str(error).partition(chr(10))[0]}")
                return
            for event_id, first, last in rows:
                findings.fault(Fault("log/", f"stands at position {first} and again at {last}", last, event_id))
