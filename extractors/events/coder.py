"""From a reading to its political events: frames found, mood judged, parties and days told, repetitions joined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.events.accusations import CLAIMABLE, Accusations
from extractors.events.clauses import Clauses
from extractors.events.conversion import WORDS, Coded, by_doer, governed, in_mood
from extractors.events.days import Days, Period
from extractors.events.event import PoliticalEvent
from extractors.events.factuality import Factuality, Status
from extractors.events.match import Match
from extractors.events.matching import Matcher
from extractors.events.otherwise import Otherwise
from extractors.events.parties import Parties
from extractors.events.party import Party
from extractors.events.peace import Calls
from extractors.events.places import Place, place_of
from extractors.events.repetition import joined
from extractors.events.roles import Cast, Roles
from extractors.events.timing import Timing, When
from extractors.events.titles import in_title
from extractors.events.tolls import COUNTED, Tolls
from extractors.events.voices import Voices, is_own, speaker
from extractors.language.reading import Reading
from extractors.language.tokens import Token
from storage.vocabulary import Span

_HISTORICAL_DAYS = 92  # a season back is background in news, not news


@dataclass(frozen=True)
class _Source:
    """Whose word an event rests on, and the words that report it; nobody's but the article's where all is left out."""

    claimed_by: str | None = None
    is_claim: bool = False
    reported_in: Span | None = None


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
        self.voices = Voices(reading)
        self.tolls = Tolls(self.clauses)
        self.calls = Calls(self.clauses, self.parties)

    @cached_property
    def matches(self) -> dict[int, Match]:
        """By the place of its trigger, the frame that fits there."""
        return {token.index: match for token in self.clauses.tokens if (match := self.matcher.at(token))}

    @cached_property
    def roles(self) -> Roles:
        """Who fills the places of those frames."""
        return Roles(self.clauses, self.parties, self.matches)

    @cached_property
    def accusations(self) -> Accusations:
        """Which of them somebody is only accused of."""
        return Accusations(self.clauses, self.matches)

    @cached_property
    def otherwise(self) -> Otherwise:
        """Which of them are meant otherwise."""
        return Otherwise(self.clauses, self.parties, self.matches)

    @cached_property
    def _free(self) -> dict[int, Match]:
        """The frames that no other takes in: a ceasefire is no event beside the call for it."""
        taken = {
            word.index
            for match in self.matches.values()
            if match.actors
            for word in match.words
            if word is not match.trigger
        }
        return {at: match for at, match in self.matches.items() if at not in taken or not match.frame.is_nominal}

    @cached_property
    def _timing(self) -> Timing:
        return Timing(Days(self.clauses), self.voices, frozenset(self._free))

    def all(self) -> Iterator[PoliticalEvent]:
        """Every event that a frame finds, repetitions included."""
        if not self.matches:
            return
        self.parties.pronouns.speakers = self.voices.speakers()
        governed_by_others = {
            inner.trigger.index for match in self._free.values() if (inner := self.roles.inner(match)) is not None
        }
        for at in sorted(self._free.keys() - governed_by_others):
            match = self._free[at]
            accusation = self.accusations.around(match.trigger)
            is_claimed = accusation is not None and not self._names_its_doer(match)
            event = self._claimed(match, accusation) if accusation is not None and is_claimed else self._event(match)
            if event is not None:
                yield event

    def _names_its_doer(self, match: Match) -> bool:
        """Condemned Y over Z's raid: the raid is told, whoever is blamed for it."""
        return match.frame.is_nominal and any(self.parties.of(each) for each in match.actors)

    def _claimed(self, match: Match, accusation: Match) -> PoliticalEvent | None:
        """What only an accusation tells of: done by the accused, claimed by the accuser."""
        frame = match.frame
        cast = self.roles.accused(match, accusation)
        if frame.event_type not in CLAIMABLE or cast is None or self.clauses.is_negated(match.trigger):
            return None
        if self.is_strict and not self.roles.suffices(frame.event_type, cast, match):
            return None
        cast, place = self._located(frame.event_type, match, cast)
        if not self._is_of_a_country(cast):
            return None
        when = replace(self._timing.of(match, None, Status.FACT), scheduled=None)
        accusers = [party for each in accusation.actors for party in self.parties.all_of(each)]
        by = accusers[0].name if accusers else None
        source = _Source(by, is_claim=True, reported_in=self.accusations.words(match.trigger))
        return self._told(match, Coded(frame.event_type, frame.modes, frame.cameo), cast, place, when, source)

    def _event(self, match: Match) -> PoliticalEvent | None:
        """What the article or somebody in it tells of; None where it is no event or too little is told."""
        if in_title(self.reading, match.trigger.start):
            return None
        inner = self.roles.inner(match)
        status = self.factuality.of(match.trigger)
        if match.frame.is_negated and status in (Status.NEGATED, Status.REFUSED):
            status = Status.FACT
        cast = self.roles.cast(match, inner)
        coded = self._in_mood(match, inner, status, cast.actors) if cast is not None else None
        if (
            coded is None
            or cast is None
            or self.otherwise.is_meant_otherwise(match, cast)
            or (self.is_strict and not self.roles.suffices(coded.event_type, cast, match))
        ):
            return None
        coded = WORDS if self.otherwise.is_war_of_words(coded, match, cast) else coded
        cast, place = self._located(coded.event_type, match, cast)
        if not self._is_of_a_country(cast):
            return None
        speech = self.voices.around(match.trigger)
        when = self._timing.of(match, inner, status)
        when = self._timing.in_context(when, match.trigger, coded.event_type, cast.actors)
        if coded.event_type == "REQUEST":
            self.calls.note(match.trigger, self._trigger(match), cast.actors)
        by = speaker(speech) if speech is not None else None
        source = _Source(
            claimed_by=by.name if by is not None and not is_own(by, cast.actors) else None,
            reported_in=speech.content[0] if speech is not None else None,
        )
        return self._told(match, coded, cast, place, when, source)

    def _in_mood(self, match: Match, inner: Match | None, status: Status, actors: tuple[Party, ...]) -> Coded | None:
        """The type that a frame stands for here, with what is promised or demanded by it; None for no event."""
        frame = match.frame
        own = by_doer(Coded(frame.event_type, frame.modes, frame.cameo), frame.triggers, actors)
        within = Coded(inner.frame.event_type, inner.frame.modes, inner.frame.cameo) if inner is not None else None
        told = governed(own, within) if within is not None or frame.takes_clause else own
        return in_mood(told, status) if told is not None else None

    def _told(
        self, match: Match, coded: Coded, cast: Cast, place: Place | None, when: When, source: _Source
    ) -> PoliticalEvent:
        return PoliticalEvent(
            coded=self._with_history(coded, when.period),
            frame=match.frame,
            actors=cast.actors,
            recipients=cast.recipients,
            reciprocal=cast.reciprocal,
            period=when.period,
            is_dated=when.is_dated,
            scheduled=when.scheduled,
            place=place,
            claimed_by=source.claimed_by,
            is_claim=source.is_claim,
            reported_in=source.reported_in,
            trigger=self._trigger(match),
            evidence=self._evidence(match.trigger),
            toll=self.tolls.of(match.trigger) if coded.event_type in COUNTED else {},
        )

    def _located(self, event_type: str, match: Match, cast: Cast) -> tuple[Cast, Place | None]:
        """Where it was, and the parties with the countries that the place gives them."""
        place = place_of(self.clauses, self.parties, match.trigger, event_type, match.recipients)
        return self.roles.with_countries(event_type, cast, place), place

    def _is_of_a_country(self, cast: Cast) -> bool:
        return not self.is_strict or any(party.code for party in (*cast.actors, *cast.recipients))

    def _with_history(self, coded: Coded, period: Period) -> Coded:
        if (self._timing.days.written_on - period.last).days > _HISTORICAL_DAYS and "historical" not in coded.aux:
            return replace(coded, aux=(*coded.aux, "historical"))
        return coded

    def _trigger(self, match: Match) -> Span:
        if not match.frame.is_nominal:
            return match.trigger.span
        return Span(min(word.start for word in match.words), max(word.end for word in match.words))

    def _evidence(self, token: Token) -> Span:
        sentence = self.reading.sentence_of(token)
        return Span(sentence[0].start, sentence[-1].end)
