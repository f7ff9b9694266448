"""Who said what in so many words: the direct quotations of English news, with cue and speaker by plain patterns.

Reported are direct quotations only: whole sentences between quotation marks. Quoted fragments inside a reporter's own
sentence ("mixed") and speech without marks ("indirect") are left to a reader that parses; scare quotes and titles of
works are no statements, nor is what is quoted inside a quotation. Pieces that one attribution joins (`"…," X said.
"…"`) are one statement, and so are the paragraphs of a quotation that runs over several. Entities, the day of speaking
and statements within statements are fields of the record that this extractor leaves null.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import Doc

from extractors.extractor import extractor
from extractors.language.attribution import Attribution, attribution_after, attribution_before
from extractors.language.quotation_marks import Quotation
from extractors.language.quotation_marks import quotations as quotations_in
from extractors.language.reading import Reading
from extractors.language.speakers import has_name, is_anonymous, name_beside, name_in
from storage.events import Finding, Span, event

_FEWEST_WORDS = 4
_FEWEST_WORDS_ALONE = 8  # a shorter line that is nothing but a quotation is a heading
_FARTHEST = 300  # characters of the reporter's own words between two pieces of one statement
_WRAPPED_COLUMN = 120
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_STARTS_SENTENCE = re.compile(r"\W*[^\W_a-z]")
_ENDS_SENTENCE = re.compile(r"[.,!?…—–-][\"”’'»]*$")
_ENDS_STATING = re.compile(r"(?<!\.)\.[\"”’']*$")  # American style never puts a full stop before "he said"
_ENDS_FULLY = re.compile(r"[.!?…][\"”’'»)]*$")


@event
class StatementReported(Finding, frozen=True, kw_only=True):
    """Somebody is reported to have said something."""

    anchor: ClassVar[tuple[str, ...]] = ("quoted",)
    kind: Annotated[Literal["direct", "mixed", "indirect"], Doc("direct: whole sentences in quotation marks")]
    content: Annotated[list[Span], Doc("what was said, quotation marks included; one span for each piece")]
    quoted: Annotated[list[Span], Doc("the words in quotation marks, without the marks")]
    cue: Annotated[Span | None, Doc("the words that report it, such as said; null where none stands beside it")]
    cue_lemma: Annotated[str | None, Doc("the cue's base form, such as say")]
    speaker_span: Annotated[Span | None, Doc("the phrase that names the speaker, title included; may be a pronoun")]
    speaker: Annotated[str | None, Doc("the speaker's name as it stands in the text; null for pronouns")]
    speaker_id: Annotated[str | None, Doc("the speaker as an entity, scheme:id; null where it was not resolved")] = None
    speaker_code: Annotated[str | None, Doc("the speaker's country or organisation code; null where unresolved")] = None
    speaker_sectors: Annotated[list[str], Doc("PLOVER sectors of the speaker, primary first; may be empty")] = (
        msgspec.field(default_factory=list)
    )
    addressee: Annotated[str | None, Doc("to whom it was said, as it stands in the text")] = None
    said_on: Annotated[date | None, Doc("the day it was said; null where it was not resolved")] = None
    anonymous: Annotated[bool | None, Doc("true: no name is given; false: the speaker has one; null: untold")] = None
    nested_in: Annotated[Span | None, Doc("first piece of the statement that quotes this one; else null")] = None


@dataclass
class _Statement:
    """Quoted pieces and the attribution that covers them."""

    pieces: list[Quotation]
    said: Attribution | None


@extractor(version=1, languages=["en"])
def quotations(reading: Reading) -> Iterator[StatementReported]:
    """The direct quotations of a text, in its order."""
    blocks = _blocks(reading)
    found = quotations_in(reading.text, blocks)
    for statement in _Statements(reading.text, blocks, found).all():
        yield _finding(reading.text, statement)


def _blocks(reading: Reading) -> tuple[Span, ...]:
    """Paragraphs; a line of its own is one too, unless the text is wrapped at a column."""
    if not any(line.end - line.start > _WRAPPED_COLUMN for line in _lines(reading.text)):
        return reading.paragraphs
    return tuple(_lines(reading.text))


def _lines(text: str) -> Iterator[Span]:
    return (Span(match.start(), match.end()) for match in _LINE.finditer(text))


def _finding(text: str, statement: _Statement) -> StatementReported:
    said = statement.said
    phrase = said.speaker.of(text) if said and said.speaker else None
    beside = name_beside(text, said.speaker.end) if phrase and said and said.speaker and not has_name(phrase) else None
    return StatementReported(
        kind="direct",
        content=[piece.outer for piece in statement.pieces],
        quoted=[piece.inner for piece in statement.pieces],
        cue=said.cue if said else None,
        cue_lemma=said.lemma if said else None,
        speaker_span=said.speaker if said else None,
        speaker=beside or (name_in(phrase) if phrase else None),
        addressee=said.addressee if said else None,
        anonymous=False if beside else is_anonymous(phrase) if phrase else None,
    )


class _Statements:
    """Walks the outer quotations of a text and decides which are statements."""

    def __init__(self, text: str, paragraphs: tuple[Span, ...], found: list[Quotation]) -> None:
        self.text = text
        self.paragraphs = iter(paragraphs)
        self.paragraph = self.before = Span(0, 0)
        self.outer = [piece for piece in found if piece.parent is None]

    def all(self) -> Iterator[_Statement]:
        """The statements, each complete."""
        current: _Statement | None = None
        for index, piece in enumerate(self.outer):
            is_new_paragraph = self._enter_paragraph_of(piece)
            if piece.continues and current is not None and current.pieces[-1] is self.outer[index - 1]:
                current.pieces.append(piece)
                current.said = current.said or self._attribution(index)
                continue
            said = self._attribution(index)
            if current and not is_new_paragraph and self._goes_on(current, piece, said):
                current.pieces.append(piece)
                continue
            if not self._is_statement(index, said):
                continue
            if current:
                yield current
            current = _Statement([piece], said)
        if current:
            yield current

    def _goes_on(self, current: _Statement, piece: Quotation, said: Attribution | None) -> bool:
        """Whether the piece only continues what the attribution between them has introduced."""
        last = current.pieces[-1].outer.end
        between = self.text[last : piece.outer.start].strip()
        if said and current.said and said.cue == current.said.cue and said.cue and said.cue.start >= last:
            return between.endswith((",", "—", "–", "-", ":"))
        if said or not (_STARTS_SENTENCE.match(piece.inner.of(self.text)) and (not between or between[-1] in '.!?”"')):
            return False
        return len(between) < _FARTHEST

    def _enter_paragraph_of(self, piece: Quotation) -> bool:
        left = self.paragraph
        while self.paragraph.end <= piece.outer.start:
            self.before, self.paragraph = self.paragraph, next(self.paragraphs)
        return self.paragraph is not left

    def _edges(self, index: int) -> tuple[int, int]:
        """The stretch around a piece that no other piece of its paragraph claims."""
        start = self.outer[index - 1].outer.end if index else 0
        end = self.outer[index + 1].outer.start if index + 1 < len(self.outer) else self.paragraph.end
        return max(start, self.paragraph.start), min(end, self.paragraph.end)

    def _attribution(self, index: int) -> Attribution | None:
        piece = self.outer[index]
        start, end = self._edges(index)
        after = attribution_after(self.text, piece.outer.end, end) if self._opens_clause(index) else None
        if after and (after.cue is None or not _ENDS_STATING.search(piece.inner.of(self.text))):
            return after
        is_introduced_above = start == self.paragraph.start == piece.outer.start and self._above().endswith(":")
        if is_introduced_above:
            return attribution_before(self.text, self.before.start, self.before.end)
        return attribution_before(self.text, start, piece.outer.start)

    def _above(self) -> str:
        return self.text[max(self.before.start, self.before.end - 1) : self.before.end]

    def _lead(self, index: int) -> str:
        """The reporter's words before a piece, in its paragraph."""
        return self.text[self._edges(index)[0] : self.outer[index].outer.start].rstrip()

    def _opens_clause(self, index: int) -> bool:
        """Whether the reporter's own sentence does not run into the quotation."""
        lead = self._lead(index)
        return not lead or lead[-1] in '.!?:,;—–”"…)'

    def _is_statement(self, index: int, said: Attribution | None) -> bool:
        piece = self.outer[index]
        words = piece.inner.of(self.text)
        lead = self._lead(index)
        if not piece.is_closed and piece.outer.start != self.paragraph.start and not lead.endswith(":"):
            return False
        if said is None:
            return self._stands_alone(piece, words, lead)
        ends = bool(_ENDS_SENTENCE.search(words)) or self.text[piece.outer.end : piece.outer.end + 1] in (",", ".")
        if said.cue is None or said.cue.start >= piece.outer.end:
            return ends
        return _is_introduced(words, self.text[said.cue.end : piece.outer.start].rstrip(), ends=ends)

    def _stands_alone(self, piece: Quotation, words: str, lead: str) -> bool:
        """A quotation without attribution counts when it is a sentence among sentences."""
        if (lead and lead[-1] not in '.!?:”"…') or (piece.is_closed and not _ENDS_FULLY.search(words)):
            return False
        fewest = _FEWEST_WORDS_ALONE if piece.outer == self.paragraph else _FEWEST_WORDS
        return _STARTS_SENTENCE.match(words) is not None and len(words.split()) >= fewest


def _is_introduced(words: str, between: str, *, ends: bool) -> bool:
    """Whether the words after a cue are a sentence of their own; *between* stands between the two."""
    if not _STARTS_SENTENCE.match(words):
        return between.endswith(":") or between == ","
    if not between:
        return ends and len(words.split()) >= _FEWEST_WORDS
    return ends and between.endswith((":", ",")) and not between.endswith("that,")
