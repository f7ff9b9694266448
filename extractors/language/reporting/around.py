"""Which statement a place of a text stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.language.reporting.speech import Speech
    from storage.vocabulary import Span


def around(speeches: Iterable[Speech], places: Iterable[int]) -> Iterator[Span | None]:
    """For each place, in rising order, the first piece of the innermost statement that holds it.

    None where the article itself speaks. Of statements that hold a place the shortest piece decides.
    """
    pieces = sorted(
        ((piece.start, -piece.end, each) for each in speeches for piece in each.content), key=lambda piece: piece[:2]
    )
    at = 0
    open_ones: list[tuple[int, int, Speech]] = []
    for place in places:
        while at < len(pieces) and pieces[at][0] <= place:
            open_ones.append(pieces[at])
            at += 1
        open_ones = [piece for piece in open_ones if place < -piece[1]]
        inner = min(open_ones, key=lambda piece: (-piece[1] - piece[0], piece[0]), default=None)
        yield inner[2].content[0] if inner else None
