"""How benchmarks measure and print: medians of wall and CPU time, and a table with targets."""

from __future__ import annotations

import argparse
import gc
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from storage.durability import fsync_file

_T = TypeVar("_T")


class Spent(NamedTuple):
    """What a piece of work took."""

    wall: float
    cpu: float


class Line(NamedTuple):
    """One line of the table; a ratio or a time with its target."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.is_met]
        return f"{self.what:<58}{self.measured:>44}  {self.target:>9}  {verdict}".rstrip()


def folder_there(argument: str) -> Path:
    """A folder that is there, for argparse."""
    path = Path(argument)
    if not path.is_dir():
        why = f"there is no folder {argument}"
        raise argparse.ArgumentTypeError(why)
    return path


def timed(work: Callable[[], _T]) -> tuple[Spent, _T]:
    """Do the work and say what it took; rubbish of earlier work is not counted."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu), result


def median(spent: Iterable[Spent]) -> Spent:
    """The median of each."""
    walls, cpus = zip(*spent, strict=True)
    return Spent(statistics.median(walls), statistics.median(cpus))


def at_least(what: str, ratio: float, target: float) -> Line:
    """A ratio that should not be smaller."""
    return Line(what, f"{ratio:.2f} x", f">= {target:g} x", ratio >= target)


@contextmanager
def workplace(parent: Path | None) -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-benchmark-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def surroundings(folder: Path) -> Iterator[Line]:
    """What the figures depend on beside the code."""

    def sync_once() -> None:
        (folder / "synced").write_bytes(bytes(60_000))
        fsync_file(folder / "synced")

    spent = median(timed(sync_once)[0] for _ in range(20))
    yield Line(
        "processors, load, fsync of 60 kB", f"{os.cpu_count()}, {os.getloadavg()[0]:.1f}, {spent.wall * 1e3:.1f} ms"
    )
