"""How long one request may take: in all, for connecting, and between two reads of its answer.

One timer does for all three. aiohttp's own for reading is set anew with every piece that arrives, which for small pages
is a tenth of all work.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from flows.web.answers import Limits

_GRAIN = 0.1  # of the time between two reads: pieces that come closer together do not set the timer anew


class Patience:
    """Async context manager around a request; what takes too long ends in a TimeoutError."""

    def __init__(self, limits: Limits, seconds_left: float) -> None:
        self._clock = asyncio.get_running_loop().time
        self._limits = limits
        self._started = self._heard = self._clock()
        self._end = self._started + seconds_left
        self._timer = asyncio.timeout_at(min(self._end, self._started + limits.read_seconds))

    def connecting(self) -> None:
        """There is no connection yet, which has its own time (and its own timer, aiohttp's)."""
        self._timer.reschedule(min(self._end, self._clock() + self._limits.connect_seconds + self._limits.read_seconds))

    def heard(self) -> None:
        """Something has arrived, be it the connection, and more is to come."""
        now = self._clock()
        if now - self._heard >= self._limits.read_seconds * _GRAIN or self._heard == self._started:
            self._heard = now
            self._timer.reschedule(min(self._end, now + self._limits.read_seconds))

    @property
    def seconds_spent(self) -> float:
        """Since it began."""
        return self._clock() - self._started

    async def __aenter__(self) -> Self:
        self._token = CURRENT.set(self)
        await self._timer.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        CURRENT.reset(self._token)
        await self._timer.__aexit__(kind, error, trace)


CURRENT: ContextVar[Patience | None] = ContextVar("patience", default=None)  # of the request that a task is making
