"""One record for what an article tells several times: the same type between the same parties on days that agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.events.event import PoliticalEvent
    from extractors.events.party import Party


_OF_MODES = frozenset({"SANCTION", "REQUEST", "REJECT"})  # whose modes are different deeds
_BY_PHONE = frozenset({"phone"})  # a call is no meeting


def joined(events: Iterable[PoliticalEvent]) -> list[PoliticalEvent]:
    """Events without repetitions, in the order of the text; of several tellings the fullest stays."""
    kept: list[PoliticalEvent] = []
    for event in events:
        at = next((n for n, other in enumerate(kept) if _is_repetition(event, other)), None)
        if at is None:
            kept.append(event)
        elif _fullness(event) > _fullness(kept[at]):
            kept[at] = event
    return sorted(kept, key=lambda each: (each.trigger, each.frame.frame_id))


def _is_repetition(event: PoliticalEvent, other: PoliticalEvent) -> bool:
    if event.coded.event_type != other.coded.event_type or event.coded.aux != other.coded.aux:
        return False
    if event.is_claim != other.is_claim:
        return False
    if (
        event.is_dated
        and other.is_dated
        and (event.period.first > other.period.last or event.period.last < other.period.first)
    ):
        return False
    if _are_of_two_kinds(event, other):
        return False
    if event.reciprocal and other.reciprocal:
        a, b = _keys((*event.actors, *event.recipients)), _keys((*other.actors, *other.recipients))
        return a <= b or b <= a
    return _keys(event.actors) == _keys(other.actors) and _keys(event.recipients) == _keys(other.recipients)


def _are_of_two_kinds(event: PoliticalEvent, other: PoliticalEvent) -> bool:
    """A march and a strike, or what students and what drivers do: one country has many who act by themselves."""
    if event.evidence == other.evidence and event.frame is not other.frame and _are_told_apart(event, other):
        return True
    modes, others = set(event.coded.modes), set(other.coded.modes)
    if _BY_PHONE & (modes ^ others):
        return True
    is_of_modes = bool(modes and others and not modes & others)
    if event.recipients or other.recipients or event.reciprocal:
        is_at_home = len(_keys((*event.actors, *event.recipients))) == 1
        is_told_apart = is_at_home or event.coded.event_type in _OF_MODES
        return (is_of_modes and is_told_apart) or (is_at_home and _are_others(event.actors, other.actors))
    return is_of_modes or {each.sectors for each in event.actors} != {each.sectors for each in other.actors}


def _are_told_apart(event: PoliticalEvent, other: PoliticalEvent) -> bool:
    """Two verbs of one sentence tell of two deeds; a strike kills."""
    return event.coded.event_type != "ASSAULT" and not (event.frame.is_nominal or other.frame.is_nominal)


def _are_others(first: tuple[Party, ...], second: tuple[Party, ...]) -> bool:
    """Whether parties of one country have no sector in common."""
    one, two = ({sector for each in parties for sector in each.sectors} for parties in (first, second))
    return bool(one and two) and not one & two


def _keys(parties: tuple[Party, ...]) -> set[str]:
    return {party.code or party.name.lower() for party in parties}


def _fullness(event: PoliticalEvent) -> tuple[bool, int, int]:
    return (event.is_dated, len(event.actors) + len(event.recipients), int(event.place is not None))
