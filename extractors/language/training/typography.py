"""The same sentences as newsrooms set them: curly quotation marks, dashes, headline capitals, capitals throughout.

Treebanks are typed with straight marks; pages are not. Every change keeps the number of words.
"""

from __future__ import annotations

import random
from dataclasses import replace

from extractors.language.training.conllu import Sentence, with_forms

_SMALL = frozenset("a an the and but or nor of in on at to for by as from with into over after".split())
_CURLY_SHARE = 0.5
_MARKS = ('"', "``", "''")


def curled(group: list[Sentence]) -> list[Sentence]:
    """Straight marks turned into curly ones, double hyphens into long dashes."""
    done: list[Sentence] = []
    is_open = False
    for sentence in group:
        forms: list[str] = []
        for word in sentence.words:
            form = word.form
            if form in _MARKS:
                form, is_open = ("”" if is_open else "“"), not is_open
            elif form == "--":
                form = "—"
            elif form == "'" and word.xpos == "``":
                form = "‘"
            forms.append(form.replace("'", "’"))
        done.append(with_forms(sentence, forms))
    return done


def maybe_curled(group: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Curly marks in about half of all texts."""
    return curled(group) if rng.random() < _CURLY_SHARE else group


def headline(sentence: Sentence) -> Sentence:
    """Capitals on all but small words, no full stop."""
    words = sentence.words[:-1] if _ends_with_free_stop(sentence) else sentence.words
    forms = [
        word.form if place and word.form in _SMALL else word.form[:1].upper() + word.form[1:]
        for place, word in enumerate(words)
    ]
    return with_forms(replace(sentence, words=words), forms)


def _ends_with_free_stop(sentence: Sentence) -> bool:
    """A final full stop that nothing hangs on."""
    last = len(sentence.words) - 1
    return last > 0 and sentence.words[-1].form == "." and all(word.head != last for word in sentence.words)


def capitals(sentence: Sentence) -> Sentence:
    """Capitals throughout. Lemmas are left unknown: no rule of spelling leads back from them."""
    words = (_respelt(word.form.upper(), word.form) for word in sentence.words)
    return _without_lemmas(with_forms(sentence, list(words)))


def small_letters(sentence: Sentence) -> Sentence:
    """No capitals, as in messages typed in haste."""
    return _without_lemmas(with_forms(sentence, [_respelt(word.form.lower(), word.form) for word in sentence.words]))


def _respelt(new: str, old: str) -> str:
    return new if len(new) == len(old) else old


def _without_lemmas(sentence: Sentence) -> Sentence:
    return replace(sentence, words=tuple(replace(word, lemma="") for word in sentence.words))
