"""Whom "according to" names, and where what they are called ends."""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.language.tokens import Token

_MARKS = frozenset(',.;—–:“”"')
_DESCRIBING = frozenset({"a", "an", "the", "its", "his", "her", "their", "who", "one"})
_MOST_DESCRIBING = 9  # tokens


def source_after(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that begins at a place of a sentence ending at *last*: its last token, and that of an apposition.

    According to Amal Haddad, the mayor, nobody was told: Haddad, mayor. None where a mark follows at once.
    """
    end = first
    while end <= last and tokens[end].text not in _MARKS:
        end += 1
    return (end - 1, _apposition_end(tokens, end - 1, last)) if end > first else None


def _apposition_end(tokens: tuple[Token, ...], end: int, last: int) -> int:
    if end + 2 > last or tokens[end + 1].text != "," or tokens[end + 2].low not in _DESCRIBING:
        return end
    for each in tokens[end + 2 : min(end + 2 + _MOST_DESCRIBING, last + 1)]:
        if each.text == ",":
            return each.index - 1
        if each.upos in ("VERB", "AUX"):
            break
    return end
