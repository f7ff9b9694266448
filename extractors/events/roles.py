"""Who fills the places of a frame: parties of actor and recipient, taken over from the clause below where need be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from extractors.events.clauses import Clauses
from extractors.events.home import is_at_home, is_elsewhere, told_of
from extractors.events.lexicon import nominal_frames
from extractors.events.match import IDEAS, Match, stands_for
from extractors.events.nearby import Nearby
from extractors.events.parties import Parties
from extractors.events.party import Party
from extractors.events.places import Place
from extractors.events.pronouns import is_pronoun
from extractors.language.tokens import Token

_GOVERNING = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
_NEEDS_RECIPIENT = frozenset({"COOPERATE", "AID", "SANCTION"})
_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "OPP"})
_DOMESTIC = frozenset({"COERCE", "PROTEST"})
_REASONS = frozenset({"because", "if", "unless", "since", "after", "before", "while", "as", "when", "although"})
_HOSTED = frozenset({"CONSULT", "AGREE"})
_FOREIGN = frozenset({"IGO", "NGO", "MNC"})
# whoever is the object of these is moved, not addressed
_SENDING = frozenset("send deploy dispatch contribute provide withdraw recall swap exchange release free".split())
_INNER_DEPTH = 2
_PLACES_OF_PARTIES = ("obj", "iobj", "obl", "nmod", "xcomp", "nmod:poss")


_TOLD_WITHOUT_ACTOR = frozenset({"arrest", "deport", "expel", "convict", "release", "investigate"})
_CHARGING = frozenset({"indict", "charge"})  # who else than a court
_ALONE = frozenset({"PROTEST", "ASSAULT"})
_POLITICAL = frozenset("GOV MIL LEG JUD COP REB OPP PTY SPY PRM UAF ELI CVL REF REL SOC LAB JRN".split())
_SIDES = frozenset({"sides", "parties", "factions"})  # where they are nobody known, whoever is asked is not told
_BODIES = frozenset("IGO UNO EUR NGO ISM IMG".split())


def is_political(parties: Iterable[Party]) -> bool:
    """Whether one of them is a state, one of its bodies, an armed group or people: not only firms and clubs."""
    return any(set(party.sectors) & _POLITICAL or party.code in _BODIES for party in parties)


@dataclass(frozen=True)
class Cast:
    """Actors and recipients; of a reciprocal event all are actors."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    reciprocal: bool


