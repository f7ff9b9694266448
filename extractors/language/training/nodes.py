"""Words that know their head as an object, so that trees can be put together before places are counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from extractors.language.training.conllu import Sentence, Word

_TOUCHES_WHAT_STANDS_BEFORE = frozenset({",", ".", ":", "''"})


@dataclass(eq=False)
class Node:
    """A word in a tree under construction; `head` is None for the root."""

    word: Word
    head: Node | None = None

    def with_word(self, **changes: Any) -> Word:  # noqa: ANN401 - the fields of Word
        """The word with some fields changed."""
        return replace(self.word, **changes)

    def own_lemma(self) -> Node:
        """Give it its form as lemma."""
        self.word = self.with_word(lemma=self.word.form)
        return self

    def hang_on(self, head: Node, relation: str) -> None:
        """Make it a dependent."""
        self.head, self.word = head, self.with_word(deprel=relation)

    def touch_next(self) -> Node:
        """Leave no space after it."""
        self.word = self.with_word(space_after=False)
        return self


def mark(form: str, xpos: str, head: Node) -> Node:
    """A punctuation mark."""
    return Node(Word(form, form, "PUNCT", xpos, "", 0, "punct"), head)


def copied(sentence: Sentence) -> list[Node]:
    """A treebank sentence as nodes of its own."""
    nodes = [Node(word) for word in sentence.words]
    for place, node in enumerate(nodes):
        node.head = None if node.word.head == place else nodes[node.word.head]
    return nodes


def root_of(nodes: list[Node]) -> Node:
    """The node that hangs on nothing."""
    return next(node for node in nodes if node.word.deprel == "ROOT")


def upper_first(nodes: list[Node]) -> list[Node]:
    """With a capital at its beginning."""
    form = nodes[0].word.form
    nodes[0].word = nodes[0].with_word(form=form[:1].upper() + form[1:])
    return nodes


def lower_first(nodes: list[Node]) -> list[Node]:
    """With a small letter at its beginning, unless it is a name or I."""
    word = nodes[0].word
    if word.upos != "PROPN" and word.lemma != "I" and not word.form.isupper():
        nodes[0].word = nodes[0].with_word(form=word.form[:1].lower() + word.form[1:])
    return nodes


def laid_out(nodes: list[Node]) -> Sentence:
    """The tree with places counted; marks that close something touch the word before them."""
    for node, following in pairwise(nodes):
        if following.word.upos == "PUNCT" and following.word.xpos in _TOUCHES_WHAT_STANDS_BEFORE:
            node.touch_next()
    places = {id(node): place for place, node in enumerate(nodes)}
    words = (
        replace(node.word, head=place if node.head is None else places[id(node.head)])
        for place, node in enumerate(nodes)
    )
    return Sentence("", tuple(words), starts_document=True)
