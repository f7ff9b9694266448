"""The words that the tokenizer of the shipped model knows beforehand: those that English texts are mostly made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from extractors.language.training.conllu import Sentence

_MOST = 8_000  # three words in four of a news text; the tokenizer remembers 10,000 at most


def common_words(sentences: Iterable[Sentence]) -> list[str]:
    """The commonest stretches between blanks, marks included (`Monday,`), the commonest first."""
    counted = Counter(word for sentence in sentences for word in _stretches(sentence))
    return sorted(counted, key=lambda word: (-counted[word], word))[:_MOST]


def _stretches(sentence: Sentence) -> Iterator[str]:
    begun = ""
    for word in sentence.words:
        begun += word.form
        if word.space_after:
            yield begun
            begun = ""
    if begun:
        yield begun
