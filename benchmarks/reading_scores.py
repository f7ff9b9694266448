"""How what was read is compared with what people marked: spans paired one to one, F1, shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from storage.events import Span

_A = TypeVar("_A")
_B = TypeVar("_B")


@dataclass
class Score:
    """Right, told and wanted, added up over texts."""

    right: int = 0
    told: int = 0
    wanted: int = 0
    faults: Counter[str] = field(default_factory=Counter[str])

    def add(self, right: int, told: int, wanted: int) -> None:
        """The counts of one text."""
        self.right += right
        self.told += told
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of what was told that is right."""
        return self.right / max(1, self.told)

    @property
    def recall(self) -> float:
        """Share of what was wanted that was told."""
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(1, self.told + self.wanted)

    def __str__(self) -> str:
        return f"{self.f1:.3f}  (P {self.precision:.3f}, R {self.recall:.3f}, of {self.wanted})"


@dataclass
class Share:
    """How many of some are right."""

    right: int = 0
    of: int = 0

    def add(self, is_right: bool) -> None:
        """One more."""
        self.of += 1
        self.right += is_right

    @property
    def value(self) -> float:
        """The share itself."""
        return self.right / max(1, self.of)

    def __str__(self) -> str:
        return f"{self.value:.3f}  ({self.right} of {self.of})"


def overlap(a: Iterable[Span], b: Iterable[Span]) -> float:
    """Characters that both have, of those that either has."""
    first, second = list(a), list(b)
    both = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in first for y in second)
    either = sum(x.end - x.start for x in [*first, *second]) - both
    return both / either if either else 0.0


def paired(
    wanted: Sequence[_A], told: Sequence[_B], likeness: Callable[[_A, _B], float], least: float
) -> list[tuple[_A, _B]]:
    """Pairs one to one, the likest first."""
    likenesses = [(likeness(each, other), i, j) for i, each in enumerate(wanted) for j, other in enumerate(told)]
    taken_wanted: set[int] = set()
    taken_told: set[int] = set()
    pairs: list[tuple[_A, _B]] = []
    for like, i, j in sorted(likenesses, key=lambda each: (-each[0], each[1], each[2])):
        if like < least:
            break
        if i not in taken_wanted and j not in taken_told:
            taken_wanted.add(i)
            taken_told.add(j)
            pairs.append((wanted[i], told[j]))
    return pairs
