"""Who does what a verb tells, where the grammar alone does not say."""

from __future__ import annotations

from extractors.events.clauses import Clauses
from extractors.events.match import stands_for
from extractors.events.parties import Parties
from extractors.events.scale import EventType
from extractors.language.tokens import Token

_PAPERS = frozenset(
    "resolution letter statement report bill decree lawsuit suit petition complaint article law speech message note "
    "motion declaration communique tweet video document ruling order memo editorial advert post interview book".split()
)
_ISSUING = frozenset(
    "issue release publish pass adopt sign send write put file approve make deliver give read post introduce submit "
    "draft circulate table bring record launch".split()
)
_FORCEFUL = frozenset({"ASSAULT", "COERCE"})
_ARMED = frozenset({"MIL", "COP", "REB", "UAF"})


class Doers:
    """Finds them in one reading."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties

    def of(self, verb: Token, event_type: EventType) -> list[Token]:
        """Who does what a verb tells; of a paper, who issued it: passed a resolution criticising B."""
        found = self.clauses.agents(verb)
        is_paper = len(found) == 1 and verb.deprel == "acl" and found[0].lemma.lower() in _PAPERS
        above = self.clauses.head(found[0]) if is_paper else None
        is_issued = above is not None and stands_for(above, _ISSUING)
        if above is not None and is_issued:
            return self.clauses.agents(above) or found
        return found or (self._before(verb) if event_type in _FORCEFUL else [])

    def _before(self, verb: Token) -> list[Token]:
        """Police fired and ten were held: whoever uses force, and nobody else named, did what it came to."""
        above = self.clauses.head(verb)
        is_left_open = verb.deprel == "conj" and self.clauses.is_passive(verb)
        if above is None or not is_left_open or self.clauses.is_passive(above):
            return []
        found = self.clauses.agents(above)
        held = {party.key for each in self.clauses.objects(verb) for party in self.parties.all_of(each)}
        armed = [party for each in found if (party := self.parties.of(each)) and _ARMED & set(party.sectors)]
        return found if armed and all(party.key not in held for party in armed) else []
