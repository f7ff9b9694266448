from extractors.language.training.conllu import Sentence, Word
from extractors.language.training.small_words import small_words


def sentence(*forms: str) -> Sentence:
    words = ((form, "PROPN" if form[0].isupper() else "NOUN") for form in forms)
    return Sentence(
        "own", tuple(Word(form, form, upos, "X", "", 0, "dep", "", space_after=True) for form, upos in words)
    )


def test_what_is_mostly_a_name_is_none_of_them_and_first_words_do_not_count() -> None:
    texts = [
        sentence("Boats", "pass", "the", "brown", "bank"),
        sentence("Boats", "met", "Brown", "Brown", "Brown"),
        sentence("A", "NATO", "boat", "I", "I", "I", "i"),
    ]
    assert small_words(texts) == ["bank", "boat", "met", "pass", "the"]
