"""The frames as a question that the edition answers: which there are, and what each was worth on annotated texts.

Pure: frames and figures in, SQL in the form of a view file out. Frames are no records, so their rows stand in the
view's own SQL: a changed frame or figure is a changed view, and the edition is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from string import Template
from typing import Any

from extractors.events.lexicon import Frame, frames
from extractors.events.scale import QUADS, intensity
from extractors.events.tiers import Figure, Worth, shipped_worth

NAME = "rules"
_NEVER = Figure(0, 0)
_KINDS = {
    "rule": "VARCHAR",
    "event_type": "VARCHAR",
    "modes": ["VARCHAR"],
    "contexts": ["VARCHAR"],
    "quad_code": "INTEGER",
    "intensity": "DECIMAL(3, 1)",
    "cameo": "VARCHAR",
    "triggers": ["VARCHAR"],
    "is_nominal": "BOOLEAN",
    "example": "VARCHAR",
    "fired": "INTEGER",
    "found_right": "INTEGER",
    "expected": "DECIMAL(4, 3)",
    "tier": "VARCHAR",
}


def rules_view() -> str:
    """The view over the frames and figures that dateline ships."""
    return view_of(frames(), shipped_worth())


def view_of(chosen: Iterable[Frame], worth: Worth) -> str:
    """The view over some frames, in their order."""
    rows = json.dumps([_row(each, worth) for each in chosen], ensure_ascii=False)
    sql = (files("extractors.events") / "rules.sql").read_text("utf-8")
    return Template(sql).substitute(rows=_quoted(rows), kinds=_quoted(json.dumps([_KINDS])))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _row(frame: Frame, worth: Worth) -> dict[str, Any]:
    figure = worth.of_frames.get(frame.frame_id, _NEVER)
    return {
        "rule": frame.frame_id,
        "event_type": frame.event_type,
        "modes": frame.modes,
        "contexts": frame.contexts,
        "quad_code": QUADS[frame.event_type],
        "intensity": str(intensity(frame.event_type, frame.modes)),
        "cameo": frame.cameo,
        "triggers": sorted(frame.triggers),
        "is_nominal": frame.is_nominal,
        "example": frame.example,
        "fired": figure.fired,
        "found_right": figure.right,
        "expected": f"{worth.precision(frame.frame_id):.3f}",
        "tier": worth.tier(frame.frame_id, is_told_who=True),
    }
