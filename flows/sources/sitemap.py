"""Sitemaps as a source: what a site lists of its articles of certain days.

A site's robots.txt names its sitemaps; where it names none, the usual places are tried. Indexes are followed, but not
into sitemaps that cannot hold the days: those named after other days, and those not changed since the days began.

Which addresses of a sitemap are taken, the first that is stated deciding: the publication date of news sitemaps; the
day that stands in the address (`/2024/03/22/`); the last change, when it lies in the range or up to *lag_days* after
it, for articles are touched after they appear; for addresses without any date, the day or month that the sitemap is
named after.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flows.feeds.document import NotAFeedError
from flows.feeds.sitemap import Listed, Sitemap, in_utc, sitemap_or_refuse
from flows.reading.pool import Killed
from flows.sources.candidates import Candidate, Days, Found, Unread
from flows.web.answers import Limits
from flows.web.decoding import GZIP_MAGIC, UndecodableError, gunzipped
from flows.web.errors import BadUrlError
from flows.web.urls import normalised, origin_of

if TYPE_CHECKING:
    from flows.sources.asking import Visit

MAX_SITEMAP_BYTES = 52_428_800  # uncompressed, as the protocol has it
SITEMAP_LIMITS = Limits(max_body_bytes=MAX_SITEMAP_BYTES, total_seconds=120.0)
MAX_SITEMAPS = 500  # of one site in one survey
LAG_DAYS = 7
_MAX_DEPTH = 3
_USUAL_PLACES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
_IS_SITEMAP = re.compile(r"\.xml(\.gz)?(\?|\Z)|sitemap", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:yyyy|year|y|mm|month|m|dd|day|d)=(\d+)", re.IGNORECASE)
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_STAMP = re.compile(rf"(?<!\d)((?:19|20)\d\d)[-_/.&]?{_MONTH}(?:[-_/.&]?{_DAY})?(?!\d)")
_DAY_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])(?!\d)")


async def sitemap_candidates(site: str, days: Days, visit: Visit, *, lag_days: int = LAG_DAYS) -> AsyncGenerator[Found]:
    """The addresses that a site's sitemaps date to a range of days, each once, news sitemaps first.

    Args:
        site: any address of the site, or the address of one sitemap, which then is the only one to begin with.
        days: the range.
        visit: how the site is asked.
        lag_days: how long after the range an article's last change may lie where nothing else dates it.
    """
    survey = _Survey(days, visit, timedelta(days=lag_days))
    starts: tuple[str, ...] = (site,)
    is_guess = False
    if not is_sitemap(site):
        named = await visit.sitemaps_named(site)
        if isinstance(named, Unread):
            yield named
            return
        starts, is_guess = named or _usual_places(site), not named
    async with aclosing(survey.walk(starts, is_guess=is_guess)) as walking:
        async for each in walking:
            yield each
    if survey.documents == 0 and is_guess:
        yield Unread(site, "names no sitemap in robots.txt and has none in the usual places", is_final=True)


def is_sitemap(address: str) -> bool:
    """Whether an address looks like that of a sitemap."""
    return _IS_SITEMAP.search(address.partition("//")[2].partition("/")[2]) is not None


def _usual_places(site: str) -> tuple[str, ...]:
    return tuple(origin_of(site) + place for place in _USUAL_PLACES)


class _Survey:
    """One walk through a site's sitemaps."""

    def __init__(self, days: Days, visit: Visit, lag: timedelta) -> None:
        self._days, self._visit = days, visit
        self._late = Days(days.since, days.until + lag)
        self._asked: set[str] = set()
        self._given: set[str] = set()
        self.documents = 0

    async def walk(self, starts: Iterable[str], *, is_guess: bool) -> AsyncGenerator[Found]:
        """Everything below the sitemaps to begin with, level by level. A *guess* that is not there is no loss."""
        level = list(starts)
        for depth in range(_MAX_DEPTH + 1):
            below: list[str] = []
            for url in sorted(level, key=_news_first):
                sitemap = await self._read(url)
                if isinstance(sitemap, Unread):
                    if not (is_guess and depth == 0):
                        yield sitemap
                elif sitemap is not None and sitemap.is_index:
                    below += self._worth_reading(sitemap)
                elif sitemap is not None:
                    for candidate in self._candidates(sitemap, url):
                        yield candidate
            level = below
        for url in level:
            yield Unread(url, f"lies more than {_MAX_DEPTH} indexes deep", is_final=True)

    async def _read(self, url: str) -> Sitemap | Unread | None:
        """A sitemap; None when it was read before."""
        if url in self._asked:
            return None
        if len(self._asked) >= MAX_SITEMAPS:
            return Unread(url, f"the site has more than {MAX_SITEMAPS} sitemaps for these days", is_final=True)
        self._asked.add(url)
        answer = await self._visit.ask(url, SITEMAP_LIMITS, is_invited=True)
        if isinstance(answer, Unread):
            return answer
        found = await self._visit.read(sitemap_of, answer.body, answer.final_url)
        if isinstance(found, NotAFeedError | Killed):
            return Unread(url, found.what if isinstance(found, NotAFeedError) else found.why, is_final=True)
        self.documents += 1
        return found

    def _worth_reading(self, index: Sitemap) -> list[str]:
        """The sitemaps of an index that may hold the days."""
        return [each.address for each in index.listed if self._may_hold(each)]

    def _may_hold(self, listed: Listed) -> bool:
        period = named_after(listed.address)
        if period and not _overlap(period, self._days):
            return False
        return listed.modified_at is None or not self._days.is_over(listed.modified_at)

    def _candidates(self, sitemap: Sitemap, source: str) -> Iterable[Candidate]:
        period = named_after(source)
        for each in sitemap.listed:
            if not self._is_of_the_days(each, period):
                continue
            try:
                url = normalised(each.address)
            except BadUrlError:
                continue
            if url not in self._given:
                self._given.add(url)
                published, modified = in_utc(each.published_at), in_utc(each.modified_at)
                yield Candidate(url, source, published, modified, each.headline)

    def _is_of_the_days(self, listed: Listed, period: Days | None) -> bool:
        if listed.published_at:
            return listed.published_at.date() in self._days
        if day := _day_in(listed.address):
            return day in self._days
        if listed.modified_at:
            return listed.modified_at.date() in self._late
        return period is not None and _overlap(period, self._days)


