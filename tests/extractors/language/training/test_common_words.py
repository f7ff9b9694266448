from extractors.language.training.common_words import common_words
from extractors.language.training.conllu import Sentence, Word


def sentence(*words: tuple[str, bool]) -> Sentence:
    return Sentence("own", tuple(Word(form, form, "X", "X", "", 0, "dep", "", after) for form, after in words))


def test_words_are_what_stands_between_blanks_the_commonest_first() -> None:
    once = sentence(("They", True), ("did", False), ("n't", True), ("sail", False), (".", True))
    again = sentence(("They", True), ("sail", False), (".", False))
    assert common_words([once, again]) == ["They", "sail.", "didn't"]
