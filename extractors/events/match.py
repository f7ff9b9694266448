"""A frame in its place, and how a pattern's words are recognised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extractors.events.lexicon import Frame
from extractors.events.word_forms import forms
from extractors.language.tokens import Token

# deeds and plans that people praise or attack, not other people
IDEAS = frozenset(
    "budget plan decision policy proposal reform law bill deal agreement ruling verdict speech remark report record "
    "summit handling idea campaign strategy manifesto treaty tax vote ceasefire truce accord pact move step".split()
)


@dataclass(frozen=True)
class Match:
    """A frame in its place, with the heads of the phrases that fill it."""

    frame: Frame
    trigger: Token
    words: tuple[Token, ...]
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    clause: Token | None = None
    score: int = 0


@cache
def _all_forms(words: frozenset[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in forms(word.lower()))


def stands_for(token: Token, words: frozenset[str]) -> bool:
    """Whether a token is one of some words, in any form."""
    return token.low in _all_forms(words) or token.lemma.lower() in words
