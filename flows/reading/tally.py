"""Counting what was done and what it cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from storage.records import Record

_COUNTED = {
    "ArticleDiscovered": "discovered",
    "ArticleFetched": "fetched",
    "ArticleCleaned": "articles",
    "ArticleAliased": "aliases",
    "ArticleRejected": "rejected",
    "ArticleRevised": "revised",
    "ArticleUnchanged": "unchanged",
    "ArticleWithdrawn": "withdrawn",
    "ArticleFetchFailed": "failed",
    "ArticleDuplicated": "copies",
    "DaySurveyed": "surveyed",
    "ExtractionFailed": "extractions_failed",
    "ExtractionRejected": "extractions_refused",
    "ExtractionCompleted": "extractions",
}


@dataclass
class Tally:
    """What was done, by name, and the CPU seconds that were spent on it, with how many pages or texts that were."""

    counts: dict[str, int] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        """Count something."""
        if number:
            self.counts[name] = self.counts.get(name, 0) + number

    def spend(self, name: str, seconds: float, items: int = 0) -> None:
        """Count CPU time."""
        self.cpu_seconds[name] = self.cpu_seconds.get(name, 0.0) + seconds
        self.items[name] = self.items.get(name, 0) + items

    def costs(self) -> dict[str, int]:
        """What pages and texts have cost: `clean_milliseconds` of CPU time for `clean_items`, and so on."""
        named = [name for name, items in sorted(self.items.items()) if items]
        return {f"{name}_milliseconds": round(self.cpu_seconds[name] * 1000) for name in named} | {
            f"{name}_items": self.items[name] for name in named
        }

    def merge(self, other: Tally) -> None:
        """Add another tally to this one."""
        for name, number in other.counts.items():
            self.add(name, number)
        for name, seconds in other.cpu_seconds.items():
            self.spend(name, seconds, other.items.get(name, 0))

    def count(self, records: Iterable[Record]) -> None:
        """Count records under what they are."""
        for each in records:
            self.add(_COUNTED.get(each.record_type, "findings"))
