"""From a request to the units of its source: who is asked, about which days, and what that would cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from flows.backfill.errors import WhomToAskError
from flows.backfill.lists import AddressList, ListedSites
from flows.backfill.news_archives import NewsArchives
from flows.backfill.planning import Plan, surveyed_plan
from flows.backfill.request import Request
from flows.backfill.surveyed import Asked, SurveyedDay
from flows.backfill.visitor import COPY_SECONDS, Visitor
from flows.backfill.wayback_days import WaybackDays
from flows.backfill.work import Unit
from flows.feed_list import FeedList
from flows.reading.batch import Desk
from flows.reading.pool import ReaderPool
from flows.settings import Settings
from flows.sources.candidates import Days
from flows.sources.wayback import ARCHIVE, Archive
from storage.ledger import surveys

_A_LIST = "a list of addresses with their days: give FILE"
_SITES = "sites: give --site HOST[/SECTION], or add feeds to the list"


def archived_plan(request: Request, settings: Settings) -> Plan:
    """The days that the request's source has to be asked about.

    Raises:
        RequestError: it does not say whom to ask.
    """
    source, home = _source(request, settings, None), settings.place
    asked = {}
    if home.edition.exists():
        asked = surveys(home, source.via, source.archive, list(source.sites), request.since, request.until)
    pace = COPY_SECONDS if source.via == "wayback" else settings.seconds_per_host
    return surveyed_plan(home, request, asked, pace, len(source.sites))


def archived_units(
    request: Request, days: Sequence[date], desk: Desk, settings: Settings, visitor: Visitor
) -> list[Unit]:
    """The units of the request's source for these days, in their order."""
    source = _source(request, settings, visitor, desk.pool)
    if isinstance(source, NewsArchives):
        return source.units(days, desk)
    with_known, size = request.only == "all", settings.pages_per_batch
    return [SurveyedDay(day, source, visitor, desk, size, with_known) for day in days]


def _source(request: Request, settings: Settings, visitor: Visitor | None, pool: ReaderPool | None = None) -> Asked:
    """Whom to ask; without a visitor only its name."""
    if request.source == "urls":
        if not request.files:
            raise WhomToAskError(request.source, _A_LIST)
        return AddressList([Path(each) for each in request.files])
    if request.source == "ccnews":
        return NewsArchives(request, settings, visitor)
    sites = tuple(request.sites) or _listed_sites(settings, whole=request.source == "feed")
    if not sites:
        raise WhomToAskError(request.source, _SITES)
    if request.source == "wayback":
        return WaybackDays(Archive(request.archive or ARCHIVE), sites, visitor)
    kind: Literal["sitemap", "feed"] = "sitemap" if request.source == "sitemap" else "feed"
    return ListedSites(kind, sites, Days(request.since, request.until), visitor, pool)


def _listed_sites(settings: Settings, *, whole: bool) -> tuple[str, ...]:
    """The sites of the feed list: their hosts, or the feeds themselves."""
    feeds = [each.url for each in FeedList.load(settings.place.feed_list).feeds]
    return tuple(dict.fromkeys(feeds if whole else (urlsplit(each).netloc for each in feeds)))
