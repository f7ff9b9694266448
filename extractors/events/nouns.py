"""Frames of nouns: whose attack on whom, told by owners, nationalities, prepositions and the verb that carries it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.events.clauses import Clauses
from extractors.events.lexicon import Frame
from extractors.events.match import Match, stands_for
from extractors.events.parties import Parties
from extractors.language.tokens import Token

_WITH = frozenset({"with", "between", "among"})
_LIGHT = frozenset(
    "carry launch conduct make stage hold mount issue give express voice wage begin start continue resume have deliver "
    "order lead perform undertake send file bring open announce plan step offer repeat renew reiterate place put "
    "receive end halt suspend authorize authorise approve complete finish intensify escalate impose".split()
)
_ABOUT = frozenset("at over about after before against because despite".split())
_GATHERING = frozenset("gather bring unite involve include".split())
_ATTENDED = (("on",), ("in",), ("during",), ("after",), ("at",), ("following",), ("before",))
_DIRECTED = frozenset({"SUPPORT", "AID", "REQUEST", "AGREE", "CONCEDE", "THREATEN", "CONSULT", "COOPERATE", "SANCTION"})


class Nouns:
    """Finds the nominal frames of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties

    def match(self, frame: Frame, noun: Token) -> Match | None:
        """The frame at a noun with those who fill it; None where it does not fit or nobody does."""
        words = self._words(frame, noun)
        if words is None:
            return None
        above = self.clauses.head(noun)
        light = above if above is not None and self._is_carried(noun, above) else None
        recipients = self._recipients(frame, noun, light)
        actors = self._doers(noun, light)
        if not actors and (frame.is_reciprocal or "visit" in frame.modes):
            actors = self._attending(noun, above)
        score = 2 * (len(words) - 1) + len(recipients)
        if frame.is_reciprocal:
            actors, recipients = [*actors, *recipients, *self._gathered(noun, above)], []
        elif frame.whom and not recipients and frame.event_type in _DIRECTED:
            return None
        if not actors and not recipients:
            return None
        return Match(frame, noun, tuple(words), tuple(actors), tuple(recipients), None, score)

    def _words(self, frame: Frame, noun: Token) -> list[Token] | None:
        """The words of the pattern, the noun among them; None where one is missing."""
        found = [noun]
        if frame.before:
            described = (each for each in self.clauses.below(noun) if each.deprel in ("compound", "amod"))
            word = next((each for each in described if stands_for(each, frame.before)), None)
            if word is None:
                return None
            found.insert(0, word)
        for step in frame.steps:
            if step.role == "words":
                word = next((each for each in self.clauses.near(noun) if stands_for(each, step.words)), None)
                if word is None:
                    return None
                found.append(word)
        return found

    def _is_carried(self, noun: Token, verb: Token) -> bool:
        """Whether a verb only carries the noun: launched an attack."""
        # alarm voiced at the arrests is nobody's arrest
        is_about = noun.deprel == "obl" and bool(set(self.clauses.case(noun)[:1]) & _ABOUT)
        return noun.deprel in ("obj", "nsubj:pass", "obl") and stands_for(verb, _LIGHT) and not is_about

    def _recipients(self, frame: Frame, noun: Token, light: Token | None) -> list[Token]:
        if frame.whom is None:
            return []
        found: list[Token] = []
        for at in (noun, light):
            if at is not None:
                marked = self.clauses.obliques(at, frame.whom.prepositions)
                found += [each for each in marked if each is not noun and self.clauses.case(each) != ("by",)]
        return sorted(found, key=lambda each: not self.parties.of(each))[:1]

    def _gathered(self, noun: Token, above: Token | None) -> list[Token]:
        """The talks gathered A with B."""
        if above is None or not noun.deprel.startswith("nsubj") or not stands_for(above, _GATHERING):
            return []
        return [*self.clauses.objects(above), *self.clauses.obliques(above, _WITH)]

    def _attending(self, noun: Token, above: Token | None) -> list[Token]:
        """Who is on the call: on a call with B, A said."""
        if above is None or self.clauses.case(noun)[:1] not in _ATTENDED:
            return []
        if noun.deprel == "appos":
            return [above]
        verb = next((each for each in self.clauses.ancestors(noun) if each.upos == "VERB"), None)
        return self.clauses.agents(verb) if verb is not None and noun.deprel in ("obl", "nmod") else []

    def _doers(self, noun: Token, light: Token | None) -> list[Token]:
        """Israel's, Israeli, by Israel, from Israel; else who carried it out."""
        for found in self._owners(noun):
            if found:
                return found
        return self.clauses.agents(light) if light is not None else []

    def _owners(self, noun: Token) -> Iterator[list[Token]]:
        below = self.clauses.below(noun)
        yield [each for each in below if each.deprel == "nmod:poss"]
        yield [each for each in below if each.deprel in ("amod", "compound") and self.parties.is_doer(each)]
        yield [each for each in below if each.deprel == "nmod" and self.clauses.case(each)[:1] in (("by",), ("from",))]
        for each in below:
            if each.deprel == "acl":
                yield [agent for agent in self.clauses.agents(each) if agent.index != noun.index]
