"""Which frames could fit in a sentence at all: those whose words stand in it; to try the others only costs time."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.events.clauses import Clauses
from extractors.events.lexicon import Frame, nominal_frames, verbal_frames
from extractors.language.tokens import Token


class Possible:
    """The frames that are worth trying in one reading."""

    def __init__(self, clauses: Clauses) -> None:
        self._clauses = clauses
        self._words: dict[int, frozenset[str]] = {}

    def verbal(self, token: Token) -> Iterator[Frame]:
        """Frames of verbs that a token may begin."""
        return self._among(verbal_frames().get(token.low, ()), token)

    def nominal(self, token: Token) -> Iterator[Frame]:
        """Frames of nouns that a token may begin."""
        return self._among(nominal_frames().get(token.low, ()), token)

    def _among(self, frames: tuple[Frame, ...], token: Token) -> Iterator[Frame]:
        if not frames:
            return
        around = self._around(token)
        for frame in frames:
            if not any(around.isdisjoint(words) for words in frame.needed):
                yield frame

    def _around(self, token: Token) -> frozenset[str]:
        """The words of a token's sentence, with their lemmas."""
        sentence = self._clauses.reading.sentence_of(token)
        first, last = sentence[0].index, sentence[-1].index
        if first not in self._words:
            mended = self._clauses.tokens[first : last + 1]
            self._words[first] = frozenset(word for each in mended for word in (each.low, each.lemma.lower()))
        return self._words[first]
