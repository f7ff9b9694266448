"""An event as the coder tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractors.events.conversion import Coded
from extractors.events.days import Period
from extractors.events.lexicon import Frame
from extractors.events.party import Party
from extractors.events.places import Place
from extractors.language.casualties import Casualty
from storage.vocabulary import Span


@dataclass(frozen=True)
class PoliticalEvent:
    """An event with all that the text tells of it."""

    coded: Coded
    frame: Frame
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    reciprocal: bool
    period: Period
    is_dated: bool
    scheduled: Period | None
    place: Place | None
    claimed_by: str | None
    is_claim: bool
    reported_in: Span | None
    trigger: Span
    evidence: Span
    toll: Mapping[Casualty, int]
