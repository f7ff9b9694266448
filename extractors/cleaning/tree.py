"""What is used of a parsed page: lxml's HTML elements carry no types of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol


class Element(Protocol):
    """An element of an lxml tree."""

    tag: object  # a string for elements, a function for comments
    text: str | None
    tail: str | None

    @property
    def attrib(self) -> Mapping[str, str]:
        """The attributes by name."""
        ...

    def get(self, key: str, default: str = "") -> str:
        """An attribute."""
        ...

    def iter(self) -> Iterator[Element]:
        """The element and all below it, in the page's order."""
        ...

    def iterfind(self, path: str) -> Iterator[Element]:
        """The elements below it that an ElementPath names."""
        ...
