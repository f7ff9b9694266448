"""What is gone because somebody asked for it: an `ArticleForgotten` record accounts for an article's words and pages.

That record stands in the log after those it is about, so what is missing waits here until the log is walked.
"""

from __future__ import annotations

from typing import NamedTuple

from storage.verification.findings import Fault, Findings
from storage.verification.rows import Row

FORGOTTEN = "ArticleForgotten"


class Missing(NamedTuple):
    """What a record names is not there as it was; *is_marked* where the place itself says that it was forgotten."""

    stream: str
    is_marked: bool
    fault: Fault


class Gone:
    """What is missing, and which articles were forgotten."""

    def __init__(self) -> None:
        self._missing: list[Missing] = []
        self._forgotten: set[str] = set()

    @property
    def is_anything(self) -> bool:
        """Whether anything is missing."""
        return bool(self._missing)

    def notice(self, row: Row) -> None:
        """Remember an article that was forgotten."""
        if row.record.record_type == FORGOTTEN:
            self._forgotten.add(row.record.stream)

    def unless_forgotten(self, row: Row, fault: Fault, *, is_marked: bool = False) -> None:
        """Something is missing: a fault, unless the article it is about was forgotten."""
        self._missing.append(Missing(row.record.stream, is_marked, fault))

    def settle(self, findings: Findings) -> int:
        """Make a fault of all that nobody asked for; how much was asked for."""
        unasked = [each for each in self._missing if not self._was_asked(each)]
        for each in unasked:
            findings.fault(each.fault)
        return len(self._missing) - len(unasked)

    def _was_asked(self, missing: Missing) -> bool:
        """A feed's capture loses entries about articles: its own record names none of them, but its mark tells."""
        if missing.stream.startswith("feed:"):
            return missing.is_marked and bool(self._forgotten)
        return missing.stream in self._forgotten  # also what a run under way brought in afterwards
