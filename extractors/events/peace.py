"""Calls for an end of one's own conflict: by PLOVER's rule a readiness to make peace, and so AGREE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events.clauses import Clauses
from extractors.events.conversion import Coded
from extractors.events.parties import Parties
from extractors.events.party import Party
from extractors.language.tokens import Token
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.events.event import PoliticalEvent

_TRUCE = frozenset("ceasefire truce armistice cease peace".split())
_ENDING = frozenset("end stop halt cessation pause ending stopping halting".split())
_FIGHTING = frozenset("war conflict fighting hostilities violence bloodshed attacks strikes shelling".split())
_SETTLEMENT = Coded("AGREE", (), "037")


class Calls:
    """The calls for peace of one reading, and whether their own words tell that the caller fights."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties
        self._own: dict[Span, bool] = {}

    def note(self, trigger: Token, span: Span, actors: Iterable[Party]) -> None:
        """Remember a request, if it is about the end of fighting."""
        inside = [self.clauses.tokens[at] for at in sorted(self.clauses.subtree(trigger))]
        words = {each.low for each in inside}
        if words & _TRUCE or (words & _ENDING and words & _FIGHTING):
            codes = _codes(actors)
            self._own[span] = any(self._is_own(each, codes) for each in inside)

    def _is_own(self, token: Token, codes: frozenset[str]) -> bool:
        """A war with B, between A and B, its war."""
        above = self.clauses.head(token)
        if above is None or above.low not in _TRUCE | _FIGHTING:
            return False
        if token.deprel == "nmod" and set(self.clauses.case(token)) & {"with", "against"}:
            return self.parties.of(token) is not None
        if token.deprel == "nmod:poss" or (token.deprel == "nmod" and "between" in self.clauses.case(token)):
            return bool(_codes(self.parties.all_of(token)) & codes)
        return False

    def settled(self, events: Sequence[PoliticalEvent]) -> Iterator[PoliticalEvent]:
        """The events, with a request for peace made AGREE where it comes from one who fights.

        Who fights is told by the request itself or by the assaults of the same article.
        """
        at_war = {pair for event in events if event.coded.event_type == "ASSAULT" for pair in _pairs(event)}
        for event in events:
            is_call = event.coded.event_type == "REQUEST" and event.trigger in self._own
            is_own = is_call and (self._own[event.trigger] or not at_war.isdisjoint(_pairs(event)))
            yield replace(event, coded=_SETTLEMENT) if is_own else event


def _pairs(event: PoliticalEvent) -> Iterator[frozenset[str]]:
    for one in _codes(event.actors):
        for other in _codes(event.recipients):
            if one != other:
                yield frozenset((one, other))


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.code for party in parties if party.code)
