"""An actor or recipient, as a record has it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.vocabulary import Span


@dataclass(frozen=True)
class Party:
    """Who acts or is acted upon; `code` is None where no country or body could be told."""

    code: str | None
    sectors: tuple[str, ...]
    entity_id: str | None
    name: str
    span: Span

    @property
    def key(self) -> tuple[str | None, str | None, str]:
        """What makes two mentions the same party within an article."""
        return (self.code, self.entity_id, "" if self.entity_id else self.name.lower())
