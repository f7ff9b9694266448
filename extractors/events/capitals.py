"""Capitals that stand for their governments: "Moscow accused Kyiv"."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def is_seat(name: str, code: str | None) -> bool:
    """Whether a town of that name in that country (ISO 3166-1 alpha-3) is where its government sits.

    >>> is_seat("Moscow", "RUS"), is_seat("Moscow", "USA")
    (True, False)
    """
    return code is not None and name in _seats().get(code, ())


@cache
def _seats() -> dict[str, tuple[str, ...]]:
    lines = (files("extractors.events") / "capitals.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {code: tuple(names.split("|")) for code, names in rows}
