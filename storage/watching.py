"""Telling whoever watches how far a long piece of work is. What `flows.progress` gives fits."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Whoever watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; *total* units of work, None when that is unknown."""

    def advance(self, units: int = 1) -> None:
        """Some units of the stage are done."""


class Nobody:
    """Nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """See `Watcher`."""

    def advance(self, units: int = 1) -> None:
        """See `Watcher`."""
