"""When a page was published: whose claim is believed, and which calendar day it means.

The order: the page's own JSON-LD, its meta tags, the feed's claim, then what htmldate reads off the page or its
address. A claim more than a day after the capture or before 1990 is passed over: neither can be known. A day without a
time gives way to another claim of the page that states a time on the same day. Where claims of a page name one instant,
the day of the one that states a local offset counts: UTC is what programs write, the local day is what readers saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from extractors.cleaning.cleaned import Claimed, PublishedAtSource
from extractors.cleaning.json_ld import Node
from extractors.cleaning.moments import Moment, read_moment
from extractors.cleaning.tree import Element

_EARLIEST = date(1990, 1, 1)
_ADDRESS_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d([/_-]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)")
_PUBLISHED_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
)
_MODIFIED_NAMES = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
)


@dataclass(frozen=True)
class Dated:
    """A moment and whose claim it is."""

    moment: Moment
    source: PublishedAtSource


@dataclass(frozen=True)
class PageDates:
    """The usable claims that a page itself makes in its markup, the most trusted first."""

    published: tuple[Dated, ...]
    modified: tuple[Dated, ...]


@dataclass(frozen=True)
class Dating:
    """The claim that is believed, and every claim that can be, each once, the most trusted first."""

    believed: Dated
    claims: tuple[Dated, ...]


def read_page_dates(meta: Mapping[str, str], articles: Iterable[Node], captured_at: datetime) -> PageDates:
    """What JSON-LD and meta tags state."""
    nodes = list(articles)[:3]  # what follows the article on its page are other articles
    published = [Dated(moment, "json_ld") for moment in _moments(node.get("datePublished") for node in nodes)]
    published += [Dated(moment, "meta") for moment in _moments(meta.get(name) for name in _PUBLISHED_NAMES)]
    modified = [Dated(moment, "json_ld") for moment in _moments(node.get("dateModified") for node in nodes)]
    modified += [Dated(moment, "meta") for moment in _moments(meta.get(name) for name in _MODIFIED_NAMES)]
    return PageDates(
        tuple(dated for dated in published if is_possible(dated.moment, captured_at)),
        tuple(dated for dated in modified if is_possible(dated.moment, captured_at)),
    )


def meta_tags(tree: Element) -> dict[str, str]:
    """The content of a page's meta tags by property or name, in lower case; the first of each."""
    tags: dict[str, str] = {}
    for tag in tree.iterfind(".//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        tags.setdefault(name.strip().lower(), tag.get("content", ""))
    for tag in tree.iterfind(".//time[@datetime]"):
        if tag.get("itemprop", "").lower() == "datepublished" or "pubdate" in tag.attrib:
            tags.setdefault("datepublished", tag.get("datetime", ""))
    return tags


def _moments(values: Iterable[object]) -> Iterator[Moment]:
    return (moment for value in values if (moment := read_moment(value)))


def is_possible(moment: Moment, captured_at: datetime) -> bool:
    """Whether a page captured then can have been published at that moment."""
    return moment.on >= _EARLIEST and moment.at <= captured_at + timedelta(days=1)


def choose(page: PageDates, claimed: Claimed, found: str | None, captured_at: datetime) -> Dating:
    """The claim that is believed, and all that could be; *claimed* is the source's, *found* the day htmldate read."""
    claims = [*page.published]
    stated = claimed.published_at
    if stated is not None and is_possible(feed := Moment.of_time(stated), captured_at):
        claims.append(Dated(feed, "feed"))
    day = read_moment(found)
    if day is not None and is_possible(day, captured_at):
        claims.append(Dated(day, "url" if _states(claimed.url, day.on) else "page"))
    if page.published:
        believed = _sharpened(page.published)
    else:
        seen_at = min(captured_at, claimed.first_seen_at or captured_at)
        believed = next(iter(claims), Dated(Moment.of_time(seen_at.astimezone(UTC)), "captured_at"))
    return Dating(believed, tuple(dict.fromkeys(claims)))


def _sharpened(claims: tuple[Dated, ...]) -> Dated:
    first = claims[0]
    if first.moment.is_day:
        first = next((each for each in claims if not each.moment.is_day and each.moment.on == first.moment.on), first)
    local = (each for each in claims if each.moment.at == first.moment.at and each.moment.has_offset)
    return first if first.moment.has_offset else Dated(next(local, first).moment, first.source)


def _states(url: str, day: date) -> bool:
    digits = f"{day:%Y%m%d}"
    return any(re.sub(r"\D", "", match[0]) == digits for match in _ADDRESS_DAY.finditer(url))
