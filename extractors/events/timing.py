"""When an event was: the days its clause tells, those it is planned for, and what its surroundings add."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.events.days import Days, Period
from extractors.events.factuality import Status
from extractors.events.match import Match
from extractors.events.party import Party
from extractors.events.scale import EventType
from extractors.events.voices import Voices
from extractors.language.tokens import Token

_SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True)
class When:
    """The days of a deed, whether the text tells them, and the days that it is planned for."""

    period: Period
    is_dated: bool
    scheduled: Period | None = None


class Timing:
    """Times the events of one reading, which come in the order of the text; *triggers* are those of all of them."""

    def __init__(self, days: Days, voices: Voices, triggers: frozenset[int]) -> None:
        self.days, self.voices, self.triggers = days, voices, triggers
        self._last: dict[str, Period] = {}  # by entity, when it was last told to have done something

    def of(self, match: Match, inner: Match | None, status: Status) -> When:
        """The days that the clause itself tells, else the article's day."""
        today = self.days.written_on
        own = self.days.of(match.trigger, self.triggers)
        planned = self.days.of(inner.trigger, self.triggers) if inner is not None else None
        if own is not None and (own.first > today or (status is Status.FUTURE and own.last >= today)):
            planned, own = own, None
        if planned is not None and planned.last < today and status is not Status.FUTURE:
            planned = None
        if own is None:
            return When(Period(today, today, "day"), is_dated=False, scheduled=planned)
        return When(own, is_dated=True, scheduled=planned)

    def in_context(self, when: When, trigger: Token, event_type: EventType, actors: tuple[Party, ...]) -> When:
        """Where the clause names no day: that of the statement, or of what the actor was told to do before."""
        speech = self.voices.around(trigger)
        if speech is not None and not when.is_dated and speech.said_on:
            when = replace(when, period=Period(speech.said_on, speech.said_on, "day"), is_dated=True)
        for party, day in self.voices.spoken_before(trigger.start):
            if party.entity_id:
                self._last.setdefault(party.entity_id, Period(day, day, "day"))
        actor = actors[0].entity_id if actors else None
        if actor is None:
            return when
        if when.is_dated and when.period.precision in ("day", "week") and when.period.last <= self.days.written_on:
            self._last[actor] = when.period
        elif actor in self._last and not when.is_dated and event_type in _SPOKEN:
            return replace(when, period=replace(self._last[actor], precision="context"))
        return when
