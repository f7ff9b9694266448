"""Where it was done: the place that the trigger's own clause names, never the opening line alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.events.clauses import Clauses
from extractors.events.parties import Parties
from extractors.language.entities.points import Point, point_of
from extractors.language.entities.resolving import Entity
from extractors.language.tokens import Token
from storage.vocabulary import Span

COUNTRY, PROVINCE, TOWN = 1, 2, 4  # PLOVER's levels of resolution; its 3 (district) and 5 (part of a town) are not told
_AT = frozenset({"in", "at", "near", "on", "outside", "off", "around", "inside", "across", "through", "throughout"})
_FROM = frozenset({"from", "out"})
_INTO = frozenset({"into", "to", "toward", "towards"})
# whose object, where it is a place, is where it was done: shelled Kharkiv, seized Avdiivka
_AIMED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})
_DEEDS = _AIMED | {"PROTEST"}
_NAMING = ("nmod", "appos", "compound", "flat", "nmod:poss", "amod", "nmod:desc")


@dataclass(frozen=True)
class Place:
    """A named place as far as the tables tell; `point`, `country` and `resolution` may be None."""

    name: str
    span: Span
    entity_id: str
    country: str | None
    resolution: int | None
    point: Point | None

    @property
    def geonameid(self) -> int | None:
        """The number of the place in GeoNames."""
        return self.point.geonameid if self.point else None

    @property
    def latitude(self) -> Decimal | None:
        """Degrees north."""
        return self.point.latitude if self.point else None

    @property
    def longitude(self) -> Decimal | None:
        """Degrees east."""
        return self.point.longitude if self.point else None

    @property
    def admin1(self) -> str | None:
        """The first-order division it lies in, as GeoNames (UA.07) or, for a province itself, ISO 3166-2 (UA-63)."""
        own = self.entity_id.partition(":")[2] if self.entity_id.startswith("iso3166-2:") else None
        return own or (self.point.admin1 if self.point else None)


def place_of(
    clauses: Clauses, parties: Parties, trigger: Token, event_type: str, targets: Iterable[Token] = ()
) -> Place | None:
    """The finest place that the trigger's clause names or, for a noun, the clause of the verb that carries it.

    *targets* are the heads of what the event is done to: of deeds that hit places, such a place is where it was done.
    """
    tokens = [trigger]
    above = clauses.head(trigger)
    if trigger.upos == "NOUN" and above is not None and above.upos == "VERB":
        tokens.append(above)
    prepositions = _AT | _FROM if event_type == "RETREAT" else _AT | _INTO if event_type == "MOBILIZE" else _AT
    named = [each for token in tokens for each in clauses.obliques(token, prepositions)]
    named += _where(clauses, trigger)
    if event_type in _DEEDS:
        named += [*_beside_doers(clauses, tokens), *(targets if event_type in _AIMED else ())]
    found = [place for each in named for place in _places(clauses, parties, each)]
    return max(found, key=lambda place: place.resolution or 0, default=None)


def _where(clauses: Clauses, verb: Token) -> list[Token]:
    """Gabon, where soldiers seized power."""
    is_where = verb.deprel == "acl:relcl" and any(each.low == "where" for each in clauses.below(verb))
    above = clauses.head(verb)
    return [above] if above is not None and is_where else []


def _beside_doers(clauses: Clauses, tokens: Iterable[Token]) -> Iterator[Token]:
    """Places where those are who do it: strikes on Rafah killed, were killed by rebels in Idlib."""
    for token in tokens:
        for each in clauses.below(token):
            if each.deprel in ("nsubj", "obl:agent"):
                yield from (one for one in clauses.below(each) if one.deprel == "nmod" and set(clauses.case(one)) & _AT)


def _places(clauses: Clauses, parties: Parties, token: Token) -> Iterator[Place]:
    for each in _naming(clauses, token):
        entity = parties.entity(each)
        if entity is not None and entity.kind == "LOC":
            point = point_of(entity.entity_id)
            yield Place(
                name=entity.name,
                span=parties.span(each),
                entity_id=entity.entity_id,
                country=entity.code,
                resolution=_resolution(entity, point),
                point=point,
            )


def _naming(clauses: Clauses, token: Token) -> Iterator[Token]:
    """A noun and what names it: the city of Idlib, Idlib province."""
    yield token
    for each in clauses.below(token):
        if each.deprel in _NAMING and clauses.case(each) in ((), ("of",), ("in",), ("'s",)):
            yield each


def _resolution(entity: Entity, point: Point | None) -> int | None:
    if entity.entity_id.startswith("iso3166:"):
        return COUNTRY
    is_province = entity.entity_id.startswith("iso3166-2:") or (
        point is not None and point.admin1 and not point.latitude
    )
    if is_province or (entity.resolution == "region" and entity.code):
        return PROVINCE
    return TOWN if point is not None else None
