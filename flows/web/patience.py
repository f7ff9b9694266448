"""How long one request may take: in all, until its answer begins, and between two reads of it.

One timer does for all three. aiohttp's own for reading is set anew with every piece that arrives, which for small pages
is a tenth of all work.
"""

from __future__ import annotations

import asyncio
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
        self._read_seconds = limits.read_seconds
        self._started = self._heard = self._clock()
        self._end = self._started + seconds_left
        self._timer = asyncio.timeout_at(min(self._end, self._started + limits.connect_seconds + limits.read_seconds))

    def heard(self) -> None:
        """Something has arrived, and more is to come."""
        now = self._clock()
        if now - self._heard >= self._read_seconds * _GRAIN or self._heard == self._started:
            self._heard = now
            self._timer.reschedule(min(self._end, now + self._read_seconds))

    @property
    def seconds_spent(self) -> float:
        """Since it began."""
        return self._clock() - self._started

    async def __aenter__(self) -> Self:
        await self._timer.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timer.__aexit__(kind, error, trace)
