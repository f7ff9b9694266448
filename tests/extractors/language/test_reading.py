# ruff: noqa: RUF001 - the marks are the matter here
from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.language.reading import Reading
from extractors.language.spelling import respelt
from storage.events import Span

DAY = date(2024, 3, 22)
ODD = "“”‘’«»„—–…'\"-.,!?() \n\t\x00\x85"
ODD += "\u00a0\u00ad\u200b\u202f\u2028\ufeff\u0301\u0308\u200d\U0001f30d\U00020000\U0001f468"
TEXTS = st.text(
    st.one_of(st.sampled_from(ODD), st.sampled_from("abcXYZ 019"), st.characters(exclude_categories=["Cs"]))
)


def reading(text: str, language: str | None = "en") -> Reading:
    return Reading(text, DAY, language)


@settings(max_examples=150)
@given(TEXTS)
def test_every_token_is_a_piece_of_the_text(text: str) -> None:
    read = reading(text)
    at = 0
    for place, token in enumerate(read.tokens):
        assert token.index == place
        assert at <= token.start < token.end <= len(text)
        assert token.text == text[token.start : token.end]
        at = token.end


@settings(max_examples=150)
@given(TEXTS)
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    covered = {place for token in reading(text).tokens for place in range(token.start, token.end)}
    missed = {text[place] for place in range(len(text)) if place not in covered}
    assert all(character.isspace() or unicodedata.category(character) in {"Cc", "Cf"} for character in missed)


@given(TEXTS)
def test_respelling_keeps_every_place(text: str) -> None:
    done = respelt(text, 0, len(text))
    assert len(done.text) == len(done.places)
    assert list(done.places) == sorted(set(done.places))
    unchanged = [(new, text[place]) for new, place in zip(done.text, done.places, strict=True) if new.isalnum()]
    assert all(new == old for new, old in unchanged)


def test_odd_spellings_read_like_plain_ones() -> None:
    plain = "The minister, Amal Haddad, said: “We will rebuild Rafah - soon.”\n\nHe left."
    odd = (
        "The\u00a0minister,  Amal Had\u00addad,\nsaid:\u202f“We will\u200b rebuild Rafah\u2009\u2010 soon.”\n\nHe left."
    )
    of_plain = [(token.lemma, token.upos, token.head, token.deprel) for token in reading(plain).tokens]
    assert [(token.lemma, token.upos, token.head, token.deprel) for token in reading(odd).tokens] == of_plain
    assert "Had\u00addad" in [token.text for token in reading(odd).tokens]


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = "🌍🌍 Tripoli mourns."
    assert reading(text).tokens[-3].span == Span(3, 10)


def test_sentences_end_where_their_tokens_end() -> None:
    text = "Police closed the bridge in Osijek.  Nobody was hurt.\n\nIt reopened on Sunday."
    assert [sentence.of(text) for sentence in reading(text).sentences] == [
        "Police closed the bridge in Osijek.",
        "Nobody was hurt.",
        "It reopened on Sunday.",
    ]


def test_the_tree_can_be_walked() -> None:
    read = reading("Rescuers found the crew of the trawler near Vigo. They were tired.")
    found = next(token for token in read.tokens if token.text == "found")
    crew = next(token for token in read.dependents[found.index] if token.deprel == "obj")
    assert " ".join(token.text for token in read.subtree(crew)).startswith("the crew of the trawler")
    assert [token.text for token in read.sentence_of(read.tokens[-1])] == ["They", "were", "tired", "."]
    assert [token.text for token in read.tokens_in(Span(9, 17))] == ["found"]
    assert [token.text for token in read.tokens_in(Span(9, 23))] == ["found", "the", "crew"]


def test_other_languages_are_not_parsed_and_unknown_ones_are() -> None:
    text = "Die Brücke bei Esseg bleibt gesperrt."
    assert reading(text, "de").tokens == ()
    assert reading(text, "de").sentences == ()
    assert reading(text, None).tokens != ()


def test_texts_without_words_give_nothing() -> None:
    for text in ("", " \n\t ", "\u200b", "\u00ad\n\n\ufeff"):
        assert reading(text).tokens == ()
        assert reading(text).names == ()


def test_a_text_is_parsed_once() -> None:
    read = reading("The dam held.")
    assert read.tokens is read.tokens
    assert read.parse is read.parse


def test_who_never_asks_for_grammar_never_loads_the_parser() -> None:
    program = (
        "import sys; from datetime import date; from extractors.extractor import discover\n"
        "from extractors.language.reading import Reading\n"
        "text = 'CAIRO (AP) — “It is over for good now,” said Amal Haddad.'\n"
        "read = Reading(text, date(2024, 3, 22), 'en')\n"
        "found = [list(discover()[name].read(read)) for name in ('dateline', 'time_expressions')]\n"
        "assert all(found), found\n"
        "assert not {'spacy', 'thinc', 'training'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
