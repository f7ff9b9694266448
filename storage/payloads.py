"""From an event to its payload, with the certainty that it will be read back equal.

An event class is only a promise to the type checker. Before a payload goes anywhere it is therefore decoded again and
compared: what the log holds can be read, today and by whoever reads it in ten years.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import inspect

from storage.canonical import NotCanonicalError, canonical, refuse_inexact
from storage.vocabulary import Event

_E = TypeVar("_E", bound=Event)

# decoding as the class proves these right; every other type may hold what canonical JSON cannot
_PROVEN = (
    inspect.NoneType,
    inspect.BoolType,
    inspect.IntType,  # but for its size, which shows as a long row of digits
    inspect.StrType,
    inspect.DateType,
    inspect.DateTimeType,
    inspect.UUIDType,
    inspect.EnumType,
    inspect.LiteralType,
)
_DIGITS = bytes(ord("0") if byte in b"0123456789" else ord(" ") for byte in range(256))
_MANY = b"0" * 16  # 2**53 has sixteen digits


class UnreadableEventError(NotCanonicalError):
    """An event holds what its class does not allow, so that reading it back would fail or give another event."""


def payload_of(event: Event) -> bytes:
    """The event's fields as canonical JSON.

    Raises:
        NotCanonicalError: a field holds a float, an integer beyond 53 bits or half of a surrogate pair.
        UnreadableEventError: a field holds what its type does not allow.
    """
    reader = _reader(type(event))
    try:
        payload = canonical(event)
    except (TypeError, ValueError, OverflowError, RecursionError) as refused:
        raise _named_fault(event, str(refused)) from refused
    if reader.is_open or _MANY in payload.translate(_DIGITS):
        refuse_inexact(event, event.record_type())
    try:
        is_equal = reader.decode(payload) == event
    except msgspec.ValidationError as refused:
        raise _named_fault(event, f"is not as declared: {refused}") from refused
    if not is_equal:
        raise _named_fault(event, "would be read back as another event")
    return payload


def storable(event: _E) -> _E:
    """The event itself; raises as `payload_of` does where it could not be stored."""
    payload_of(event)
    return event


class _Reader(NamedTuple):
    """What reads payloads of a class back, and whether any field may hold values that this does not prove exact."""

    decode: Callable[[bytes], Event]
    is_open: bool


@cache
def _reader(cls: type[Event]) -> _Reader:
    return _Reader(msgspec.json.Decoder(cls).decode, _may_be_inexact(inspect.type_info(cls), frozenset()))


def _named_fault(event: Event, why: str) -> NotCanonicalError:
    """The error for an event that cannot be a payload, naming the field where it can be told."""
    kind = event.record_type()
    try:
        refuse_inexact(event, kind)
    except NotCanonicalError as named:
        return named
    except RecursionError:
        return UnreadableEventError(kind, type(event), "is nested too deeply")
    fields = msgspec.structs.asdict(event).items()
    for name, value in fields:
        if not _is_kept(type(event), name, value):
            return UnreadableEventError(f"{kind}.{name}", value, why)
    return UnreadableEventError(kind, type(event), why)


def _is_kept(cls: type[Event], name: str, value: object) -> bool:
    hint = msgspec.structs.fields(cls)[cls.__struct_fields__.index(name)].type
    try:
        return bool(msgspec.json.decode(canonical(value), type=hint) == value)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return False


def _may_be_inexact(kind: inspect.Type, within: frozenset[type]) -> bool:
    if isinstance(kind, inspect.UnionType):
        return any(_may_be_inexact(each, within) for each in kind.types)
    if isinstance(kind, inspect.ListType):
        return _may_be_inexact(kind.item_type, within)
    if isinstance(kind, inspect.StructType):
        inner = within | {kind.cls}
        return kind.cls not in within and any(_may_be_inexact(each.type, inner) for each in kind.fields)
    return not isinstance(kind, _PROVEN)
