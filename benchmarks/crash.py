"""`kill -9` at random moments over everything that writes, while readers open the edition all the while.

    python -m benchmarks.crash [--kills 500] [--seed 1] [--home FOLDER]

Two processes append (each batch with a text and a capture of its own, and with records that both append), one publishes
and one compacts; each is killed at a random moment and started again. An appender notes what the log acknowledged in a
file of its own, synced, and begins again with the batch that was not acknowledged. At the end nothing acknowledged may
be missing, nothing may stand twice, the chain must verify, and no reader may have failed to open the edition.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import duckdb

from benchmarks.crash_roles import append_batches, compact_always, publish_always, read_always
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.home import Home
from storage.log import Log
from storage.verifying import verify

READERS = 2
APPENDERS = ("north", "south")
_LONGEST_PAUSE_SECONDS = 0.8


@dataclass(frozen=True)
class Outcome:
    """What was done, and what came of it; every figure from `lost` on must be 0."""

    kills: int
    acknowledged: int
    batches: int
    publications: int
    reader_opens: int
    seconds: float
    lost: int
    duplicated: int
    faults: int
    failed_opens: int
    torn_opens: int
    own_deaths: int
    unpublished: int

    @property
    def is_good(self) -> bool:
        """Whether nothing went wrong."""
        wrong = (self.lost, self.duplicated, self.faults, self.failed_opens, self.torn_opens, self.own_deaths)
        return not any((*wrong, self.unpublished))


class Stage:
    """The processes under fire."""

    def __init__(self, root: Path, seed: int, longest_pause: float) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["benchmarks.crash_roles"])
        self._root, self._longest_pause = root, longest_pause
        self._random = random.Random(seed)  # noqa: S311 - to be repeatable
        self._roles: dict[str, tuple[Callable[..., None], tuple[str, ...]]] = {
            **{name: (append_batches, (name,)) for name in APPENDERS},
            "publisher": (publish_always, ()),
            "compactor": (compact_always, ()),
        }
        self.own_deaths: Counter[str] = Counter()

    @contextmanager
    def readers(self) -> Iterator[list[Connection]]:
        """Readers at work while the block lasts; through what is yielded they are stopped and tell what they saw."""
        pairs = [self._context.Pipe() for _ in range(READERS)]
        processes = [self._start(read_always, theirs) for _, theirs in pairs]
        try:
            yield [ours for ours, _ in pairs]
        finally:
            for process in processes:
                process.join(60)
                process.kill()

    def fire(self, kills: int, told: Callable[[int], None]) -> None:
        """Kill one after the other at random moments, and start it again."""
        running = {role: self._begin(role) for role in self._roles}
        for number in range(kills):
            self._let_work(running, self._random.uniform(0, self._longest_pause))
            role = self._random.choice(sorted(running))
            self._kill(running[role])
            running[role] = self._begin(role)
            told(number + 1)
        for process in running.values():
            self._kill(process)

    def _let_work(self, running: dict[str, ForkServerProcess], seconds: float) -> None:
        """Nobody may die by itself meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ended = wait([process.sentinel for process in running.values()], left)
            for role in [role for role, process in running.items() if process.sentinel in ended]:
                self.own_deaths[role] += 1
                running[role] = self._begin(role)

    def _begin(self, role: str) -> ForkServerProcess:
        work, arguments = self._roles[role]
        return self._start(work, *arguments)

    def _start(self, work: Callable[..., None], *arguments: object) -> ForkServerProcess:
        process = self._context.Process(target=work, args=(self._root, *arguments), daemon=True)
        process.start()
        return process

    def _kill(self, process: ForkServerProcess) -> None:
        process.kill()
        process.join()
        process.close()


def ordeal(
    root: Path,
    kills: int,
    seed: int,
    *,
    longest_pause: float = _LONGEST_PAUSE_SECONDS,
    told: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Run all of it in a home of its own, and look at what is left. Not even the log's table is there at the start."""
    home, started = Home(root), time.monotonic()
    root.mkdir(parents=True, exist_ok=True)
    publish(home, vocabulary({}, []))
    stage = Stage(root, seed, longest_pause)
    with stage.readers() as readers:
        stage.fire(kills, told)
        for reader in readers:
            reader.send("stop")
        seen: list[tuple[int, list[str], int]] = [reader.recv() for reader in readers]
    _complain(each for _, failed, _ in seen for each in failed)
    return _outcome(home, kills, seen, stage, time.monotonic() - started)


def _outcome(
    home: Home, kills: int, seen: Sequence[tuple[int, list[str], int]], stage: Stage, seconds: float
) -> Outcome:
    words = vocabulary({}, [])
    published = publish(home, words)
    found = verify(home, words.classes)
    _complain(map(str, found.faults))
    acknowledged = {each for name in APPENDERS for each in _acknowledged(home.root / f"acknowledged-{name}")}
    ids = _ids(home)
    [(in_edition,)] = ask(home, "SELECT count(*) FROM log.events").rows
    return Outcome(
        kills=kills,
        acknowledged=len(acknowledged),
        batches=found.batches,
        publications=len((home.root / "publications").read_bytes()),
        reader_opens=sum(opens for opens, _, _ in seen),
        seconds=round(seconds, 1),
        lost=len(acknowledged - ids.keys()),
        duplicated=sum(number > 1 for number in ids.values()),
        faults=len(found.faults),
        failed_opens=sum(len(failed) for _, failed, _ in seen),
        torn_opens=sum(torn for *_, torn in seen),
        own_deaths=stage.own_deaths.total(),
        unpublished=published.position - in_edition,
    )


def _acknowledged(noted: Path) -> Iterator[str]:
    """The ids of the lines that are there whole."""
    if noted.exists():
        for line in noted.read_text().splitlines(keepends=True):
            yield from line.split() if line.endswith("\n") else ()


def _ids(home: Home) -> Counter[str]:
    files = Log(home).files()
    if not files:  # a machine so busy that everybody was killed before the first commit
        return Counter()
    with closing(duckdb.connect()) as connection:
        rows = connection.execute("SELECT event_id FROM read_parquet($files)", {"files": files})
        return Counter(row[0] for row in rows.fetchall())


def _complain(messages: Iterator[str]) -> None:
    for message in messages:
        print(message, file=sys.stderr)


def main() -> None:
    """Run it and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="a folder that is not there yet; kept afterwards")
    given = parser.parse_args()

    def told(number: int) -> None:
        print(f"\r{number} of {given.kills} killed", end="", file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="dateline-crash-") as folder:
        outcome = ordeal(given.home or Path(folder) / "home", given.kills, given.seed, told=told)
    print(file=sys.stderr)
    for name, value in asdict(outcome).items():
        print(f"{name.replace('_', ' '):<16}{value:>12}")
    sys.exit(0 if outcome.is_good else 1)


if __name__ == "__main__":
    main()
