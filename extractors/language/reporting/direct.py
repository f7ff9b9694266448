"""Direct quotations: whole sentences between quotation marks, with what stands beside them of their speakers.

Pieces that one attribution joins (`"…," X said. "…"`) are one statement, and so are the paragraphs of a quotation that
runs over several. Scare quotes and titles of works are no statements, nor is what is quoted inside a quotation.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.attribution import Attribution, attribution_after, attribution_before
from extractors.language.quotation_marks import Quotation
from storage.vocabulary import Span

_FEWEST_WORDS = 4
_FEWEST_WORDS_ALONE = 8  # a shorter line that is nothing but a quotation is a heading
_MOST_ADDRESSED = 3  # words: It was, she told the court, "a lie"
_FARTHEST = 300  # characters of the reporter's own words between two pieces of one statement
_WRAPPED_COLUMN = 120
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_STARTS_SENTENCE = re.compile(r"\W*[^\W_a-z]")
_ENDS_SENTENCE = re.compile(r"[.,!?…—–-][\"”’'»]*$")
_ENDS_STATING = re.compile(r"(?<!\.)\.[\"”’']*$")  # American style never puts a full stop before "he said"
_NAME = re.compile(r"\b[A-Z][\w’'-]{2,}(?![\w.])")
_ENDS_FULLY = re.compile(r"[.!?…][\"”’'»)]*$")


@dataclass
class Quoted:
    """Quoted pieces and the attribution that covers them."""

    pieces: list[Quotation]
    said: Attribution | None


def blocks(text: str, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Paragraphs; a line of its own is one too, unless the text is wrapped at a column."""
    if not any(line.end - line.start > _WRAPPED_COLUMN for line in _lines(text)):
        return paragraphs
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Span]:
    return (Span(match.start(), match.end()) for match in _LINE.finditer(text))


class Quotations:
    """Walks the outer quotations of a text and decides which are statements."""

    def __init__(self, text: str, paragraphs: tuple[Span, ...], found: list[Quotation]) -> None:
        self.text = text
        self.paragraphs = iter(paragraphs)
        self.paragraph = self.before = Span(0, 0)
        self.outer = [piece for piece in found if piece.parent is None]

    def all(self) -> Iterator[Quoted]:
        """The statements, each complete."""
        current: Quoted | None = None
        for index, piece in enumerate(self.outer):
            self._enter_paragraph_of(piece)
            said = self._attribution(index)
            if current and self._continues(current, index, said):
                current.pieces.append(piece)
                current.said = current.said or said
                continue
            is_beside = current is not None and current.pieces[-1].outer.start >= self.paragraph.start
            if current and is_beside and self._goes_on(current, piece, said):
                current.pieces.append(piece)
                continue
            if not self._is_statement(index, said):
                continue
            if current:
                yield current
            current = Quoted([piece], said)
        if current:
            yield current

    def _continues(self, current: Quoted, index: int, said: Attribution | None) -> bool:
        """Whether a piece takes up the quotation that the paragraph before left open, in nobody else's name."""
        if not self.outer[index].continues or current.pieces[-1] is not self.outer[index - 1]:
            return False
        names = [
            set(_NAME.findall(each.speaker.of(self.text))) if each and each.speaker else set[str]()
            for each in (current.said, said)
        ]
        return not all(names) or bool(names[0] & names[1])

    def _goes_on(self, current: Quoted, piece: Quotation, said: Attribution | None) -> bool:
        """Whether the piece only continues what the attribution between them has introduced."""
        last = current.pieces[-1].outer.end
        between = self.text[last : piece.outer.start].strip()
        if said and current.said and said.cue == current.said.cue and said.cue and said.cue.start >= last:
            return between.endswith((",", "—", "–", "-", ":"))
        if said or not (_STARTS_SENTENCE.match(piece.inner.of(self.text)) and (not between or between[-1] in '.!?”"')):
            return False
        return len(between) < _FARTHEST

    def _enter_paragraph_of(self, piece: Quotation) -> None:
        while self.paragraph.end <= piece.outer.start:
            self.before, self.paragraph = self.paragraph, next(self.paragraphs)

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
            return ends or piece.outer.end == self.paragraph.end
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
        return between.endswith(":") or (between.endswith(",") and len(between.split()) <= _MOST_ADDRESSED)
    if not between:
        return ends and len(words.split()) >= _FEWEST_WORDS
    return ends and between.endswith((":", ",")) and not between.endswith("that,")
