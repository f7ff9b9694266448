"""What a writer believes of the log, so that it can be told when it decided on something out of date."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """Nothing was appended after a position: to one stream, or to the log where no stream is named.

    A stream's version is the position of its last record, 0 while it has none; the log's is its head's position.
    """

    position: int
    stream: str | None = None


class ConflictError(RuntimeError):
    """Somebody else appended meanwhile to what a writer had read; nothing of the writer's was appended."""

    def __init__(self, expected: Expected, found: int) -> None:
        where = "the log" if expected.stream is None else f"stream {expected.stream}"
        super().__init__(
            f"{where} was expected to end at position {expected.position} and ends at {found};"
            " read what came meanwhile and decide anew"
        )
        self.expected, self.found = expected, found
