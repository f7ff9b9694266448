"""Where quotation marks open and close: a machine over punctuation, in one pass, for any language that uses such marks.

It knows “ ” and „ “, « » and » «, straight " and ', single ‘ ’ and ‚ ‘. Straight marks are paired by what stands beside
them, apostrophes are told from single marks, a quotation may hold others, and one that runs over several paragraphs
opens in each and closes in the last. A mark that is never closed reaches to the end of its paragraph at most.
"""

# ruff: noqa: RUF001, RUF002, RUF003 — the marks are the matter here

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from storage.events import Span

_MARK = re.compile("''|``|[“”„‟«»‹›\"‘’‚']")
_CLOSERS = {
    "“": '”"“',  # curly and straight marks get mixed, and opening ones typed for closing ones
    "”": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    '"': '"”',
    "''": "''",  # two single marks typed for a double one
    "``": "''",
    "‘": "’'",
    "‚": "‘’",
    "'": "'",
}
_PROPER = {**_CLOSERS, "“": "”", '"': '"'}
_SAME = ('"', "'", "''", "”")  # the same mark opens and closes
_ALWAYS_OPENING = ("“", "„", "‟", "«", "‹", "‚", "``")
_SINGLE = ("‘", "’", "‚", "'")
_DEEPEST = 4  # a quotation in a quotation in a quotation; beyond that marks are noise
_BEFORE_OPENING = "([{—–-―/¿¡…"
_NOT_AFTER_OPENING = ".,;:!?)]}"


@dataclass(frozen=True)
class Quotation:
    """One quoted piece: with its marks, without them, and how it stands to the others.

    `parent` is the index of the piece it is nested in. `continues` is true when it goes on with the piece at the end of
    the paragraph before, which therefore has no closing mark.
    """

    outer: Span
    inner: Span
    parent: int | None
    is_closed: bool
    continues: bool = False
    is_single: bool = False


@dataclass
class _Open:
    mark: str
    at: int
    index: int


def quotations(text: str, paragraphs: tuple[Span, ...]) -> list[Quotation]:
    """Every quoted piece in the order of their opening marks.

    >>> [q.inner.of("“Yes,” he said.") for q in quotations("“Yes,” he said.", (Span(0, 15),))]
    ['Yes,']
    """
    found: list[Quotation] = []
    carried: str | None = None  # the mark of a quotation that the paragraph before left open
    for paragraph in paragraphs:
        pieces, left_open = _Machine(text, paragraph, len(found)).run()
        if (
            pieces
            and carried
            and pieces[0].outer.start == paragraph.start
            and text.startswith(carried, paragraph.start)
        ):
            pieces[0] = replace(pieces[0], continues=True)
        found += pieces
        carried = left_open
    return found


def _closes(mark: str, opened: str) -> bool:
    return mark == "''" if opened in ("''", "``") else mark in _CLOSERS[opened]


