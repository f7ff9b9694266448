from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.language import model_file
from extractors.language.name_finder import NameFinder
from extractors.language.pipeline import load

TEXTS = (
    "Leila Haddad, the mayor of Tripoli, told reporters in Tripoli on Friday that the harbour would reopen.",
    "Beira.",
    "The Ministry of Agriculture, Irrigation and Livestock of Malawi",
    "Tomas Okello\n and Amal Haddad met the World Food Programme in Addis Ababa",
    " ".join(["Haddad"] * 60) + ".",
    " ".join(f"Bank of Gulu {n} Northern Province Commission" for n in range(40)),
    ", ".join(["and", "so", "on", "it", "goes"] * 300),
)


@pytest.fixture(scope="module")
def trained() -> Language:
    return model_file.unpacked(model_file.shipped_folder())


def names(docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    return [[(each.start, each.end, each.label_) for each in doc.ents] for doc in docs]


def parted(nlp: Language) -> list[Doc]:
    """The texts, with sentences so that names must not cross their bounds."""
    docs = [nlp.make_doc(text) for text in TEXTS]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = token.i % 7 == 0
    return docs


def test_names_are_those_of_the_trained_tagger(trained: Language) -> None:
    ours, theirs = parted(trained), parted(trained)
    finder, tagger = NameFinder(trained.get_pipe("ner")), trained.get_pipe("ner")
    assert names(list(finder.pipe(ours, batch_size=64))) == names([tagger(doc) for doc in theirs])
    assert sum(map(len, names(ours))) > len(TEXTS)


def test_a_name_may_be_longer_than_those_that_grow_together(trained: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.language.name_finder._GROWN_TOGETHER", 1)
    finder, tagger = NameFinder(trained.get_pipe("ner")), trained.get_pipe("ner")
    ours, theirs = ([trained.make_doc(text) for text in TEXTS] for _ in range(2))
    assert names(list(finder.pipe(ours, batch_size=2))) == names([tagger(doc) for doc in theirs])


def test_words_outside_names_are_marked_so(trained: Language) -> None:
    doc = NameFinder(trained.get_pipe("ner"))(trained.make_doc(TEXTS[0]))
    assert {token.ent_iob_ for token in doc} == {"B", "I", "O"}


def test_the_pipeline_reads_with_it() -> None:
    assert "name_finder" in load().nlp.pipe_names
    assert "ner" not in load().nlp.pipe_names
