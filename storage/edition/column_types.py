"""From a field's Python type to DuckDB: its column type, how JSON becomes it, and how spans get their words."""

from __future__ import annotations

import types
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import msgspec

from storage.vocabulary import Span

_SCALARS: dict[Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    bool: "BOOLEAN",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    Decimal: "DECIMAL(38, 6)",
    UUID: "UUID",
}
_EDGES = {"start": ("least", "list_min"), "end": ("greatest", "list_max")}


class UnstorableTypeError(TypeError):
    """A field has a type that no column can hold."""

    def __init__(self, hint: object) -> None:
        super().__init__(f"{hint!r} has no column type; use one of {', '.join(kind.__name__ for kind in _SCALARS)}")
        self.hint = hint


def bare(hint: Any) -> Any:  # noqa: ANN401 - a type, or a form of typing
    """The type without Annotated and without `| None`."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return bare(kinds[0]) if len(kinds) == 1 else hint
    return hint


def column_type(hint: Any) -> str:  # noqa: ANN401
    """The DuckDB type of a field, spans without their words.

    >>> column_type(list[Span])
    'STRUCT("start" BIGINT, "end" BIGINT)[]'
    """
    kind = bare(hint)
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin = get_origin(kind)
    if origin is list:
        return f"{column_type(get_args(kind)[0])}[]"
    if origin is dict:
        return "JSON"
    if origin is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return "VARCHAR"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        inner = ", ".join(f'"{name}" {column_type(each)}' for name, each in struct_fields(kind).items())
        return f"STRUCT({inner})"
    raise UnstorableTypeError(hint)


def json_shape(hint: Any) -> Any:  # noqa: ANN401
    """The field's type as DuckDB's from_json wants it: type names as leaves, lists and objects around them."""
    kind = bare(hint)
    if get_origin(kind) is list:
        return [json_shape(get_args(kind)[0])]
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return {name: json_shape(each) for name, each in struct_fields(kind).items()}
    return column_type(kind)


@cache  # reading annotations costs more than all the SQL made of them
def struct_fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a struct with their types, in order."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name] for name in kind.__struct_fields__}


def has_span(hint: Any) -> bool:  # noqa: ANN401
    """Whether a span hides in the type."""
    kind = bare(hint)
    if get_origin(kind) is list:
        return has_span(get_args(kind)[0])
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return False
    return kind is Span or any(has_span(each) for each in struct_fields(kind).values())


def with_words(hint: Any, value: str, depth: int = 0) -> str:  # noqa: ANN401
    """SQL that gives *value*, an expression of the field's type, with the words of each span.

    They are cut out of `passage`, which begins at the code point `begins` of the text.
    """
    kind = bare(hint)
    if not has_span(kind):
        return value
    if get_origin(kind) is list:
        item = f"item_{depth}"
        return f"list_transform({value}, lambda {item}: {with_words(get_args(kind)[0], item, depth + 1)})"
    parts = [f'"{name}": ' + with_words(each, f'{value}."{name}"', depth) for name, each in struct_fields(kind).items()]
    if kind is Span:
        parts.append(f'"text": substring(passage, {value}."start" + 1 - begins, {value}."end" - {value}."start")')
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE {{{', '.join(parts)}}} END"


def outermost(hint: Any, value: str, edge: Literal["start", "end"], depth: int = 0) -> list[str]:  # noqa: ANN401
    """SQL expressions of which the least start, or the greatest end, is that of all spans in *value*."""
    kind = bare(hint)
    if not has_span(kind):
        return []
    if kind is Span:
        return [f'{value}."{edge}"']
    if get_origin(kind) is list:
        item, (least, of_list) = f"item_{depth}", _EDGES[edge]
        inner = outermost(get_args(kind)[0], item, edge, depth + 1)
        return [f"{of_list}(list_transform({value}, lambda {item}: {least}({', '.join(inner)})))"]
    return [
        found
        for name, each in struct_fields(kind).items()
        for found in outermost(each, f'{value}."{name}"', edge, depth)
    ]
