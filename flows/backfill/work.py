"""What backfills are made of: units, most of them a day, done side by side; each a row of steps with a commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Event, Lock
from types import TracebackType
from typing import Protocol

from flows.backfill.errors import StoppedError
from flows.reading.tally import Tally

Step = Callable[[], Tally]


class Unit(Protocol):
    """A day, or an archive file that holds parts of several."""

    @property
    def label(self) -> str:
        """What it is called: the day, or the file."""
        ...

    @property
    def day(self) -> date:
        """The day it is counted under."""
        ...

    @property
    def note(self) -> str | None:
        """What whoever asked should know of what it had, once its steps are done."""
        ...

    def steps(self) -> Iterator[Step]:
        """What is to be done, one step after the other; between two of them the run may rest or end."""
        ...

    def failed(self, why: str) -> None:
        """Note for the ledger that an error has ended it, so that it can be tried again by itself."""


class Turn:
    """One after the other, until the run is to end: from then on nobody gets a turn any more.

    When a run is stopped, its worker processes end in the middle of pages. What they leave looks like pages that no
    process can bear, and must not be committed.
    """

    def __init__(self) -> None:
        self._lock, self._stopped = Lock(), Event()

    def stop(self) -> None:
        """Give nobody a turn any more."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether the run is to end."""
        return self._stopped.is_set()

    def check(self) -> None:
        """Raise where the run is to end.

        Raises:
            StoppedError: it is.
        """
        if self.is_stopped:
            raise StoppedError

    def __enter__(self) -> None:
        self._lock.acquire()
        if self.is_stopped:
            self._lock.release()
            raise StoppedError

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()
