"""What changed between two texts of an article."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_MANY = 20_000  # beyond this many pieces, compare line by line: the comparison is quadratic at worst


class Change(NamedTuple):
    """Code points that only the new text has, and those that only the old one has."""

    inserted_chars: int
    deleted_chars: int


def change(old: str, new: str) -> Change:
    """Compare two texts word by word.

    >>> change("12 people were killed", "14 people were killed")
    Change(inserted_chars=2, deleted_chars=2)
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if max(len(before), len(after)) > _MANY:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    inserted = deleted = 0
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            deleted += sum(map(len, before[i1:i2]))
            inserted += sum(map(len, after[j1:j2]))
    return Change(inserted, deleted)
