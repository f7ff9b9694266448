"""Sites on loopback that are surveyed for articles of certain days."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date

from flows.sources.asking import Visit
from flows.sources.candidates import Candidate, Days, Found, Unread
from flows.web.manners import HostPacer
from flows.web.robots import Robots
from tests.flows.sites import Route, Site, Web, answer

Pages = dict[str, str | bytes | Route]
Source = Callable[[str, Visit], AsyncIterator[Found]]


class Surveyed:
    """What came of a survey, `{base}` in place of the site's address."""

    def __init__(self, found: list[Found], site: Site) -> None:
        base = site.url("")
        self.candidates = [each for each in found if isinstance(each, Candidate)]
        self.unread = [each for each in found if isinstance(each, Unread)]
        self.paths = [each.url.removeprefix(base) for each in self.candidates]
        self.missed = [(each.source.removeprefix(base), each.why) for each in self.unread]
        self.asked = [each.path for each in site.asked if each.path != "/robots.txt"]


def survey(pages: Pages, source: Source, start: str = "/") -> Surveyed:
    """Serve the pages, whose `{base}` becomes the site's address, and let a source walk from *start*."""

    async def run() -> Surveyed:
        async with Site({}) as site, Web.client() as client:
            site.routes = {path: _route(page, site.url("")) for path, page in pages.items()}
            pacer = HostPacer(allow_private=True)
            visit = Visit(client, Robots(client, pacer), pacer)
            return Surveyed([each async for each in source(site.url(start), visit)], site)

    return asyncio.run(run())


def _route(page: str | bytes | Route, base: str) -> Route:
    if isinstance(page, str):
        page = page.replace("{base}", base).encode()
    return answer(page) if isinstance(page, bytes) else page


def days(since: str, until: str | None = None) -> Days:
    return Days(date.fromisoformat(since), date.fromisoformat(until or since))
