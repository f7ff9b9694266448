"""What local sources have in common: an item is bytes with a media type, and an address that never is its path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.canonical import sha256_hex


class LocalSourceError(ValueError):
    """A file cannot be taken; the message names it and says what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name, self.problem = name, problem


@dataclass(frozen=True)
class LocalItem:
    """One article as it lies on disk. `name` is for messages and `source` for the log; neither identifies it."""

    name: str
    source: str
    body: bytes
    content_type: str
    url: str
    published_at: datetime | None = None

    @property
    def is_page(self) -> bool:
        """Whether it is a saved web page: those may turn out to hold no article, as pages on the web do."""
        return self.content_type.startswith("text/html")


def urn(body: bytes) -> str:
    """The address of bytes that state none."""
    return f"urn:sha256:{sha256_hex(body)}"


def read_bytes(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        LocalSourceError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as refused:
        raise LocalSourceError(str(path), f"cannot be read: {refused.strerror or refused}") from refused
