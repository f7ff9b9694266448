from __future__ import annotations

import random

import pytest

from extractors.language.training import gum_names, news_names
from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.tagged import Name, Tagged, joined

MET = Tagged(
    ("Amal", "Haddad", "met", "Haddad", "'s", "aide", "in", "Osijek", "."),
    (True, True, True, False, True, True, True, False, False),
    (Name(0, 2, "PERSON"), Name(3, 4, "PERSON"), Name(7, 8, "LOC")),
)


def named(text: Tagged) -> list[str]:
    return [" ".join(text.words[name.start : name.end]) for name in text.names]


@pytest.mark.parametrize("seed", range(20))
def test_one_person_keeps_one_new_name(seed: int) -> None:
    full, short, place = named(news_names.renamed(MET, random.Random(seed)))
    assert full.split()[-1] == short
    assert place != "Osijek"


def test_datelines_stand_before_the_text() -> None:
    text = news_names.with_dateline(MET, random.Random(3))
    assert named(text)[-3:] == named(MET)
    assert text.words[-len(MET.words) :] == MET.words


def test_joined_texts_keep_their_names() -> None:
    assert named(joined([MET, MET])) == named(MET) * 2


@pytest.mark.parametrize("seed", range(30))
def test_invented_sentences_mark_every_slot(seed: int) -> None:
    text = news_names.invented(random.Random(seed))
    assert text.names
    assert len(text.words) == len(text.spaces)
    assert all(kind in {"PERSON", "ORG", "LOC"} for kind in (name.kind for name in text.names))
    assert not any("{" in word for word in text.words)


def test_gum_mentions_become_names_without_titles() -> None:
    words = (
        Word("President", "", "PROPN", "NNP", "", 1, "nmod:desc", "Entity=(1-person-new-sss-cf1-1-coref-X"),
        Word("Amal", "", "PROPN", "NNP", "", 3, "nsubj"),
        Word("Haddad", "", "PROPN", "NNP", "", 1, "flat", "Entity=1)"),
        Word("left", "", "VERB", "VBD", "", 3, "ROOT"),
        Word("Osijek", "", "PROPN", "NNP", "", 3, "obj", "Entity=(2-place-new-sss-cf2-1-coref)"),
    )
    (text,) = gum_names.tagged([Sentence("own", words)])
    assert [(text.words[name.start : name.end], name.kind) for name in text.names] == [
        (("Amal", "Haddad"), "PERSON"),
        (("Osijek",), "LOC"),
    ]
