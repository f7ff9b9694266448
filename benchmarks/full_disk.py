"""Everything that writes, on a disk that is full: what is said, what is left behind, and whether it works later.

    mount -t tmpfs -o size=48m tmpfs /mnt/small && python benchmarks/full_disk.py /mnt/small

The folder has to lie on a file system of its own that is small, as it is filled to the last block before each step.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from storage.captures import CaptureWriter, Exchange
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.events import ArticleDiscovered
from storage.home import Home
from storage.log import Log
from storage.maintenance import compact
from storage.records import Context, Producer, Record, article_id, record
from storage.texts import TextStore
from storage.verifying import verify

WORDS = vocabulary({}, [])
RUN = UUID("01890000-0000-7000-8000-000000000001")
_BLOCK_BYTES = 4096


@contextmanager
def full(folder: Path) -> Generator[None]:
    """No block is left while this lasts."""
    ballast = folder / "ballast"
    file = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(file, bytes(_BLOCK_BYTES))
    except OSError:
        os.close(file)
    try:
        yield
    finally:
        ballast.unlink()


def discovered(name: str) -> Record:
    """A record with a headline that nothing can pack."""
    url = f"https://example.org/{name}"
    event = ArticleDiscovered(url=url, via="feed", source="https://example.org/", headline=os.urandom(300).hex())
    return record(
        event, article_id(url), Context(producer=Producer("disk", 1), run_id=RUN, published_on=date(2026, 3, 2))
    )


def exchange() -> Exchange:
    """A page of 500 kB that nothing can pack."""
    return Exchange("https://example.org/", datetime.now(UTC), [], 200, "OK", [], os.urandom(500_000))


def steps(home: Home, captures: CaptureWriter) -> dict[str, Callable[[], object]]:
    """What is tried, in order."""
    log = Log(home)
    return {
        "append": lambda: log.append([discovered(f"page-{number}") for number in range(800)]),
        "keep a text": lambda: TextStore(home).put([os.urandom(100_000).hex()]),
        "keep a page": lambda: captures.exchange(exchange()),
        "publish": lambda: publish(home, WORDS),
        "rebuild": lambda: publish(home, WORDS, rebuild=True),
        "compact": lambda: compact(home),
    }


def tried(work: Callable[[], object]) -> str:
    """How it ended."""
    try:
        work()
    except OSError as error:
        return f"{error.strerror}: {Path(error.filename or '?').name}"
    return "done"


def main() -> None:
    """Try each step on a full disk and again with space; a table, and 1 where anything was lost or left behind."""
    folder = Path(sys.argv[1])
    home, failures = Home(folder / "home"), 0
    for name in ("first", "second"):
        Log(home).append([discovered(name)])
    publish(home, WORDS)
    with CaptureWriter(home, RUN) as captures:
        for name, work in steps(home, captures).items():
            head = Log(home).head()
            with full(folder):
                said = tried(work)
            drafts = [*home.root.glob(".dateline.duckdb.*"), *home.root.glob("head.*.tmp")]
            [(published,)] = ask(home, "SELECT position FROM log.checkpoint").rows
            found = verify(home, WORDS.classes)
            is_kept = (
                found.is_sound and not found.notes and not drafts and 0 < published <= head.position == found.position
            )
            later = tried(work)
            failures += not (is_kept and said != "done" and later == "done")
            print(f"{name:<12} {'kept' if is_kept else 'LOST':<5} later: {later:<5} {said}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
