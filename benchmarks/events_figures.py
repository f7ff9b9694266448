"""What each frame is worth on annotated texts, and whether the tier made of it holds on texts that it was not made of.

Judged are the records between two marked actors, in either direction, and those that name the marked actor alone: right
where type and direction are. Records about others are not judged, the annotation being silent there; where a record
has the marked type and one of the marked actors but somebody else on the other side, the share `strict` counts it as
wrong. PETRARCH's unit cases are left out: their codes mostly mean other things (`events_petrarch.py`), and one of their
sentences stands there fifty times. The folds hold out figures only: the frames themselves grew on these sentences, so
that texts never seen will do worse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.events_marked import MarkedCoding
from extractors.events.event import PoliticalEvent
from extractors.events.tiers import Figure, Tier, Worth, written

_FOLDS = 10
_FILE = Path("extractors/events/frame_figures.tsv")
_TIERS: tuple[Tier, ...] = ("sure", "likely", "possible")
_SURE_PRECISION, _SURE_RECALL = 0.85, 0.25


@dataclass
class _Tally:
    records: int = 0
    judged: int = 0
    right: int = 0
    half: int = 0


def figures_of(codings: Iterable[MarkedCoding]) -> dict[str, Figure]:
    """How often each frame's records were judged, and how many of these were right."""
    found: dict[str, Figure] = {}
    for coding in codings:
        for event in coding.events:
            if coding.is_judged(event):
                old = found.get(event.frame.frame_id, Figure(0, 0))
                found[event.frame.frame_id] = Figure(old.fired + 1, old.right + coding.is_right(event))
    return found


def write_figures(codings: Iterable[MarkedCoding]) -> None:
    """Write the figures where the extractor reads them."""
    _FILE.write_text(written(figures_of(codings)), "utf-8")
    print(f"written: {_FILE}")


def report_tiers(codings: list[MarkedCoding]) -> None:
    """Precision and recall of each tier, every sentence judged by figures of the other nine tenths."""
    tallies = {tier: _Tally() for tier in _TIERS}
    for fold in range(_FOLDS):
        worth = Worth.of(figures_of(each for at, each in enumerate(codings) if at % _FOLDS != fold))
        for coding in codings[fold::_FOLDS]:
            for event in coding.events:
                _count(tallies[_tier(worth, event)], coding, event)
    for tier, tally in tallies.items():
        precision, recall = tally.right / max(1, tally.judged), tally.right / len(codings)
        strict = tally.right / max(1, tally.judged + tally.half)
        aim = f", aim {_SURE_PRECISION} at {_SURE_RECALL}" if tier == "sure" else ""
        print(
            f"tier {tier:9} {tally.records:5} records, {tally.judged} judged: precision {precision:.3f} (strict "
            f"{strict:.3f}) at recall {recall:.3f}{aim}"
        )


def _tier(worth: Worth, event: PoliticalEvent) -> Tier:
    return worth.tier(event.frame.frame_id, is_told_who=bool(event.actors))


def _count(tally: _Tally, coding: MarkedCoding, event: PoliticalEvent) -> None:
    tally.records += 1
    if coding.is_judged(event):
        tally.judged += 1
        tally.right += coding.is_right(event)
    else:
        tally.half += coding.is_half_right(event)
