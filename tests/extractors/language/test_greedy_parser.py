from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.language import model_file
from extractors.language.greedy_parser import GreedyParser
from extractors.language.pipeline import load

TEXTS = (
    "Leila Haddad, the mayor of Tripoli, told reporters on Friday that the harbour would reopen. It will not be easy.",
    "Beira.",
    "“We lost two boats,” said Tomas Okello, whose brother had been arrested by the police of Mombasa a week earlier.",
    "Ministers met; nobody spoke, which surprised those who had come from Gulu, Lira and Kitgum to hear them.",
    ", ".join(["and", "so", "on", "it", "goes"] * 40),
)


@pytest.fixture(scope="module")
def trained() -> Language:
    return model_file.unpacked(model_file.shipped_folder())


def encoded(nlp: Language) -> list[Doc]:
    encoder: Any = nlp.get_pipe("tok2vec")
    return list(encoder.pipe([nlp.make_doc(text) for text in TEXTS], batch_size=8))


def grammar(docs: list[Doc]) -> list[list[tuple[int, str, bool]]]:
    return [[(token.head.i, token.dep_, bool(token.is_sent_start)) for token in doc] for doc in docs]


@pytest.mark.parametrize("batch_size", [1, 2, 8])
def test_it_parses_as_the_trained_parser_does(trained: Language, batch_size: int) -> None:
    theirs: Any = trained.get_pipe("parser")
    ours = GreedyParser(theirs)
    parsed = list(ours.pipe(encoded(trained), batch_size=batch_size))
    assert grammar(parsed) == grammar([theirs(doc) for doc in encoded(trained)])


def test_more_words_than_are_parsed_together_are_parsed_all_the_same(
    trained: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = list(GreedyParser(trained.get_pipe("parser")).pipe(encoded(trained), batch_size=8))
    monkeypatch.setattr("extractors.language.greedy_parser._WORDS_TOGETHER", 30)
    again = list(GreedyParser(trained.get_pipe("parser")).pipe(encoded(trained), batch_size=8))
    assert grammar(once) == grammar(again)


def test_it_keeps_to_where_no_sentence_may_begin(trained: Language) -> None:
    (doc,) = encoded(trained)[:1]
    for token in doc[1:]:
        token.is_sent_start = False
    assert len(list(GreedyParser(trained.get_pipe("parser"))(doc).sents)) == 1


def test_the_pipeline_reads_with_it() -> None:
    assert "greedy_parser" in load().nlp.pipe_names
    assert "parser" not in load().nlp.pipe_names
