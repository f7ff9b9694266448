"""From a reading to its political events: frames found, mood judged, parties and days told, repetitions joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extractors.events.accusations import CLAIMABLE, Accusations
from extractors.events.clauses import Clauses
from extractors.events.conversion import WORDS, Coded, by_arms, governed, in_mood
from extractors.events.days import Days, Period
from extractors.events.factuality import Factuality, Status
from extractors.events.lexicon import Frame
from extractors.events.match import Match
from extractors.events.matching import Matcher
from extractors.events.otherwise import Otherwise
from extractors.events.parties import Parties
from extractors.events.party import Party
from extractors.events.peace import Calls
from extractors.events.places import Place, place_of
from extractors.events.repetition import joined
from extractors.events.roles import Cast, Roles
from extractors.events.tolls import COUNTED, Tolls
from extractors.events.voices import Voices, is_own, speaker
from extractors.language.casualties import Casualty
from extractors.language.reading import Reading
from extractors.language.tokens import Token
from storage.vocabulary import Span


@dataclass(frozen=True)
class PoliticalEvent:
    """An event with all that the text tells of it."""

    coded: Coded
    frame: Frame
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    reciprocal: bool
    period: Period
    is_dated: bool
    scheduled: Period | None
    place: Place | None
    claimed_by: str | None
    is_claim: bool
    reported_in: Span | None
    trigger: Span
    evidence: Span
    toll: Mapping[Casualty, int]


def political_events_in(reading: Reading) -> list[PoliticalEvent]:
    """The events of a text, in its order, each once."""
    if not reading.tokens:
        return []
    coder = Coder(reading)
    return joined(coder.calls.settled(list(coder.all())))


class Coder:
    """Codes one reading."""

    def __init__(self, reading: Reading, *, is_strict: bool = True) -> None:
        self.reading = reading
        self.is_strict = is_strict
        self.clauses = Clauses(reading)
        self.parties = Parties(self.clauses)
        self.matcher = Matcher(self.clauses, self.parties)
        self.factuality = Factuality(self.clauses)
        self.days = Days(self.clauses)
        self.voices = Voices(reading)
        self.tolls = Tolls(self.clauses)
        self.calls = Calls(self.clauses, self.parties)
        self.otherwise = Otherwise(self.clauses, self.parties, {})

    def all(self) -> Iterator[PoliticalEvent]:
        """Every event that a frame finds, repetitions included."""
        matches = {token.index: match for token in self.clauses.tokens if (match := self.matcher.at(token))}
        if not matches:
            return
        self.parties.pronouns.speakers = self.voices.speakers()
        taken = {
            word.index
            for match in matches.values()
            if match.actors
            for word in match.words
            if word is not match.trigger
        }
        free = {at: match for at, match in matches.items() if at not in taken or not match.frame.is_nominal}
        roles = Roles(self.clauses, self.parties, matches)
        accusations = Accusations(self.clauses, matches)
        self.otherwise = Otherwise(self.clauses, self.parties, matches)
        last: dict[str, Period] = {}
        triggers = frozenset(free)
        governed_by_others = {
            inner.trigger.index for match in free.values() if (inner := roles.inner(match)) is not None
        }
        for at in sorted(free.keys() - governed_by_others):
            accusation = accusations.around(free[at].trigger)
            if accusation is not None and not self._names_its_doer(free[at]):
                event = self._claimed(free[at], accusation, accusations, roles, triggers)
            else:
                event = self._event(free[at], roles, triggers, last)
            if event is not None:
                yield event

    def _names_its_doer(self, match: Match) -> bool:
        """Condemned Y over Z's raid: the raid is told, whoever is blamed for it."""
        return match.frame.is_nominal and any(self.parties.of(each) for each in match.actors)

    def _claimed(
        self, match: Match, accusation: Match, accusations: Accusations, roles: Roles, triggers: frozenset[int]
    ) -> PoliticalEvent | None:
        """What only an accusation tells of: done by the accused, claimed by the accuser."""
        frame = match.frame
        cast = roles.accused(match, accusation)
        if frame.event_type not in CLAIMABLE or cast is None or self.clauses.is_negated(match.trigger):
            return None
        if self.is_strict and not roles.suffices(frame.event_type, cast, frame):
            return None
        cast, place = self._located(frame.event_type, match, cast, roles)
        if not self._is_of_a_country(cast):
            return None
        period, is_dated, _ = self._when(match, None, Status.FACT, triggers)
        accusers = [party for each in accusation.actors for party in self.parties.all_of(each)]
        return PoliticalEvent(
            coded=self._with_history(Coded(frame.event_type, frame.modes, frame.cameo), period),
            frame=frame,
            actors=cast.actors,
            recipients=cast.recipients,
            reciprocal=cast.reciprocal,
            period=period,
            is_dated=is_dated,
            scheduled=None,
            place=place,
            claimed_by=accusers[0].name if accusers else None,
            is_claim=True,
            reported_in=accusations.words(match.trigger),
            trigger=self._trigger(match),
            evidence=self._evidence(match.trigger),
            toll=self.tolls.of(match.trigger) if frame.event_type in COUNTED else {},
        )

    def _event(
        self, match: Match, roles: Roles, triggers: frozenset[int], last: dict[str, Period]
    ) -> PoliticalEvent | None:
        frame = match.frame
        own = Coded(frame.event_type, frame.modes, frame.cameo)
        inner = roles.inner(match)
        status = self.factuality.of(match.trigger)
        if frame.is_negated and status in (Status.NEGATED, Status.REFUSED):
            status = Status.FACT
        within = Coded(inner.frame.event_type, inner.frame.modes, inner.frame.cameo) if inner is not None else None
        told = governed(own, within) if within is not None or frame.takes_clause else own
        coded = in_mood(told, status) if told is not None else None
        cast = roles.cast(match, inner)
        if (
            coded is None
            or cast is None
            or self.otherwise.is_meant_otherwise(match, cast)
            or (self.is_strict and not roles.suffices(coded.event_type, cast, frame))
        ):
            return None
        coded = WORDS if self.otherwise.is_war_of_words(coded, match, cast) else by_arms(coded, cast.actors)
        cast, place = self._located(coded.event_type, match, cast, roles)
        if not self._is_of_a_country(cast):
            return None
        speech = self.voices.around(match.trigger)
        period, is_dated, scheduled = self._when(match, inner, status, triggers)
        actor = cast.actors[0].entity_id if cast.actors else None
        if speech is not None and not is_dated and speech.said_on:
            period, is_dated = Period(speech.said_on, speech.said_on, "day"), True
        for party, day in self.voices.spoken_before(match.trigger.start):
            if party.entity_id and party.entity_id not in last:
                last[party.entity_id] = Period(day, day, "day")
        if actor and is_dated and period.precision in ("day", "week") and period.last <= self.days.written_on:
            last[actor] = period
        elif actor and actor in last and not is_dated and coded.event_type in _SPOKEN:
            period = replace(last[actor], precision="context")
        by = speaker(speech) if speech is not None else None
        trigger = self._trigger(match)
        if coded.event_type == "REQUEST":
            self.calls.note(match.trigger, trigger, cast.actors)
        return PoliticalEvent(
            coded=self._with_history(coded, period),
            frame=frame,
            actors=cast.actors,
            recipients=cast.recipients,
            reciprocal=cast.reciprocal,
            period=period,
            is_dated=is_dated,
            scheduled=scheduled,
            place=place,
            claimed_by=by.name if by is not None and not is_own(by, cast.actors) else None,
            is_claim=False,
            reported_in=speech.content[0] if speech is not None else None,
            trigger=trigger,
            evidence=self._evidence(match.trigger),
            toll=self.tolls.of(match.trigger) if coded.event_type in COUNTED else {},
        )

    def _located(self, event_type: str, match: Match, cast: Cast, roles: Roles) -> tuple[Cast, Place | None]:
        """Where it was, and the parties with the countries that the place gives them."""
        place = place_of(self.clauses, self.parties, match.trigger, event_type, match.recipients)
        return roles.with_countries(event_type, cast, place), place

    def _is_of_a_country(self, cast: Cast) -> bool:
        return not self.is_strict or any(party.code for party in (*cast.actors, *cast.recipients))

    def _when(
        self, match: Match, inner: Match | None, status: Status, triggers: frozenset[int]
    ) -> tuple[Period, bool, Period | None]:
        """The days of the deed, whether the text tells them, and the days that it is planned for."""
        today = self.days.written_on
        own = self.days.of(match.trigger, triggers)
        planned = self.days.of(inner.trigger, triggers) if inner is not None else None
        if own is not None and (own.first > today or (status is Status.FUTURE and own.last >= today)):
            planned, own = own, None
        if planned is not None and planned.last < today and status is not Status.FUTURE:
            planned = None
        if own is None:
            return Period(today, today, "day"), False, planned
        return own, True, planned

    def _with_history(self, coded: Coded, period: Period) -> Coded:
        if (self.days.written_on - period.last).days > _HISTORICAL_DAYS and "historical" not in coded.aux:
            return replace(coded, aux=(*coded.aux, "historical"))
        return coded

    def _trigger(self, match: Match) -> Span:
        if not match.frame.is_nominal:
            return match.trigger.span
        return Span(min(word.start for word in match.words), max(word.end for word in match.words))

    def _evidence(self, token: Token) -> Span:
        sentence = self.reading.sentence_of(token)
        return Span(sentence[0].start, sentence[-1].end)


_HISTORICAL_DAYS = 92  # a season back is background in news, not news
_SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
