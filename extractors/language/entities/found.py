"""The entities of one text, for every extractor that needs to know who or what some words mean."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from extractors.language.entities.belonging import Belonging
from extractors.language.entities.gathering import gathered
from extractors.language.entities.mentions import mentions
from extractors.language.entities.resolving import Entity, resolved
from extractors.language.opening_line import opening_line
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_PEOPLE = ("PERSON", "ORG", "LOC", "NORP")


class Entities:
    """All entities of a text in the order of their first mentions."""

    def __init__(self, reading: Reading) -> None:
        line = opening_line(reading)
        written_on = (line and line.written_on) or reading.published_on
        groups = gathered(reading.written, mentions(reading))
        upos = {token.start: token.upos for token in reading.tokens}
        place = line.place_span.of(reading.written) if line else None
        belonging = Belonging(reading.written, upos, groups, place)
        self.all = resolved(reading.written, written_on, groups, belonging)

    @cached_property
    def _mentions(self) -> list[tuple[Span, Entity]]:
        return sorted(((span, each) for each in self.all for span in each.spans), key=lambda pair: pair[0])

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span, _ in self._mentions]

    def within(self, span: Span) -> list[tuple[Span, Entity]]:
        """The mentions that lie in a span, in order."""
        at = bisect_left(self._starts, span.start)
        found: list[tuple[Span, Entity]] = []
        while at < len(self._mentions) and self._mentions[at][0].start < span.end:
            if self._mentions[at][0].end <= span.end:
                found.append(self._mentions[at])
            at += 1
        return found

    def before(self, place: int, start: int) -> list[tuple[Span, Entity]]:
        """The mentions from *start* up to a place, the nearest first."""
        return self.within(Span(start, place))[::-1]
