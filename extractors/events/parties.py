"""Who some words mean: the country, sector and entity of an actor or recipient, from names, nationalities and roles."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from extractors.events.capitals import is_seat
from extractors.events.clauses import DONE_TO, Clauses
from extractors.events.home import home_of
from extractors.events.match import stands_for
from extractors.events.nations import Nations, is_only_meant
from extractors.events.party import Party, as_state
from extractors.events.pronouns import Pronouns, is_pronoun
from extractors.events.sector_words import is_role, sectors_told
from extractors.events.several import Several
from extractors.language.entities.resolving import Entity
from extractors.language.entities.titles import sectors_of
from extractors.language.tokens import Token
from storage.vocabulary import Span

_OWNED = (("nmod:poss",), ("amod", "compound"))
_OWNED_OR_OF = (*_OWNED, ("nmod",), ("appos",))
_SOME = frozenset("some many most several all both none one two three four five six".split())
_OWNING = frozenset({"of", "by", "from", "in", "against", "on", "with", "between"})
_DEEPEST = 3
_PARTS = ("det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "flat", "flat:foreign", "name")


class Parties:
    """Resolves the parties of one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.reading = clauses.reading
        self.pronouns = Pronouns(clauses, self)
        self._spans: dict[int, Span] = {}
        self._nations = Nations(clauses, self)
        self._several = Several(clauses, self, self._nations)

    @cached_property
    def _mention_at(self) -> dict[int, tuple[Span, Entity]]:
        found: dict[int, tuple[Span, Entity]] = {}
        for entity in self.reading.entities.all:
            for span in entity.spans:
                if entity.kind == "LOC" and is_role(span.of(self.reading.text).lower()):
                    continue  # a union leader is not of a town of that name
                if is_only_meant(self.reading.text, span):
                    continue
                for token in self.reading.tokens_in(span):
                    found[token.index] = (span, entity)
        return found

    @cached_property
    def home(self) -> str | None:
        """The country that the report is about, None where it is about several."""
        return home_of(self.clauses)

    def entity(self, token: Token) -> Entity | None:
        """The entity whose name a token belongs to."""
        found = self._mention_at.get(token.index)
        return found[1] if found else None

    def code(self, entity: Entity, token: Token) -> str | None:
        """The country of an entity; a bare "Congress" is that of the country that a report is about."""
        is_bare = (
            entity.name == "US Congress"
            and token.text == "Congress"
            and self._mention_at[token.index][0].start == token.start
        )
        return self.home or entity.code if is_bare else entity.code

    def all_of(self, token: Token, *, acting: bool = False) -> list[Party]:
        """A noun and those joined to it, those that are parties; who is *acting* is not told by "of" or "in"."""
        found: list[Party] = []
        for each in self.clauses.joined(token):
            for party in self._several.of(each) or self._each_of(each, acting=acting):
                shared = self._sharing_country(party, each, found)
                if all(shared.key != other.key for other in found):
                    found.append(shared)
        return found

    def _sharing_country(self, party: Party, token: Token, found: list[Party]) -> Party:
        """Lawmakers and officials in A: whoever is joined without a word of their own are of the same country."""
        first = found[0] if found else None
        is_bare = party.code is None and party.entity_id is None and party.sectors and token.deprel == "conj"
        if not is_bare or first is None or not first.code or first.entity_id is not None:
            return party
        is_own = any(each.deprel in ("det", "nmod:poss", "amod", "nmod") for each in self.clauses.below(token))
        return party if is_own else replace(party, code=first.code)

    def of(self, token: Token, depth: int = 0, *, acting: bool = False) -> Party | None:
        """Whom a noun means, itself or by its owner ("Israel's decision"); None for things."""
        return next(iter(self._each_of(token, depth, acting=acting)), None)

    def _each_of(self, token: Token, depth: int = 0, *, acting: bool = False) -> list[Party]:
        """The party that a noun means or, of things, every owner: ties with A and B."""
        if is_pronoun(token):
            own = self.pronouns.of(token, depth)
            return [own] if own is not None else []
        if token.low in _SOME:  # some of them, two of the rebels
            parts = [each for each in self.clauses.below(token) if self.clauses.case(each) == ("of",)]
            if parts:
                return [party for each in parts for party in self.all_of(each)]
        own = self.named(token) or self.described(token)
        if own is not None:
            return [own]
        if depth >= _DEEPEST:
            return []
        return self._owners(token, depth, _OWNED if acting else _OWNED_OR_OF)

    def is_party(self, token: Token) -> bool:
        """Whether a word is a name or a role that can act."""
        entity = self.entity(token)
        return entity is not None or (token.upos != "ADJ" and is_role(token.low))

    def is_town(self, token: Token) -> bool:
        """Whether a word names a place below a country: where something is, more often than who acts."""
        entity = self.entity(token)
        return entity is not None and entity.kind == "LOC" and entity.resolution != "country"

    def is_doer(self, token: Token) -> bool:
        """Whether a word before a noun tells whose deed it is: Israeli strikes, but not the Cairo talks."""
        return self.is_party(token) and not self.is_town(token)

    def span(self, token: Token) -> Span:
        """The phrase around a noun, from its first describing word to its name's end."""
        if token.index not in self._spans:
            self._spans[token.index] = self._span(token)
        return self._spans[token.index]

    def _span(self, token: Token) -> Span:
        inside = [token]
        waiting = [token]
        while waiting:
            at = waiting.pop()
            for each in self.clauses.below(at):
                if each.deprel in _PARTS and (each.index < at.index or each.deprel.startswith("flat")):
                    inside.append(each)
                    waiting.append(each)
        first, last = min(inside, key=lambda each: each.index), max(inside, key=lambda each: each.index)
        mention = self._mention_at.get(token.index)
        start, end = first.start, last.end
        if mention:
            start, end = min(start, mention[0].start), max(end, mention[0].end)
        return Span(start, end)

    def named(self, token: Token) -> Party | None:
        """Whom a name means."""
        entity = self.entity(token)
        if entity is None:
            entity = next(
                (
                    found
                    for each in self.clauses.below(token)
                    if each.deprel.startswith("flat") and (found := self.entity(each))
                ),
                None,
            )
        if entity is None:
            return None
        span = self.span(token)
        code, sectors = self.code(entity, token), entity.sectors
        if code != entity.code:
            return Party(code, sectors, None, token.text, span)
        if entity.kind == "PERSON":
            words = span.of(self.reading.text) + " " + (entity.role or "") + " " + self._apposition(token)
            sectors = sectors or sectors_of(words)
            code = code or self._nations.of(token) or self._nations.of_role(entity) or self._nations.of_mentions(entity)
        elif entity.kind == "ORG":
            code = code or self._nations.of(token)
        elif entity.kind == "LOC" and (entity.resolution == "country" or is_seat(entity.name, code)):
            sectors = sectors or ("GOV",)
        return Party(code, sectors, entity.entity_id, entity.name, span)

    def _apposition(self, token: Token) -> str:
        parts = [
            each for each in self.clauses.below(token) if each.deprel in ("appos", "compound", "nmod:poss", "amod")
        ]
        return " ".join(self.span(each).of(self.reading.text) for each in parts)

    def described(self, token: Token) -> Party | None:
        """A role or kind of people: Israeli police, a Palestinian official, the rebels."""
        if token.upos not in ("NOUN", "PROPN", "NUM"):
            return None
        span = self.span(token)
        sectors = sectors_told(self.clauses, token) or (("CVL",) if self._counts_people(token) else ())
        body = self._inside(token)
        if not sectors and not (body and token.low in ("side", "camp")):
            return None
        if body is not None and body.kind in ("ORG", "PERSON") and not self._possessed(token):
            return Party(body.code, body.sectors or sectors, body.entity_id, body.name, span)
        code = self._nations.of(token)
        name = span.of(self.reading.text)
        return Party(code, sectors, None, name, span)

    def _counts_people(self, token: Token) -> bool:
        """Whether a number alone tells of people: six were indicted, killing nine."""
        above = self.clauses.head(token)
        is_done_to = above is not None and token.deprel in ("obj", "nsubj", "nsubj:pass") and stands_for(above, DONE_TO)
        return token.upos == "NUM" and is_done_to

    def _inside(self, token: Token) -> Entity | None:
        """A name within the phrase: Hamas officials."""
        for each in self.clauses.below(token):
            if each.deprel in ("compound", "amod", "nmod:poss"):
                entity = self.entity(each)
                if entity is not None and entity.kind in ("ORG", "PERSON"):
                    return entity
        return None

    def _possessed(self, token: Token) -> bool:
        return any(each.deprel == "nmod:poss" for each in self.clauses.below(token)) and token.low in (
            "counterpart",
            "counterparts",
        )

    def _owners(self, token: Token, depth: int, kinds: tuple[tuple[str, ...], ...]) -> list[Party]:
        """Whose thing it is: Israel's decision, an Israeli decision, the decision of Israel and Egypt."""
        below = self.clauses.below(token)
        for wanted in kinds:
            nested = [
                more
                for each in below
                if each.deprel == "compound"
                for more in self.clauses.below(each)
                if more.deprel == "amod"
            ]
            for each in [*below, *nested]:
                if each.deprel not in wanted:
                    continue
                if each.deprel == "nmod" and not set(self.clauses.case(each)[:1]) & _OWNING:
                    continue
                if each.deprel in ("amod", "compound") and not self.is_doer(each):
                    continue
                if each.deprel == "nmod" and self._only_tells_where(each):
                    continue
                parties = [party for one in self.clauses.joined(each) for party in self._each_of(one, depth + 1)]
                if parties:
                    return [as_state(parties[0], self.entity(each), each), *parties[1:]]
        return []

    def _only_tells_where(self, token: Token) -> bool:
        """The police station in A, the road between A and B; talks between two capitals are of those who sit there."""
        if (entity := self.entity(token)) is None or not self.is_town(token):
            return False
        case = self.clauses.case(token)[:1]
        return case == ("in",) or (case == ("between",) and not is_seat(entity.name, entity.code))
