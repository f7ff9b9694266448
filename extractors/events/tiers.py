"""How far a record can be relied upon, from what its frame was worth on annotated texts (`frame_figures.tsv`).

A frame's share of right records is smoothed towards that of its type, and that towards all frames' together (the mean
of a Beta posterior whose prior weighs some few records; Casella, "An introduction to empirical Bayes data analysis",
1985): a frame that was never seen is as good as its type, one that was seen often as good as itself.
`python -m benchmarks.events --write-figures` measures the figures anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Tier = Literal["sure", "likely", "possible"]
_FRAME_WEIGHT, _TYPE_WEIGHT = 3, 8  # records that a prior is worth; with 1, 2 or 5 ten folds say much the same
_SURE, _LIKELY = 0.85, 0.65  # in ten folds .92 of the sure and .84 of the likely were right
_HEAD = ("frame_id", "fired", "right")


class FigureError(ValueError):
    """A line of the figures cannot be read."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(
            f"frame_figures.tsv, line {line}: {text!r} is not frame_id, fired and right (0 <= right <= fired), parted "
            "by tabs; write the file anew with python -m benchmarks.events --write-figures"
        )
        self.line, self.text = line, text


@dataclass(frozen=True)
class Figure:
    """How often a frame's records could be judged on annotated texts, and how many of these were right."""

    fired: int
    right: int


@dataclass(frozen=True)
class Worth:
    """What frames are worth, by their figures."""

    of_frames: Mapping[str, Figure]
    of_types: Mapping[str, Figure]
    of_all: Figure

    @classmethod
    def of(cls, figures: Mapping[str, Figure]) -> Worth:
        """Sum the figures of frames, whose identifiers begin with their type."""
        by_type: dict[str, list[Figure]] = {}
        for frame_id, figure in figures.items():
            by_type.setdefault(_type(frame_id), []).append(figure)
        return cls(figures, {key: _sum(each) for key, each in by_type.items()}, _sum(figures.values()))

    def precision(self, frame_id: str) -> float:
        """The share of a frame's records that is expected to be right, between 0 and 1.

        >>> Worth.of({"AID X aid Y": Figure(9, 9), "AID X fund Y": Figure(1, 0)}).precision("AID X aid Y") > 0.9
        True
        """
        all_share = self.of_all.right / self.of_all.fired if self.of_all.fired else 0.0
        of_type = _smoothed(self.of_types.get(_type(frame_id)), all_share, _TYPE_WEIGHT)
        return _smoothed(self.of_frames.get(frame_id), of_type, _FRAME_WEIGHT)

    def tier(self, frame_id: str, *, is_told_who: bool) -> Tier:
        """The tier of a frame's record; where nobody is told to have done it, it is not sure."""
        share = self.precision(frame_id)
        if share >= _SURE and is_told_who:
            return "sure"
        return "likely" if share >= _LIKELY else "possible"


@cache
def shipped_worth() -> Worth:
    """By the figures that dateline ships. Raises FigureError."""
    return Worth.of(figures_in((files("extractors.events") / "frame_figures.tsv").read_text("utf-8")))


def figures_in(text: str) -> dict[str, Figure]:
    """The figures of a file, by frame. Raises FigureError."""
    found: dict[str, Figure] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = tuple(line.split("\t"))
        if cells == _HEAD:
            continue
        if len(cells) != len(_HEAD) or not cells[1].isdecimal() or not cells[2].isdecimal():
            raise FigureError(number, line)
        found[cells[0]] = Figure(int(cells[1]), int(cells[2]))
        if found[cells[0]].right > found[cells[0]].fired:
            raise FigureError(number, line)
    return found


def written(figures: Mapping[str, Figure]) -> str:
    """Figures as the file's text, in the order of the frames."""
    lines = ["\t".join(_HEAD), *(f"{key}\t{each.fired}\t{each.right}" for key, each in sorted(figures.items()))]
    return "\n".join(lines) + "\n"


def _type(frame_id: str) -> str:
    return frame_id.partition(" ")[0]


def _sum(figures: Iterable[Figure]) -> Figure:
    each = tuple(figures)
    return Figure(sum(one.fired for one in each), sum(one.right for one in each))


def _smoothed(figure: Figure | None, share: float, weight: int) -> float:
    if figure is None:
        return share
    return (figure.right + weight * share) / (figure.fired + weight)
