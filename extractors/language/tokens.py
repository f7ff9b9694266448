"""What the parser says of a text, as plain values: no extractor touches spaCy, and nothing of it outlives the parse."""

from __future__ import annotations

import msgspec

from storage.vocabulary import Span


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word or mark. Labels are those of Universal Dependencies 2, tags those of the Penn Treebank.

    `index` is its place among the tokens of the whole text, `head` the place of the word it depends on, its own for the
    root of a sentence. `entity` is empty or B-, I- before PERSON, ORG or LOC.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    morph: str
    head: int
    deprel: str
    entity: str

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.start, self.end)

    @property
    def low(self) -> str:
        """Lower-cased."""
        return self.text.lower()

    @property
    def is_root(self) -> bool:
        """Whether its sentence hangs on it."""
        return self.head == self.index

    def has(self, feature: str) -> bool:
        """Whether its morphology says so, as in ``has("VerbForm=Fin")``."""
        return feature in self.morph.split("|")


class Name(msgspec.Struct, frozen=True):
    """A stretch that the name tagger takes for a PERSON, an ORG or a LOC; where it lies is surer than what it is."""

    span: Span
    kind: str
    first: int
    last: int


class Parse(msgspec.Struct, frozen=True):
    """A text's tokens in order, its sentences as ranges of tokens, and the names among them."""

    tokens: tuple[Token, ...] = ()
    sentences: tuple[range, ...] = ()
    names: tuple[Name, ...] = ()
