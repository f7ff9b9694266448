"""The corpus that the name tagger learns from: GUM, Universal NER over EWT, WikiGold, and the same with other names."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.language.training import gum_names, news_names
from extractors.language.training.documents import grouped
from extractors.language.training.tagged import Tagged, joined, universal_ner, wikigold
from extractors.language.training.treebanks import Treebanks

_SENTENCES_PER_TEXT = 4
_RENAMED_SHARE, _DATELINE_SHARE, _SHOUTED_SHARE, _CURLED_SHARE = 0.6, 0.08, 0.02, 0.5
_INVENTED_TEXTS = 900


def name_docs(treebanks: Treebanks, vocab: Vocab, seed: int) -> Iterator[Doc]:
    """Every text as it is; many of them again under other names; invented news sentences."""
    rng = random.Random(seed)
    texts = list(_texts(treebanks, rng))
    texts += [news_names.renamed(text, rng) for text in texts if text.names and rng.random() < _RENAMED_SHARE]
    texts += [news_names.invented(rng) for _ in range(_INVENTED_TEXTS)]
    return (_set(text, rng).doc(vocab) for text in texts)


def _texts(treebanks: Treebanks, rng: random.Random) -> Iterator[Tagged]:
    for group in grouped(treebanks.gum("train", "dev"), _SENTENCES_PER_TEXT, rng):
        yield joined(list(gum_names.tagged(group)))
    for sentences in (universal_ner(treebanks.uner("ewt", "dev")), wikigold(treebanks.wikigold())):
        yield from _paragraphs(list(sentences), rng)


def _paragraphs(sentences: Sequence[Tagged], rng: random.Random) -> Iterator[Tagged]:
    at = 0
    while at < len(sentences):
        size = rng.randint(1, _SENTENCES_PER_TEXT)
        yield joined(sentences[at : at + size])
        at += size


def _set(text: Tagged, rng: random.Random) -> Tagged:
    """As a newsroom may set it."""
    if rng.random() < _DATELINE_SHARE:
        text = news_names.with_dateline(text, rng)
    if rng.random() < _SHOUTED_SHARE:
        return news_names.shouted(text)
    return news_names.curled(text) if rng.random() < _CURLED_SHARE else text
