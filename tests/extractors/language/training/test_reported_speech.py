from __future__ import annotations

import random

import pytest

from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.documents import doc_of
from extractors.language.training.reported_speech import ReportedSpeech, is_usable
from extractors.language.training.typography import capitals, curled, headline

FERRY = Sentence(
    "own-1",
    (
        Word("The", "the", "DET", "DT", "", 1, "det"),
        Word("ferry", "ferry", "NOUN", "NN", "", 2, "nsubj"),
        Word("left", "leave", "VERB", "VBD", "", 2, "ROOT"),
        Word("Mombasa", "Mombasa", "PROPN", "NNP", "", 2, "obj"),
        Word("late", "late", "ADV", "RB", "", 2, "advmod", space_after=False),
        Word(".", ".", "PUNCT", ".", "", 2, "punct"),
    ),
)


@pytest.mark.parametrize("seed", range(40))
def test_what_somebody_says_hangs_on_the_cue(seed: int) -> None:
    for sentence in ReportedSpeech([FERRY], random.Random(seed)).text():
        words = sentence.words
        roots = [place for place, word in enumerate(words) if word.head == place]
        assert len(roots) == 1
        left = next(word for word in words if word.form == "left")
        assert left.deprel in {"ccomp", "ROOT"}
        assert left.deprel == "ROOT" or words[left.head].xpos in {"VBD", "VBZ"}
        assert all(reaches_root(words, place) for place in range(len(words)))


def reaches_root(words: tuple[Word, ...], place: int) -> bool:
    for _ in words:
        place = words[place].head
    return words[place].head == place


def test_the_same_seed_says_the_same() -> None:
    once, again = (ReportedSpeech([FERRY] * 3, random.Random(5)) for _ in range(2))
    assert [once.text() for _ in range(20)] == [again.text() for _ in range(20)]


def test_only_whole_statements_are_used() -> None:
    assert is_usable(FERRY)
    assert not is_usable(Sentence("own-2", FERRY.words[:-1]))


def test_texts_can_be_set_as_newsrooms_do() -> None:
    import spacy

    vocab = spacy.blank("en").vocab
    assert doc_of(vocab, [headline(FERRY)]).text == "The Ferry Left Mombasa Late"
    assert doc_of(vocab, [capitals(FERRY)]).text == "THE FERRY LEFT MOMBASA LATE."
    quoted = Sentence("own-3", (Word('"', '"', "PUNCT", "``", "", 1, "punct"), *FERRY.words[2:3]))
    assert curled([quoted])[0].words[0].form == "“"
