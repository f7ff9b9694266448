"""Nouns that name days, months and the like, and so no party."""

from __future__ import annotations

from extractors.language.tokens import Token

_TIMES = frozenset(
    "january february march april may june july august september october november december day days hour hours minute "
    "minutes week weeks month months year years morning evening night afternoon weekend time".split()
)


def is_time(token: Token) -> bool:
    """Whether a noun names a day, month or the like, and so no party."""
    return token.low.endswith("day") or token.low in _TIMES