class _Machine:
    """The marks of one paragraph."""

    def __init__(self, text: str, paragraph: Span, first_index: int) -> None:
        self.text, self.paragraph, self.first_index = text, paragraph, first_index
        self.stack: list[_Open] = []
        self.pieces: list[Quotation | None] = []
        self.closings_ahead = self._single_closings()

    def run(self) -> tuple[list[Quotation], str | None]:
        """The pieces of the paragraph, and the mark of a quotation that it leaves open."""
        for match in _MARK.finditer(self.text, self.paragraph.start, self.paragraph.end):
            self._meet(match[0], match.start())
        left_open = self._left_open()
        return self._kept(), left_open

    def _meet(self, mark: str, at: int) -> None:
        if mark in _SINGLE and self._is_apostrophe(mark, at):
            return
        depth = next((n for n in reversed(range(len(self.stack))) if _closes(mark, self.stack[n].mark)), None)
        if depth is not None and self._may_close(mark, at, depth):
            self._close(depth, at, len(mark))
        elif self._may_open(mark, at):
            again = next((n for n, each in enumerate(self.stack) if each.mark == mark), None)
            if again is not None:  # the same mark opens twice: the first was never closed, and is no quotation
                del self.stack[again:]
            self._open(mark, at)

    def _open(self, mark: str, at: int) -> None:
        if len(self.stack) < _DEEPEST:
            self.stack.append(_Open(mark, at, len(self.pieces)))
            self.pieces.append(None)

    def _close(self, depth: int, at: int, width: int) -> None:
        self.pieces[self.stack[depth].index] = self._piece(depth, at, at + width, is_closed=True)
        del self.stack[depth:]

    def _piece(self, depth: int, inner_end: int, outer_end: int, *, is_closed: bool) -> Quotation:
        opened = self.stack[depth]
        begin = opened.at + len(opened.mark)
        inner = self.text[begin:inner_end]
        start = begin + len(inner) - len(inner.lstrip())  # « French marks stand off »
        return Quotation(
            outer=Span(opened.at, outer_end),
            inner=Span(start, start + len(inner.strip())),
            parent=self.stack[depth - 1].index if depth else None,
            is_closed=is_closed,
            is_single=opened.mark in _SINGLE,
        )

    def _left_open(self) -> str | None:
        """The outer mark that stays open and reaches to the paragraph's end; inner ones were no quotations."""
        if not self.stack or (self.stack[0].mark in _SINGLE and self.stack[0].at > self.paragraph.start):
            return None
        end = self.paragraph.end
        self.pieces[self.stack[0].index] = self._piece(0, end, end, is_closed=False)
        return self.stack[0].mark

    def _kept(self) -> list[Quotation]:
        """The pieces that came to something, their parents counted over the whole text."""
        places: dict[int, int] = {}
        kept: list[Quotation] = []
        for index, piece in enumerate(self.pieces):
            if piece is not None and piece.inner.start < piece.inner.end:
                places[index] = self.first_index + len(kept)
                kept.append(replace(piece, parent=None if piece.parent is None else places.get(piece.parent)))
        return kept

    def _around(self, at: int, width: int = 1) -> tuple[str, str]:
        before = self.text[at - 1] if at > self.paragraph.start else " "
        after = self.text[at + width] if at + width < self.paragraph.end else " "
        return before, after

    def _may_open(self, mark: str, at: int) -> bool:
        before, after = self._around(at, len(mark))
        if mark == "’" or (after.isspace() and mark not in "«‹"):
            return False
        if mark in _ALWAYS_OPENING:
            return True
        starts = before.isspace() or before in _BEFORE_OPENING or before in "“„«\"‘'"
        return starts and after not in _NOT_AFTER_OPENING

    def _may_close(self, mark: str, at: int, depth: int) -> bool:
        before, after = self._around(at, len(mark))
        if self.stack[depth].mark == mark and mark in _SAME:
            return not before.isspace() or not (after.isalnum() or after in "“‘")
        if mark not in _PROPER[self.stack[depth].mark]:
            return not before.isspace() and not after.isalnum()
        return mark not in "‘«" or self.stack[depth].mark != "‘" or not before.isspace()

    def _is_apostrophe(self, mark: str, at: int) -> bool:
        before, after = self._around(at)
        if before.isalnum() and after.isalnum():
            return True
        if mark in "’'" and before.isalnum() and self._is_possessive(before, after, at):
            return True
        is_cut_word = mark in "’'" and not before.isalnum() and after.isdigit()  # the ’90s
        opened = any(_closes(mark, each.mark) for each in self.stack)
        return is_cut_word or (mark == "’" and not opened)

    def _is_possessive(self, before: str, after: str, at: int) -> bool:
        """Workers’ rights: inside single marks, as long as a better closing mark is still ahead."""
        if before not in "sSxz" or not after.isspace():
            return False
        return self.closings_ahead.get(at, False)

    def _single_closings(self) -> dict[int, bool]:
        """For each single mark, whether a sure closing one follows before the next opening one."""
        ahead: dict[int, bool] = {}
        is_ahead = False
        places = [m.start() for m in re.finditer("[‘’']", self.text[self.paragraph.start : self.paragraph.end])]
        for place in reversed(places):
            at = self.paragraph.start + place
            ahead[at] = is_ahead
            before, after = self._around(at)
            if self.text[at] != "‘" and before in ".,!?…" and not after.isalnum():
                is_ahead = True
            elif not before.isalnum() and after.isalnum():
                is_ahead = False
        return ahead


def top_level(found: list[Quotation]) -> Iterator[tuple[int, Quotation]]:
    """The pieces that stand in no other, with their indices."""
    return ((index, piece) for index, piece in enumerate(found) if piece.parent is None)
