"""Where the names of a text stand: the decisions of the trained name tagger, taken for all words at once.

spaCy's tagger goes from word to word and decides whether a name begins, goes on, ends, or is this one word. Outside a
name the decision rests on the word alone, so that all of them can be computed together; inside, on the name's first
word and on the last one read, so that all names grow together, a word at a time. The decisions are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from extractors.language.encoder import Encoder
from extractors.language.transition_model import TransitionModel

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

_GROWN_TOGETHER = 16  # words; the few longer ones grow one by one, in order, and only where nothing covers them
_NEVER = np.float32(-np.inf)


class NameFinder:
    """A component of a pipeline that marks names as *tagger*, a `spacy.TransitionBasedParser.v2`, would mark them."""

    def __init__(self, tagger: Any) -> None:  # noqa: ANN401 — spaCy's EntityRecognizer, whose parts have no types
        self.encode = Encoder(tagger.model.get_ref("tok2vec").layers[0])
        self.model = TransitionModel(tagger.model)
        self.moves = [tagger.moves.get_class_name(n) for n in range(tagger.moves.n_moves)]

    def __call__(self, doc: Doc) -> Doc:
        """Mark the names of one document."""
        self._mark([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Mark the names of documents, which are encoded together where they stand in one batch."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            self._mark(batch)
            yield from batch

    def _mark(self, docs: Sequence[Doc]) -> None:
        from spacy.tokens import Span

        for group in self.encode.groups(docs):
            found = self._names(group)
            start = 0
            for doc in group:
                ends = [(s - start, e - start, label) for s, e, label in found if start <= s < start + len(doc)]
                doc.set_ents([Span(doc, s, e, label=label) for s, e, label in ends], default="outside")
                start += len(doc)

    def _names(self, docs: Sequence[Doc]) -> list[tuple[int, int, str]]:
        """Start, end and label of the names, in places of the documents laid end to end."""
        shares = self.model.shares(np.concatenate(self.encode(docs)))
        return _Decisions(self.model, self.moves, shares, *_flags(docs)).names()


class _Decisions:
    """What is decided in documents laid end to end."""

    def __init__(
        self, model: TransitionModel, moves: Sequence[str], shares: Floats, is_blank: Flags, must_end: Flags
    ) -> None:
        self.model, self.moves, self.must_end = model, moves, must_end
        none = shares[0]
        # what the word itself, the name's first, the last one read tell
        self.now, self.first, self.last = shares[1:, 0], shares[1:, 1], shares[1:, 2]
        scores = model.scored(self.now + (none[1] + none[2]))
        for n, move in enumerate(moves):
            if move[0] in "IL" or move in {"B-", "U-"}:
                scores[:, n] = _NEVER
            elif move[0] in "BU":
                scores[is_blank, n] = _NEVER
                if move[0] == "B":
                    scores[must_end, n] = _NEVER
        self.chosen = scores.argmax(axis=1)
        place = {move: n for n, move in enumerate(moves)}
        self.going_on = np.array([place.get(f"I{move[1:]}", 0) for move in moves])
        self.ending = np.array([place.get(f"L{move[1:]}", 0) for move in moves])

    def names(self) -> list[tuple[int, int, str]]:
        begins, units = self._where("B"), self._where("U")
        ends = {at: at + 1 for at in units.tolist()} | self._grown(begins)
        found: list[tuple[int, int, str]] = []
        free = 0
        for start in sorted([*begins.tolist(), *units.tolist()]):
            if start >= free:
                free = ends.get(start) or self._end(start)
                found.append((start, free, self.moves[int(self.chosen[start])][2:]))
        return found

    def _where(self, kind: str) -> Places:
        """Where a step of this kind is chosen outside of names."""
        return np.flatnonzero(np.array([move[0] == kind for move in self.moves])[self.chosen])

    def _grown(self, begins: Places) -> dict[int, int]:
        """The ends of the names that begin there, as far as they are short."""
        ends: dict[int, int] = {}
        at = begins + 1
        for _ in range(_GROWN_TOGETHER):
            if not len(begins):
                break
            is_last = self._is_last(begins, at)
            ends.update(zip(begins[is_last].tolist(), (at[is_last] + 1).tolist(), strict=True))
            begins, at = begins[~is_last], at[~is_last] + 1
        return ends

    def _end(self, start: int) -> int:
        begin, at = np.array([start]), np.array([start + _GROWN_TOGETHER + 1])
        while not self._is_last(begin, at)[0]:
            at += 1
        return int(at[0]) + 1

    def _is_last(self, begins: Places, at: Places) -> Flags:
        """Whether names that begin there end with the word at hand."""
        scores = self.model.scored(self.now[at] + self.first[begins] + self.last[at - 1])
        rows, moves = np.arange(len(at)), self.chosen[begins]
        ends: Flags = self.must_end[at] | (scores[rows, self.ending[moves]] > scores[rows, self.going_on[moves]])
        return ends


def _flags(docs: Sequence[Doc]) -> tuple[Flags, Flags]:
    """Of each word whether it is white space, and whether a name must end with it: a sentence or the text does."""
    is_blank = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]) == 1
    starts = np.concatenate([[*(doc.to_array("SENT_START")[1:] == 1), True] if len(doc) else [] for doc in docs])
    return is_blank, starts.astype(bool)
