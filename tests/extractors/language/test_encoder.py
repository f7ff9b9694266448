from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.language import model_file
from extractors.language.encoder import encoder
from extractors.language.pipeline import load

TEXTS = (
    "Leila Haddad, the mayor of Tripoli, told reporters on Friday that the harbour of Tripoli would reopen.",
    "No.",
    "",
    "“We lost two boats,” said Tomas Okello, a fisherman from Mombasa. “Nobody came to help us,” said Okello.",
)


@pytest.fixture(scope="module")
def trained() -> Language:
    return model_file.unpacked(model_file.shipped_folder())


def layers(nlp: Language) -> list[Any]:
    syntax: Any = nlp.get_pipe("tok2vec")
    tagger: Any = nlp.get_pipe("ner")
    return [syntax.model, tagger.model.get_ref("tok2vec").layers[0]]


def docs(nlp: Language, texts: tuple[str, ...]) -> list[Doc]:
    return [nlp.make_doc(text) for text in texts]


def test_it_gives_what_the_trained_layers_give(trained: Language) -> None:
    texts = docs(trained, TEXTS)
    for layer in layers(trained):
        for ours, theirs in zip(encoder(layer).predict(texts), layer.predict(texts), strict=True):
            assert ours.shape == theirs.shape
            assert np.allclose(ours, theirs, atol=1e-4)


def test_more_words_than_fit_in_one_group_are_encoded_all_the_same(trained: Language) -> None:
    texts = docs(trained, tuple(" ".join([text] * 30) for text in TEXTS))
    layer = layers(trained)[0]
    for ours, theirs in zip(encoder(layer).predict(texts), layer.predict(texts), strict=True):
        assert np.allclose(ours, theirs, atol=1e-4)


def test_equal_texts_are_encoded_alike_to_the_last_bit(trained: Language) -> None:
    once, again = (encoder(layers(trained)[0]).predict(docs(trained, TEXTS)) for _ in range(2))
    assert [each.tobytes() for each in once] == [each.tobytes() for each in again]


def test_it_does_not_learn(trained: Language) -> None:
    with pytest.raises(NotImplementedError, match="only reads"):
        encoder(layers(trained)[0]).begin_update(docs(trained, TEXTS))


def test_the_pipeline_reads_with_it() -> None:
    syntax: Any = load().nlp.get_pipe("tok2vec")
    assert syntax.model.name == "encoder"
