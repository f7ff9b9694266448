"""All that a text reports as said, each with its speaker resolved within the article.

Direct quotations come from punctuation, the rest from the parse. A pronoun is the last person who spoke or was named, a
floating quotation goes on with the last speaker, "the official" is the official of before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from extractors.language.attribution import last_sentence
from extractors.language.calendar_values import granularity
from extractors.language.cue_words import PRONOUNS
from extractors.language.entities.known import overlapping
from extractors.language.entities.titles import sectors_of
from extractors.language.quotation_marks import Quotation
from extractors.language.quotation_marks import quotations as quotations_in
from extractors.language.reporting.direct import Quotations, Quoted, blocks
from extractors.language.reporting.indirect import Reported, reported
from extractors.language.speakers import brief, is_anonymous, name_beside, name_in
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.entities.resolving import Entity
    from extractors.language.reading import Reading

_TITLE_LENGTH = 30  # characters between a comma and the name after it
_FARTHEST = 1_500  # characters back to the last speaker whom a pronoun or a floating quotation may mean
_CLOSE = 0.5


@dataclass(frozen=True)
class Speaker:
    """Who said it, as far as the article tells."""

    name: str | None = None
    entity: Entity | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    is_anonymous: bool | None = None
    noun: str = ""  # the last word of a phrase without a name: official


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
    speaker: Speaker = Speaker()
    nested_in: Span | None = None


def speeches(reading: Reading) -> list[Speech]:
    """Everything said, in the order of the text."""
    text = reading.readable
    paragraphs = blocks(text, tuple(p for p in reading.paragraphs if p.end <= len(text)))
    pieces = quotations_in(text, paragraphs)
    direct = list(Quotations(text, paragraphs, pieces).all())
    whole = sorted(piece.outer for each in direct for piece in each.pieces)
    found = [_with_lead(text, _direct(each)) for each in direct]
    cues = {each.said.cue for each in direct if each.said and each.said.cue}
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


def _with_lead(text: str, each: Speech) -> Speech:
    """With so many districts, "there is no one to blame," she said: the words before belong to what she said."""
    first = each.content[0]
    if each.cue is None or each.cue.start < first.end or not each.quoted[0].of(text)[:1].islower():
        return each
    start = last_sentence(text, max(0, text.rfind("\n", 0, first.start)), first.start)
    if not text[start : first.start].strip():
        return each
    start += len(text[start:]) - len(text[start:].lstrip())
    each.kind, each.content = "mixed", [Span(start, first.end), *each.content[1:]]
    return each


def _reported(text: str, each: Reported, loose: list[Quotation]) -> Speech:
    """Quotations that begin in the content belong to it as a whole."""
    content = each.content
    first = bisect_left(loose, content.start, key=lambda piece: piece.outer.start)
    inside = loose[first : bisect_left(loose, content.end, key=lambda piece: piece.outer.start)]
    if inside:
        content = Span(content.start, max(content.end, inside[-1].outer.end))
    return Speech(
        kind="mixed" if inside else "indirect",
        content=[content],
        quoted=[piece.inner for piece in inside],
        cue=each.cue,
        lemma=each.lemma,
        phrase=each.speaker,
        addressee=brief(each.addressee.of(text)) if each.addressee else None,
    )


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
    resolver = _Speakers(reading)
    for each in found:
        each.speaker = resolver.speaker(each)
        each.said_on = resolver.said_on(each)


class _Speakers:
    """Walks through the statements and remembers who spoke."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.text
        self.last: tuple[int, Speaker] | None = None
        self.unnamed: dict[str, Speaker] = {}
        self.days = [each for each in reading.times if each.meaning.days and granularity(each.meaning.value) == "day"]

    def speaker(self, each: Speech) -> Speaker:
        found = self._of_phrase(each.phrase) if each.phrase else self._going_on(each)
        if found.name:
            self.last = (each.content[-1].end, found)
        if found.noun:
            self.unnamed[found.noun] = found
        return found

    def _going_on(self, each: Speech) -> Speaker:
        """Whoever spoke last, when the quotation floats close to it."""
        if self.last is None or each.content[0].start - self.last[0] > _FARTHEST:
            return Speaker()
        return self.last[1]

    def _of_phrase(self, span: Span) -> Speaker:
        phrase = span.of(self.text)
        if phrase.lower() in PRONOUNS:
            return self._pronoun(span, phrase.lower())
        named = self.reading.entities.within(span)
        people = [entity for _, entity in named if entity.kind == "PERSON"]
        if people and not phrase.lower().startswith(("a spokes", "the spokes")):
            return _of_entity(people[-1])
        beside = name_beside(self.text, span.end)
        if beside:
            after = self.reading.entities.within(Span(span.end, span.end + len(beside) + _TITLE_LENGTH))
            person = next((entity for _, entity in after if entity.kind == "PERSON"), None)
            return _of_entity(person) if person else Speaker(beside, is_anonymous=False)
        whole = next(
            (entity for at, entity in named if _is_all(at, span, phrase) or _leads(at, entity, span, phrase)), None
        )
        if whole:
            return _of_entity(whole)
        return self._unnamed(span, [entity for _, entity in named])

    def _unnamed(self, span: Span, named: list[Entity]) -> Speaker:
        """A description: U.S. officials, a Palestinian official; the official is the one of before."""
        phrase = span.of(self.text)
        words = phrase.split()
        noun = words[-1].lower()
        if words[0].lower() in ("the", "that", "this") and len(words) == 2 and noun in self.unnamed:  # noqa: PLR2004
            return self.unnamed[noun]
        if words[0].lower() == "the" and len(words) == 2 and (entity := self._in_office(span, noun)):  # noqa: PLR2004
            return _of_entity(entity)
        head = words[
            : next((n for n, word in enumerate(words) if word in ("with", "from", "in", "of", "for", "who")), None)
        ]
        code = next((entity.code for entity in named if entity.code), None)
        return Speaker(
            name=brief(name_in(phrase) or phrase),
            code=code,
            sectors=sectors_of(" ".join(head))[:2],
            is_anonymous=is_anonymous(phrase),
            noun=head[-1].lower() if head else noun,
        )

    def _in_office(self, span: Span, noun: str) -> Entity | None:
        """The judge is the person named last whose role is one."""
        for _, entity in self.reading.entities.before(span.start, max(0, span.start - _FARTHEST)):
            if entity.kind == "PERSON" and noun in (entity.role or "").lower().split():
                return entity
        return None

    def _pronoun(self, span: Span, word: str) -> Speaker:
        """The last who spoke, if it is one who can be meant, else the person named last."""
        if word not in ("he", "she"):
            return Speaker()
        start = max(0, span.start - _FARTHEST)
        if self.last and span.start - self.last[0] < _FARTHEST and _may_be_person(self.last[1]):
            return self.last[1]
        before = self.reading.entities.before(span.start, start)
        person = next((entity for _, entity in before if entity.kind == "PERSON"), None)
        return _of_entity(person) if person else Speaker()

    def said_on(self, each: Speech) -> date | None:
        """The day stated beside the cue, outside what was said."""
        if each.cue is None:
            return None
        at = bisect_right(self.reading.sentences, each.cue.start, key=lambda sentence: sentence.start) - 1
        if at < 0 or self.reading.sentences[at].end <= each.cue.start:
            return None
        sentence = self.reading.sentences[at]
        first, end = (
            bisect_left(self.days, edge, key=lambda day: day.start) for edge in (sentence.start, sentence.end)
        )
        beside = [
            (abs(time.start - each.cue.end), time)
            for time in self.days[first:end]
            if not any(span.start <= time.start < span.end for span in each.content)
        ]
        nearest = min(beside, key=lambda pair: pair[0], default=None)
        return nearest[1].meaning.days[0] if nearest and nearest[1].meaning.days else None


def _may_be_person(speaker: Speaker) -> bool:
    return (speaker.entity.kind == "PERSON") if speaker.entity else bool(speaker.name)


def _of_entity(entity: Entity) -> Speaker:
    return Speaker(entity.name, entity, entity.code, entity.sectors, is_anonymous=False)


def _is_all(at: Span, span: Span, phrase: str) -> bool:
    """Whether a name is the whole phrase, article aside."""
    return at.end == span.end and at.start <= span.start + _article(phrase)


def _leads(at: Span, entity: Entity, span: Span, phrase: str) -> bool:
    """Whether an organisation's name begins the phrase: the Ministry of Health in Lusaka."""
    begins = at.start <= span.start + _article(phrase)
    return begins and entity.kind == "ORG" and phrase[at.end - span.start :][:4] in (" in ", " of ", " at ", ", ")


def _article(phrase: str) -> int:
    word = phrase.split(" ", 1)[0]
    return len(word) + 1 if word.lower() in ("the", "a", "an") else 0
