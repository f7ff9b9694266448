"""Reading what older versions of an event class wrote.

A released class is never edited: its `schema_version` is raised and a pure function beside it tells what a payload of
the version before would look like today. Rows stay as they were written; whoever reads them gets the present shape.

    @event
    class RainMeasured(Finding, frozen=True, kw_only=True):
        schema_version: ClassVar[int] = 2
        millimetres: Annotated[Decimal, Doc("how much")]

    @upcaster(RainMeasured, 1)
    def _millimetres(payload: Payload) -> Payload:
        return {"millimetres": Decimal(payload["inches"]) * Decimal("25.4")}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from storage.canonical import canonical
from storage.vocabulary import Event

Payload = dict[str, Any]
Upcast = Callable[[Payload], Payload]
_E = TypeVar("_E", bound=Event)

_upcasts: dict[tuple[str, int], Upcast] = {}


class UpcastError(ValueError):
    """A stored payload cannot be brought into the shape that its class has today."""

    def __init__(self, record_type: str, version: int, why: str) -> None:
        super().__init__(f"{record_type}, schema version {version}: {why}")
        self.record_type, self.version = record_type, version


class MissingUpcasterError(UpcastError):
    """Nobody says how a version becomes the next one."""

    def __init__(self, record_type: str, version: int) -> None:
        super().__init__(record_type, version, f"no upcaster to version {version + 1} stands beside the class")


class NewerRecordError(UpcastError):
    """A record was written by a newer version of the class than the one that is here."""

    def __init__(self, record_type: str, version: int, here: int) -> None:
        super().__init__(record_type, version, f"this dateline knows it up to version {here}; use a newer one")


class UpcasterTakenError(UpcastError):
    """Two upcasters for one step, or one for a step that does not lead to the class as it is."""


def upcaster(cls: type[Event], version: int) -> Callable[[Upcast], Upcast]:
    """Decorator: the function makes the payload of *version* into that of the next version; it must be pure."""

    def register(function: Upcast) -> Upcast:
        kind = cls.record_type()
        if not 1 <= version < cls.schema_version:
            raise UpcasterTakenError(kind, version, f"the class is at version {cls.schema_version}")
        if _upcasts.setdefault((kind, version), function) is not function:
            raise UpcasterTakenError(kind, version, "there is an upcaster already")
        return function

    return register


def missing_upcasters(classes: Iterable[type[Event]]) -> list[tuple[str, int]]:
    """Record types with the versions that have no upcaster to the next one."""
    steps = [(cls.record_type(), version) for cls in classes for version in range(1, cls.schema_version)]
    return [step for step in steps if step not in _upcasts]


def decoded(cls: type[_E], payload: str | bytes, version: int) -> _E:
    """The event of a stored payload of any version up to the class's own.

    Raises:
        MissingUpcasterError: a step from *version* to the class's version has no upcaster.
        NewerRecordError: *version* is higher than the class's.
        UpcastError: the payload is not what its version says.
    """
    try:
        if version == cls.schema_version:
            return msgspec.json.decode(payload, type=cls)
        return msgspec.convert(_raised(cls, msgspec.json.decode(payload), version), cls)
    except UpcastError:
        raise
    except (LookupError, TypeError, ValueError, ArithmeticError) as refused:
        raise UpcastError(cls.record_type(), version, f"{type(refused).__name__}: {refused}") from refused


def upcast(cls: type[Event], payload: str | bytes, version: int) -> str:
    """The payload in the shape of the class's own version, as canonical JSON; raises as `decoded` does."""
    return canonical(decoded(cls, payload, version)).decode()


def _raised(cls: type[Event], payload: Payload, version: int) -> Payload:
    kind = cls.record_type()
    if version > cls.schema_version:
        raise NewerRecordError(kind, version, cls.schema_version)
    for step in range(version, cls.schema_version):
        if (kind, step) not in _upcasts:
            raise MissingUpcasterError(kind, step)
        payload = _upcasts[kind, step](payload)
    return payload
