"""What a backfill costs: reading kept pages again beside the same work called bare, planning, nothing to do, streaming.

    uv run python benchmarks/backfill.py [--pages ../shared/press/pages] [--copies 3] [--rounds 3] [--events 10000000]
        [--megabytes 200] [--folder FOLDER]

The pages are kept in a home as an older cleaner and older extractors would have left them, so that everything is
stale and all of it is written anew. Bare is a process pool that cleans and reads the same bodies, loaded and warm,
with nothing kept. Start-up of the worker processes and the edition's publication stand apart. Figures are medians over
the rounds, the programs taking turns.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from measuring import Line, at_least, workplace

if TYPE_CHECKING:
    from flows.backfill.request import Request
    from flows.settings import Settings
    from storage.home import Home

BEGINNING, DAYS = date(2026, 3, 1), 6
OLDER = "0" * 64
_TARGET_PLAN, _TARGET_NOTHING, _TARGET_MEMORY = 2.0, 2.0, 20_000_000


def bodies(folder: Path, copies: int) -> list[bytes]:
    """The pages, so many times."""
    files = sorted(each for each in folder.rglob("*") if each.suffix in {".html", ".gz"} and each.is_file())
    return [_dated(_unpacked(each), number) for number, each in enumerate(files * copies)]


def _dated(page: bytes, number: int) -> bytes:
    """The page as if it were of one of the days: pages of many years would make days of one page each."""
    day = (BEGINNING + timedelta(days=number % DAYS)).isoformat().encode()
    stated = b'<meta property="article:published_time" content="' + day + b'T09:00:00Z">'
    return re.sub(rb"(?i)(<head[^>]*>)", rb"\1" + stated, re.sub(rb"\b20[0-2]\d-[01]\d-[0-3]\d", day, page), count=1)


def _unpacked(path: Path) -> bytes:
    import gzip

    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def keep(home: Home, pages: list[bytes]) -> None:
    """Keep the pages, some days of them, as read by older code."""
    from extractors.cleaning import Claimed
    from flows.reading.articles import FETCHER, Page
    from flows.reading.batch import Desk, read_batch
    from flows.reading.pool import ReaderPool
    from flows.recording import Recorder
    from flows.vocabulary import vocabulary
    from storage.captures import CaptureWriter
    from storage.edition.publish import publish
    from storage.events import ArticleDiscovered
    from storage.log import Log
    from storage.records import article_id, new_run_id
    from storage.texts import TextStore

    run = new_run_id()
    recorder, log = Recorder(run), Log(home)
    with (
        patch("flows.reading.articles.configuration", lambda *_: OLDER),
        patch("flows.reading.readings.reader_configuration", lambda *_: OLDER),
        CaptureWriter(home, run) as captures,
        ReaderPool(os.cpu_count() or 1, 20) as pool,
    ):
        desk = Desk(log, TextStore(home), captures, pool, recorder)
        for start in range(0, len(pages), 100):
            taken, found = [], []
            for number, body in enumerate(pages[start : start + 100], start):
                day = BEGINNING + timedelta(days=number % DAYS)
                url = f"https://kept.example.org/{number}"
                at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
                event = ArticleDiscovered(url=url, via="file", source="kept", claimed_published_at=at)
                named = recorder(event, article_id(url), FETCHER, day, occurred_at=at)
                found.append(named)
                taken.append(
                    Page(
                        article=article_id(url),
                        url=url,
                        final_url=url,
                        status=200,
                        content_type="text/html",
                        body=body,
                        captured_at=at + timedelta(hours=12),
                        capture=captures.resource(url, "text/html", body, at),
                        claimed=Claimed(url, None, at),
                        discovered=named.id,
                    )
                )
            read_batch(taken, found, desk)
    publish(home, vocabulary())


def _bare_worker() -> None:
    import flows.reading.preload  # noqa: F401 - loads what cleaning and reading need


def _bare(body: bytes, url: str, at: datetime) -> int:
    """Clean one page and read its text with every extractor."""
    from extractors.cleaning import Claimed, CleanedText
    from extractors.extractor import discover
    from flows.reading.work import clean_page, read_text

    found = clean_page(body, "text/html", Claimed(url, None, at), at + timedelta(hours=12)).value
    if not isinstance(found, CleanedText):
        return 0
    day = found.published_on or at.date()
    return sum(len(each.findings) for each in read_text(found.text, day, found.language, tuple(discover())).value)


def bare(pages: list[bytes], workers: int) -> float:
    """Seconds that the bare work takes."""
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_bare_worker) as pool:
        list(pool.map(time.sleep, [0.3] * workers))  # everybody is loaded
        at = [datetime(2026, 3, 1 + number % DAYS, 12, tzinfo=UTC) for number in range(len(pages))]
        urls = [f"https://kept.example.org/{number}" for number in range(len(pages))]
        started = time.perf_counter()
        list(pool.map(_bare, pages, urls, at, chunksize=1))
        return time.perf_counter() - started


class Again(NamedTuple):
    """Reading a copy of the home again: from the first page to the last commit."""

    seconds: float
    work_cpu_seconds: float  # of cleaning and reading, in the workers
    other_cpu_seconds: float  # of this process
    findings: int


def again(kept: Home, folder: Path, workers: int, max_active: int) -> Again:
    """Read a copy of the home again."""
    from flows.backfill.backfill import Backfill, work_here
    from flows.backfill.planning import plan
    from flows.reading.preload import read_text  # noqa: F401
    from storage.home import Home

    home = Home(folder / "again")
    shutil.rmtree(home.root, ignore_errors=True)
    shutil.copytree(kept.root, home.root)
    request, settings = _request(max_active=max_active), _settings(home, workers)
    days = [each.day for each in plan(request, settings).days]
    with Backfill(request, settings) as backfill:
        backfill._desk.pool.run(time.sleep, [(0.5,)] * workers)  # noqa: SLF001 - everybody is loaded
        started, before = time.perf_counter(), time.process_time()
        work_here(backfill, days, max_active)
        seconds, other = time.perf_counter() - started, time.process_time() - before
    spent = backfill.tally.cpu_seconds
    return Again(seconds, spent["clean"] + spent["read"], other, backfill.tally.counts.get("findings", 0))


def _request(**given: Any) -> Request:  # noqa: ANN401
    from flows.backfill.request import Request

    return Request(**{"since": BEGINNING, "until": BEGINNING + timedelta(days=DAYS - 1), **given})


def _settings(home: Home, workers: int) -> Settings:
    from flows.settings import Settings

    return Settings(home=home.root, workers=workers)


def reading(args: argparse.Namespace, folder: Path) -> Iterator[Line]:
    """Reading kept pages again."""
    from storage.home import Home

    pages = bodies(args.pages, args.copies)
    kept = Home(folder / "kept")
    keep(kept, pages)
    rounds: dict[str, list[float]] = {"bare": [], "two": [], "one": [], "alone": [], "share": []}
    findings = 0
    for _ in range(args.rounds):
        rounds["bare"].append(bare(pages, 2))
        two = again(kept, folder, workers=2, max_active=2)
        rounds["two"].append(two.seconds)
        rounds["share"].append(two.work_cpu_seconds / (two.work_cpu_seconds + two.other_cpu_seconds))
        rounds["alone"].append(again(kept, folder, workers=2, max_active=1).seconds)
        rounds["one"].append(again(kept, folder, workers=1, max_active=2).seconds)
        findings = two.findings
    took = {name: median(each) for name, each in rounds.items()}
    yield Line("pages, findings written", f"{len(pages)}, {findings}")
    yield Line("bare process pool", f"{len(pages) / took['bare']:.1f} pages/s")
    yield Line("reading again, 2 workers, 2 days at a time", f"{len(pages) / took['two']:.1f} pages/s")
    yield at_least("of the bare work's speed", took["bare"] / took["two"], 0.9)
    yield at_least("share of the CPU that goes into cleaning and reading", took["share"], 0.9)
    yield at_least("--workers 2 over --workers 1", took["one"] / took["two"], 1.7)
    yield at_least("--max-active 2 over --max-active 1", took["alone"] / took["two"], 1.0)


def planning(args: argparse.Namespace, folder: Path) -> Iterator[Line]:
    """Planning ten years over a large log."""
    from synthetic import ARTICLES_IN_BATCH, SyntheticHome

    from flows.backfill.planning import plan
    from flows.vocabulary import vocabulary
    from storage.edition.publish import publish
    from storage.home import Home

    home = Home(folder / "large")
    home.root.mkdir(parents=True, exist_ok=True)
    filling = SyntheticHome(home)
    while filling.position < args.events:
        filling.append(ARTICLES_IN_BATCH, date(2016, 1, 1) + timedelta(days=filling.position * 3650 // args.events))
    publish(home, vocabulary())
    request, settings = _request(since=date(2016, 1, 1), until=date(2025, 12, 31)), _settings(home, 2)
    times = []
    for _ in range(args.rounds):
        started = time.perf_counter()
        found = plan(request, settings)
        times.append(time.perf_counter() - started)
    what = f"planning {len(found.days)} days over {filling.position:,} records"
    yield Line(what, f"{median(times):.2f} s", f"<= {_TARGET_PLAN:g} s", median(times) <= _TARGET_PLAN)


def nothing(args: argparse.Namespace, folder: Path) -> Iterator[Line]:
    """A range with nothing to do, as a command."""
    home = folder / "again"
    environment = {**os.environ, "DATELINE_HOME": str(home)}
    until = BEGINNING + timedelta(days=DAYS - 1)
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "backfill",
        "--since",
        str(BEGINNING),
        "--until",
        str(until),
        "--json",
    ]
    subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    times = []
    for _ in range(args.rounds):
        started = time.perf_counter()
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        times.append(time.perf_counter() - started)
        assert json.loads(said)["outcome"] == "nothing"
    took = median(times)
    yield Line(
        "a range with nothing to do, the whole command",
        f"{took:.2f} s",
        f"<= {_TARGET_NOTHING:g} s",
        took <= _TARGET_NOTHING,
    )


def streaming(args: argparse.Namespace, folder: Path) -> Iterator[Line]:
    """An archive file as Common Crawl makes them, read beside bare FastWARC."""
    path = archive_file(bodies(args.pages, 1), folder / "news.warc.gz", args.megabytes * 1_000_000)
    took: dict[str, list[float]] = {"ours": [], "bare": []}
    memory = 0
    for _ in range(args.rounds):
        for name, seconds in took.items():
            said = json.loads(
                subprocess.run(
                    [sys.executable, __file__, "--stream", name, str(path)], check=True, capture_output=True, text=True
                ).stdout
            )
            seconds.append(said["seconds"])
            memory = said["grown_bytes"] if name == "ours" else memory
    size = path.stat().st_size / 1e6
    ours, plain = median(took["ours"]), median(took["bare"])
    yield Line(f"streaming {size:.0f} MB of pages, digests checked", f"{size / ours:.0f} MB/s")
    yield Line("bare FastWARC, bodies read, nothing checked", f"{size / plain:.0f} MB/s")
    yield Line("memory grown after the first tenth", f"{memory / 1e6:.0f} MB", "<= 20 MB", memory <= _TARGET_MEMORY)


def archive_file(pages: list[bytes], path: Path, size_bytes: int) -> Path:
    """A WARC file of the pages, again and again until it is large enough."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer, number = WARCWriter(file, gzip=True), 0
        while file.tell() < size_bytes:
            body = pages[number % len(pages)] + b"<!-- %d -->" % number
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://news-{number % 50}.example.org/{number}",
                    "response",
                    payload=io.BytesIO(body),
                    length=len(body),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2026-03-04T12:00:00Z"},
                )
            )
            number += 1
    return path


def stream(name: str, path: Path) -> None:
    """In a process of its own: read the file, and say how long it took and how memory grew after the first tenth."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    from flows.sources.ccnews import pages

    size, first = path.stat().st_size, 0
    started = time.perf_counter()
    if name == "ours":
        positions = [0]
        for _ in pages(path, (), told=lambda position: positions.__setitem__(0, position)):
            if not first and positions[0] > size // 10:
                first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    else:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
                record.reader.read()
    seconds = time.perf_counter() - started
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first
    print(json.dumps({"seconds": seconds, "grown_bytes": grown * 1024}))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=Path(__file__).parents[2] / "shared" / "press" / "pages")
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--only", default="reading,nothing,streaming,planning")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--stream", nargs=2, metavar=("HOW", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stream:
        stream(args.stream[0], Path(args.stream[1]))
        return 0
    if not args.pages.exists():
        print(f"{args.pages} is not there; give a folder of pages with --pages", file=sys.stderr)
        return 2
    parts = {"reading": reading, "nothing": nothing, "streaming": streaming, "planning": planning}
    with workplace(args.folder) as folder:
        for name in args.only.split(","):
            for line in parts[name](args, folder):
                print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
