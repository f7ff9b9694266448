"""What the log takes and gives in a second, beside the `eventsourcing` library and a plain Parquet write in one run.

    uv run --group benchmark python benchmarks/log.py [--events 1000000] [--rounds 7] [--folder /var/tmp]

Figures are medians over the rounds, in which the contestants take turns; a ratio compares medians of one run. Every
append is durable: fsync on our side, SQLite's own defaults on the other. `--events` is the size of the log against
which known ids are looked up (the issue's figure is 10,000,000: 1.5 GB in --folder, some minutes).
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from log_events import StatementSeen, happenings, records_of, synthetic_rows
from measuring import Line, Spent, at_least, median, surroundings, timed, workplace

from storage.delta import append_segment, open_table
from storage.durability import fsync_file
from storage.home import Home
from storage.log import Log
from storage.reads import events
from storage.rows import SCHEMA, to_rows
from storage.scanning import scanning

if TYPE_CHECKING:
    from log_rival import Rival

BATCH = 10_000
SEGMENT = 50_000
KEYS = ("position", "published_on")


def appending(log: Log, rival: Rival | None, rounds: int) -> Iterator[Line]:
    """Typed events into the log, and into the other library if it is there."""
    took: dict[str, list[Spent]] = {}

    def turn(name: str, work: Callable[[], object]) -> None:
        took.setdefault(name, []).append(timed(work)[0])

    log.append(records_of(happenings(BATCH, 0)))  # the table is made, libraries are loaded
    for number in range(1, rounds + 1):
        found = happenings(BATCH, number)
        size = statistics.mean(len(each.payload.encode()) for each in records_of(found[:1_000]))
        turn("log", lambda: log.append(records_of(found)))  # noqa: B023 - called at once
        if rival:
            aggregates = rival.aggregates(found)
            turn("save", lambda: rival.save(aggregates))  # noqa: B023
            pending = [event for each in rival.aggregates(found) for event in each.collect_events()]
            turn("recorder", lambda: rival.insert(rival.stored(pending)))  # noqa: B023
            stored = rival.stored([event for each in rival.aggregates(found) for event in each.collect_events()])
            turn("bare recorder", lambda: rival.insert(stored))  # noqa: B023
    spent = {name: median(each) for name, each in took.items()}
    yield Line("payload, mean", f"{size:.0f} bytes")
    for name, label in _LABELS.items():
        if name in spent:
            per_event = spent[name].cpu / BATCH * 1e6
            yield Line(label, f"{BATCH / spent[name].wall:,.0f} events/s, {per_event:.1f} us of CPU each")
    if rival:
        yield at_least("  ratio to Application.save", spent["save"].wall / spent["log"].wall, 1.2)
        yield at_least("  ratio to the recorder, from typed events", spent["recorder"].wall / spent["log"].wall, 1.2)
        bare = spent["bare recorder"].wall / spent["log"].wall
        yield Line("  ratio to the recorder without the work before it", f"{bare:.2f} x")


_LABELS = {
    "log": f"append typed events, batches of {BATCH:,}, fsynced",
    "save": "eventsourcing Application.save, batches of 100",
    "recorder": "eventsourcing SQLite recorder from typed events, 100",
    "bare recorder": "eventsourcing SQLite recorder, events made ready before",
}


def replaying(log: Log, large: Log, rival: Rival | None, rounds: int) -> Iterator[Line]:
    """Count per type and day, from the start; each contestant over what it has stored."""
    turns = [
        (timed(lambda: counted(large)), timed(lambda: typed(log)), timed(rival.replay) if rival else None)
        for _ in range(rounds)
    ]
    projected = statistics.median(sum(counts.values()) / spent.wall for (spent, counts), _, _ in turns)
    yield Line("replay of the large log into counts per type and day", f"{projected:,.0f} events/s")
    objects = statistics.median(count / spent.wall for _, (spent, count), _ in turns)
    yield Line("replay of typed events, one by one in Python", f"{objects:,.0f} events/s")
    if rival:
        theirs = statistics.median(sum(last[1].values()) / last[0].wall for *_, last in turns if last)
        yield Line("eventsourcing replay of typed events into the counts", f"{theirs:,.0f} events/s")
        yield at_least("  ratio of the projections", projected / theirs, 50)
        yield Line("  ratio of typed events", f"{objects / theirs:.1f} x")


def counted(log: Log) -> dict[tuple[str, object], int]:
    """The projection: events of each type and day."""
    with scanning() as connection:
        rows = connection.execute(
            "SELECT record_type, published_on, count(*) FROM read_parquet($files) GROUP BY ALL", {"files": log.files()}
        ).fetchall()
    return {(kind, day): count for kind, day, count in rows}


def typed(log: Log) -> int:
    """Read every event as an object."""
    return sum(1 for _ in events(log, [StatementSeen]))


def writing(folder: Path, rounds: int) -> Iterator[Line]:
    """Segments from Arrow, beside the same rows in one plain Parquet file, both fsynced."""
    path = folder / "segments"
    for count in (SEGMENT, BATCH):
        rows = to_rows(records_of(happenings(count, 0)), 1, datetime.now(UTC))
        append_segment(path, open_table(path, SCHEMA), rows, KEYS, retries=0)
        turns = [
            (
                timed(lambda: append_segment(path, table, rows, KEYS, retries=0))[0],  # noqa: B023
                timed(lambda: plain(rows, folder / "plain.parquet"))[0],  # noqa: B023
            )
            for table in (open_table(path, SCHEMA) for _ in range(rounds))
        ]
        ours, theirs = (median(each) for each in zip(*turns, strict=True))
        yield Line(f"segment of {count:,} rows, committed and fsynced", f"{count / ours.wall:,.0f} rows/s")
        yield Line("plain Parquet write and fsync of the same rows", f"{count / theirs.wall:,.0f} rows/s")
        yield at_least("  ratio", theirs.wall / ours.wall, 0.75)


def plain(rows: pa.Table, file: Path) -> None:
    """What any program would do."""
    pq.write_table(rows, file, compression="zstd")
    fsync_file(file)


def looking_up(log: Log, count: int, rounds: int) -> Iterator[Line]:
    """Known ids against a large log."""
    known = _some_ids(log.files(), BATCH)
    spent = median(timed(lambda: log.known(known))[0] for _ in range(rounds))
    assert len(log.known(known)) == BATCH
    size = sum(Path(file).stat().st_size for file in log.files())
    yield Line("log of synthetic events", f"{count:,} in {len(log.files())} files, {size / count:.0f} bytes each")
    what, milliseconds = f"look up {BATCH:,} known ids among {count:,}", spent.wall * 1e3
    yield Line(what, f"{milliseconds:,.0f} ms, {spent.cpu * 1e3:,.0f} ms of CPU", "<= 250 ms", milliseconds <= 250)  # noqa: PLR2004
    fresh = [records_of(happenings(BATCH, 1_000 + number)) for number in range(rounds)]
    spent = median(timed(lambda: log.append(records))[0] for records in fresh)  # noqa: B023
    yield Line(f"append {BATCH:,} new records to it", f"{spent.wall * 1e3:,.0f} ms")


def fill(home: Home, count: int) -> None:
    """A log of so many rows, in commits of fifty thousand."""
    for first in range(1, count + 1, SEGMENT):
        rows = synthetic_rows(first, min(SEGMENT, count + 1 - first), seed=1)
        append_segment(home.log, open_table(home.log, SCHEMA), rows, KEYS, retries=0)


def _some_ids(files: Sequence[str], count: int) -> list[str]:
    with scanning() as connection:
        sql = "SELECT event_id FROM read_parquet($files) USING SAMPLE reservoir($count ROWS) REPEATABLE (1)"
        return [row[0] for row in connection.execute(sql.replace("$count", str(count)), {"files": files}).fetchall()]


def _rival(folder: Path) -> Rival | None:
    if find_spec("eventsourcing") is None:
        print(
            "eventsourcing is not installed: everything that compares with it is left out."
            " `uv sync --group benchmark` brings it.",
            file=sys.stderr,
        )
        return None
    from log_rival import Rival

    return Rival(folder)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to work; on a disk, not in memory")
    args = parser.parse_args()
    with workplace(args.folder) as folder:
        small, large, rival = Log(Home(folder / "home")), Home(folder / "large"), _rival(folder)
        fill(large, args.events)
        for lines in (
            surroundings(folder),
            appending(small, rival, args.rounds),
            replaying(small, Log(large), rival, args.rounds),
            writing(folder, args.rounds),
            looking_up(Log(large), args.events, args.rounds),
        ):
            for line in lines:
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
