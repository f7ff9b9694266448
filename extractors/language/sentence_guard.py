"""Where no sentence can begin: the parser is told before it looks, whatever the words suggest.

It seldom matters: sentence F1 on the test treebanks moves by a tenth of a point at most. But a subject cut off from its
verb at a comma costs a whole statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_NEVER_FIRST = frozenset(
    [",", ".", "!", "?", ";", ":", "%", "”", "\u2019", ")", "]", "'s", "\u2019s", "n't", "n\u2019t"]
)
_NEVER_BEFORE = frozenset([",", "“", "\u2018", "(", "["])
_CLOSING = frozenset(["”", '"', "''", "\u2019", "'", ")", "]", "»"])
_NAME = "sentence_guard"


def guard(nlp: Language) -> None:
    """Put the guard before the parser."""
    from spacy.language import Language

    if not Language.has_factory(_NAME):
        Language.component(_NAME, func=forbid)
    nlp.add_pipe(_NAME, before="parser")


def forbid(doc: Doc) -> Doc:
    """Mark the tokens that cannot begin a sentence; what follows a quotation in small letters goes on with it."""
    before = ""
    for token in doc:
        text = token.text
        goes_on = before in _CLOSING and text[:1].islower()
        if before and (goes_on or before in _NEVER_BEFORE or text in _NEVER_FIRST):
            token.is_sent_start = False
        before = text
    return doc
