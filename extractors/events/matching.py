"""Frames laid over the grammar: which frame fits a verb or noun best, and the words that fill its places."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.events.clauses import Clauses
from extractors.events.doers import Doers
from extractors.events.lexicon import Frame, Step
from extractors.events.match import Match, stands_for
from extractors.events.nearby import Nearby
from extractors.events.nouns import Nouns
from extractors.events.parties import Parties
from extractors.events.possible import Possible
from extractors.events.pronouns import is_pronoun
from extractors.language.tokens import Token

_WITH = frozenset({"with", "between", "among", "against"})
_TOWARDS = frozenset({"on", "against", "to", "from", "with", "of", "towards", "toward", "by", "between", "for", "in"})
_TRANSFERS = frozenset({"RETREAT", "AID", "COOPERATE"})
_MOVING = frozenset({"AID", "MOBILIZE"})
_SENDING = frozenset({"send", "deploy", "dispatch", "station"})
_FEWEST_TOGETHER = 2
_STATES = frozenset({"AGREE", "THREATEN", "ACCUSE", "SUPPORT"})  # of what adjectives tell: is ready to, critical of
_BESIDE = 2
_LINKS = ("ADP", "PART", "SCONJ")
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})


@dataclass
class _Filled:
    words: list[Token]
    recipients: list[Token]
    clause: Token | None = None
    score: int = 0
    needs: bool = False


class Matcher:
    """Finds the frames of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties) -> None:
        self.clauses, self.parties = clauses, parties
        self.nouns = Nouns(clauses, parties)
        self.doers = Doers(clauses, parties)
        self.nearby = Nearby(clauses)
        self.possible = Possible(clauses)

    def at(self, token: Token) -> Match | None:
        """The frame that fits a token best, None where none does."""
        if token.xpos.startswith("VB") or token.upos == "VERB":
            found = [self._verbal(frame, token) for frame in self.possible.verbal(token)]
            if token.low.endswith("ing"):
                found += [self.nouns.match(frame, token) for frame in self.possible.nominal(token)]
        elif token.upos in ("ADJ", "NUM") and token.deprel in ("nsubj", "nsubj:pass", "obj", "obl", "nmod"):
            found = [self.nouns.match(frame, token) for frame in self.possible.nominal(token)]
        elif token.upos == "ADJ" and self._is_stated(token):
            stated = [each for each in self.possible.verbal(token) if each.event_type in _STATES]
            found = [self._verbal(frame, token) for frame in stated]
        elif token.upos == "NOUN":
            found = [self.nouns.match(frame, token) for frame in self.possible.nominal(token)]
        else:
            return None
        fitting = [each for each in found if each is not None]
        return max(fitting, key=lambda each: (each.score, len(each.frame.frame_id), each.frame.frame_id), default=None)

    def _is_stated(self, token: Token) -> bool:
        """Whether an adjective is what a clause says: is willing."""
        return any(each.deprel in ("cop", "nsubj", "xcomp") for each in self.clauses.below(token))

    def _verbal(self, frame: Frame, verb: Token) -> Match | None:
        if frame.is_negated and not self.clauses.is_negated(verb):
            return None
        filled = _Filled([verb], [])
        for step in frame.steps:
            if not self._fill(step, verb, filled):
                return None
        if self._is_idle(frame, verb, filled):
            return None
        filled.score += 2 * frame.is_negated
        actors = self.doers.of(verb, frame.event_type)
        recipients = filled.recipients
        is_of_object = frame.whom is None and bool(frame.steps) and frame.steps[0].is_object
        if not recipients and is_of_object and not self._is_sent(frame):
            recipients = filled.words[1:2]
        is_open = len(filled.words) > 1 or frame.event_type in _TRANSFERS
        if is_open and not any(self._is_other(each, actors) for each in recipients):
            things = [each for each in filled.words[1:] if self._is_done_to(frame, each)]
            recipients = [each for each in things if self._is_other(each, actors)][:1] or self._towards(
                verb, filled.words
            )
        if frame.is_reciprocal:
            if self.clauses.is_passive(verb) and not actors:
                actors = self.clauses.objects(verb) if not any(step.is_object for step in frame.steps) else []
            both = [*actors, *self._partners(frame, verb)]
            if sum(len(self.parties.all_of(each)) for each in both) < _FEWEST_TOGETHER:
                return None
            actors, recipients = both, []
        return Match(frame, verb, tuple(filled.words), tuple(actors), tuple(recipients), filled.clause, filled.score)

    def _is_done_to(self, frame: Frame, word: Token) -> bool:
        """Whether something is done to what a word of a frame names: not to one's own troops or embassy."""
        is_own = any(each.deprel == "nmod:poss" and is_pronoun(each) for each in self.clauses.below(word))
        is_withdrawn = is_own and "withdraw" in frame.modes
        return word.upos in ("NOUN", "PROPN") and not self._is_sent(frame) and not is_withdrawn

    def _is_sent(self, frame: Frame) -> bool:
        """Whether the object of a frame is whom one sends: helped by nobody, and no target."""
        return frame.event_type in _MOVING and bool(_SENDING & frame.triggers)

    def _is_idle(self, frame: Frame, verb: Token, filled: _Filled) -> bool:
        """Whether nothing but prepositions bears a frame out, or what is done is done to oneself."""
        if filled.needs and not frame.is_negated and all(each.upos in _LINKS for each in filled.words[1:]):
            return True
        return frame.whom is not None and any(each.low in _REFLEXIVE for each in self.clauses.below(verb))

    def _is_other(self, token: Token, actors: list[Token]) -> bool:
        """Whether a noun means a party, and not one of those who act."""
        party = self.parties.of(token)
        return party is not None and all(
            (own := self.parties.of(each)) is None or own.key != party.key for each in actors
        )

    def _towards(self, verb: Token, words: list[Token]) -> list[Token]:
        """Whom a frame concerns that names no recipient: lifted its sanctions on B."""
        agents = {each.index for each in self.clauses.agents(verb)}
        for word in words[1:]:
            for each in self.clauses.below(word):
                if (
                    each.deprel == "nmod"
                    and set(self.clauses.case(each)) & _TOWARDS
                    and self.parties.of(each)
                    and not self.parties.is_town(each)
                ):
                    return [each]
        found = (each for each in self.clauses.obliques(verb, _TOWARDS - {"in", "of"}) if each.index not in agents)
        return [
            each for each in found if self.parties.of(each) and each not in words and not self.parties.is_town(each)
        ][:1]

    def _partners(self, frame: Frame, verb: Token) -> list[Token]:
        """Those with whom it is done: with B, between A and B, or the object of "meet"."""
        found = list(self.clauses.obliques(verb, _WITH))
        if not any(step.is_object for step in frame.steps) and not self.clauses.is_passive(verb):
            found = [*self.clauses.objects(verb), *found]
        return found

    def _fill(self, step: Step, token: Token, filled: _Filled) -> bool:
        if step.role == "words":
            return self._words(step, token, filled)
        if step.role == "alone":
            filled.score += 1
            return self.clauses.is_passive(token) or not self.clauses.objects(token)
        if step.role == "clause":
            filled.clause = self.nearby.clause(token)
            if step.words and filled.clause is not None and "to" not in self.clauses.case(filled.clause):
                return False
            filled.score += 1
            return filled.clause is not None
        if step.role == "self":
            return self._speaks_of_itself(token)
        return self._whom(step, token, filled)

    def _words(self, step: Step, token: Token, filled: _Filled) -> bool:
        near = self.nearby.object_words(token) if step.is_object else self.nearby.around(step, token)
        if step.is_link and len(filled.words) == 1 and not filled.recipients:
            near = [each for each in near if 0 < each.index - token.index <= _BESIDE]
        found = next((each for each in near if self._is_meant(step, each) and each not in filled.words), None)
        if found is None:
            return False
        if step.prepositions and not any(each.low in step.prepositions for each in self.clauses.near(token, 3)):
            return False
        filled.words.append(found)
        filled.score += 2
        return True

    def _is_meant(self, step: Step, token: Token) -> bool:
        """Whether a word is one of a step's; of "hopes to meet" not that others might meet."""
        is_other = token.deprel == "conj" or any(each.deprel == "nsubj" for each in self.clauses.below(token))
        return stands_for(token, step.words) and not (step.is_infinitive and is_other)

    def _speaks_of_itself(self, token: Token) -> bool:
        clause = self.nearby.clause(token)
        subject, inner = self.clauses.subject(token), self.clauses.subject(clause) if clause else None
        if subject is None or inner is None:
            return False
        a, b = self.parties.of(subject), self.parties.of(inner)
        is_same = a is not None and b is not None and a.code == b.code
        return is_same and clause is not None and not self.clauses.is_negated(clause)

    def _whom(self, step: Step, token: Token, filled: _Filled) -> bool:
        either = "Y" in step.words
        if step.prepositions:
            found = list(self.clauses.obliques(token, step.prepositions))
            if not found and "between" in step.prepositions:
                found = self._between_in_sentence(token)
            found.sort(key=lambda each: not self.parties.of(each))
            if found:
                filled.recipients.append(found[0])
                filled.score += 1 + (self.parties.of(found[0]) is not None)
                return True
            if not either:
                filled.needs = True
                return True
        return self._object_whom(token, filled, either=either)

    def _object_whom(self, token: Token, filled: _Filled, *, either: bool) -> bool:
        objects = self.clauses.objects(token) if token.upos != "NOUN" else []
        free = [each for each in objects if each not in filled.words]
        if not free and (either or len(filled.words) > 1):
            free = objects
        if not free:
            clause = self.nearby.clause(token)
            subject = self.clauses.subject(clause) if clause is not None else None
            is_other = subject is not None and subject not in self.clauses.agents(token)
            free = [subject] if subject is not None and is_other else []
        if not free:
            return either
        free.sort(key=lambda each: not self.parties.of(each))
        filled.recipients.append(free[0])
        filled.score += 1
        return True

    def _between_in_sentence(self, token: Token) -> list[Token]:
        sentence = self.clauses.reading.sentence_of(token)
        return [each for each in sentence if each.deprel in ("nmod", "obl") and self.clauses.case(each) == ("between",)]
