"""The corpus that tagger, morphologizer, lemmatizer and parser learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator

from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.language.training import reported_speech
from extractors.language.training.conllu import Sentence
from extractors.language.training.documents import doc_of, grouped
from extractors.language.training.reported_speech import ReportedSpeech
from extractors.language.training.treebanks import Treebanks
from extractors.language.training.typography import capitals, headline, maybe_curled, small_letters

_SENTENCES_PER_TEXT = 5
_REPORTED_SPEECH_TEXTS = 2500
_HEADLINE_SHARE, _CAPITALS_SHARE, _SMALL_SHARE = 0.04, 0.02, 0.01


def syntax_docs(treebanks: Treebanks, vocab: Vocab, seed: int) -> Iterator[Doc]:
    """Treebank texts, some of them set differently, and reported speech made of them."""
    rng = random.Random(seed)
    sentences = list(treebanks.training_trees())
    for group in grouped(sentences, _SENTENCES_PER_TEXT, rng):
        yield doc_of(vocab, maybe_curled(group, rng))
    for variant in _variants(sentences, rng):
        yield doc_of(vocab, [variant])
    speech = ReportedSpeech([each for each in sentences if reported_speech.is_usable(each)], rng)
    for _ in range(_REPORTED_SPEECH_TEXTS):
        yield doc_of(vocab, speech.text())


def _variants(sentences: list[Sentence], rng: random.Random) -> Iterator[Sentence]:
    for change, share in ((headline, _HEADLINE_SHARE), (capitals, _CAPITALS_SHARE), (small_letters, _SMALL_SHARE)):
        for sentence in sentences:
            if rng.random() < share:
                yield change(sentence)
