"""A night that saw real pages live, against a backfill of the same pages from a real archive program, pywb.

    uv run python -m benchmarks.archive [--press ../shared/press] [--folder FOLDER]

The press is `serve.py` of that folder, on loopback. Each page is put into an archive as it is served, as if received
on the evening of its day; pywb serves that; a home that knows nothing does those days again from it.
Facts are compared one by one. What only the feed says (a page's day, where the page is silent) an archive cannot know:
pages whose day comes from elsewhere are listed apart.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree as ET

from benchmarks.measuring import folder_there, workplace
from flows.backfill.backfill import run_here as backfill_here
from flows.backfill.planning import plan
from flows.backfill.request import Request
from flows.night.night import Night, run_here
from flows.settings import Settings
from flows.sources.named import NamedArticle
from storage.edition.ask import ask
from storage.home import Home
from tests.flows.archives import Received, write
from tests.flows.backfill.archive_program import installed, serving

_HEADERS = (("Content-Type", "text/html; charset=utf-8"),)
ARTICLES = """
SELECT url, published_on, published_at, published_at_source, headline, headline_source, authors, section, text_sha256,
    canonical_url, publisher, keywords, language
FROM articles"""
FINDINGS = """
SELECT articles.url, events.record_type, events.event_id, events.payload
FROM current_events AS events JOIN articles USING (article_id)
WHERE events.record_type <> 'ArticleDuplicated'"""
REJECTED = """
SELECT discovered.url, reason FROM log.article_rejected JOIN log.article_discovered AS discovered USING (article_id)"""
FACTS = {"articles": ARTICLES, "findings": FINDINGS, "rejected": REJECTED}


@contextmanager
def pressed(press: Path, port: int) -> Iterator[str]:
    """The press, served; the address of its list of feeds."""
    command = [sys.executable, str(press / "serve.py"), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def asked(address: str) -> bytes:
    """What the press answers."""
    with urlopen(address, timeout=30) as answer:  # noqa: S310 - loopback
        body: bytes = answer.read()
        return body


def elements(address: str, name: str) -> Iterator[ET.Element]:
    """The elements of that name in a document of the press."""
    return ET.fromstring(asked(address)).iter(name)  # noqa: S314 - our own


def feeds_of(opml: str) -> list[str]:
    """The addresses in a list of feeds."""
    return [each.attrib["xmlUrl"] for each in elements(opml, "outline")]


def received(live: Home) -> Iterator[Received]:
    """Every page that became an article, as it is served, on the evening of its day or of one that its address names.

    Some saved pages are older than the day in their address here, which is the day they were saved.
    """
    for url, day in ask(live, "SELECT url, published_on FROM articles ORDER BY url").rows:
        named = NamedArticle(url=url, via="wayback", source="", ask=url).day_in_url
        evening = datetime.combine(max(day, named or day), time(18), UTC)
        yield Received(url, asked(url), evening, headers=_HEADERS)


def rows(home: Home, query: str) -> set[tuple[str, ...]]:
    """The rows of a query, comparable."""
    return {tuple(map(str, row)) for row in ask(home, query).rows}


def compare(what: str, live: set[tuple[str, ...]], archived: set[tuple[str, ...]], silent: set[str]) -> bool:
    """Print how many are the same, and those that are not; whether all are that could be."""
    other = live ^ archived
    explained = {row for row in other if row[0] in silent}
    numbers = (len(live), len(archived), len(live & archived), len(explained), len(other - explained))
    print(f"{what:<12}", *(f"{number:>12}" for number in numbers))
    for row in sorted(other - explained)[:20]:
        print("   ", "live    " if row in live else "archived", *(each[:60] for each in row))
    return other == explained


def main() -> int:
    """Run the night and the backfill, print the table; 1 when something differs for no reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--press", type=folder_there, default="../shared/press")
    parser.add_argument("--port", type=int, default=8917)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with workplace(arguments.folder) as folder, pressed(arguments.press, arguments.port) as opml:
        live, feeds = Home(folder / "live"), feeds_of(opml)
        with Night(settings_for(live), feeds) as night:
            run_here(night)
            night.publish()
        pages = list(received(live))
        (folder / "pywb").mkdir()
        archive_file = write(folder / "pywb" / "press.warc.gz", pages)
        archived = Home(folder / "archived")
        with serving(installed(), folder / "pywb", "news", [archive_file]) as address:
            backfill(archived, address, pages)
        return report(live, archived)


def settings_for(home: Home) -> Settings:
    """Loopback is asked without a pause."""
    return Settings(home=home.root, allow_private_addresses=True, workers=2, seconds_per_host=0.0)


def backfill(home: Home, address: str, pages: list[Received]) -> None:
    """The days of the pages, each with its neighbours, from the archive."""
    reach = [timedelta(days=number) for number in (-1, 0, 1)]
    days = sorted({page.at.date() + each for page in pages for each in reach})
    sites = tuple(sorted({page.url.split("/")[2] for page in pages}))
    request = Request(since=days[0], until=days[-1], source="wayback", archive=address, sites=sites)
    settings = settings_for(home)
    planned = {each.day for each in plan(request, settings).days}
    backfill_here(request, settings, [day for day in days if day in planned])


def report(live: Home, archived: Home) -> int:
    """The table of what is the same."""
    silent = {row[0] for row in rows(live, "SELECT url FROM articles WHERE published_at_source = 'feed'")}
    silent |= {row[0] for row in rows(archived, "SELECT url FROM articles WHERE published_at_source = 'captured_at'")}
    print(f"{'':<12}", *(f"{head:>12}" for head in ("live", "archived", "same", "day of feed", "differ")))
    found = [compare(what, rows(live, query), rows(archived, query), silent) for what, query in FACTS.items()]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
