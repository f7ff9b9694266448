"""The shipped model's encoder, computed with fewer and larger steps than its layers take one by one.

The arithmetic is that of spaCy's MultiHashEmbed and MaxoutWindowEncoder, in another order: a word that occurs again is
embedded once, and so is its share in the first window; the pieces of a maxout lie beside each other. What comes out
differs from the layers' own result by rounding alone, and depends on nothing but the texts that are encoded together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model

    Floats = NDArray[np.float32]
    Integers = NDArray[np.uint64]

_ROWS = 2048  # computed at once: more than most articles need; of larger arrays less stays in the processor's cache
_EPSILON = np.float32(1e-8)
_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)


def hasten(nlp: Language) -> None:
    """Put a faster encoder in the place of the one that the grammar was trained with."""
    syntax: Any = nlp.get_pipe("tok2vec")
    syntax.model = encoder(syntax.model)


def encoder(trained: Model[Any, Any]) -> Model[Any, Any]:
    """A layer that gives for a list of documents what *trained*, a `spacy.Tok2Vec.v2`, gives for it."""
    from thinc.api import Model

    encode = Encoder(trained)

    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Callable[[Any], Any]]:
        if is_train:
            message = "the shipped encoder only reads; train with the layers of the configuration"
            raise NotImplementedError(message)
        return encode(docs), lambda gradient: gradient

    return Model("encoder", forward, dims={"nO": encode.width})


class Encoder:
    """The vectors of documents' words; the weights of *trained*, arranged for the order in which they are needed."""

    def __init__(self, trained: Model[Any, Any]) -> None:
        layers: Any = list(trained.walk())
        self.columns: list[int | str] = next(each for each in layers if each.name == "extract_features").attrs[
            "columns"
        ]
        self.tables = [(each.get_param("E"), each.attrs["seed"]) for each in layers if each.name == "hashembed"]
        self.ops: Any = trained.ops
        mixed, *windows = _maxouts(layers)
        self.mixed, self.windows = mixed, windows
        self.width = mixed.width
        first = windows[0].weights  # three times the width in: the words before, at and after
        self.shares = np.ascontiguousarray(np.concatenate(np.split(first, 3), axis=1))
        self.pad = len(windows)  # so far a word is seen from: texts that are encoded together do not touch

    def __call__(self, docs: Sequence[Doc]) -> list[Floats]:
        """A row for each word of each document."""
        found: list[Floats] = []
        for group in self.groups(docs):
            found += self._encoded(group)
        return found

    def groups(self, docs: Iterable[Doc]) -> Iterator[list[Doc]]:
        """Documents in order, as many together as are computed at once."""
        group: list[Doc] = []
        rows = 0
        for doc in docs:
            if group and rows + len(doc) + self.pad > _ROWS:
                yield group
                group, rows = [], 0
            group.append(doc)
            rows += len(doc) + self.pad
        if group:
            yield group

    def _encoded(self, docs: Sequence[Doc]) -> list[Floats]:
        lengths = [len(doc) for doc in docs]
        words, at = self._distinct(np.concatenate([_features(doc, self.columns) for doc in docs]))
        starts = np.cumsum([self.pad] + [length + self.pad for length in lengths])
        spots = np.full(starts[-1], len(words), dtype=np.intp)  # the last word is none: between the texts
        spots[np.concatenate([np.arange(s, s + n) for s, n in zip(starts, lengths, strict=False)])] = at
        vectors = self._embedded(words)
        rows = vectors[spots]
        rows += self.windows[0].activated(self._first(vectors, spots))
        around = np.zeros((len(rows), 3 * self.width), dtype=np.float32)
        for window in self.windows[1:]:
            around[1:, : self.width] = rows[:-1]
            around[:, self.width : -self.width] = rows
            around[:-1, -self.width :] = rows[1:]
            rows += window(around)
        return [rows[s : s + n].copy() for s, n in zip(starts, lengths, strict=False)]

    def _distinct(self, features: Integers) -> tuple[Integers, NDArray[np.intp]]:
        """The features of each word once, and for each place in the text which word stands there."""
        _, first, at = np.unique((features * _MIXERS).sum(axis=1), return_index=True, return_inverse=True)
        return features[first], at

    def _embedded(self, words: Integers) -> Floats:
        """A vector for each word and a last one of zeros."""
        parts = np.empty((len(words), len(self.tables) * self.width), dtype=np.float32)
        for n, (table, seed) in enumerate(self.tables):
            rows = self.ops.hash(np.ascontiguousarray(words[:, n]), seed) % len(table)
            parts[:, n * self.width : (n + 1) * self.width] = self.ops.gather_add(table, rows)
        return np.concatenate([self.mixed(parts), np.zeros((1, self.width), dtype=np.float32)])

    def _first(self, vectors: Floats, spots: NDArray[np.intp]) -> Floats:
        """What goes into the first window's maxout: the sum of three words' shares."""
        before, here, after = np.split(vectors @ self.shares, 3, axis=1)
        total = here[spots]
        total[1:] += before[spots[:-1]]
        total[:-1] += after[spots[1:]]
        return total


class _Maxout:
    """A maxout layer with the normalisation that follows it."""

    def __init__(self, maxout: Any, norm: Any) -> None:  # noqa: ANN401 — layers of thinc
        self.width, self.pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        weights = maxout.get_param("W")  # width, pieces, inputs
        self.weights = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1))
        self.bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
        self.gain, self.shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, inputs: Floats) -> Floats:
        return self.activated(inputs @ self.weights)

    def activated(self, products: Floats) -> Floats:
        """The largest piece of each product, normalised."""
        products += self.bias
        largest = products[:, : self.width]
        for n in range(1, self.pieces):
            largest = np.maximum(largest, products[:, n * self.width : (n + 1) * self.width])
        largest -= largest.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", largest, largest)[:, None] / np.float32(self.width) + _EPSILON
        largest *= variance ** np.float32(-0.5)
        largest *= self.gain
        largest += self.shift
        return largest


def _features(doc: Doc, columns: list[int | str]) -> Integers:
    return doc.to_array(columns).astype(np.uint64, copy=False)


def _maxouts(layers: Sequence[Any]) -> Iterator[_Maxout]:
    norms = [each for each in layers if each.name == "layernorm"]
    maxouts = [each for each in layers if each.name == "maxout"]
    for maxout, norm in zip(maxouts, norms, strict=True):
        yield _Maxout(maxout, norm)
