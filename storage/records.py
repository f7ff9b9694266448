"""An event in its envelope: what the log stores of it, before it has a position.

The envelope's identity rules are DESIGN's: the same fact has the same `event_id` on every machine and night, so that a
repeated night adds nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import uuid_utils.compat

from storage.canonical import canonical, named, refuse_inexact
from storage.vocabulary import Event, Scope


class Producer(msgspec.Struct, frozen=True):
    """Who makes records: a flow step, a cleaner or an extractor, with the version of its rules."""

    name: str
    version: int


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What an event's envelope says beside the event: who produced it, in which run, about which day."""

    producer: Producer
    run_id: UUID
    published_on: date
    occurred_at: datetime | None = None
    extraction_id: UUID | None = None
    caused_by: UUID | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the log without `position` and `recorded_at`, which the log gives when it is appended."""

    event_id: str
    event_key: str
    record_type: str
    schema_version: int
    stream: str
    extraction_id: str | None
    occurred_at: datetime | None
    published_on: date
    producer: str
    producer_version: int
    run_id: str
    caused_by: str | None
    payload: str

    @property
    def id(self) -> UUID:
        """The event's identity as a UUID, to be named as a cause."""
        return UUID(self.event_id)


def record(event: Event, subject: UUID | None, context: Context) -> Record:
    """Put an event about *subject* (article, feed or run id) into its envelope.

    Raises:
        NotCanonicalError: a field holds a float or an integer beyond 53 bits.
    """
    refuse_inexact(event, event.record_type())
    payload = canonical(event)
    stream = event.about if subject is None else f"{event.about}:{subject}"
    event_id = _event_id(event, stream, payload, context)
    return Record(
        event_id=str(event_id),
        event_key=str(_event_key(event, stream) or event_id),
        record_type=event.record_type(),
        schema_version=event.schema_version,
        stream=stream,
        extraction_id=_text(context.extraction_id),
        occurred_at=context.occurred_at,
        published_on=context.published_on,
        producer=context.producer.name,
        producer_version=context.producer.version,
        run_id=str(context.run_id),
        caused_by=_text(context.caused_by),
        payload=payload.decode(),
    )


def _event_id(event: Event, stream: str, payload: bytes, context: Context) -> UUID:
    fields = payload if event.named_by is None else canonical([getattr(event, name) for name in event.named_by])
    return named(event.record_type(), stream, *_within(event.scope, context), fields)


def _within(scope: Scope, context: Context) -> tuple[str | None, ...]:
    """The parts of the envelope that belong to an identity."""
    if scope is Scope.RUN:
        return (str(context.run_id),)
    if scope is Scope.CAPTURE:
        return (_text(context.caused_by), context.producer.name, str(context.producer.version))
    if scope is Scope.EXTRACTION:
        return (_text(context.extraction_id),)
    return ()


def _event_key(event: Event, stream: str) -> UUID | None:
    """What findings of different versions about the same place of the same article share."""
    if not event.anchor:
        return None
    return named(event.record_type(), stream, canonical([getattr(event, name) for name in event.anchor]))


def _text(identity: UUID | None) -> str | None:
    return None if identity is None else str(identity)


def article_id(url: str) -> UUID:
    """An article's id, stable for ever: named by the normalised address it was discovered at."""
    return named("article", url)


def feed_id(url: str) -> UUID:
    """A feed's id: named by its address as listed."""
    return named("feed", url)


def extraction_id(article: UUID, text_sha256: str, producer: Producer, configuration_sha256: str) -> UUID:
    """The identity of one reading of one text by one version of one extractor."""
    return named("extraction", str(article), text_sha256, producer.name, str(producer.version), configuration_sha256)


def new_run_id() -> UUID:
    """A run's id: UUIDv7 (RFC 9562), so that runs sort by their start."""
    return uuid_utils.compat.uuid7()


def utc_day(at: datetime) -> date:
    """The UTC calendar day of a time."""
    return at.astimezone(UTC).date()
