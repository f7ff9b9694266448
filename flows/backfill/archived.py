"""From a request to the units of its source: who is asked, about which days, and what that would cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from flows.backfill.errors import DaysToComeError, UnusableError, WhomToAskError
from flows.backfill.lists import AddressList, ListedSites
from flows.backfill.news_archives import LATEST, NewsArchives
from flows.backfill.planning import Asking, Plan, surveyed_plan
from flows.backfill.request import Request
from flows.backfill.surveyed import Asked, SurveyedDay
from flows.backfill.visitor import COPY_SECONDS, Visitor
from flows.backfill.wayback_days import WaybackDays
from flows.backfill.work import Unit
from flows.feed_list import Feed, FeedList
from flows.reading.batch import Desk
from flows.reading.pool import ReaderPool
from flows.settings import Settings
from flows.sources.candidates import EAST, Days
from flows.sources.ccnews import is_archive
from flows.sources.named import is_of
from flows.sources.wayback import ARCHIVE, Archive
from flows.web.addresses import is_local_name, is_public, is_within
from storage.ledger import surveys
from storage.log import Log
from storage.records import article_id, utc_now
from storage.state.articles import captured_articles

_A_LIST = "a list of addresses with their days: give FILE"
_PRIVATE = "lies on a private network; set DATELINE_ALLOW_PRIVATE_ADDRESSES=true, or DATELINE_ALLOWED_NETWORKS"
_SITES = "sites: give --site HOST[/SECTION], or add feeds to the list"


def archived_plan(request: Request, settings: Settings) -> Plan:
    """The days that the request's source has to be asked about.

    Raises:
        RequestError: it does not say whom to ask.
    """
    source, home = source_of(request, settings), settings.place
    latest = (utc_now() + EAST).date()
    if request.until > latest:
        raise DaysToComeError(request.until, latest)
    asked = {}
    if home.edition.exists():
        asked = surveys(home, source.via, source.archive, list(source.sites), request.since, request.until)
    asking = _asking(source, settings, with_known=request.only == "all")
    return surveyed_plan(home, request, asked, asking, settings.workers)


def _wanted(source: AddressList, settings: Settings, *, with_known: bool) -> dict[date, int]:
    """How many articles of a list would be asked for, by day."""
    every = {article_id(url) for urls in source.named.values() for url in urls}
    known = {} if with_known else captured_articles(Log(settings.place), every)
    return {day: sum(article_id(url) not in known for url in urls) for day, urls in source.named.items()}


def _asking(source: Asked, settings: Settings, *, with_known: bool) -> Asking:
    named = _wanted(source, settings, with_known=with_known) if isinstance(source, AddressList) else None
    never_changes = named is not None or (isinstance(source, NewsArchives) and bool(source.request.files))
    wait = timedelta(days=LATEST if isinstance(source, NewsArchives) else 0)
    return Asking(
        sites=len(source.sites),
        seconds_per_request=COPY_SECONDS if source.via == "wayback" else settings.seconds_per_host,
        wait=None if never_changes else wait,
        named=named,
    )


def archived_units(
    request: Request, days: Sequence[date], desk: Desk, settings: Settings, visitor: Visitor
) -> list[Unit]:
    """The units of the request's source for these days, in their order."""
    source = source_of(request, settings, visitor, desk.pool)
    if isinstance(source, NewsArchives):
        return source.units(days, desk)
    with_known, size = request.only == "all", settings.pages_per_batch
    return [SurveyedDay(day, source, visitor, desk, size, with_known) for day in days]


def source_of(
    request: Request, settings: Settings, visitor: Visitor | None = None, pool: ReaderPool | None = None
) -> Asked:
    """Whom to ask; without a visitor only its name.

    Raises:
        RequestError: it does not say whom, or names what cannot be used.
    """
    files = [_usable(Path(each)) for each in request.files]
    if request.archive is not None and _is_closed(urlsplit(request.archive).hostname or "", settings):
        raise UnusableError(request.archive, _PRIVATE, "--archive")
    if request.source == "urls":
        if not files:
            raise WhomToAskError(request.source, _A_LIST)
        return AddressList(files, request.sites)
    if request.source == "ccnews":
        for each in files:
            if not is_archive(each):
                raise UnusableError(str(each), "is no WARC file")
        return NewsArchives(request, settings, visitor)
    sites = _feeds_of(request.sites, settings) if request.source == "feed" else request.sites
    sites = sites or _listed_sites(settings, whole=request.source == "feed")
    if not sites:
        raise WhomToAskError(request.source, _SITES)
    if request.source == "wayback":
        return WaybackDays(Archive(request.archive or ARCHIVE), sites, visitor)
    kind: Literal["sitemap", "feed"] = "sitemap" if request.source == "sitemap" else "feed"
    return ListedSites(kind, sites, Days(request.since, request.until), visitor, pool)


def _is_closed(host: str, settings: Settings) -> bool:
    """Whether a host is a private one that may not be asked."""
    if settings.allow_private_addresses:
        return False
    try:
        ip_address(host)
    except ValueError:
        return is_local_name(host) and not is_within("127.0.0.1", settings.allowed_networks)
    return not is_public(host) and not is_within(host, settings.allowed_networks)


def _usable(path: Path) -> Path:
    if not path.is_file():
        raise UnusableError(str(path), "is no file" if path.exists() else "there is no such file")
    return path


def _feeds_of(sites: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """The feeds that are meant: those of the list that belong to a host, else what was given."""
    listed = FeedList.load(settings.place.feed_list).feeds if sites else ()
    chosen: list[str] = []
    for site in sites:
        bare = (site.partition("://")[2] or site).rstrip("/")
        own = [feed.url for feed in listed if is_of(feed.url, (bare,)) or is_of(feed.site_url or "", (bare,))]
        chosen += own if own and site not in own else [site]
    return tuple(dict.fromkeys(chosen))


def _listed_sites(settings: Settings, *, whole: bool) -> tuple[str, ...]:
    """The sites of the feed list: the feeds themselves, or the hosts of their sites, which often are others."""
    feeds = FeedList.load(settings.place.feed_list).feeds
    return tuple(dict.fromkeys(each.url if whole else _host_of(each) for each in feeds))


def _host_of(feed: Feed) -> str:
    """The host of the site that a feed belongs to, as the list states it: feeds.bbci.co.uk has no articles."""
    return urlsplit(feed.site_url or "").netloc or urlsplit(feed.url).netloc
