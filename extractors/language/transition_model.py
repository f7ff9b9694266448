"""How a trained tagger or parser scores its next step: a small network over a few words of the text, in plain arrays.

The arithmetic is that of spaCy's TransitionBasedParser: each word has a share for each place it may take in a state,
the shares of a state's words are summed up, and the largest pieces of the sum are weighed for each possible step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class TransitionModel:
    """The weights of a trained `spacy.TransitionBasedParser.v2`, the layer before it included."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401 — a model of thinc, whose parts have no types
        trained, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        linear, weights = trained.layers[-1], lower.get_param("W")
        self.places, self._width, pieces, inputs = weights.shape
        self.size = self._width * pieces
        turned = weights.transpose(3, 0, 2, 1).reshape(inputs, -1)
        self._weights = np.ascontiguousarray(linear.get_param("W").T @ turned)
        bias = (linear.get_param("b") @ turned).reshape(self.places, self.size)
        self._absent = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(self.places, self.size) - bias
        self._start = lower.get_param("b").T.reshape(self.size) + bias.sum(axis=0)  # what every sum begins with
        self._scores, self._score_bias = np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")

    def shares(self, vectors: Floats) -> Floats:
        """The shares of no word and then of each word, by its vector: words + 1, places, size."""
        shares = np.empty((len(vectors) + 1, self.places * self.size), dtype=np.float32)
        np.matmul(vectors, self._weights, out=shares[1:])
        found = shares.reshape(-1, self.places, self.size)
        found[0] = self._absent
        found[:, 0] += self._start  # the first place's, for each state has a sum over all places
        return found

    def scored(self, summed: Floats) -> Floats:
        """The score of each step, a row for each state, from the sums of their shares over all places."""
        largest = summed[:, : self._width]
        for at in range(self._width, self.size, self._width):
            largest = np.maximum(largest, summed[:, at : at + self._width])
        scores: Floats = largest @ self._scores
        scores += self._score_bias
        return scores
