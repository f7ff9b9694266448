"""Names of all regions, written for this project: first names and surnames to pair, known places and bodies.

They stand in for the few names that the treebanks repeat, so that a model learns the place of a name, not the name.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

_MIDDLE_INITIAL_SHARE = 0.06


@cache
def _listed(file: str, separator: str) -> tuple[str, ...]:
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return tuple(name for line in text.splitlines() for name in line.split(separator) if name)


def first_name(rng: random.Random) -> str:
    """One word."""
    return rng.choice(_listed("first_names.txt", " "))


def surname(rng: random.Random) -> str:
    """One word."""
    return rng.choice(_listed("surnames.txt", " "))


def person(rng: random.Random) -> list[str]:
    """First name, sometimes an initial, surname."""
    initial = [f"{rng.choice('ABCDEFGHJKLMNPRSTW')}."] if rng.random() < _MIDDLE_INITIAL_SHARE else []
    return [first_name(rng), *initial, surname(rng)]


def place(rng: random.Random) -> list[str]:
    """A country, town or region."""
    return rng.choice(_listed("places.txt", ";")).split()


def organisation(rng: random.Random) -> list[str]:
    """A body, party, armed group, news agency or company."""
    return rng.choice(_listed("organisations.txt", ";")).split()
