"""On which day it was done: the clause's own time expression, else the statement's, else the article's day."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from extractors.events.clauses import Clauses
from extractors.language.calendar_values import granularity
from extractors.language.opening_line import opening_line
from extractors.language.time_joining import Expression
from extractors.language.tokens import Token
from storage.vocabulary import Span


@dataclass(frozen=True)
class Period:
    """Days from first to last, inclusive, and how fine the text is about them."""

    first: date
    last: date
    precision: str


class Days:
    """Dates the events of one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.reading = clauses, clauses.reading

    @cached_property
    def written_on(self) -> date:
        """The day of a dated opening line, else the day of publication."""
        line = opening_line(self.reading)
        return (line and line.written_on) or self.reading.published_on

    @cached_property
    def _dated(self) -> list[tuple[Token, Expression]]:
        """Time expressions that name days, each with the token it hangs on."""
        found: list[tuple[Token, Expression]] = []
        starts = [token.start for token in self.reading.tokens]
        for each in self.reading.times:
            if self.clauses.opening is not None and each.start < self.clauses.opening.end:
                continue
            if each.meaning.days is None or each.meaning.timex_type not in ("DATE", "TIME"):
                continue
            at = bisect_left(starts, each.start)
            if at < len(starts):
                inside = [
                    self.clauses.tokens[token.index] for token in self.reading.tokens_in(Span(each.start, each.end))
                ] or [self.clauses.tokens[at]]
                top = min(inside, key=self._height)
                found.append((top, each))
        return found

    @cached_property
    def _of_sentence(self) -> dict[int, list[tuple[Token, Expression]]]:
        """The time expressions of each sentence, by its first token."""
        found: dict[int, list[tuple[Token, Expression]]] = {}
        for token, each in self._dated:
            found.setdefault(self.reading.sentence_of(token)[0].index, []).append((token, each))
        return found

    @cached_property
    def _beside(self) -> dict[int, int]:
        """For each time expression that follows a noun directly ("condemnation last week"), the noun."""
        found: dict[int, int] = {}
        starts = {token.start: token.index for token in self.reading.tokens}
        for top, each in self._dated:
            first = starts.get(each.start, 0)
            if first and self.clauses.tokens[first - 1].upos == "NOUN":
                found[top.index] = first - 1
        return found

    def _height(self, token: Token) -> int:
        return sum(1 for _ in self.clauses.ancestors(token))

    def of(self, trigger: Token, triggers: frozenset[int]) -> Period | None:
        """The period that the trigger's own clause names; *triggers* are those of all events."""
        best: Period | None = None
        for token, each in self._of_sentence.get(self.reading.sentence_of(trigger)[0].index, ()):
            if self._governor(token, trigger, triggers) and each.meaning.days:
                first, last = each.meaning.days
                period = Period(first, last, granularity(each.meaning.value) or "day")
                if best is None or (period.last - period.first) < (best.last - best.first):
                    best = period
        return best

    def _governor(self, token: Token, trigger: Token, triggers: frozenset[int]) -> bool:
        """Whether a time belongs to the trigger: nothing that is an event or clause of its own lies between."""
        beside = self._beside.get(token.index)
        if beside is not None and beside in triggers:
            return beside == trigger.index
        below_noun = self.clauses.subtree(trigger) if trigger.upos == "NOUN" else frozenset[int]()
        if token.index in below_noun:
            return True
        for above in self.clauses.ancestors(token):
            if above.index == trigger.index:
                return True
            if above.index in triggers and above.index != trigger.index:
                return False
            if above.upos in ("VERB", "AUX"):
                return self._lifts(trigger, above)
        return False

    def _lifts(self, trigger: Token, verb: Token) -> bool:
        """Whether a verb's time is the trigger's: "launched an attack on Friday", "agreed on Friday to meet"."""
        for above in self.clauses.ancestors(trigger):
            if above.index == verb.index:
                return True
            if above.upos == "VERB":
                return False
        return False
