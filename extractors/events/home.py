"""Which country a report is about, where it is one: whose police "the police" are."""

from __future__ import annotations

from collections import Counter

from extractors.events.clauses import Clauses
from extractors.events.party import Party
from extractors.language.entities.places import place_in
from extractors.language.opening_line import opening_line

_FEWEST = 3  # mentions; fewer say nothing
_MOST_OF_ALL = 0.6  # of the mentions of countries, their places and people
_CLEARLY_MORE = 2  # times as often as the next, where the report was written there too
_AT_HOME = frozenset({"GOV", "COP", "MIL", "JUD", "LEG", "OPP", "PTY", "LAB", "CVL", "UAF"})
# who comes from elsewhere as often as not
_ABROAD = (
    *("observer", "observers"),
    *("delegation", "envoy", "envoys", "ambassador", "ambassadors", "diplomat", "diplomats", "consul", "embassy"),
    *("peacekeepers", "leaders", "countries", "states", "nations", "mediators", "negotiators", "coalition"),
    *(
        "staff",
        "personnel",
        "nationals",
        "citizens",
        "tourists",
        "migrants",
        "refugees",
        "foreigners",
        "hostages",
        "analysts",
        "experts",
    ),
)
_NEIGHBOURS = frozenset({"neighbour", "neighbours", "neighbor", "neighbors", "counterpart", "counterparts"})


def home_of(clauses: Clauses) -> str | None:
    """The country that most of a report's places and nationalities are of; None where no one country is meant."""
    opening = clauses.opening
    start = opening.end if opening is not None else 0
    named = Counter(
        entity.code
        for entity in clauses.reading.entities.all
        if entity.code and entity.kind in ("LOC", "NORP")
        for span in entity.spans
        if span.start >= start
    )
    ranked = sorted(named.items(), key=lambda each: (-each[1], each[0]))
    if not ranked:
        return None
    code, times = ranked[0]
    next_times = ranked[1][1] if len(ranked) > 1 else 0
    is_clear = times >= _CLEARLY_MORE * next_times and _is_written_in(code, clauses)
    return code if times >= _FEWEST and (is_clear or times >= _MOST_OF_ALL * named.total()) else None


def _is_written_in(code: str, clauses: Clauses) -> bool:
    line = opening_line(clauses.reading)
    return line is not None and bool(line.place) and place_in(line.place.title(), code) is not None


def is_at_home(party: Party) -> bool:
    """Whether somebody of no stated country is one of those whom a report names so of its own country."""
    last = party.name.lower().split()[-1:]
    is_local = bool(set(party.sectors) & _AT_HOME) and not set(last) & set(_ABROAD)
    return party.code is None and is_local and not is_elsewhere(party)


def is_elsewhere(party: Party) -> bool:
    """Whether somebody is of another country than whoever else is named: its neighbour."""
    return bool(set(party.name.lower().split()[-1:]) & _NEIGHBOURS)
