"""Telling whoever watches how far a run is; nobody may be watching."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """What a run tells while it works."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; *total* units of work, None when that is unknown."""

    def advance(self, units: int = 1) -> None:
        """Some units of the stage are done."""

    def note(self, text: str) -> None:
        """More about the stage as it stands, in place of what was said before."""


class Silence:
    """Nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """See `Progress`."""

    def advance(self, units: int = 1) -> None:
        """See `Progress`."""

    def note(self, text: str) -> None:
        """See `Progress`."""


class _Current:
    watcher: Progress = Silence()


def progress() -> Progress:
    """Whoever watches this process's run."""
    return _Current.watcher


@contextmanager
def watched(watcher: Progress) -> Generator[None]:
    """Let somebody watch the runs begun inside."""
    before, _Current.watcher = _Current.watcher, watcher
    try:
        yield
    finally:
        _Current.watcher = before
