"""Why a sentence tells of no event, or of this one: every frame that was tried at its words, and what stopped it.

The coder runs as it always does; what is noted is noted by subclasses here, so coding costs nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from extractors.events.clauses import Clauses
from extractors.events.coder import Coder
from extractors.events.conversion import Coded, governed, in_mood
from extractors.events.event import PoliticalEvent
from extractors.events.factuality import Status
from extractors.events.lexicon import Frame, Step
from extractors.events.match import Match
from extractors.events.matching import Matcher
from extractors.events.nouns import Nouns
from extractors.events.parties import Parties
from extractors.events.possible import Possible
from extractors.events.repetition import joined
from extractors.events.titles import in_title
from extractors.language.reading import Reading
from extractors.language.tokens import Token
from storage.vocabulary import Span

_CONTENT = frozenset({"VERB", "NOUN"})
_MOODS = {
    Status.UNREAL: "it is only possible, wanted, feared or asked for",
    Status.NEGATED: "it is negated",
    Status.REFUSED: "it is refused",
    Status.FUTURE: "it is to come",
}


@dataclass(frozen=True)
class Tried:
    """A word of a sentence, the frame that was tried at it (None: no frame knows it), and what came of it."""

    span: Span
    rule: str | None
    came_of_it: str
    is_coded: bool = False


def why_not(reading: Reading, asked: Span) -> list[Tried]:
    """What was tried at each word of the sentences that a span touches, in the order of the text."""
    trace = _Trace()
    coder = _TracedCoder(reading, trace)
    found = list(coder.all())
    kept = joined(coder.calls.settled(found))
    sentences = [each for each in reading.sentences if _meets(each, asked)]
    tokens = [token for token in coder.clauses.tokens if any(_meets(token.span, each) for each in sentences)]
    return [tried for token in tokens for tried in _at(token, trace, found, kept)]


def _at(token: Token, trace: _Trace, found: list[PoliticalEvent], kept: list[PoliticalEvent]) -> Iterator[Tried]:
    stopped = trace.stopped.get(token.index, {})
    match = trace.matches.get(token.index)
    if match is not None:
        yield _of_match(match, trace.silenced.get(token.index), found, kept)
    for frame, why in stopped.items():
        if match is None or frame is not match.frame:
            yield Tried(token.span, frame.frame_id, why)
    if match is None and not stopped and token.upos in _CONTENT:
        yield Tried(token.span, None, "no frame has this word as its trigger")


def _of_match(match: Match, silenced: str | None, found: list[PoliticalEvent], kept: list[PoliticalEvent]) -> Tried:
    span, rule = match.trigger.span, match.frame.frame_id
    if silenced is not None:
        return Tried(span, rule, f"fits, but {silenced}")
    own = [each for each in found if each.frame is match.frame and _meets(each.trigger, span)]
    if not own:
        return Tried(span, rule, "fits, but another frame takes it in")
    if not any(event is each for event in own for each in kept):
        return Tried(span, rule, "fits, but the article tells it more fully elsewhere")
    return Tried(span, rule, f"coded as {own[0].coded.event_type}", is_coded=True)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


class _Trace:
    """What was noted: by word, the frames that did not fit and why, the one that did, and why it gave no event."""

    def __init__(self) -> None:
        self.stopped: dict[int, dict[Frame, str]] = {}
        self.matches: dict[int, Match] = {}
        self.silenced: dict[int, str] = {}

    def stop(self, token: Token, frame: Frame, why: str) -> None:
        """Note that a frame does not fit."""
        self.stopped.setdefault(token.index, {})[frame] = why


class _Every(Possible):
    """What could not fit is tried as well, to tell what stops it."""

    @override
    def _among(self, frames: tuple[Frame, ...], token: Token) -> Iterator[Frame]:
        return iter(frames)


class _TracedMatcher(Matcher):
    def __init__(self, clauses: Clauses, parties: Parties, trace: _Trace) -> None:
        super().__init__(clauses, parties)
        self.trace = trace
        self.failed: Step | None = None
        self.nouns = _TracedNouns(clauses, parties, trace)
        self.possible = _Every(clauses)

    @override
    def at(self, token: Token) -> Match | None:
        match = super().at(token)
        if match is not None:
            self.trace.matches[token.index] = match
        return match

    @override
    def _verbal(self, frame: Frame, verb: Token) -> Match | None:
        self.failed = None
        match = super()._verbal(frame, verb)
        if match is None:
            self.trace.stop(verb, frame, self._why(frame, verb))
        else:
            self.trace.stop(verb, frame, "fits, but another frame asks for more")
        return match

    @override
    def _fill(self, step: Step, token: Token, filled: Any) -> bool:
        is_filled = super()._fill(step, token, filled)
        if not is_filled:
            self.failed = step
        return is_filled

    def _why(self, frame: Frame, verb: Token) -> str:
        if frame.is_negated and not self.clauses.is_negated(verb):
            return "counts only where it is negated"
        if self.failed is not None:
            return _missing(self.failed)
        return "needs two who do it to each other" if frame.is_reciprocal else "needs those that it is done to"


class _TracedNouns(Nouns):
    def __init__(self, clauses: Clauses, parties: Parties, trace: _Trace) -> None:
        super().__init__(clauses, parties)
        self.trace = trace

    @override
    def match(self, frame: Frame, noun: Token) -> Match | None:
        match = super().match(frame, noun)
        if match is not None:
            self.trace.stop(noun, frame, "fits, but another frame asks for more")
        elif self._words(frame, noun) is None:
            wanted = [frame.before, *(step.words for step in frame.steps if step.role == "words")]
            self.trace.stop(noun, frame, " and ".join(f"needs {_one_of(each)} by it" for each in wanted if each))
        else:
            self.trace.stop(noun, frame, "nobody is told who does it or to whom")
        return match


class _TracedCoder(Coder):
    def __init__(self, reading: Reading, trace: _Trace) -> None:
        super().__init__(reading)
        self.trace = trace
        self.matcher = _TracedMatcher(self.clauses, self.parties, trace)

    @override
    def _event(self, match: Match) -> PoliticalEvent | None:
        event = super()._event(match)
        if event is None:
            self.trace.silenced[match.trigger.index] = self._silence(match)
        return event

    @override
    def _claimed(self, match: Match, accusation: Match) -> PoliticalEvent | None:
        event = super()._claimed(match, accusation)
        if event is None:
            self.trace.silenced[match.trigger.index] = "somebody is only accused of it"
        return event

    def _silence(self, match: Match) -> str:
        """Why a frame that fits gives no event, in the order in which the coder asks."""
        if in_title(self.reading, match.trigger.start):
            return "headlines in title case are left to the article below"
        roles, frame = self.roles, match.frame
        inner = roles.inner(match)
        own = Coded(frame.event_type, frame.modes, frame.cameo)
        within = Coded(inner.frame.event_type, inner.frame.modes, inner.frame.cameo) if inner is not None else None
        told = governed(own, within) if within is not None or frame.takes_clause else own
        if told is None:
            return "what the clause below it says makes it none"
        status = self.factuality.of(match.trigger)
        if in_mood(told, status) is None:
            return _MOODS.get(status, "its mood makes it none")
        cast = roles.cast(match, inner)
        heads = [each.text for each in (*match.actors, *match.recipients)]
        if cast is None:
            return f"nobody is known behind {_list(heads)}" if heads else "nobody is told who does it or to whom"
        if not roles.suffices(told.event_type, cast, match):
            names = _list([each.name for each in (*cast.actors, *cast.recipients)])
            return f"too little is told for {told.event_type}: of political parties only {names}"
        return f"no country is known for {_list([each.name for each in (*cast.actors, *cast.recipients)])}"


def _missing(step: Step) -> str:
    """What a step of a pattern asks for."""
    after = f" after {_one_of(step.prepositions)}" if step.prepositions else ""
    if step.role == "words":
        return f"needs {_one_of(step.words)} {'as its object' if step.is_object else 'by it'}{after}"
    return {
        "whom": f"needs somebody to whom it is done{after}",
        "clause": "needs an infinitive below it" if step.words else "needs a clause below it",
        "self": "the one who speaks and the one who acts must be the same",
        "alone": "must have no object",
    }[step.role]


def _one_of(words: frozenset[str]) -> str:
    return _list(sorted(words), "or")


def _list(words: list[str], last: str = "and") -> str:
    """Words as a sentence has them.

    >>> _list(["a", "b", "c"])
    'a, b and c'
    """
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
