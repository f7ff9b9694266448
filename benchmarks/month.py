"""A simulated month: whether every article is found, every correction noticed once, and what that costs the sites.

    uv run python benchmarks/month.py [--days 30] [--papers 5] [--a-day 4]

A site on loopback with a clock of its own is visited every night; the real steps of a night run, without Prefect. The
table says what was asked for; the lines below it compare what the log knows with what was planned.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.month_site import BEGIN, MonthSite, planned
from flows.night.night import Night, run_here
from flows.settings import Settings
from storage.edition.ask import ask
from storage.home import Home

NIGHT_HOUR = timedelta(days=1, hours=2, minutes=30)


@dataclass
class Month:
    """What came of it: requests by night, address kind and status; and how the nights ended."""

    site: MonthSite
    home: Home
    requests: list[Counter[tuple[str, int]]] = field(default_factory=list)
    counts: list[dict[str, int]] = field(default_factory=list)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The edition's answer."""
        return list(ask(self.home, query).rows)


def live_through(home: Home, site: MonthSite, days: int, workers: int = 2) -> Month:
    """Visit the site every night; *site* must be on the air."""
    month = Month(site, home)
    settings = Settings(home=home.root, allow_private_addresses=True, workers=workers)
    for day in range(days):
        site.now = BEGIN + timedelta(days=day) + NIGHT_HOUR
        site.requests.clear()
        month.counts.append(_visit(settings, site, is_last=day == days - 1))
        month.requests.append(site.requests.copy())
    return month


def _visit(settings: Settings, site: MonthSite, *, is_last: bool) -> dict[str, int]:
    with Night(settings, site.feeds, now=_clock(site.now)) as night:
        run_here(night)
        if is_last:
            night.publish()
        return dict(night.tally.counts)


def _clock(begin: datetime) -> Callable[[], datetime]:
    """A clock that moves by a millisecond when it is looked at."""
    ticks = itertools.count()
    return lambda: begin + timedelta(milliseconds=next(ticks))


@dataclass(frozen=True)
class Expected:
    """What the plan says that a home must know after the last night; corrections and withdrawals by headline."""

    articles: int
    stories: int
    corrected: list[str]
    withdrawn: list[str]


def expected(site: MonthSite, days: int) -> Expected:
    """Count the plan. Of corrections and withdrawals those count whose article was asked for a week later."""
    last = BEGIN + timedelta(days=days - 1) + NIGHT_HOUR
    seen = [each for each in site.pieces if each.published_at <= last]
    settled = [each for each in seen if each.published_at + timedelta(days=7) <= last]
    wires = [each for each in seen if each.agency]
    return Expected(
        articles=len(seen),
        stories=len(seen) - len(wires) + len({each.paragraphs for each in wires}),
        corrected=sorted(each.headline for each in settled if each.corrected_at),
        withdrawn=sorted(each.headline for each in settled if each.gone_at),
    )


def table(month: Month) -> Iterator[str]:
    """Requests per night: for feeds, for new pages and for pages asked for again."""
    yield "night  feeds 200  feeds 304  pages 200  pages 304   30x   4xx   new  revised"
    for night, (asked, counts) in enumerate(zip(month.requests, month.counts, strict=True), 1):
        feeds, pages = Counter[int](), Counter[int]()
        for (address, status), number in asked.items():
            if not address.endswith("/robots.txt"):
                (feeds if address in month.site.feeds else pages)[status] += number
        gone = sum(number for status, number in pages.items() if status >= 400)  # noqa: PLR2004
        yield (
            f"{night:>5}{feeds[200]:>11}{feeds[304]:>11}{pages[200]:>11}{pages[304]:>11}{pages[301]:>6}{gone:>6}"
            f"{counts.get('discovered', 0):>6}{counts.get('revised', 0):>9}"
        )
    yield f"feeds: {len(month.site.feeds)}, each asked {_feed_requests(month):.2f} times a night"


def _feed_requests(month: Month) -> float:
    asked = sum(n for each in month.requests for (address, _), n in each.items() if address in month.site.feeds)
    return asked / len(month.requests) / len(month.site.feeds)


def verdicts(month: Month, days: int) -> Iterator[str]:
    """What was found beside what was planned."""
    plan = expected(month.site, days)
    [(articles, withdrawn)] = month.rows("SELECT count(*), count(withdrawn_at) FROM articles")
    [(stories,)] = month.rows("SELECT count(*) FROM stories")
    [(aliases,)] = month.rows("SELECT count(*) FROM log.article_aliased")
    revised = [row[0] for row in month.rows("SELECT count(*) FROM log.article_revised GROUP BY article_id")]
    yield f"articles: {articles} of {plan.articles}"
    yield f"stories: {stories} of {plan.stories}"
    yield f"corrections: {len(revised)}, each noticed {max(revised, default=0)} times at most"
    yield f"    planned for articles that are a week old: {len(plan.corrected)}"
    yield f"withdrawn: {withdrawn}; planned for articles that are a week old: {len(plan.withdrawn)}"
    yield f"other addresses of articles: {aliases}"


def main() -> None:
    """Live through a month and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--papers", type=int, default=5)
    parser.add_argument("--a-day", type=int, default=4)
    parser.add_argument("--folder", type=Path, help="where to keep the home meanwhile")
    asked = parser.parse_args()
    from benchmarks.measuring import workplace

    with workplace(asked.folder) as folder, MonthSite(planned(asked.days, asked.papers, asked.a_day)) as site:
        month = live_through(Home(folder / "home"), site, asked.days)
        print("\n".join([*table(month), *verdicts(month, asked.days)]))


if __name__ == "__main__":
    main()
