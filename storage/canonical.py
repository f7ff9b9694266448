"""One byte string per value: canonical JSON (RFC 8785), and names drawn from it.

Event fields hold strings, integers below 2**53, booleans, dates, decimals (written as strings), lists and structs. For
these msgspec's sorted encoding is RFC 8785 to the byte (a test compares it with the reference implementation); floats,
where the two differ, are refused.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

import msgspec

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")


class NotCanonicalError(ValueError):
    """A value has no canonical form here: a float, or an integer that JSON readers would round."""

    def __init__(self, where: str, value: object) -> None:
        super().__init__(f"{where}: {value!r} has no canonical JSON form; use a Decimal or a string")
        self.where, self.value = where, value


def canonical(value: Any) -> bytes:  # noqa: ANN401 - anything msgspec encodes
    """Canonical JSON of a value, as UTF-8."""
    return _encoder.encode(value)


def refuse_inexact(value: object, where: str = "value") -> None:
    """Raise NotCanonicalError when a float or an integer beyond 53 bits hides in builtins made of *value*."""
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= 1 << 53):
        raise NotCanonicalError(where, value)
    if isinstance(value, dict):
        for key, each in value.items():
            refuse_inexact(each, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            refuse_inexact(each, f"{where}[{number}]")
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            refuse_inexact(getattr(value, field), f"{where}.{field}")


def named(*parts: str | bytes | None) -> UUID:
    """UUIDv8 (RFC 9562) from the SHA-256 over the parts; equal parts, equal name, on every machine.

    Parts are framed by their length, so ("ab", "c") and ("a", "bc") differ, and None differs from "".
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(b"-" if data is None else b"%d:%b" % (len(data), data))
    return _version_8(digest.digest())


def _version_8(digest: bytes) -> UUID:
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF << 76) | 8 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def sha256_hex(data: bytes) -> str:
    """SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
