"""The trained parser, its steps taken for all paragraphs side by side without leaving Python's lock.

spaCy's own loop gives the lock back and takes it again some ten times for each word, which costs more than a third of
its time. Which steps are allowed and what they do stays with spaCy; scoring them is done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from extractors.language.transition_model import TransitionModel

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORDS_TOGETHER = 2_500  # so many words' shares are 15 MB


class GreedyParser:
    """A component of a pipeline that parses as *trained*, spaCy's DependencyParser, would."""

    def __init__(self, trained: Any) -> None:  # noqa: ANN401 — its inner face has no types
        from spacy.tokens import Doc

        self.trained = trained
        self.model = TransitionModel(trained.model)
        self.places = np.arange(self.model.places)
        self.words_of: Any = trained.model.predict([Doc(trained.vocab, words=["."])]).get_token_ids

    def __call__(self, doc: Doc) -> Doc:
        """Parse one document."""
        self._parse([doc])
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Parse documents, those of similar length together."""
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            for group in _groups(sorted(batch, key=len)):
                self._parse(group)
            yield from batch

    def _parse(self, docs: Sequence[Doc]) -> None:
        states = self.trained.moves.init_batch(docs)
        vectors: list[Any] = [doc.tensor for doc in docs]
        shares = self.model.shares(np.concatenate(vectors))
        rows = shares.reshape(-1, self.model.size)
        going = [state for state in states if not state.is_final()]
        while going:
            places = (self.words_of(going) + 1) * self.model.places + self.places
            going = self.trained.transition_states(going, self.model.scored(rows[places].sum(axis=1)))
        self.trained.set_annotations(docs, states)


def _groups(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    group: list[Doc] = []
    words = 0
    for doc in docs:
        if group and words + len(doc) > _WORDS_TOGETHER:
            yield group
            group, words = [], 0
        group.append(doc)
        words += len(doc)
    if group:
        yield group
