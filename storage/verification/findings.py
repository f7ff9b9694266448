"""What a verification finds: faults say what was changed or lost and where; notes are harmless."""

from __future__ import annotations

from dataclasses import dataclass, field

LISTED = 1_000  # faults kept in words; a lost folder would fill the memory with them


@dataclass(frozen=True)
class Fault:
    """Something is not as it was written: where (a file of the home), what, and which record where one is meant."""

    where: str
    what: str
    position: int | None = None
    event_id: str | None = None

    def __str__(self) -> str:
        at = "" if self.position is None else f", position {self.position}"
        record = "" if self.event_id is None else f", event {self.event_id}"
        return f"{self.where}{at}{record}: {self.what}"


@dataclass
class Findings:
    """Faults and notes as they come up."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unlisted: int = 0  # faults beyond those kept

    def fault(self, fault: Fault) -> None:
        """Something is wrong."""
        if len(self.faults) < LISTED:
            self.faults.append(fault)
        else:
            self.unlisted += 1

    def note(self, text: str) -> None:
        """Something is worth knowing."""
        self.notes.append(text)
