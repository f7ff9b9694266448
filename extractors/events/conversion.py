"""PLOVER's rules of mood: what a frame becomes when it is promised, refused, demanded, planned or denied.

The coming CONSULT, SUPPORT, COOPERATE and AID are AGREE; a coming RETREAT is CONCEDE; announced force or coercion is
THREATEN; a cancelled meeting is REJECT. What is only possible is no event.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extractors.events.factuality import Status
from extractors.events.party import Party
from extractors.events.scale import EventType

COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"})
YIELDING = frozenset({"RETREAT", "CONCEDE"})
_ARMED = frozenset({"REB", "MIL", "UAF"})
_UNARMED = frozenset({"demo", "strike", "hunger", "boycott"})  # what soldiers do as citizens
_STATES = frozenset({"GOV"})
_BODIES = frozenset({"IGO", "UNO", "EUR"})
_PROTESTING = frozenset({"protest"})
_KEEPING_ORDER = frozenset({"GOV", "COP", "MIL"})
FORCEFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"})
_MODE_ASKED = {
    "CONSULT": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
_CAMEO_ASKED = {"meet": "106", "assist": "101", "yield": "105", "change": "104"}
_CAMEO_REFUSED = {"meet": "125", "assist": "121", "yield": "124", "change": "123"}
_CAMEO_PROMISED: dict[EventType, str] = {
    "CONSULT": "036",
    "AID": "033",
    "COOPERATE": "031",
    "SUPPORT": "032",
    "AGREE": "030",
}


@dataclass(frozen=True)
class Coded:
    """A type with its mode, CAMEO code and auxiliary."""

    event_type: EventType
    modes: tuple[str, ...]
    cameo: str
    aux: tuple[str, ...] = ()


WORDS = Coded("ACCUSE", ("disapprove",), "111")  # what an attack of words is


def in_mood(coded: Coded, status: Status) -> Coded | None:
    """What becomes of an event that is reported as coming, negated or only possible; None for no event."""
    if status is Status.UNREAL:
        return None
    if status is Status.NEGATED:
        return (
            Coded(coded.event_type, coded.modes, coded.cameo, ("negation",))
            if coded.event_type in FORCEFUL | {"CONSULT", "AID", "RETREAT"}
            else None
        )
    return coded if status is Status.FACT else _refused(coded) if status is Status.REFUSED else _coming(coded)


def _coming(coded: Coded) -> Coded:
    if coded.event_type in COOPERATIVE:
        return Coded("AGREE", (), _CAMEO_PROMISED[coded.event_type], ("future",))
    if coded.event_type in YIELDING:
        return Coded("CONCEDE", (), "080" if coded.event_type == "RETREAT" else coded.cameo, ("future",))
    if coded.event_type in FORCEFUL:
        return Coded("THREATEN", (_threat(coded),), _CAMEO_THREAT[_threat(coded)], ("future",))
    # words that are announced are as good as said: will boycott the talks, will investigate
    return Coded(coded.event_type, coded.modes, coded.cameo, ("future",))


def _refused(coded: Coded) -> Coded | None:
    """What becomes of "will not": a REJECT of what would be cooperation or a step back."""
    if coded.event_type in COOPERATIVE | YIELDING:
        mode = _MODE_ASKED.get(coded.event_type, "change")
        return Coded("REJECT", (mode,), _CAMEO_REFUSED[mode])
    return coded if coded.event_type == "REJECT" else None


def by_doer(coded: Coded, triggers: frozenset[str], actors: Collection[Party]) -> Coded:
    """What becomes of a protest by who did it: PROTEST is of citizens.

    A state that protests complains of something, police that block a road restrict who uses it, and rebels that storm
    the barracks attack.
    """
    if coded.event_type != "PROTEST" or not actors:
        return coded
    sectors = [set(party.sectors) for party in actors]
    if triggers == _PROTESTING and all(_is_state(each) for each in actors):
        return Coded("ACCUSE", ("disapprove",), "114")
    if "obstruct" in coded.modes and all(each and each <= _KEEPING_ORDER for each in sectors):
        return Coded("COERCE", ("restrict",), "191")
    is_armed = all(each & _ARMED for each in sectors) and not _UNARMED & set(coded.modes)
    return Coded("ASSAULT", (), "190") if is_armed else coded


def _is_state(party: Party) -> bool:
    """Whether a party is a state, its government or a body of states; supporters of a government are more than that."""
    return frozenset(party.sectors) == _STATES or party.code in _BODIES


def governed(outer: Coded, inner: Coded | None) -> Coded | None:
    """What a frame that takes a clause becomes by what the clause says; None for no event."""
    if outer.event_type == "AGREE":
        return _promised(outer, inner)
    if outer.event_type == "THREATEN":
        return Coded("THREATEN", (_threat(inner),), _CAMEO_THREAT[_threat(inner)]) if inner else outer
    if outer.event_type in ("REQUEST", "REJECT") and inner is not None:
        mode = _MODE_ASKED.get(inner.event_type, "change")
        table = _CAMEO_ASKED if outer.event_type == "REQUEST" else _CAMEO_REFUSED
        return Coded(outer.event_type, (mode,), table[mode])
    return outer


def _promised(outer: Coded, inner: Coded | None) -> Coded | None:
    if inner is None or inner.event_type in COOPERATIVE:
        return outer
    if inner.event_type in YIELDING | {"MOBILIZE"}:
        return outer
    if inner.event_type in FORCEFUL | {"THREATEN"}:
        return Coded("THREATEN", (_threat(inner),), _CAMEO_THREAT[_threat(inner)])
    if inner.event_type == "REJECT":
        return Coded("REJECT", inner.modes or ("change",), inner.cameo)
    return None


_CAMEO_THREAT = {
    "violence": "138",
    "relations": "131",
    "restrict": "132",
    "expel": "136",
    "arrest": "132",
    "territory": "1382",
}


def _threat(inner: Coded) -> str:
    """The content of a threat."""
    if inner.event_type == "THREATEN":
        return inner.modes[0] if inner.modes else "violence"
    if inner.event_type == "COERCE":
        own = inner.modes[0] if inner.modes else ""
        return {"arrest": "arrest", "deport": "expel", "seize": "territory"}.get(own, "restrict")
    if inner.event_type == "SANCTION":
        return "expel" if "expel" in inner.modes else "relations"
    return {"PROTEST": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}.get(inner.event_type, "relations")
