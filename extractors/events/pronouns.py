"""Whom a pronoun stands for: the speaker in somebody's words, else the nearest fitting subject before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events.clauses import Clauses
from extractors.events.party import Party
from extractors.language.tokens import Token

if TYPE_CHECKING:
    from extractors.events.parties import Parties

_THIRD = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "hers", "its", "their"})
_OWN = frozenset({"we", "i", "us", "our", "me", "my"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
_OTHERS = ("obj", "obl", "obl:agent", "nmod:poss", "appos", "flat", "conj")
_BODIES = ("government", "army", "police")
_REACH = 70  # tokens: some two sentences
_DEEPEST = 3


def is_pronoun(token: Token) -> bool:
    """Whether a word only stands for somebody."""
    is_name = token.upos == "PROPN" and token.text.isupper()  # the US is not us
    return not is_name and (token.upos == "PRON" or token.low in _THIRD | _OWN)


class Pronouns:
    """Resolves the pronouns of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties
        self._nested = 0
        self.speakers: dict[int, Party] = {}  # of the tokens that stand in somebody's words

    def of(self, token: Token, depth: int) -> Party | None:
        """The party that a pronoun stands for; None where nobody fits."""
        if depth > _DEEPEST or self._nested > 1:
            return None
        self._nested += 1  # a phrase before it may hold a pronoun itself: its army
        try:
            return self._of(token, depth)
        finally:
            self._nested -= 1

    def _of(self, token: Token, depth: int) -> Party | None:
        if token.low in _RELATIVE:
            above = self.clauses.head(token)
            is_relative = above is not None and above.deprel == "acl:relcl"
            return self.parties.of(self.clauses.tokens[above.head], depth + 1) if above and is_relative else None
        if token.low in _OWN:
            speaker = self.speakers.get(token.index)
            return replace(speaker, span=token.span) if speaker is not None else None
        if token.low not in _THIRD:
            return None
        found = self._parallel(token, depth) or next(self._before(token), None)
        return replace(found, span=token.span) if found else None

    def _parallel(self, token: Token, depth: int) -> Party | None:
        """X's condemnation and his call: his is X's."""
        above = self.clauses.head(token)
        if token.deprel != "nmod:poss" or above is None or above.deprel != "conj":
            return None
        sentence = self.clauses.reading.sentence_of(token)[0].index
        before = reversed(self.clauses.tokens[sentence : token.index])
        owner = next(
            (
                each
                for each in before
                if each.deprel == "nmod:poss" and each.upos != "PRON" and self.parties.entity(each)
            ),
            None,
        )
        return self.parties.of(owner, depth + 1) if owner is not None else None

    def _before(self, token: Token) -> Iterator[Party]:
        """Whom it can stand for among the words before it: subjects first, the nearest first."""
        earlier = self.clauses.tokens[max(0, token.index - _REACH) : token.index]
        verb = self.clauses.head(token)
        # whom one asks is somebody else
        own = self.clauses.subject(verb) if verb is not None and token.deprel in ("obj", "iobj") else None
        for relations in (_SUBJECTS, _OTHERS):
            for each in reversed(earlier):
                if each.deprel in relations and each.upos != "PRON" and each is not own:
                    party = self.parties.named(each) or self.parties.described(each)
                    if party is not None and self._agrees(token, each, party):
                        yield party

    def _agrees(self, pronoun: Token, noun: Token, party: Party) -> bool:
        """He and she are people, it and they are not one person."""
        entity = self.parties.entity(noun)
        if entity is not None:
            is_other = entity.gender is not None and _GENDERS.get(pronoun.low, entity.gender) != entity.gender
            return (entity.kind == "PERSON") == (pronoun.low in _PERSONAL) and not is_other
        is_person = noun.xpos in ("NN", "NNP") and bool(party.sectors) and noun.low not in _BODIES
        return is_person == (pronoun.low in _PERSONAL)
