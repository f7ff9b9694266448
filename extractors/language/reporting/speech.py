"""All that a text reports as said, each with its speaker resolved within the article.

Direct quotations come from punctuation, the rest from the parse.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from extractors.language.attribution import last_sentence
from extractors.language.calendar_values import granularity
from extractors.language.entities.known import overlapping
from extractors.language.quotation_marks import Quotation
from extractors.language.quotation_marks import quotations as quotations_in
from extractors.language.reporting.direct import Quotations, Quoted, blocks
from extractors.language.reporting.indirect import Reported, reported
from extractors.language.reporting.labelled import Labelled, labelled, set_apart
from extractors.language.reporting.who import Speaker, Speakers
from extractors.language.speakers import brief
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading
    from extractors.language.time_joining import Expression


@dataclass
class Speech:
    """Something said."""

    kind: Literal["direct", "mixed", "indirect"]
    content: list[Span]
    quoted: list[Span] = field(default_factory=list[Span])
    cue: Span | None = None
    lemma: str | None = None
    phrase: Span | None = None
    addressee: str | None = None
    said_on: date | None = None
    speaker: Speaker = field(default_factory=Speaker)
    nested_in: Span | None = None


def speeches(reading: Reading) -> list[Speech]:
    """Everything said, in the order of the text."""
    text = reading.readable
    paragraphs = blocks(text, tuple(p for p in reading.paragraphs if p.end <= len(text)))
    pieces = quotations_in(text, paragraphs)
    direct = list(Quotations(text, paragraphs, pieces).all())
    whole = sorted(piece.outer for each in direct for piece in each.pieces)
    found = [_with_lead(text, _direct(each)) for each in direct]
    unmarked = [*set_apart(reading, paragraphs), *labelled(reading, paragraphs)]
    unmarked = [each for each in unmarked if not overlapping(whole, each.content.start, each.content.end)]
    found += [_labelled(each) for each in unmarked]
    said = [*(each.said for each in direct), *(each.said for each in unmarked)]
    cues = {each.cue for each in said if each and each.cue}
    loose = [
        piece
        for piece in pieces
        if piece.parent is None and piece.is_closed and not overlapping(whole, piece.outer.start, piece.outer.end)
    ]
    found += [_reported(text, each, loose) for each in reported(reading, whole) if each.cue not in cues]
    found.sort(key=lambda each: (each.content[0].start, -each.content[-1].end))
    _nest(found)
    _resolve(reading, found)
    return found


def _direct(each: Quoted) -> Speech:
    said = each.said
    return Speech(
        kind="direct",
        content=[piece.outer for piece in each.pieces],
        quoted=[piece.inner for piece in each.pieces],
        cue=said.cue if said else None,
        lemma=said.lemma if said else None,
        phrase=said.speaker if said else None,
        addressee=brief(said.addressee) if said and said.addressee else None,
    )


def _labelled(each: Labelled) -> Speech:
    said = each.said
    return Speech(
        kind="indirect",  # by its marks
        content=[each.content],
        cue=said.cue if said else None,
        lemma=said.lemma if said else None,
        phrase=said.speaker if said else each.label,
        addressee=brief(said.addressee) if said and said.addressee else None,
    )


def _with_lead(text: str, each: Speech) -> Speech:
    """With so many districts, "there is no one to blame," she said: the words before belong to what she said."""
    first = each.content[0]
    if each.cue is None or not each.quoted[0].of(text)[:1].islower():
        return each
    if each.cue.start < first.end:
        return _with_opening(text, each)
    start = last_sentence(text, max(0, text.rfind("\n", 0, first.start)), first.start)
    if not text[start : first.start].strip():
        return each
    start += len(text[start:]) - len(text[start:].lstrip())
    each.kind, each.content = "mixed", [Span(start, first.end), *each.content[1:]]
    return each


def _with_opening(text: str, each: Speech) -> Speech:
    """It was, she said, "a stone": the words before the attribution belong to what she said."""
    if each.phrase is None or each.cue is None or not text[each.cue.end : each.content[0].start].rstrip().endswith(","):
        return each
    edge = min(each.phrase.start, each.cue.start)
    start = last_sentence(text, max(0, text.rfind("\n", 0, edge)), edge)
    opening = text[start:edge].rstrip()
    if not opening.endswith(",") or not opening[:-1].strip():
        return each
    start += len(opening) - len(opening.lstrip())
    each.kind, each.content = "mixed", [Span(start, start + len(opening.strip()) - 1), *each.content]
    return each


def _reported(text: str, each: Reported, loose: list[Quotation]) -> Speech:
    """Quotations that begin in the content belong to it as a whole."""
    content: list[Span] = []
    quoted: list[Quotation] = []
    for piece in (each.content, each.rest):
        if piece:
            first = bisect_left(loose, piece.start, key=lambda quotation: quotation.outer.start)
            inside = loose[first : bisect_left(loose, piece.end, key=lambda quotation: quotation.outer.start)]
            content.append(Span(piece.start, max([piece.end, *(quotation.outer.end for quotation in inside[-1:])])))
            quoted += inside
    return Speech(
        kind=_kind(content, quoted),
        content=content,
        quoted=[piece.inner for piece in quoted],
        cue=each.cue,
        lemma=each.lemma,
        phrase=each.speaker,
        addressee=brief(each.addressee.of(text)) if each.addressee else None,
    )


def _kind(content: list[Span], inside: list[Quotation]) -> Literal["direct", "mixed", "indirect"]:
    if [piece.outer for piece in inside] == content:
        return "direct"
    return "mixed" if inside else "indirect"


def _nest(found: list[Speech]) -> None:
    """Statements stand in order, outer before inner: each is held against those that are still open."""
    open_ones: list[Speech] = []
    for each in found:
        while open_ones and open_ones[-1].content[-1].end < each.content[0].end:
            open_ones.pop()
        outer = open_ones[-1] if open_ones else None
        if outer and each.cue and outer.content != each.content and _holds(outer, each.cue):
            each.nested_in = outer.content[0]
        open_ones.append(each)


def _holds(outer: Speech, cue: Span) -> bool:
    return outer.content[0].start <= cue.start < outer.content[-1].end


def _resolve(reading: Reading, found: list[Speech]) -> None:
    speakers = Speakers(reading)
    days = [each for each in reading.times if each.meaning.days and granularity(each.meaning.value) == "day"]
    for each in found:
        each.speaker = speakers.of(each.phrase, each.content)
        each.said_on = _said_on(reading, days, each)


def _said_on(reading: Reading, days: list[Expression], each: Speech) -> date | None:
    """The day stated beside the cue, outside what was said."""
    if each.cue is None:
        return None
    at = bisect_right(reading.sentences, each.cue.start, key=lambda sentence: sentence.start) - 1
    if at < 0 or reading.sentences[at].end <= each.cue.start:
        return None
    sentence = reading.sentences[at]
    first, end = (bisect_left(days, edge, key=lambda day: day.start) for edge in (sentence.start, sentence.end))
    beside = [
        (abs(time.start - each.cue.end), time)
        for time in days[first:end]
        if not any(span.start <= time.start < span.end for span in each.content)
    ]
    nearest = min(beside, key=lambda pair: pair[0], default=None)
    return nearest[1].meaning.days[0] if nearest and nearest[1].meaning.days else None
