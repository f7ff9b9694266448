"""How many were killed, injured or detained, where the clause of an event says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import zip_longest

from extractors.events.clauses import Clauses
from extractors.language.amounts import amounts
from extractors.language.casualties import Casualty, casualty_of
from extractors.language.compound_amounts import compounded
from extractors.language.counted import Nouns
from extractors.language.tokens import Token
from storage.vocabulary import Span

COUNTED = frozenset({"ASSAULT", "PROTEST", "COERCE"})
_KINDS: tuple[Casualty, ...] = ("killed", "injured", "detained")


class Tolls:
    """The numbers of casualties of one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self._numbers: dict[int, list[tuple[Span, Casualty, int]]] = {}

    @cached_property
    def _nouns(self) -> Nouns:
        return Nouns(self.clauses.reading)

    def of(self, trigger: Token) -> dict[Casualty, int]:
        """The least that the numbers of a trigger's clause mean, of each kind the largest; the uncounted are absent."""
        inside = self._clause(self._verb(trigger))
        sentence = self.clauses.reading.sentence_of(trigger)
        found: dict[Casualty, int] = {}
        for span, kind, number in self._in_sentence(sentence[0].start, sentence[-1].end):
            if kind in _KINDS and any(token.index in inside for token in self.clauses.reading.tokens_in(span)):
                found[kind] = max(number, found.get(kind, 0))
        return found

    def _clause(self, verb: Token) -> frozenset[int]:
        """The places of what stands below a verb, clauses with a subject of their own left out."""
        found, waiting = {verb.index}, [verb]
        while waiting:
            for each in self.clauses.below(waiting.pop()):
                is_other = any(one.deprel.startswith("nsubj") for one in self.clauses.below(each))
                if each.index not in found and not is_other:
                    found.add(each.index)
                    waiting.append(each)
        return frozenset(found)

    def _verb(self, trigger: Token) -> Token:
        """Whose clause a trigger stands in: itself, or the verb that carries a noun."""
        above = self.clauses.head(trigger)
        is_carried = trigger.upos == "NOUN" and above is not None and above.upos == "VERB"
        return above if is_carried and above is not None else trigger

    def _in_sentence(self, start: int, end: int) -> list[tuple[Span, Casualty, int]]:
        if start not in self._numbers:
            self._numbers[start] = list(self._read(start, end))
        return self._numbers[start]

    def _read(self, start: int, end: int) -> Iterator[tuple[Span, Casualty, int]]:
        reading = self.clauses.reading
        sentence = reading.readable[start:end]
        found = [each for each in compounded(sentence, amounts(sentence)) if each.type == "count"]
        for amount, following in zip_longest(found, found[1:]):
            first, last = start + amount.start, start + amount.end
            counted = self._nouns.after(last, start + following.start if following else end)
            words = counted.span.of(reading.text) if counted else ""
            last = counted.span.end if counted else last
            kind = casualty_of(reading.text, first, last, words)
            if kind is not None:
                yield Span(first, last), kind, int(amount.value)
