"""Sentences as the tests of events look at them: type, who and whom."""

from datetime import date

from extractors.events.coder import political_events_in
from extractors.events.event import PoliticalEvent
from extractors.language.reading import Reading

DAY = date(2024, 3, 22)


def events_of(text: str) -> list[PoliticalEvent]:
    """The events of a text written on a Friday in March 2024."""
    return political_events_in(Reading(text, DAY, "en"))


def told(text: str) -> list[tuple[str, set[str | None], set[str | None]]]:
    """Type, actors' and recipients' codes of each event."""
    return [
        (event.coded.event_type, {each.code for each in event.actors}, {each.code for each in event.recipients})
        for event in events_of(text)
    ]
