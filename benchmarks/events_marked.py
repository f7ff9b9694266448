"""Sentences with marked actors and the type between them, and what is coded of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extractors.events.coder import Coder
from extractors.events.event import PoliticalEvent
from extractors.events.party import Party
from extractors.language.reading import Reading
from storage.vocabulary import Span

_DAY = date(2020, 6, 15)
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_COMMONEST = 12


@dataclass(frozen=True)
class Marked:
    """A sentence with marked actors and the type between them."""

    text: str
    source: Span
    target: Span
    gold: str


@dataclass(frozen=True)
class MarkedCoding:
    """A marked sentence and all that is coded of it, the demand for known countries lifted."""

    marked: Marked
    events: list[PoliticalEvent]

    @property
    def best(self) -> str:
        """The type of the event that has most of the marked actors; empty where nothing is coded."""
        if not self.events:
            return ""
        chosen = max(self.events, key=self._overlap)
        return as_yield(chosen.coded.event_type)

    def is_judged(self, event: PoliticalEvent) -> bool:
        """Whether the annotation tells if an event is right: it is between the marked actors, or of the one alone.

        Not what somebody is accused of: the annotation has the accusation.
        """
        return not event.is_claim and (
            self._between(event) or self._between(event, is_swapped=True) or self._is_alone(event)
        )

    def is_right(self, event: PoliticalEvent) -> bool:
        """Whether an event has the marked type and actor, and the marked recipient if it has any."""
        return self._has_type(event) and (self._between(event) or self._is_alone(event))

    def is_half_right(self, event: PoliticalEvent) -> bool:
        """Whether an event has the marked type and one marked actor in the right place, the other side another."""
        touches_one = _touches(_spans(event.actors), self.marked.source) or _touches(
            _spans(event.recipients), self.marked.target
        )
        return self._has_type(event) and touches_one and not self.is_judged(event)

    def _has_type(self, event: PoliticalEvent) -> bool:
        return as_yield(event.coded.event_type) == self.marked.gold

    def _is_alone(self, event: PoliticalEvent) -> bool:
        is_alone = not event.recipients and not event.reciprocal
        return is_alone and _touches(_spans(event.actors), self.marked.source)

    def _between(self, event: PoliticalEvent, *, is_swapped: bool = False) -> bool:
        actors, recipients = _spans(event.actors), _spans(event.recipients)
        if event.reciprocal:
            actors = recipients = [*actors, *recipients]
        if is_swapped:
            actors, recipients = recipients, actors
        return _touches(actors, self.marked.source) and _touches(recipients, self.marked.target)

    def _overlap(self, event: PoliticalEvent) -> tuple[int, int, int]:
        actors, recipients = _spans(event.actors), _spans(event.recipients)
        right = _touches(actors, self.marked.source) + _touches(recipients or actors, self.marked.target)
        swapped = _touches(recipients, self.marked.source) + _touches(actors, self.marked.target)
        return (2 * right + swapped, len(event.coded.aux) == 0, -event.trigger.start)


def as_yield(event_type: str) -> str:
    """CONCEDE and RETREAT are one type in these sentences."""
    return _YIELD.get(event_type, event_type)


def marked_sentences(path: Path) -> Iterator[Marked]:
    """The sentences of a file with their marks taken off."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, spans, opened = "", dict[str, Span](), 0
            rest = row["marked_sentence"]
            while rest:
                for mark in ("<s>", "<t>", "</s>", "</t>"):
                    if rest.startswith(mark):
                        if mark[1] == "/":
                            spans[mark[2]] = Span(opened, len(text))
                        else:
                            opened = len(text)
                        rest = rest[len(mark) :]
                        break
                else:
                    text, rest = text + rest[0], rest[1:]
            if {"s", "t"} <= spans.keys():
                yield Marked(text, spans["s"], spans["t"], row["gold_root"])


def coded_sentences(path: Path) -> list[MarkedCoding]:
    """Every marked sentence of a file with what is coded of it."""
    return [
        MarkedCoding(marked, list(Coder(Reading(marked.text, _DAY, "en"), is_strict=False).all()))
        for marked in marked_sentences(path)
    ]


def report_marked(codings: Iterable[MarkedCoding], shown: str | None) -> None:
    """Accuracy and macro-F1 of types where the actors are marked, each type's figures, and what is taken for what."""
    pairs: list[tuple[str, str]] = []
    for coding in codings:
        gold, found = coding.marked.gold, coding.best
        pairs.append((gold, found))
        if shown and shown in (gold, found) and gold != found:
            print(f"  {gold} / {found or 'nothing'}: {coding.marked.text}")
    types = sorted({gold for gold, _ in pairs})
    right = Counter(gold for gold, found in pairs if gold == found)
    told, coded = Counter(gold for gold, _ in pairs), Counter(found for _, found in pairs)
    print(f"{'type':10} {'precision':>9} {'recall':>7} {'number':>7}")
    scores: list[float] = []
    for each in types:
        precision, recall = right[each] / max(1, coded[each]), right[each] / told[each]
        scores.append(2 * right[each] / (coded[each] + told[each]))
        print(f"{each:10} {precision:9.2f} {recall:7.2f} {told[each]:7}")
    accuracy = sum(right.values()) / len(pairs)
    print(
        f"accuracy {accuracy:.3f}, macro-F1 {sum(scores) / len(scores):.3f}, nothing coded {coded['']} of {len(pairs)}"
    )
    wrong = Counter((gold, found) for gold, found in pairs if found and gold != found)
    told_as = ", ".join(f"{gold} as {found} {number}" for (gold, found), number in wrong.most_common(_COMMONEST))
    print(f"most often taken for another: {told_as}")


def _spans(parties: Iterable[Party]) -> list[Span]:
    return [each.span for each in parties]


def _touches(spans: list[Span], marked: Span) -> bool:
    return any(span.start < marked.end and marked.start < span.end for span in spans)
