"""A pool of worker processes that can be killed: one hostile page costs its own limit, never the night.

The limit counts CPU seconds (the kernel ends a worker that exceeds it, also inside C code, where signals of Python do
not arrive), so that load on the machine does not change what is read; wall time is only the last stop.
"""

from __future__ import annotations

import math
import multiprocessing
import resource
from collections.abc import Callable, Iterable
from concurrent.futures import TimeoutError as WallTimeoutError
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

_T = TypeVar("_T")
_WALL_PER_CPU = 12  # a worker that waits this much longer than it may compute hangs


@dataclass(frozen=True)
class Killed:
    """A piece of work that exceeded its limit, or whose worker broke; *why* is for people."""

    why: str


class ReaderPool:
    """Worker processes forked from a clean server that has everything loaded; use as a context manager."""

    def __init__(self, workers: int, cpu_seconds: int) -> None:
        self._cpu_seconds = cpu_seconds
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["flows.reading.preload"])
        self._pool = ProcessPool(max_workers=workers, context=context, initializer=_no_core_dump)

    def run(self, function: Callable[..., _T], arguments: Iterable[tuple[Any, ...]]) -> list[_T | Killed]:
        """Call the function once per tuple of arguments, side by side; results in the order of the arguments."""
        wall = float(self._cpu_seconds * _WALL_PER_CPU)
        futures = [
            self._pool.schedule(_limited, args=(function, self._cpu_seconds, *each), timeout=wall) for each in arguments
        ]
        return [self._result(future) for future in futures]

    def _result(self, future: Any) -> Any:  # noqa: ANN401 - whatever the function returns
        try:
            return future.result()
        except WallTimeoutError:
            return Killed(f"took more than {self._cpu_seconds * _WALL_PER_CPU} seconds")
        except ProcessExpired:
            return Killed(f"took more than {self._cpu_seconds} CPU seconds, or its process broke")
        except Exception as broken:  # noqa: BLE001 - a page that breaks the cleaner costs itself only
            return Killed(f"{type(broken).__name__}: {broken}")

    def stop(self) -> None:
        """End the processes at once; what they were at looks as if they had been killed."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types only part of its face

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self.stop()
        self._pool.join()


def _no_core_dump() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limited(function: Callable[..., _T], cpu_seconds: int, *arguments: Any) -> _T:  # noqa: ANN401
    """In the worker: move the CPU limit ahead of what was used so far, then work."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    return function(*arguments)
