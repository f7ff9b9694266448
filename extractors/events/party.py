"""An actor or recipient, as a record has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.language.entities.resolving import Entity
from extractors.language.tokens import Token
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


def as_state(party: Party, entity: Entity | None, token: Token) -> Party:
    """A nationality before a thing means the state: an Israeli decision."""
    is_before = token.deprel in ("amod", "compound")
    if is_before and entity is not None and entity.kind == "NORP" and not party.sectors:
        return replace(party, sectors=("GOV",))
    return party
