"""What mends of parse trees share: tokens hung elsewhere, and what hangs below one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from extractors.language.tokens import Token

NOMINAL = ("PROPN", "NOUN", "PRON")
Mends = dict[str, tuple[Callable[[list[Token], range, int], None], ...]]  # by the relation of the token looked at


def hang(tokens: list[Token], token: Token, head: int, deprel: str) -> None:
    """Hang a token on another; what hangs below it comes with it."""
    tokens[token.index] = msgspec.structs.replace(tokens[token.index], head=head, deprel=deprel)


def raise_verb(tokens: list[Token], verb: Token, top: Token) -> None:
    """Put a verb in the place of *top*, as a past form that has one."""
    head = verb.index if top.is_root else top.head
    tokens[verb.index] = msgspec.structs.replace(
        tokens[verb.index], head=head, deprel=top.deprel, upos="VERB", xpos="VBZ" if verb.xpos == "VBZ" else "VBD"
    )


def below(tokens: list[Token], sentence: range, head: int) -> list[Token]:
    """What depends on a token directly, in the order of the text."""
    return [tokens[at] for at in sentence if tokens[at].head == head and at != head]


def has_subject(tokens: list[Token], sentence: range, verb: int) -> bool:
    """Whether a verb has a subject of its own."""
    return any(each.deprel.startswith("nsubj") for each in below(tokens, sentence, verb))


def move(tokens: list[Token], moved: Iterable[Token], head: Token) -> None:
    """Hang tokens below another, as what they are."""
    for each in moved:
        if tokens[each.index].head != head.index and each.index != head.index:
            hang(tokens, each, head.index, each.deprel)
