"""An event in its envelope: what the log stores of it, before it has a position.

The envelope's identity rules: the same fact has the same `event_id` on every machine and night, so that a
repeated night adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import UUID

import msgspec
import uuid_utils.compat

from storage.canonical import NotCanonicalError, canonical, frame, framed, name_of, named
from storage.payloads import payload_of
from storage.vocabulary import Event, Scope

_LARGEST_VERSION = (1 << 31) - 1  # the log's column has 32 bits
_REMEMBERED = 4096  # subjects, readings and runs come many times in a row; a UUID is found fastest by its number


class EnvelopeError(NotCanonicalError):
    """What is said beside an event could not be given back as it is."""

    def __init__(self, value: object, where: str, why: str) -> None:
        super().__init__(where, value, why)


class Producer(msgspec.Struct, frozen=True):
    """Who makes records: a flow step, a cleaner or an extractor, with the version of its rules."""

    name: str
    version: int

    def __post_init__(self) -> None:
        if not -_LARGEST_VERSION <= self.version <= _LARGEST_VERSION:
            raise EnvelopeError(self.version, "producer.version", "does not fit the log's 32 bits")
        if not self.name.isprintable():
            raise EnvelopeError(self.name, "producer.name", "holds what cannot be printed")


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
        NotCanonicalError: a field holds a float, an integer beyond 53 bits or anything else that the log could not
            give back as it is.
    """
    kind, payload = _kind(type(event)), payload_of(event)
    stream, fact = _fact(kind.record_type, kind.about, None if subject is None else subject.int)
    named_by = payload if kind.named_by is None else canonical(kind.named_by(event))
    event_id = name_of(fact + _within(kind.scope, context) + frame(named_by))
    key = event_id if kind.anchor is None else name_of(fact + frame(canonical(kind.anchor(event))))
    return Record(
        event_id=event_id,
        event_key=key,
        record_type=kind.record_type,
        schema_version=kind.schema_version,
        stream=stream,
        extraction_id=_text(context.extraction_id),
        occurred_at=_instant(context.occurred_at),
        published_on=_day(context.published_on),
        producer=context.producer.name,
        producer_version=context.producer.version,
        run_id=_written(context.run_id.int),
        caused_by=_text(context.caused_by),
        payload=payload.decode(),
    )


class _Kind(NamedTuple):
    """What of an event class goes into every envelope; looked up once for each class."""

    record_type: str
    schema_version: int
    about: str
    scope: Scope
    named_by: Callable[[Event], Sequence[object]] | None
    anchor: Callable[[Event], Sequence[object]] | None


@cache
def _kind(cls: type[Event]) -> _Kind:
    return _Kind(
        record_type=cls.record_type(),
        schema_version=cls.schema_version,
        about=cls.about,
        scope=cls.scope,
        named_by=None if cls.named_by is None else _fields(cls.named_by),
        anchor=_fields(cls.anchor) if cls.anchor else None,
    )


def _fields(names: tuple[str, ...]) -> Callable[[Event], Sequence[object]]:
    return lambda event: [getattr(event, name) for name in names]


@lru_cache(_REMEMBERED)
def _fact(record_type: str, about: str, subject: int | None) -> tuple[str, bytes]:
    """The stream, and how every name of a fact in it begins."""
    stream = about if subject is None else f"{about}:{UUID(int=subject)}"
    return stream, framed(record_type, stream)


def _within(scope: Scope, context: Context) -> bytes:
    """The parts of the envelope that belong to an identity: an extraction's alone, the run's, the capture's or none."""
    if scope is Scope.EXTRACTION:
        return _framed(context.extraction_id)
    if scope is Scope.RUN:
        return _framed(context.run_id)
    if scope is Scope.CAPTURE:
        return _framed(context.caused_by) + framed(context.producer.name, str(context.producer.version))
    return b""


def _framed(identity: UUID | None) -> bytes:
    return _framed_text(None if identity is None else identity.int)


def _text(identity: UUID | None) -> str | None:
    return None if identity is None else _written(identity.int)


@lru_cache(_REMEMBERED)
def _framed_text(identity: int | None) -> bytes:
    return framed(None if identity is None else _written(identity))


@lru_cache(_REMEMBERED)
def _written(identity: int) -> str:
    return str(UUID(int=identity))


def _instant(at: datetime | None) -> datetime | None:
    """The time in UTC: rows give it back so, and the digest is taken over what they give back."""
    if at is None or at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise EnvelopeError(at, "occurred_at", "has no time zone")
    try:
        return at.astimezone(UTC)
    except OverflowError as beyond:
        raise EnvelopeError(at, "occurred_at", "is no year of UTC's") from beyond


def _day(day: date) -> date:
    if isinstance(day, datetime):
        raise EnvelopeError(day, "published_on", "is a time; give its day")
    return day


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


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def utc_day(at: datetime) -> date:
    """The UTC calendar day of a time."""
    return at.astimezone(UTC).date()
