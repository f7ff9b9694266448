"""Who did what to whom: political events after PLOVER 2.0, with CAMEO beside it, and the frame that found each.

The frames lie in `extractors/events/frames/`, the coder in `extractors/events/`. What is only wanted or feared
is no event; what is promised, demanded, refused or threatened is an event of its own. What is said to have been done
carries `reported_in` and `claimed_by`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import msgspec
from typing_extensions import Doc

from extractors.events.coder import political_events_in
from extractors.events.event import PoliticalEvent
from extractors.events.party import Party
from extractors.events.places import Place
from extractors.events.scale import QUADS, EventType, intensity
from extractors.events.tiers import Tier, shipped_worth
from extractors.extractor import extractor
from extractors.language.reading import Reading
from storage.events import Finding, Span, event

_MOST_WORDS = 8


class EventParty(msgspec.Struct, frozen=True):
    """One of those who act or are acted upon."""

    code: Annotated[str | None, Doc("ISO 3166-1 alpha-3, or PLOVER's IGO UNO EUR NGO ISM IMG MNC; null: untold")]
    sectors: Annotated[list[str], Doc("PLOVER sectors, primary first; may be empty")]
    entity_id: Annotated[str | None, Doc("entity, scheme:id; null for people without a name")]
    name: Annotated[str, Doc("usual name where it was resolved, else as it stands, at most eight words")]
    span: Annotated[Span, Doc("the phrase that names it, or the pronoun that stands for it")]


class EventPlace(msgspec.Struct, frozen=True):
    """Where it happened."""

    name: Annotated[str, Doc("usual name of the place")]
    span: Annotated[Span, Doc("the words that name it")]
    entity_id: Annotated[str, Doc("the place as an entity, scheme:id")]
    geonameid: Annotated[int | None, Doc("GeoNames number; null where the place was not resolved to one")]
    latitude: Annotated[Decimal | None, Doc("degrees north, WGS 84; null for countries, provinces and the unresolved")]
    longitude: Annotated[Decimal | None, Doc("degrees east, WGS 84; null for countries, provinces and the unresolved")]
    admin1: Annotated[str | None, Doc("first-order division: GeoNames' UA.07, of a province itself ISO 3166-2's UA-63")]
    country: Annotated[str | None, Doc("ISO 3166-1 alpha-3; null where it was not resolved")]


@event
class PoliticalEventCoded(Finding, frozen=True, kw_only=True):
    """Somebody is reported to have done something to somebody."""

    anchor: ClassVar[tuple[str, ...]] = ("trigger", "event_type")
    event_type: Annotated[EventType, Doc("PLOVER type")]
    modes: Annotated[list[str], Doc("PLOVER modes of the type; may be empty")]
    contexts: Annotated[list[str], Doc("PLOVER contexts; may be empty")]
    quad_code: Annotated[int, Doc("1 verbal, 2 material cooperation; 3 verbal, 4 material conflict")]
    intensity: Annotated[Decimal, Doc("PLOVER's score of type and mode, from -10 (conflict) to 10 (cooperation)")]
    cameo: Annotated[str, Doc("CAMEO code, leading zero kept")]
    actors: Annotated[
        list[EventParty], Doc("who does it; of a reciprocal event everybody who takes part; may be empty")
    ]
    recipients: Annotated[list[EventParty], Doc("to whom it is done; may be empty")]
    reciprocal: Annotated[bool, Doc("true: they do it to each other, and all are actors")]
    starts_on: Annotated[date, Doc("first day on which it was done or said, not the day promised")]
    ends_on: Annotated[date, Doc("last day on which it was done or said, included")]
    date_precision: Annotated[
        Literal["day", "week", "month", "quarter", "half", "season", "year", "context", "article"],
        Doc("how fine the text is; context: the actor's day before; article: untold, the article's day"),
    ]
    scheduled_starts_on: Annotated[date | None, Doc("first day for which it is promised or planned; null: untold")]
    scheduled_ends_on: Annotated[date | None, Doc("last day for which it is promised or planned; null: untold")]
    place: Annotated[EventPlace | None, Doc("where, from the clause itself, never from the opening line; null: untold")]
    place_resolution: Annotated[int | None, Doc("PLOVER's scale: 1 country, 2 province, 4 city; null: untold")]
    aux: Annotated[list[str], Doc("negation, future, historical; may be empty")]
    killed: Annotated[int | None, Doc("how many were killed, the least that the clause's words mean; null: untold")]
    injured: Annotated[int | None, Doc("how many were injured, the least that the clause's words mean; null: untold")]
    detained: Annotated[int | None, Doc("how many were detained, the least that the clause's words mean; null: untold")]
    claimed_by: Annotated[str | None, Doc("who says so, where somebody else than the actor does; null: the article")]
    is_claim: Annotated[bool, Doc("true: an accusation claims it, and the article does not tell it as done")]
    reported_in: Annotated[
        Span | None, Doc("first piece of the statement, or the accusation, that reports it; null: the article")
    ]
    trigger: Annotated[Span, Doc("the words that tell of it")]
    evidence: Annotated[Span, Doc("the sentence they stand in")]
    rule: Annotated[str, Doc("the frame that found it, as in extractors/events/frames/: type and pattern")]
    tier: Annotated[Tier, Doc("how far to rely on it, by what its frame was worth on annotated texts")]


@extractor(version=1, languages=["en"])
def political_events(reading: Reading) -> Iterator[PoliticalEventCoded]:
    """The political events of a text, in its order, each once."""
    for each in political_events_in(reading):
        yield _record(each)


def _record(found: PoliticalEvent) -> PoliticalEventCoded:
    coded, place = found.coded, found.place
    return PoliticalEventCoded(
        event_type=coded.event_type,
        modes=list(coded.modes),
        contexts=list(found.frame.contexts),
        quad_code=QUADS[coded.event_type],
        intensity=intensity(coded.event_type, coded.modes),
        cameo=coded.cameo,
        actors=[_party(each) for each in found.actors],
        recipients=[_party(each) for each in found.recipients],
        reciprocal=found.reciprocal,
        starts_on=found.period.first,
        ends_on=found.period.last,
        date_precision=_precision(found),
        scheduled_starts_on=found.scheduled.first if found.scheduled else None,
        scheduled_ends_on=found.scheduled.last if found.scheduled else None,
        place=_place(place) if place else None,
        place_resolution=place.resolution if place else None,
        aux=list(coded.aux),
        killed=found.toll.get("killed"),
        injured=found.toll.get("injured"),
        detained=found.toll.get("detained"),
        claimed_by=_short(found.claimed_by) if found.claimed_by else None,
        is_claim=found.is_claim,
        reported_in=found.reported_in,
        trigger=found.trigger,
        evidence=found.evidence,
        rule=found.frame.frame_id,
        tier=shipped_worth().tier(found.frame.frame_id, is_told_who=bool(found.actors)),
    )


_Precision = Literal["day", "week", "month", "quarter", "half", "season", "year", "context", "article"]
_PRECISIONS: dict[str, _Precision] = {
    "week": "week",
    "weekend": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "season": "season",
    "year": "year",
    "decade": "year",
    "century": "year",
}


def _precision(found: PoliticalEvent) -> _Precision:
    if not found.is_dated:
        return "context" if found.period.precision == "context" else "article"
    return _PRECISIONS.get(found.period.precision, "day")


def _place(place: Place) -> EventPlace:
    return EventPlace(
        name=place.name,
        span=place.span,
        entity_id=place.entity_id,
        geonameid=place.geonameid,
        latitude=place.latitude,
        longitude=place.longitude,
        admin1=place.admin1,
        country=place.country,
    )


def _party(party: Party) -> EventParty:
    return EventParty(party.code, list(party.sectors), party.entity_id, _short(party.name), party.span)


def _short(name: str) -> str:
    return " ".join(name.split()[:_MOST_WORDS])
