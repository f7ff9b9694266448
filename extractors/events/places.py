"""Where it was done: the place that the trigger's own clause names, never the opening line alone."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.events.clauses import Clauses
from extractors.events.parties import Parties
from extractors.language.tokens import Token
from storage.vocabulary import Span

_SCALE = {"iso3166": 1, "iso3166-2": 2, "geonames": 4}  # PLOVER's levels of resolution
_AT = frozenset({"in", "at", "near", "on", "outside", "off", "around", "inside", "across", "through"})


@dataclass(frozen=True)
class Place:
    """A named place as far as the tables tell; `geonameid` and `country` may be None."""

    name: str
    span: Span
    entity_id: str
    geonameid: int | None
    country: str | None
    resolution: int | None


def place_of(clauses: Clauses, parties: Parties, trigger: Token) -> Place | None:
    """The place of an event, from the trigger's clause or, for a noun, from the verb that carries it."""
    tokens = [trigger]
    above = clauses.head(trigger)
    if trigger.upos == "NOUN" and above is not None and above.upos == "VERB":
        tokens.append(above)
    for token in tokens:
        for each in clauses.obliques(token, _AT):
            found = _place(parties, each)
            if found is not None:
                return found
    return None


def _place(parties: Parties, token: Token) -> Place | None:
    entity = parties.entity(token)
    if entity is None or entity.kind != "LOC":
        return None
    scheme, _, number = entity.entity_id.partition(":")
    return Place(
        name=entity.name,
        span=parties.span(token),
        entity_id=entity.entity_id,
        geonameid=int(number) if scheme == "geonames" and number.isdigit() else None,
        country=entity.code,
        resolution=_SCALE.get(scheme),
    )
