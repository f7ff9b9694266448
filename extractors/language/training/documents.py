"""Sentences as spaCy Docs: a few that follow each other make one, as a paragraph of news does."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extractors.language.training.conllu import Sentence, Word

_SYNTAX = ("LEMMA", "POS", "TAG", "MORPH", "HEAD", "DEP", "SENT_START", "SPACY")
_NAMES = ("ENT_IOB", "ENT_TYPE", "SPACY")
_PARAGRAPH_ENDS = 0.8  # share of paragraph breaks kept: text boxes and lists reach the reader as one paragraph


def grouped(sentences: Iterable[Sentence], longest: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Up to *longest* sentences that follow each other in one document, seldom over a paragraph's end."""
    group: list[Sentence] = []
    limit = rng.randint(1, longest)
    for sentence in sentences:
        parts = sentence.starts_document or (sentence.starts_paragraph and rng.random() < _PARAGRAPH_ENDS)
        if group and (parts or len(group) >= limit):
            yield group
            group, limit = [], rng.randint(1, longest)
        group.append(sentence)
    if group:
        yield group


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each paragraph, as the reader meets them."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.starts_document or sentence.starts_paragraph):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def fixed_groups(sentences: Iterable[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Groups of *size* sentences within a document, for tests: nothing depends on chance."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.starts_document or len(group) >= size):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def doc_of(vocab: Vocab, group: list[Sentence]) -> Doc:
    """The tree-annotated Doc of a group; lemmas are missing where a word has none."""
    words: list[Word] = []
    heads: list[int] = []
    spaces: list[bool] = []
    for sentence in group:
        heads += [len(words) + word.head for word in sentence.words]
        spaces += [*(word.space_after for word in sentence.words[:-1]), True]
        words += sentence.words
    has_lemmas = all(word.lemma for word in words)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[*spaces[:-1], False],
        lemmas=[word.lemma for word in words] if has_lemmas else None,
        pos=[word.upos for word in words],
        tags=[word.xpos for word in words],
        morphs=[word.feats for word in words],
        heads=heads,
        deps=[word.deprel for word in words],
    )


def save_trees(docs: Iterable[Doc], path: Path) -> int:
    """Write Docs with trees; how many."""
    return _save(docs, path, _SYNTAX)


def save_names(docs: Iterable[Doc], path: Path) -> int:
    """Write Docs with names; how many."""
    return _save(docs, path, _NAMES)


def _save(docs: Iterable[Doc], path: Path, attributes: tuple[str, ...]) -> int:
    box = DocBin(attrs=attributes, docs=docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    box.to_disk(path)
    return len(box)
