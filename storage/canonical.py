"""One byte string per value: canonical JSON (RFC 8785), and names drawn from it.

Event fields hold strings, integers below 2**53, booleans, dates, decimals (written as strings), lists and structs. For
these msgspec's sorted encoding is RFC 8785 to the byte (a test compares it with the reference implementation); floats,
where the two differ, are refused.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")
_LARGEST = (1 << 53) - 1  # beyond, JSON readers that compute with doubles would round
_LAST_OF_BASIC_PLANE = "\uffff"
_LONGEST_SHOWN = 100


class NotCanonicalError(ValueError):
    """A value has no canonical form here: a float, a number that JSON readers would round, half a character."""

    def __init__(
        self, where: str, value: object, why: str = "has no canonical JSON form; use a Decimal or a string"
    ) -> None:
        super().__init__(f"{where}: {_shown(value)} {why}")
        self.where, self.value = where, value


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def canonical(value: Any) -> bytes:  # noqa: ANN401 - anything msgspec encodes
    """Canonical JSON of a value, as UTF-8."""
    return _encoder.encode(value)


def canonical_lines(values: Any) -> bytes:  # noqa: ANN401 - a list of anything msgspec encodes
    """Canonical JSON of each value, every one followed by a line feed."""
    return _encoder.encode_lines(values)


def refuse_inexact(value: object, where: str = "value") -> None:
    """Raise NotCanonicalError when anything in builtins made of *value* would not be written and read back exactly.

    That is a float, an integer beyond 53 bits, a decimal that is no number, half of a surrogate pair, and the name of a
    member that RFC 8785 (by UTF-16) and we (by code point) might sort differently.
    """
    if isinstance(value, str):
        _refuse_surrogates(value, where)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > _LARGEST):
        raise NotCanonicalError(where, value)
    elif isinstance(value, Decimal) and not value.is_finite():
        raise NotCanonicalError(where, value, "is no number; leave the field null")
    elif isinstance(value, dict):
        for key, each in value.items():
            _refuse_name(key, where)
            refuse_inexact(each, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            refuse_inexact(each, f"{where}[{number}]")
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            refuse_inexact(getattr(value, field), f"{where}.{field}")


def _refuse_surrogates(text: str, where: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as half:
        raise NotCanonicalError(where, text, "holds half of a surrogate pair, which is no character") from half


def _refuse_name(name: object, where: str) -> None:
    if not isinstance(name, str):
        raise NotCanonicalError(where, name, "names a member; only strings can in JSON")
    _refuse_surrogates(name, where)
    if name and max(name) > _LAST_OF_BASIC_PLANE:
        raise NotCanonicalError(where, name, "names a member with characters beyond the basic plane")


def named(*parts: str | bytes | None) -> UUID:
    """UUIDv8 (RFC 9562) from the SHA-256 over the parts; equal parts, equal name, on every machine.

    Parts are framed by their length, so ("ab", "c") and ("a", "bc") differ, and None differs from "".
    """
    return UUID(name_of(framed(*parts)))


def framed(*parts: str | bytes | None) -> bytes:
    """The parts in one byte string, each behind its length."""
    return b"".join([b"-" if part is None else frame(part) for part in parts])


def frame(part: str | bytes) -> bytes:
    """A part behind its length."""
    data = part.encode() if isinstance(part, str) else part
    return b"%d:%b" % (len(data), data)


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def name_of(frames: bytes) -> str:
    """The text of the UUID that `named` draws from the same parts framed, without the detour over a UUID object."""
    digits = hashlib.sha256(frames).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-{_VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"


def sha256_hex(data: bytes) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
