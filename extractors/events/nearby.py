"""Where the words of a pattern may stand around its trigger."""

from __future__ import annotations

from extractors.events.clauses import Clauses
from extractors.events.lexicon import Step
from extractors.events.match import stands_for
from extractors.language.tokens import Token

_MAY = frozenset({"may", "might", "could"})
_SAID = frozenset({"say"})
_NAMING = frozenset({"call"})  # call Y a liar: what Y is called stands close below


class Nearby:
    """Finds them in one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses

    def around(self, step: Step, token: Token) -> list[Token]:
        """Where words that are no object may stand; of what is said or called only as what the clause says."""
        if not stands_for(token, _SAID):
            beyond = {
                at
                for each in self.clauses.below(token)
                if each.deprel == "conj" and each.upos == "VERB"
                for at in self.clauses.subtree(each)
            }
            near = self.clauses.near(token, 2 if stands_for(token, _NAMING) and not step.is_link else 3)
            return [each for each in near if each.index not in beyond]
        clause = self.clause(token)
        if clause is None or any(each.low in _MAY for each in self.clauses.below(clause)):
            return []
        # was killed in an attack: said to be killed, not to attack
        return [
            clause,
            *(each for each in self.clauses.below(clause) if each.upos != "NOUN" or not self.clauses.case(each)),
        ]

    def object_words(self, token: Token) -> list[Token]:
        """The object of a verb, and words that belong to it."""
        found: list[Token] = []
        heads = [
            *self.clauses.objects(token),
            *(each for each in self.clauses.below(token) if each.deprel in ("xcomp", "compound:prt", "obl:unmarked")),
        ]
        for head in heads:
            found.append(head)
            for each in self.clauses.below(head):
                of = each.deprel == "nmod" and self.clauses.case(each) == ("of",)
                if each.deprel in ("compound", "amod", "nummod", "conj", "nmod:poss", "compound:prt") or of:
                    found.append(each)
                if each.deprel == "conj":
                    found += [more for more in self.clauses.below(each) if more.deprel in ("compound", "amod")]
        if not found or token.upos == "NOUN":
            found += self.clauses.near(token, 2)
        return found

    def clause(self, token: Token) -> Token | None:
        """The clause that completes a verb, as its own or as an infinitive."""
        for each in self.clauses.below(token):
            marks = {mark.low for mark in self.clauses.below(each) if mark.deprel == "mark"}
            is_infinitive = each.deprel in ("advcl", "acl") and "to" in marks
            if each.deprel in ("xcomp", "ccomp") or is_infinitive:
                return each
        return None
