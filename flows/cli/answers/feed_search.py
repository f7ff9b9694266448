"""The feeds of a site, for `dateline feeds add SITE`: asked for, read and judged; nothing is stored."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.cli.answers.feed_checks import FeedCheck, checks_of, judged_page, readers
from flows.feeds.discovery import linked_feeds, usual_places
from flows.web.answers import PAGE_LIMITS
from flows.web.configured import client_for

if TYPE_CHECKING:
    from flows.reading.pool import ReaderPool
    from flows.settings import Settings
    from flows.web.answers import Answer


class NoFeedError(LookupError):
    """A site has no feed, neither linked nor in the usual places."""

    def __init__(self, site: str) -> None:
        super().__init__(f"{site} is no feed and names none; add its feed's own address, or its news sitemap's")
        self.site = site

    def __str__(self) -> str:
        return str(self.args[0])


def search_feeds(site: str, settings: Settings) -> list[FeedCheck]:
    """The address itself where it is a feed, else the feeds that its page links to, else one in the usual places.

    Raises:
        FetchError: the address does not answer.
        NoFeedError: there is no feed that answers well.
    """
    answer = asyncio.run(_fetched(site, settings))
    with readers(settings, 1) as pool:
        itself = judged_page(answer, pool, settings)
        if itself.is_good:
            return [replace(itself, url=site)]
        linked = _good(linked_feeds(answer.body, answer.final_url), settings, pool)
        found = linked or _good(usual_places(answer.final_url), settings, pool)[:1]
    if not found:
        raise NoFeedError(site)
    return found


def _good(urls: list[str], settings: Settings, pool: ReaderPool) -> list[FeedCheck]:
    return [check for check in checks_of(urls, settings, pool) if check.is_good] if urls else []


async def _fetched(url: str, settings: Settings) -> Answer:
    async with client_for(settings) as client:
        return await client.get(url, limits=PAGE_LIMITS)
