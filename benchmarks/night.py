"""What a night costs, stage by stage, beside the bare library calls in the same run.

    uv run python benchmarks/night.py [--press ../shared/press] [--rounds 3]

Three programs work over the same press on loopback: the bare calls (feedparser + aiohttp + trafilatura in a process
pool, no events kept), dateline's steps without Prefect, and `dateline nightly`. CPU is user plus system time of each
program with all its descendants; figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PORT = 8917
OPML = f"http://127.0.1.1:{PORT}/feeds.opml"
_PR_SET_CHILD_SUBREAPER = 36
_KEPT_APART = ("read",)  # extractors stand outside the ratio


@dataclass
class Run:
    """One program's run: its CPU and wall time, and what it printed."""

    cpu_seconds: float
    wall_seconds: float
    said: dict[str, Any] = field(default_factory=dict)


@contextmanager
def press(folder: Path) -> Iterator[None]:
    """The press, served until the block ends."""
    command = [sys.executable, str(folder / "serve.py"), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield
        finally:
            server.terminate()


def measured(command: Sequence[str], settings: Mapping[str, str]) -> Run:
    """Run a program and count the CPU of it and all its descendants (orphans are handed to us to be counted too)."""
    before, started = _cpu_of_children(), time.perf_counter()
    out = subprocess.run(command, env={**os.environ, **settings}, check=True, stdout=subprocess.PIPE, text=True).stdout
    wall = time.perf_counter() - started
    _reap_orphans()
    last = out.strip().splitlines()[-1] if out.strip() else "{}"
    return Run(_cpu_of_children() - before, wall, json.loads(last) if last.startswith("{") else {})


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap_orphans() -> None:
    """Wait for processes that outlived their parent, but not for the press, which is our own child."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        orphans = [int(child) for child in children if "serve.py" not in Path(f"/proc/{child}/cmdline").read_text()]
        if not orphans:
            return
        os.waitpid(orphans[0], 0)


def one_round() -> dict[str, Run]:
    """Each program once, every one with an empty home."""
    home = Path(tempfile.mkdtemp(prefix="dateline-benchmark-"))
    settings = {"DATELINE_ALLOW_PRIVATE_ADDRESSES": "true", "DATELINE_WORKERS": "2"}
    try:
        bare = measured([sys.executable, str(HERE / "bare_calls.py"), OPML], {})
        steps = measured(
            [sys.executable, str(HERE / "steps.py"), OPML], {**settings, "DATELINE_HOME": str(home / "steps")}
        )
        with_prefect = {**settings, "DATELINE_HOME": str(home / "prefect")}
        dateline = [sys.executable, "-m", "flows.cli"]
        measured([*dateline, "feeds", "import", OPML], with_prefect)
        nightly = measured([*dateline, "nightly", "--json"], with_prefect)
        again = measured([*dateline, "nightly", "--json"], with_prefect)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return {"bare": bare, "steps": steps, "nightly": nightly, "again": again}


def table(rounds: Sequence[Mapping[str, Run]]) -> list[tuple[str, str]]:
    """The rows, as medians over the rounds."""

    def median(*values: float) -> float:
        return statistics.median(values)

    bare = median(*(each["bare"].cpu_seconds for each in rounds))
    steps = median(*(each["steps"].cpu_seconds for each in rounds))
    nightly = median(*(each["nightly"].cpu_seconds for each in rounds))
    wall = {name: median(*(each[name].wall_seconds for each in rounds)) for name in rounds[0]}
    pages = rounds[0]["steps"].said["counts"]["fetched"]
    stages = {
        name: median(*(each["steps"].said["cpu"].get(name, 0.0) for each in rounds))
        for name in ("poll", "fetch", "clean", "read", "append", "publish")
    }
    apart = sum(stages[name] for name in _KEPT_APART)
    rest = steps - sum(stages.values())
    rows = [(f"CPU {name}", f"{seconds:8.2f} s") for name, seconds in stages.items()]
    rows += [
        ("CPU start-up, imports, moving data", f"{rest:8.2f} s"),
        ("CPU Prefect (nightly less the steps)", f"{nightly - steps:8.2f} s"),
        ("CPU bare calls", f"{bare:8.2f} s"),
        ("ratio, extractors and Prefect apart (target 1.30)", f"{(steps - apart) / bare:8.2f} x"),
        ("ratio, stages poll to publish over bare calls", f"{(steps - apart - rest) / bare:8.2f} x"),
        ("pages", f"{pages:8d}"),
        ("texts by the bare calls", f"{rounds[0]['bare'].said['texts']:8d}"),
        ("articles", f"{rounds[0]['steps'].said['counts']['articles']:8d}"),
        ("pages per second, steps", f"{pages / wall['steps']:8.1f}"),
        (
            "pages per second, nightly with Prefect",
            f"{pages / wall['nightly']:8.1f}",
        ),
        ("wall seconds of a night with nothing new", f"{wall['again']:8.1f} s"),
    ]
    return rows


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--press", type=Path, default=HERE.parent.parent / "shared" / "press")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    if not (args.press / "serve.py").exists():
        print(f"{args.press}/serve.py is not there; give the folder of the press with --press", file=sys.stderr)
        return 2
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with press(args.press):
        rounds = [one_round() for _ in range(args.rounds)]
    for name, value in table(rounds):
        print(f"{name:<52}{value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
