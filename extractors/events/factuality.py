"""Whether what a word tells of happened: read from the clauses above it, their mood, and the verbs that govern them."""

from __future__ import annotations

from enum import Enum

from extractors.events.clauses import Clauses
from extractors.events.match import stands_for
from extractors.language.tokens import Token

_WILL = frozenset("will 'll ’ll shall wo".split())  # noqa: RUF001
_MAY = frozenset("may might could should can must 'd cannot ca".split())
_CONDITIONS = frozenset("if unless whether lest".split())
# verbs whose infinitive or object was done when they are: managed to free, began talks
_DOING = frozenset(
    "manage begin start continue proceed help keep use succeed come go force dare rush go prompt cause lead serve "
    "resume finish complete move decide vote elect choose opt appear seem oblige happen get".split()
)
_DENYING = frozenset("deny refute".split())
_MISSING = frozenset("fail refuse decline neglect avoid".split())
_BELIEVING = frozenset(
    "believe think hope expect fear suspect doubt assume predict imagine guess speculate hypothesize worry suggest "
    "propose insist demand recommend request urge wish prefer require".split()
)
# what stands as their object has not happened by them
_UNREAL_GOVERNORS = frozenset(
    "prevent avoid avert fear threaten plan prepare seek want demand urge request oppose warn consider expect discuss "
    "propose envisage contemplate mull weigh rule risk need suggest support back favor favour "
    "reject exclude anticipate predict wish await justify commemorate mark imagine deter stop block "
    "foil thwart forbid ban prohibit ask threaten require encourage".split()
)
# what they are told to do is not done by it; what is ordered or approved as a deed is: ordered the release
_ENABLING = frozenset("authorize authorise approve order".split())
_UNREAL_NOUNS = frozenset(
    "threat risk fear possibility plan prospect call demand hope need proposal warning danger effort way idea "
    "intention "
    "attempt request option case event chance bid desire readiness preparation likelihood opposition appeal pressure "
    "push talk discussion negotiation debate argument allegation accusation charge claim rumour rumor report "
    "decision right ability capability refusal condition method suggestion determination".split()
)
_UNREAL_WORDS = frozenset(
    "any possible potential planned future further imminent likely threatened alleged would-be hypothetical proposed "
    "expected another eventual impending attempted foiled suspected upcoming scheduled next no such".split()
)
_SEEKING = frozenset("call push press appeal hope opt accuse charge suspect convict clear refrain agree aim".split())
_LEADING = frozenset({"for", "against", "about", "of", "from", "to", "on"})
_INTRODUCING = frozenset({"of", "for", "about"})
_NOT_DONE = frozenset({"of", "from", "without", "before", "instead", "than"})
_BEING = frozenset({"is", "are", "was", "were"})
_SET_FOR = ("scheduled", "due", "set", "expected")
_SCHEDULED = frozenset("planned scheduled upcoming expected forthcoming".split())


class Status(Enum):
    """What became of it."""

    FACT = "fact"
    FUTURE = "future"
    NEGATED = "negated"
    REFUSED = "refused"
    UNREAL = "unreal"


