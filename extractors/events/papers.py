"""What a paper does is done by who issued it: passed a resolution criticising B."""

from __future__ import annotations

from extractors.events.clauses import Clauses
from extractors.events.match import stands_for
from extractors.language.tokens import Token

_PAPERS = frozenset(
    "resolution letter statement report bill decree lawsuit suit petition complaint article law speech message note "
    "motion declaration communique tweet video document ruling order memo editorial advert post interview book".split()
)
_ISSUING = frozenset(
    "issue release publish pass adopt sign send write put file approve make deliver give read post introduce submit "
    "draft circulate table bring record launch".split()
)


def doers(clauses: Clauses, verb: Token) -> list[Token]:
    """Who does what a verb tells; of a paper, who issued it."""
    found = clauses.agents(verb)
    is_paper = len(found) == 1 and verb.deprel == "acl" and found[0].lemma.lower() in _PAPERS
    above = clauses.head(found[0]) if is_paper else None
    is_issued = above is not None and stands_for(above, _ISSUING)
    return clauses.agents(above) or found if above is not None and is_issued else found
