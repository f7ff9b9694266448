"""Which country a phrase or a person's role names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.events.clauses import Clauses
from extractors.language.entities.resolving import Entity
from extractors.language.tokens import Token
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.events.parties import Parties

# whoever has these is somebody else: its neighbour
_OTHERS = frozenset(
    {"counterpart", "counterparts", "neighbour", "neighbours", "neighbor", "neighbors", "ally", "allies", "rival"}
)

_STANCE = re.compile(r"\b(?:anti|pro|pan|non)[-\u2010\u2011]$", re.IGNORECASE)
_LONGEST_STANCE = 6  # characters, with what stands before


def is_only_meant(text: str, name: Span) -> bool:
    """Whether a nation is named only for a stance towards it or for a whole it is part of: anti-American crowds."""
    return _STANCE.search(text, max(0, name.start - _LONGEST_STANCE), name.start) is not None


class Nations:
    """Finds the countries of the phrases of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties
        self._of_people: dict[str, str | None] = {}  # by entity
        self._of_roles: dict[str, str | None] = {}

    def of(self, token: Token) -> str | None:
        """The country that a phrase names: by nationality, owner, or "of", "in", "from"."""
        below = self.clauses.below(token)
        ranked = [each for each in below if each.deprel in ("amod", "compound", "nmod:poss", "flat", "nmod:desc")]
        ranked += [
            each
            for each in below
            if each.deprel in ("nmod", "appos", "nmod:unmarked", "acl")
            and (
                each.deprel == "appos"
                or self.clauses.case(each)[:1] in (("of",), ("in",), ("from",), ("at",), ("for",), ("near",))
            )
        ]
        for each in ranked:
            entity = self.parties.entity(each)
            if entity is not None and (code := self.parties.code(entity, each)):
                return code
            if each.upos == "PRON":
                party = self.parties.pronouns.of(each, 1)
                if party is not None and token.low not in _OTHERS:
                    return party.code
            deeper = self.of(each) if each.deprel != "flat" else None
            if deeper:
                return deeper
        return None

    def of_mentions(self, entity: Entity) -> str | None:
        """The country or body that stands beside any mention of a person: EU commissioner Ana Costa."""
        if entity.entity_id not in self._of_people:
            heads = [self._head(span) for span in entity.spans]
            found = (self.of(each) for each in heads if each is not None)
            self._of_people[entity.entity_id] = next((code for code in found if code), None)
        return self._of_people[entity.entity_id]

    def _head(self, span: Span) -> Token | None:
        inside = [self.clauses.tokens[each.index] for each in self.clauses.reading.tokens_in(span)]
        top = next((each for each in inside if each.is_root or each.head not in [one.index for one in inside]), None)
        return self.clauses.head(top) if top is not None and top.deprel.startswith("flat") else top

    def of_role(self, entity: Entity) -> str | None:
        """The country that a person's role names: the French president."""
        if not entity.role:
            return None
        if entity.entity_id not in self._of_roles:
            codes = (each.code for _, each in self._mentions_in_roles(entity) if each.kind in ("NORP", "LOC"))
            self._of_roles[entity.entity_id] = next((code for code in codes if code), None)
        return self._of_roles[entity.entity_id]

    def _mentions_in_roles(self, entity: Entity) -> list[tuple[Span, Entity]]:
        """Names in the words before and after each mention of a person, as far as its role reaches."""
        reach = len(entity.role or "") + 12
        found: list[tuple[Span, Entity]] = []
        for span in entity.spans:
            found += self.clauses.reading.entities.within(Span(max(0, span.start - reach), span.start))
            found += self.clauses.reading.entities.within(Span(span.end, span.end + reach))
        return [pair for pair in found if pair[0].of(self.clauses.reading.text) in (entity.role or "")]