class Factuality:
    """Judges the words of one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses

    def of(self, token: Token) -> Status:
        """The status of what a verb or noun tells of."""
        status = (
            self._of_noun(token) if token.upos in ("NOUN", "PROPN") and not self._is_predicate(token) else Status.FACT
        )
        at: Token | None = token
        while at is not None and status is not Status.UNREAL:
            above = self.clauses.head(at)
            if self._is_clause(at):
                status = self._joined(status, self._own(at))
                status = self._joined(status, self._governed(at, above))
                if self._is_presupposed(at) or self._stands_alone(at):
                    break
            elif above is not None:
                status = self._joined(status, self._carried(at, above))
            at = above
        if status in (Status.FACT, Status.FUTURE) and self.clauses.reading.sentence_of(token)[-1].text == "?":
            return Status.UNREAL
        return status

    def _stands_alone(self, verb: Token) -> bool:
        """After meeting, because they met, and they met: not under the mood of the clause above."""
        if verb.deprel == "conj":
            return any(each.deprel.startswith("nsubj") for each in self.clauses.below(verb))
        marks = {each.low for each in self.clauses.below(verb) if each.deprel == "mark"}
        return verb.deprel in ("advcl", "parataxis") and "to" not in marks

    def _is_presupposed(self, verb: Token) -> bool:
        """What a participle or relative clause tells of a noun holds, whatever is said of the noun."""
        marks = {each.low for each in self.clauses.below(verb) if each.deprel == "mark"}
        return verb.deprel.startswith("acl") and not marks & {"to", "of", "for", "about", "that"}

    def _joined(self, first: Status, second: Status) -> Status:
        if Status.UNREAL in (first, second):
            return Status.UNREAL
        if first is Status.NEGATED and second is Status.NEGATED:
            return Status.FACT
        return second if first is Status.FACT else first

    def _is_clause(self, token: Token) -> bool:
        return token.upos in ("VERB", "AUX") or self._is_predicate(token)

    def _is_predicate(self, token: Token) -> bool:
        return any(each.deprel in ("cop", "nsubj", "nsubj:outer") for each in self.clauses.below(token))

    def _of_noun(self, noun: Token) -> Status:
        below = self.clauses.below(noun)
        if self.clauses.is_negated(noun):
            return Status.NEGATED
        words = {each.low for each in below if each.deprel in ("amod", "det", "compound")}
        if words & _SCHEDULED:
            return Status.FUTURE
        return Status.UNREAL if words & _UNREAL_WORDS else Status.FACT

    def _own(self, verb: Token) -> Status:
        """The mood of a clause by its own auxiliaries and marks."""
        below = self.clauses.below(verb)
        words = {each.low for each in below if each.deprel in ("aux", "aux:pass", "mark", "cop", "advmod")}
        negated = self.clauses.is_negated(verb)
        if words & _CONDITIONS:
            return Status.UNREAL
        if "would" in words or words & _MAY:
            return self._modal(verb, words, negated=negated)
        if words & _WILL:
            is_bound = self._has_condition(verb) and not negated
            return Status.UNREAL if is_bound else Status.REFUSED if negated else Status.FUTURE
        if self._is_to_be(verb, words) or self._is_progressive_future(verb):
            return Status.FUTURE
        return Status.NEGATED if negated else Status.FACT

    def _modal(self, verb: Token, words: set[str], *, negated: bool) -> Status:
        """Would in what somebody is reported to have said is will; the rest is only possible."""
        has_copula = any(each.deprel == "cop" for each in self.clauses.below(verb))
        if "would" not in words or has_copula or not self._is_reported(verb):
            return Status.UNREAL
        return Status.REFUSED if negated else Status.UNREAL if self._has_condition(verb) else Status.FUTURE

    def _is_reported(self, verb: Token) -> bool:
        above = self.clauses.head(verb)
        return verb.deprel in ("ccomp", "conj", "parataxis") and above is not None and above.upos == "VERB"

    def _has_condition(self, verb: Token) -> bool:
        return any(
            each.deprel == "advcl" and any(mark.low in _CONDITIONS for mark in self.clauses.below(each))
            for each in self.clauses.below(verb)
        )

    def _is_to_be(self, verb: Token, words: set[str]) -> bool:
        """Are to meet: future."""
        marks = [each.low for each in self.clauses.below(verb) if each.deprel == "mark"]
        return "to" in marks and bool(words & _BEING) and verb.xpos == "VB"

    def _is_progressive_future(self, verb: Token) -> bool:
        """Going to meet."""
        above = self.clauses.head(verb)
        return verb.deprel == "xcomp" and above is not None and above.low == "going"

    def _governed(self, verb: Token, above: Token | None) -> Status:
        """What the verb or noun above says of a clause below it."""
        if above is None:
            return Status.FACT
        marks = {each.low for each in self.clauses.below(verb) if each.deprel == "mark"}
        is_participle = verb.xpos == "VBG"
        if verb.deprel == "acl":
            is_only_told = bool(marks & _INTRODUCING) and stands_for(above, _UNREAL_NOUNS | _UNREAL_GOVERNORS)
            return Status.UNREAL if "to" in marks or is_only_told else Status.FACT
        if verb.deprel == "advcl" and is_participle and marks & _NOT_DONE:
            return Status.UNREAL  # accused of shelling, barred from entering, without asking
        return self._complement(verb, above, marks) if verb.deprel in ("xcomp", "ccomp", "advcl") else Status.FACT

    def _complement(self, verb: Token, above: Token, marks: set[str]) -> Status:
        """What a verb says of the clause that completes it: managed to, planned to, denied that."""
        if above.low == "going":
            return Status.FACT
        if stands_for(above, _DENYING | _MISSING):
            return Status.NEGATED
        is_to_be = any(each.deprel == "aux" and each.low in _BEING for each in self.clauses.below(verb))
        if "to" in marks and not is_to_be and not stands_for(above, _DOING):
            return Status.FUTURE if above.low in _SET_FOR else Status.UNREAL
        is_only_thought = verb.deprel == "ccomp" and stands_for(above, _BELIEVING)
        is_unreal = verb.deprel == "xcomp" and stands_for(above, _UNREAL_GOVERNORS | _ENABLING)
        return Status.UNREAL if is_only_thought or is_unreal else Status.FACT

    def _carried(self, token: Token, above: Token) -> Status:
        """What the word above says of a noun: fear an attack, the threat of attack."""
        marks = {each.low for each in self.clauses.below(token) if each.deprel == "case"}
        if token.deprel == "obl" and "without" in marks:
            return Status.NEGATED
        is_object = token.deprel in ("obj", "nsubj:pass", "xcomp") and stands_for(above, _UNREAL_GOVERNORS)
        is_marked = token.deprel in ("obl", "nmod") and bool(marks & _LEADING)
        is_sought = is_marked and above.upos == "VERB" and stands_for(above, _UNREAL_GOVERNORS | _SEEKING)
        is_named = (is_marked or token.deprel in ("nmod", "compound")) and above.upos == "NOUN"
        is_only_told = is_named and stands_for(above, _UNREAL_NOUNS)
        return Status.UNREAL if is_object or is_sought or is_only_told else Status.FACT