class Roles:
    """Casts the frames of one reading."""

    def __init__(self, clauses: Clauses, parties: Parties, matches: Mapping[int, Match]) -> None:
        self.clauses, self.parties, self.matches = clauses, parties, matches
        self.nearby = Nearby(clauses)
        self._countries: dict[str, str] = {}  # of people, as the paragraphs before tell

    def inner(self, match: Match) -> Match | None:
        """The frame in what is promised, demanded, refused or threatened."""
        if match.frame.event_type not in _GOVERNING or match.frame.is_nominal:
            return None
        clause = match.clause or self._clause(match.trigger)
        if clause is not None:
            found = self.matches.get(clause.index) or self._noun_below(clause)
            is_own_word = found is not None and found.frame.is_nominal and found.trigger in match.words
            return None if is_own_word else found
        return self._noun_below(match.trigger, match.words)

    def _clause(self, token: Token) -> Token | None:
        own = self.nearby.clause(token)
        if own is not None:
            return own
        for each in self.clauses.below(token):
            if each.deprel in ("obj", "obl"):
                for below in self.clauses.below(each):
                    marks = {mark.low for mark in self.clauses.below(below) if mark.deprel == "mark"}
                    if below.deprel in ("acl", "advcl") and "to" in marks:
                        return below
        return None

    def _noun_below(self, token: Token, taken: tuple[Token, ...] = ()) -> Match | None:
        for each in self.clauses.near(token, _INNER_DEPTH):
            found = self.matches.get(each.index)
            if (
                found is not None
                and found.frame.is_nominal
                and each not in taken
                and each.deprel in ("obj", "obl", "nmod", "xcomp")
            ):
                return found
        return None

    def cast(self, match: Match, inner: Match | None) -> Cast | None:
        """The parties of a frame; None where nobody could be told."""
        actors = self._parties(match.actors, acting=not match.frame.is_nominal)
        recipients = self._without(self._parties(match.recipients), actors)
        is_unknown = match.frame.event_type == "REQUEST" and any(
            is_pronoun(each) or each.low in _SIDES for each in match.recipients
        )
        if (
            not recipients
            and inner is not None
            and not is_unknown
            and not match.frame.is_reciprocal
            and "deny" not in match.frame.triggers
        ):
            those = (
                (*inner.recipients, *inner.actors)
                if match.frame.event_type != "REQUEST"
                else (*inner.actors, *inner.recipients)
            )
            recipients = self._without(self._parties(those), actors)
        clause = match.clause or (self._clause(match.trigger) if match.frame.event_type in _GOVERNING else None)
        if clause is not None and any(step.role == "self" for step in match.frame.steps):
            recipients = recipients or self._without(self._targets(clause), actors)
        # who denies a deed turns away whoever told of it, not whom it was done to
        is_denied = "deny" in match.frame.triggers
        if not recipients and clause is not None and not (match.frame.is_reciprocal or is_denied or is_unknown):
            recipients = self._without(self._in_clause(clause, actors), actors)
        if not actors and not recipients:
            return None
        is_shared = "agree" in match.frame.triggers and not recipients and len({each.code for each in actors}) > 1
        return Cast(actors, recipients, match.frame.is_reciprocal or is_shared)

    def accused(self, match: Match, accusation: Match) -> Cast | None:
        """The parties of what somebody is accused of: the accused did it."""
        actors = self._parties(accusation.recipients)
        recipients = self._without(self._parties(match.recipients), actors)
        return Cast(actors, recipients, reciprocal=False) if actors else None

    def _targets(self, clause: Token) -> tuple[Party, ...]:
        """What an announced deed is aimed at, places included: would move ahead in B."""
        for each in self.clauses.near(clause, 2):
            if each.deprel == "obj" or (
                each.deprel in ("obl", "nmod")
                and self.clauses.case(each)[:1] in (("in",), ("into",), ("on",), ("against",))
            ):
                party = self.parties.of(each)
                if party is not None:
                    return (party,)
        return ()

    def _parties(self, tokens: Iterable[Token], *, acting: bool = False) -> tuple[Party, ...]:
        found: dict[object, Party] = {}
        for token in tokens:
            for party in self.parties.all_of(token, acting=acting):
                found.setdefault(party.key, party)
        return tuple(found.values())

    def _without(self, recipients: tuple[Party, ...], actors: tuple[Party, ...]) -> tuple[Party, ...]:
        keys = {party.key for party in actors}
        return tuple(party for party in recipients if party.key not in keys)

    def _in_clause(self, clause: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """The first party that stands in a clause as subject, object or oblique."""
        subjects = [each for each in self.clauses.below(clause) if each.deprel.startswith("nsubj")]
        beyond = self._reasons(clause)
        is_sending = stands_for(clause, _SENDING)
        for each in [*subjects, *self.clauses.near(clause, 3)]:
            if each.index in beyond or (is_sending and each.deprel == "obj" and each.head == clause.index):
                continue
            subject = each.deprel.startswith("nsubj")
            if each.deprel not in _PLACES_OF_PARTIES and not subject:
                continue
            if each.deprel in ("obl", "nmod") and self.clauses.case(each)[:1] in (("in",), ("at",), ("near",)):
                continue
            party = self.parties.of(each) if each.upos != "PRON" and not self.parties.is_town(each) else None
            if party is not None and not any(
                party.key == actor.key or self._is_own_state(party, actor) for actor in actors
            ):
                return tuple(self.parties.all_of(each)) or (party,)
        return ()

    def _reasons(self, clause: Token) -> frozenset[int]:
        """What is told of why, when or if: because B was not invited."""
        found: frozenset[int] = frozenset()
        for each in self.clauses.below(clause):
            if each.deprel == "advcl" and set(self.clauses.case(each)) & _REASONS:
                found |= self.clauses.subtree(each)
        return found

    def _is_own_state(self, party: Party, actor: Party) -> bool:
        """A leader speaking of his own country."""
        return party.code is not None and party.code == actor.code and "GOV" in party.sectors

    def suffices(self, event_type: str, cast: Cast, match: Match) -> bool:
        """Whether enough is told for a record of this type."""
        if cast.reciprocal:
            return len(cast.actors) > 1 or (len(cast.actors) == 1 and event_type == "ASSAULT")
        if event_type in _NEEDS_RECIPIENT and not cast.recipients:
            return False
        frame = match.frame
        if not cast.actors:
            is_told = event_type == "ASSAULT" or bool(
                _TOLD_WITHOUT_ACTOR & set(frame.modes) or _CHARGING & frame.triggers
            )
            return bool(cast.recipients) and is_told
        if event_type in _ALONE:
            return True
        if not cast.recipients and event_type == "SUPPORT" and frame.whom and not self._is_of_deeds(match):
            return False
        return is_political((*cast.actors, *cast.recipients))

    def _is_of_deeds(self, match: Match) -> bool:
        """Whether it is about what somebody did or agreed: welcomed the talks."""
        return any(each.low in nominal_frames() or each.lemma.lower() in IDEAS for each in match.recipients)

    def with_countries(self, event_type: str, cast: Cast, place: Place | None) -> Cast:
        """Local people are of the country where it happens, and in arrests and protests of the other side's."""
        # talks are held where neither side need be from
        here = place.country if place and event_type not in _HOSTED else None
        codes = [party.code for party in (*cast.actors, *cast.recipients) if party.code]
        fallback = here or (codes[0] if codes and event_type in _DOMESTIC else None)
        if fallback is None:
            return self._at_home(event_type, cast)
        return Cast(self._settled(cast.actors, fallback), self._settled(cast.recipients, fallback), cast.reciprocal)

    def _at_home(self, event_type: str, cast: Cast) -> Cast:
        """The police are those of the country a report is about; nobody's victims may be those of an accident."""
        if not cast.actors and event_type == "ASSAULT":
            return cast
        actors, recipients = (
            tuple(replace(party, code=self._home_of(party)) if is_at_home(party) else party for party in parties)
            for parties in (cast.actors, cast.recipients)
        )
        return Cast(actors, recipients, cast.reciprocal)

    def _home_of(self, party: Party) -> str | None:
        if self.parties.home or not set(party.sectors) & _OFFICES:
            return self.parties.home
        known = self._countries.get(party.entity_id) if party.entity_id else None
        found = known or told_of(self.clauses, self.parties, party.span.start)
        if found and party.entity_id:
            self._countries[party.entity_id] = found
        return found

    def _settled(self, parties: tuple[Party, ...], code: str) -> tuple[Party, ...]:
        return tuple(
            replace(party, code=code)
            if party.code is None and party.sectors and not (set(party.sectors) & _FOREIGN or is_elsewhere(party))
            else party
            for party in parties
        )
