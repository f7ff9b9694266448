"""What an event class is, and how the classes are found: by walking packages, never by a list.

An event is a frozen struct whose every field explains itself (`Annotated[..., Doc("...")]`): the explanations become
the comments of the columns in the edition. The class also says what makes two of its events the same fact (`scope`,
`named_by`) and what makes two findings of different extractor versions findings about the same thing (`anchor`).
"""

from __future__ import annotations

import importlib
import pkgutil
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar, TypeVar, get_type_hints

import msgspec
from typing_extensions import Doc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


class Scope(Enum):
    """What an event's identity is counted within, beside its stream and its fields."""

    FACT = "fact"  # the same fields are the same fact, whenever they are seen
    RUN = "run"  # each happened: the run is part of it
    CAPTURE = "capture"  # drawn from one capture, by one version of one producer
    EXTRACTION = "extraction"  # found in one text, by one version of one extractor


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters of a cleaned text, in Unicode code points, end exclusive.

    >>> Span(0, 5).of("Rafah, Gaza")
    'Rafah'
    """

    start: Annotated[int, Doc("first code point, counted from 0")]
    end: Annotated[int, Doc("code point after the last one")]

    def of(self, text: str) -> str:
        """The words the span covers in *text*."""
        return text[self.start : self.end]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened or was found, in the past tense; never changed once written."""

    schema_version: ClassVar[int] = 1
    about: ClassVar[str] = "article"  # kind of the stream it stands in: article, feed, run or log
    scope: ClassVar[Scope] = Scope.FACT
    named_by: ClassVar[tuple[str, ...] | None] = None  # fields that make the fact; None: all of them
    anchor: ClassVar[tuple[str, ...]] = ()  # fields two versions of a finding share

    @classmethod
    def record_type(cls) -> str:
        """The vocabulary's name of the event, as it stands in the log."""
        return cls.__name__


class Finding(Event, frozen=True, kw_only=True):
    """An event that an extractor reads out of a text; named by text and extraction alone, never by clock or run."""

    scope: ClassVar[Scope] = Scope.EXTRACTION
    anchor: ClassVar[tuple[str, ...]] = ("span",)


class UnexplainedFieldError(TypeError):
    """An event class has a field without an explanation, or anchors itself to a field it does not have."""

    def __init__(self, cls: type, fields: list[str]) -> None:
        super().__init__(f'{cls.__name__}: explain {", ".join(fields)} with Annotated[..., Doc("...")], or remove it')
        self.cls, self.fields = cls, fields


_E = TypeVar("_E", bound=type[Event])


def event(cls: _E) -> _E:
    """Class decorator: check that every field explains itself and that the naming fields exist."""
    missing = [name for name in cls.__struct_fields__ if not field_doc(cls, name)]
    unknown = [name for name in (*cls.anchor, *(cls.named_by or ())) if name not in cls.__struct_fields__]
    if missing or unknown:
        raise UnexplainedFieldError(cls, missing + unknown)
    return cls


def field_doc(cls: type[msgspec.Struct], field: str) -> str:
    """The explanation of a field, empty when it has none."""
    return _field_docs(cls).get(field, "")


@cache
def _field_docs(cls: type[msgspec.Struct]) -> dict[str, str]:
    return {
        name: extra.documentation
        for name, hint in get_type_hints(cls, include_extras=True).items()
        for extra in getattr(hint, "__metadata__", ())
        if isinstance(extra, Doc)
    }


def class_doc(cls: type) -> str:
    """The first line of a class's docstring."""
    return (cls.__doc__ or "").strip().partition("\n")[0]


def modules_in(package: ModuleType) -> Iterator[ModuleType]:
    """The modules that lie in a package's own folder, in alphabetical order; packages below it are not entered."""
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        if not info.ispkg:
            yield importlib.import_module(f"{package.__name__}.{info.name}")


def event_classes(module: ModuleType) -> dict[str, type[Event]]:
    """The event classes that *module* itself defines (not those it imports), by record type."""
    return {
        value.record_type(): value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Event)
        and value.__module__ == module.__name__
        and value not in (Event, Finding)
    }
