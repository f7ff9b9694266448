"""What an edition costs to publish, to rebuild, to ask and to keep, over a synthetic log of any size.

    uv run python benchmarks/edition.py [--events 1000000] [--folder /var/tmp | --home FOLDER]

Publishing and rebuilding run in processes of their own, whose peak memory and CPU time are counted; figures are medians.
The issue's figures are for 10,000,000 events: some 10 GB of disk and, the log having been made, a few minutes. `--home`
names a folder to keep the home in, or one that is there already.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
from measuring import Line, Spent, median, surroundings, timed, workplace
from synthetic import SyntheticHome

from flows.vocabulary import vocabulary
from storage.edition.ask import open_edition
from storage.edition.publish import publish
from storage.home import Home

NEW_ARTICLES = 313  # some 10,000 events
PUBLICATIONS = 5
ASKED = 7
LARGE = 10_000_000
NIGHTLY_ARTICLES = 2_500
MOST_MEMORY_GIB = 2.0

_MONTH = "published_on BETWEEN DATE '2026-06-01' AND DATE '2026-06-30'"
_YEAR = "published_on BETWEEN DATE '2026-01-01' AND DATE '2026-12-31'"
_ONE = "(SELECT any_value(article_id) FROM log.article_revised)"
QUESTIONS: dict[str, tuple[str, float | None]] = {
    "all records, day x type over a year": (
        f"SELECT published_on, record_type, count(*) FROM events WHERE {_YEAR} GROUP BY ALL",
        100,
    ),
    "findings that count, day x type over a year": (
        f"SELECT published_on, record_type, count(*) FROM current_events WHERE {_YEAR} GROUP BY ALL",
        None,
    ),
    "top speakers of a month": (
        f"SELECT speaker, count(*) FROM statements WHERE {_MONTH} GROUP BY ALL ORDER BY 2 DESC LIMIT 20",
        60,
    ),
    "one article's history": ("FROM events WHERE article_id = getvariable('article') ORDER BY position", 60),
    "findings as of the whole log, by type": (
        "SELECT record_type, count(*) FROM current_events_as_of(getvariable('head')::BIGINT) GROUP BY ALL",
        400,
    ),
    "findings as of its first half, by type": (
        "SELECT record_type, count(*) FROM current_events_as_of(getvariable('head')::BIGINT // 2) GROUP BY ALL",
        400,
    ),
    "articles of a day with their texts": ("FROM articles WHERE published_on = DATE '2026-06-03'", None),
    "statements of a month by story": (
        (
            "SELECT speaker, count(DISTINCT story_id) AS stories FROM statements JOIN articles USING (article_id)"
            f" WHERE statements.{_MONTH} GROUP BY ALL ORDER BY stories DESC LIMIT 20"
        ),
        None,
    ),
    "one article's revisions with their texts": (
        "FROM article_revisions WHERE article_id = getvariable('article')",
        None,
    ),
    "stories, most printed first": ("FROM stories ORDER BY articles DESC LIMIT 20", None),
    "days": ("FROM days", None),
    "stories as of the first half": (
        "SELECT count(DISTINCT story_id) FROM articles_as_of(getvariable('head')::BIGINT // 2)",
        None,
    ),
}


def publishing(home: Home, events: int, synthetic: SyntheticHome) -> Iterator[Line]:
    """Rebuild everything, then add some 10,000 events at a time."""
    done = _apart(home, "--rebuild")
    rate = done["position"] / done["wall"]
    yield Line(
        "rebuild with all projections",
        f"{rate:,.0f} events/s, {done['cpu'] / done['position'] * 1e6:.1f} us of CPU each",
        ">= 200,000",
        rate >= 200_000,
    )
    yield _memory("peak memory of it", done)
    runs: list[Mapping[str, float]] = []
    for _ in range(PUBLICATIONS):
        synthetic.append(NEW_ARTICLES)
        time.sleep(1.1)  # an edition that was published a moment ago may still be being opened
        runs.append(_apart(home))
    spent, target = median(Spent(each["wall"], each["cpu"]) for each in runs), 8.0 if events >= LARGE else 1.5
    new = statistics.median(each["new"] for each in runs)
    yield Line(
        f"publish {new:,.0f} new events into {events:,}",
        f"{spent.wall:.2f} s, {spent.cpu:.2f} s of CPU",
        f"<= {target:g} s",
        spent.wall <= target,
    )
    yield _memory("peak memory of it", max(runs, key=lambda each: each["memory"]))


def _apart(home: Home, *options: str) -> dict[str, float]:
    """Publish in a process of its own, and what it says that took."""
    command = [sys.executable, __file__, "--publish", str(home.root), *options]
    answer: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return answer


def _memory(what: str, done: Mapping[str, float]) -> Line:
    memory = done["memory"] / (1 << 30)
    return Line(what, f"{memory:.2f} GiB", f"<= {MOST_MEMORY_GIB:g} GiB", memory <= MOST_MEMORY_GIB)


def _publish(root: Path, *, rebuild: bool) -> None:
    words = vocabulary()
    spent, done = timed(lambda: publish(Home(root), words, rebuild=rebuild))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        json.dumps(
            {
                "wall": spent.wall,
                "cpu": spent.cpu,
                "memory": memory,
                "position": done.position,
                "new": done.new_records,
            }
        )
    )


def asking(home: Home) -> Iterator[Line]:
    """Questions to the published edition, each asked once before it is measured."""
    with closing(open_edition(home.edition)) as edition:
        edition.execute(f"SET VARIABLE article = {_ONE}")
        edition.execute("SET VARIABLE head = (SELECT position FROM log.checkpoint)")
        for what, (query, target) in QUESTIONS.items():
            edition.execute(query).fetchall()
            spent = median(timed(lambda: edition.execute(query).fetchall())[0] for _ in range(ASKED))  # noqa: B023
            measured = f"{spent.wall * 1e3:.0f} ms, {spent.cpu * 1e3:.0f} ms of CPU"
            yield Line(
                what, measured, f"<= {target:g} ms" if target else "", spent.wall * 1e3 <= target if target else None
            )


def keeping(home: Home, articles: int, events: int) -> Iterator[Line]:
    """What lies on the disk, for each article and for a year of nights."""
    yield Line("events for each article", f"{events / articles:.1f}")
    sizes = {
        "log": _bytes(home.log),
        "texts": _bytes(home.texts),
        "edition": home.edition.stat().st_size,
        "edition's private file": home.base.stat().st_size,
    }
    for what, size in sizes.items():
        yearly = size / articles * NIGHTLY_ARTICLES * 365 / 1e9
        yield Line(
            f"{what}: bytes for each article, {NIGHTLY_ARTICLES:,} a night",
            f"{size / articles:,.0f}, {yearly:.1f} GB a year",
        )


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measured(home: Home, events: int) -> Iterator[Line]:
    """Every line of the table."""
    synthetic = SyntheticHome(home)
    synthetic.fill(events, lambda position: print(f"\r{position:,} events made", end="", file=sys.stderr, flush=True))
    print(file=sys.stderr)
    yield from surroundings(home.root)
    yield Line("events, articles, DuckDB", f"{synthetic.position:,}, {synthetic.articles:,}, {duckdb.__version__}")
    yield from publishing(home, events, synthetic)
    yield from asking(home)
    yield from keeping(home, synthetic.articles, synthetic.position)


def _given() -> Any:  # noqa: ANN401 - what argparse makes
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to work; its disk is what is measured")
    parser.add_argument("--home", type=Path, help="a home to keep, or to use again")
    parser.add_argument("--publish", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rebuild", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    given = _given()
    if given.publish:
        _publish(given.publish, rebuild=given.rebuild)
        return
    with workplace(given.folder) as folder:
        home = Home(given.home or folder / "home")
        home.root.mkdir(parents=True, exist_ok=True)
        for line in measured(home, given.events):
            print(line, flush=True)


if __name__ == "__main__":
    main()
