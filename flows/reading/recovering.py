"""Recovering texts in worker processes: what one way of cleaning cannot do within its CPU time, the next one tries.

The limit counts CPU seconds and not the clock's, so a busy machine changes nothing; and each text says which way it
came.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cleaning import METHODS, CleanedText, Rejection
from flows.reading.articles import Work
from flows.reading.pool import Killed, ReaderPool
from flows.reading.work import Timed, clean_page

Outcome = CleanedText | Rejection


def recover(work: Sequence[Work], pool: ReaderPool) -> list[Timed[Outcome]]:
    """The texts of bodies, in their order; one that no way of cleaning can bear is rejected as hostile."""
    done: dict[int, Timed[Outcome]] = {}
    left = list(range(len(work)))
    for method in METHODS:
        tried = zip(left, pool.run(clean_page, [(*work[place], method) for place in left]), strict=True)
        left = []
        for place, result in tried:
            if isinstance(result, Killed):
                left.append(place)
                done[place] = Timed(Rejection("hostile", result.why), 0.0)
            else:
                done[place] = result
    return [done[place] for place in range(len(work))]
