"""Who does what the clause below a verb tells: asked X to do, praised X for doing: X does."""

from __future__ import annotations

from collections.abc import Callable

from extractors.events.match import stands_for
from extractors.language.tokens import Token

_OBJECTS = ("obj", "iobj")
_OWN = ("promise", "threaten", "vow")
_JUDGING = frozenset(
    {"praise", "thank", "commend", "applaud", "congratulate", "reward", "honour", "honor"}
    | {"criticise", "criticize", "condemn", "denounce", "blame", "attack", "slam", "rebuke", "censure", "chide"}
    | {"punish", "sanction", "jail", "arrest", "detain", "sentence", "fine", "sue", "expel", "prosecute", "ban"}
)


def addressed(verb: Token, above: Token, below: Callable[[Token], list[Token]]) -> Token | None:
    """Whom the verb above asks for a deed, or judges for it; None where its own subject does it."""
    marks = {each.low for each in below(verb) if each.deprel == "mark"}
    thing = next((each for each in below(above) if each.deprel in _OBJECTS), None)
    if "to" in marks and verb.deprel in ("xcomp", "ccomp", "advcl") and above.lemma not in _OWN:
        if thing is not None and verb.deprel != "advcl":
            return thing
        return _called_on(above, below) if above.lemma in ("call", "appeal") else None
    is_judged = "for" in marks and verb.deprel == "advcl" and stands_for(above, _JUDGING)
    return thing if is_judged else None


def _called_on(above: Token, below: Callable[[Token], list[Token]]) -> Token | None:
    for each in below(above):
        cases = {case.low for case in below(each) if case.deprel == "case"}
        if each.deprel == "obl" and len(cases) == 1 and cases <= {"on", "upon", "to"}:
            return each
    return None
