"""A stretch that may be a name, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.language.entities.known import Kind, Known
from storage.vocabulary import Span

SURE, LIKELY, GUESSED = 3, 2, 1
# words before a name that speak for a place, and those that leave little doubt
OF_PLACE = frozenset({"in", "near", "from", "outside", "around", "at", "to", "of", "across", "towards"})
SURELY_OF_PLACE = frozenset({"in", "near", "outside"})
MOST_NAME_WORDS = 5


@dataclass(frozen=True)
class Mention:
    """A name in the text, without its title. `weight` is how much its kind counts when the article votes."""

    span: Span
    kind: Kind
    weight: int
    known: Known | None = None
    title: Span | None = None
