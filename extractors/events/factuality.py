"""Whether what a word tells of happened: read from the clauses above it, their mood, and the verbs that govern them."""

from __future__ import annotations

from enum import Enum

from extractors.events.clauses import Clauses
from extractors.events.matching import stands_for
from extractors.language.tokens import Token

_WILL = frozenset("will 'll ’ll shall wo".split())  # noqa: RUF001, SIM905
_MAY = frozenset("may might could should can must 'd cannot ca".split())  # noqa: SIM905
_CONDITIONS = frozenset("if unless whether lest".split())  # noqa: SIM905
# verbs whose infinitive or object was done when they are: managed to free, began talks
_DOING = frozenset(
    "manage begin start continue proceed help keep use succeed come go force dare rush go prompt cause lead serve "  # noqa: SIM905
    "resume finish complete move decide vote elect choose opt appear seem oblige happen get".split()
)
_DENYING = frozenset("deny refute".split())  # noqa: SIM905
_MISSING = frozenset("fail refuse decline neglect".split())  # noqa: SIM905
_BELIEVING = frozenset(
    "believe think hope expect fear suspect doubt assume predict imagine guess speculate hypothesize worry suggest "  # noqa: SIM905
    "propose insist demand recommend request urge wish prefer require".split()
)
# what stands as their object has not happened by them
_UNREAL_GOVERNORS = frozenset(
    "prevent avoid avert fear threaten plan prepare seek want demand urge request oppose warn consider expect discuss "  # noqa: SIM905
    "propose envisage contemplate mull weigh rule risk need suggest support back favor favour reject exclude authorize "
    "authorise approve order anticipate predict wish await demand justify commemorate mark imagine deter stop block "
    "foil thwart forbid ban prohibit ask threaten require encourage".split()
)
_UNREAL_NOUNS = frozenset(
    "threat risk fear possibility plan prospect call demand hope need proposal warning danger effort way idea intention "  # noqa: SIM905
    "attempt request option case event chance bid desire readiness preparation likelihood opposition appeal pressure "
    "push talk discussion negotiation debate argument allegation accusation charge claim rumour rumor talks report "
    "decision right ability capability refusal condition method suggestion determination".split()
)
_UNREAL_WORDS = frozenset(
    "any possible potential planned future further imminent likely threatened alleged would-be hypothetical proposed "  # noqa: SIM905
    "expected another eventual impending attempted foiled suspected upcoming scheduled next no such".split()
)
_SCHEDULED = frozenset("planned scheduled upcoming expected forthcoming".split())  # noqa: SIM905


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
        below = self.clauses.below(verb)
        words = {each.low for each in below if each.deprel in ("aux", "aux:pass", "mark", "cop", "advmod")}
        if words & _CONDITIONS or any(each.low == "case" and each.deprel == "obl" for each in below):
            return Status.UNREAL
        negated = self.clauses.is_negated(verb)
        has_copula = any(each.deprel == "cop" for each in below)
        if "would" in words or words & _MAY:
            is_reported = "would" in words and not has_copula and self._is_reported(verb)
            if is_reported and negated:
                return Status.REFUSED
            return Status.FUTURE if is_reported and not self._has_condition(verb) else Status.UNREAL
        if words & _WILL:
            if self._has_condition(verb) and not negated:
                return Status.UNREAL
            return Status.REFUSED if negated else Status.FUTURE
        if self._is_to_be(verb, words):
            return Status.FUTURE
        if self._is_progressive_future(verb):
            return Status.FUTURE
        return Status.NEGATED if negated else Status.FACT

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
        return "to" in marks and bool(words & {"is", "are", "was", "were"}) and verb.xpos == "VB"

    def _is_progressive_future(self, verb: Token) -> bool:
        """Going to meet."""
        above = self.clauses.head(verb)
        return verb.deprel == "xcomp" and above is not None and above.low == "going"

    def _governed(self, verb: Token, above: Token | None) -> Status:
        """What the verb or noun above says of a clause below it."""
        if above is None:
            return Status.FACT
        marks = {each.low for each in self.clauses.below(verb) if each.deprel == "mark"}
        infinitive = "to" in marks
        if verb.deprel in ("xcomp", "ccomp", "advcl") and above.low != "going":
            if stands_for(above, _DENYING) or stands_for(above, _MISSING):
                return Status.NEGATED
            if infinitive and not stands_for(above, _DOING):
                return Status.FUTURE if above.low in ("scheduled", "due", "set", "expected") else Status.UNREAL
            if verb.deprel == "ccomp" and stands_for(above, _BELIEVING):
                return Status.UNREAL
            if verb.deprel == "xcomp" and stands_for(above, _UNREAL_GOVERNORS):
                return Status.UNREAL
            if marks & {"without", "before", "instead", "than"} and verb.deprel == "advcl" and verb.xpos == "VBG":
                return Status.UNREAL
            if marks & {"for"} and verb.xpos == "VBG" and verb.deprel == "advcl":
                return Status.FACT
        if verb.deprel == "acl":
            if infinitive:
                return Status.UNREAL
            if marks & {"of", "for", "about", "to"} and stands_for(above, _UNREAL_NOUNS | _UNREAL_GOVERNORS):
                return Status.UNREAL
        if verb.deprel == "advcl" and verb.xpos == "VBG" and marks & {"of", "from"}:
            return Status.UNREAL  # accused of shelling, barred from entering
        return Status.FACT

    def _carried(self, token: Token, above: Token) -> Status:
        """What the word above says of a noun: fear an attack, the threat of attack."""
        below = {each.low for each in self.clauses.below(token) if each.deprel == "case"}
        if token.deprel in ("obj", "nsubj:pass", "xcomp") and stands_for(above, _UNREAL_GOVERNORS):
            return Status.UNREAL
        if token.deprel in ("obl", "nmod") and below & {"for", "against", "about", "of", "from", "to", "on"}:
            if above.upos == "VERB" and stands_for(
                above,
                _UNREAL_GOVERNORS
                | {
                    "call",
                    "push",
                    "press",
                    "appeal",
                    "hope",
                    "opt",
                    "accuse",
                    "charge",
                    "suspect",
                    "convict",
                    "clear",
                    "refrain",
                    "agree",
                    "aim",
                },
            ):
                return Status.UNREAL
            if above.upos == "NOUN" and stands_for(above, _UNREAL_NOUNS):
                return Status.UNREAL
        if token.deprel in ("nmod", "compound") and above.upos == "NOUN" and stands_for(above, _UNREAL_NOUNS):
            return Status.UNREAL
        if token.deprel == "obl" and "without" in below:
            return Status.NEGATED
        return Status.FACT
