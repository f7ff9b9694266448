"""What our feed reader makes of feeds that others have collected, beside feedparser alone.

    uv run python benchmarks/feeds.py --press DIR

DIR holds `feedparser/` (its conformance tests, whose heads name HTTP headers) and `real/` (feeds as received, gzip).
Each document is read in a worker process as in a night. Entries are compared one by one: link, title as plain text,
id and both times. Ends with 1 when one of them differs without a reason, takes longer than five seconds or raises.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import feedparser

from flows.feeds.document import NotAFeedError
from flows.feeds.plain_text import plain_text
from flows.reading.pool import Killed, ReaderPool
from flows.sources.feed import found_feed

URL = "http://127.0.0.1:8097/feed.xml"
SLOWEST = 5.0  # seconds
_HEADER = re.compile(rb"^Header:\s*Content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_CPU_SECONDS = 10
_FINE = ("same", "neither", "ours only")
_EXPLAINED = {"entry_title_crazy.xml": "feedparser takes the text of a script in a title for the title's own"}


class Found(NamedTuple):
    """What a reader says of one entry, in a form that both can be brought to."""

    link: str
    headline: str | None
    guid: str | None
    times: frozenset[datetime]


class Judged(NamedTuple):
    """One document."""

    name: str
    entries: int
    seconds: float
    verdict: str  # same, neither, ours only, feedparser only, differs, killed


def ours(body: bytes, content_type: str | None) -> tuple[list[Found] | str, float]:
    """Our reader's entries, or why there are none, and the CPU time."""
    before = time.process_time()
    try:
        found = found_feed(body, content_type, URL)
    except NotAFeedError as error:
        return error.what, time.process_time() - before
    times = [frozenset(filter(None, (each.published_at, each.modified_at))) for each in found.entries]
    entries = [Found(e.link, e.headline, e.guid, at) for e, at in zip(found.entries, times, strict=True)]
    return entries, time.process_time() - before


def theirs(body: bytes, content_type: str | None) -> tuple[list[Found], bool]:
    """The entries that feedparser finds, and whether it takes the document for a feed."""
    headers = {"content-location": URL, "content-type": content_type or "application/xml"}
    parsed = feedparser.parse(BytesIO(body), response_headers=headers)
    is_atom = (parsed.get("version") or "").startswith("atom")
    return [_theirs(entry, is_atom=is_atom) for entry in parsed["entries"]], bool(parsed.get("version"))


def _theirs(entry: Any, *, is_atom: bool) -> Found:  # noqa: ANN401 - feedparser's dictionary
    kind = (dict.get(entry, "title_detail") or {}).get("type")
    guid = str(dict.get(entry, "id") or "").strip() or None
    times = frozenset(
        filter(None, map(_time, (dict.get(entry, "published_parsed"), dict.get(entry, "updated_parsed"))))
    )
    title = plain_text(dict.get(entry, "title") or "", is_literal=is_atom and kind == "text/plain")
    return Found(str(dict.get(entry, "link") or ""), title, guid, times)


def _time(parsed: Any) -> datetime | None:  # noqa: ANN401
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def documents(press: Path) -> Iterator[tuple[str, str, bytes, str | None]]:
    """Group, name, body and content type of each document."""
    for path in sorted((press / "feedparser").rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            header = _HEADER.search(body[:2_000])
            group = path.relative_to(press / "feedparser").parts[0]
            kind = header[1].decode() if header else None
            yield group, path.name, body, "application/feed+json" if path.suffix == ".json" else kind
    for path in sorted((press / "real").glob("*.gz")):
        body = gzip.decompress(path.read_bytes())
        # feedparser reads JSON only where it is announced
        yield "real", path.name, body, "application/feed+json" if body.startswith(b"{") else None


def judged(name: str, body: bytes, content_type: str | None, result: Any) -> Judged:  # noqa: ANN401
    """One document's verdict."""
    if isinstance(result, Killed):
        return Judged(name, 0, 0.0, f"killed: {result.why}")
    entries, seconds = result
    expected, is_feed = theirs(body, content_type)
    if isinstance(entries, str):
        return Judged(name, 0, seconds, f"feedparser only: {entries}" if is_feed or expected else "neither")
    if not is_feed and not expected:
        return Judged(name, len(entries), seconds, "ours only")
    different = next(((a, b) for a, b in zip(entries, expected, strict=False) if not _is_same(a, b)), None)
    if len(entries) != len(expected) or different:
        return Judged(name, len(entries), seconds, f"differs: {len(entries)} against {len(expected)}, {different}")
    return Judged(name, len(entries), seconds, "same")


def _is_same(ours: Found, theirs: Found) -> bool:
    link = not theirs.link or ours.link == theirs.link  # ours falls back on alternates and ids
    return link and ours[1:] == theirs[1:]


def main() -> int:
    """Read everything and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--press", type=Path, required=True, help="folder with feedparser/ and real/")
    every = list(documents(arguments.parse_args().press))
    with ReaderPool(2, _CPU_SECONDS) as pool:
        results = pool.run(ours, [(body, kind) for _, _, body, kind in every])
    groups: dict[str, list[Judged]] = {}
    for (group, name, body, kind), result in zip(every, results, strict=True):
        groups.setdefault(group, []).append(judged(name, body, kind, result))
    print(f"{'group':<14}{'documents':>10}{'entries':>9}{'same':>7}{'neither':>9}{'ours only':>11}{'slowest':>10}")
    for group, found in groups.items():
        verdicts = Counter(each.verdict.partition(":")[0] for each in found)
        counts = "".join(
            f"{verdicts[name]:>{width}}" for name, width in (("same", 7), ("neither", 9), ("ours only", 11))
        )
        slowest = max(each.seconds for each in found)
        entries = sum(each.entries for each in found)
        print(f"{group:<14}{len(found):>10}{entries:>9}{counts}{slowest:>8.2f} s")
    failed = [each for found in groups.values() for each in found if each.verdict.partition(":")[0] not in _FINE]
    slow = [each for found in groups.values() for each in found if each.seconds > SLOWEST]
    for each in (*failed, *slow):
        print(f"  {each.name}: {_EXPLAINED.get(each.name) or each.verdict}")
    return bool(slow) or any(each.name not in _EXPLAINED for each in failed)


if __name__ == "__main__":
    sys.exit(main())