def sitemap_of(body: bytes, url: str) -> Sitemap | NotAFeedError:
    """The sitemap in an answer's body, which may be a gzip file."""
    if body.startswith(GZIP_MAGIC):
        try:
            body = gunzipped(body, MAX_SITEMAP_BYTES)
        except UndecodableError as error:
            return NotAFeedError(url, f"a gzip file that cannot be read: {error}")
    return sitemap_or_refuse(body, url)


def named_after(address: str) -> Days | None:
    """The month or day that stands in a sitemap's own address: `sitemap-2024-03.xml`, `?yyyy=2024&mm=3`.

    A year alone is not believed: it can be a number like any other.
    """
    path = _LABEL.sub(lambda label: label[1].zfill(2), address.partition("//")[2].partition("/")[2])
    if not (stamp := _STAMP.search(path)):
        return None
    year, month, day = int(stamp[1]), int(stamp[2]), stamp[3]
    try:
        first = date(year, month, int(day or 1))
    except ValueError:
        return None
    return Days(first, first if day else date(year, month, monthrange(year, month)[1]))


def _day_in(address: str) -> date | None:
    """The day that stands in an article's address."""
    if not (stamp := _DAY_IN_PATH.search(address)):
        return None
    try:
        return date(int(stamp[1]), int(stamp[2]), int(stamp[3]))
    except ValueError:
        return None


def _overlap(period: Days, days: Days) -> bool:
    """Whether the two share a day, or nearly: a site's days may begin at other hours than its articles'."""
    one_day = timedelta(days=1)
    return period.since - one_day <= days.until and days.since <= period.until + one_day


def _news_first(url: str) -> bool:
    return "news" not in url.lower()
