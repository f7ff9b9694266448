"""robots.txt: asked for once per site and client, then obeyed (RFC 9309).

No robots.txt (4xx) allows everything; a site that cannot answer for it (5xx, no connection, 429) makes its pages wait.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protego import Protego

from flows.web.answers import ROBOTS_LIMITS, Limits
from flows.web.errors import (
    BadUrlError,
    BlockedAddressError,
    FetchError,
    GoneError,
    NotFoundError,
    RedirectLoopError,
    RefusedError,
    RobotsError,
)
from flows.web.urls import origin_of, requestable

if TYPE_CHECKING:
    from flows.web.client import WebClient
    from flows.web.manners import HostPacer

AGENT = "dateline"
_ABSENT = (NotFoundError, GoneError, RefusedError, RedirectLoopError, BadUrlError)
_AGENT_LINE = re.compile(r"[ \t]*user[- ]?agent[ \t]*:?[ \t]*(\*|[a-z_-]*)", re.IGNORECASE)  # product, version left out


@dataclass
class _Site:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    trouble: FetchError | None = None


class Robots:
    """What the sites' robots.txt say, each asked for when its first page is."""

    def __init__(self, client: WebClient, pacer: HostPacer, limits: Limits = ROBOTS_LIMITS) -> None:
        self._client, self._pacer, self._limits = client, pacer, limits
        self._sites: dict[str, _Site] = {}

    async def check(self, url: str) -> None:
        """Come back if the address may be asked for.

        Raises:
            RobotsError: it is disallowed.
            FetchError: the site cannot answer for its robots.txt, so the page has to wait.
        """
        rules = await self._rules(url)
        if not rules.can_fetch(requestable(url), AGENT):
            raise RobotsError(url, "robots.txt disallows it")

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of an address's site names, in its order; they may lie on other hosts.

        Raises:
            FetchError: the site cannot answer for its robots.txt.
        """
        return tuple(dict.fromkeys((await self._rules(url)).sitemaps))

    async def _rules(self, url: str) -> Protego:
        site = self._sites.setdefault(origin_of(url), _Site())
        if site.rules is None:
            async with site.turn:
                await self._load(url, site)
        if site.trouble:
            raise _for_page(url, site.trouble)
        assert site.rules is not None
        return site.rules

    async def _load(self, url: str, site: _Site) -> None:
        if site.rules or site.trouble:
            return  # somebody else has asked meanwhile
        try:
            answer = await self._client.get(f"{origin_of(url)}/robots.txt", limits=self._limits, door=self._pacer)
            site.rules = parse_robots(answer.body)
        except _ABSENT:
            site.rules = Protego.parse("")
        except FetchError as error:
            site.trouble = error
            return
        if delay := site.rules.crawl_delay(AGENT):
            self._pacer.slow_down(url, delay)


def _for_page(url: str, trouble: FetchError) -> FetchError:
    if isinstance(trouble, BlockedAddressError):
        return BlockedAddressError(url, trouble.address)
    detail = f"its robots.txt cannot be had: {trouble.detail}"
    error = type(trouble)(url, detail, status=trouble.status, retry_after=trouble.retry_after)
    error.was_asked = False
    return error


def parse_robots(body: bytes) -> Protego:
    """The rules of a robots.txt, whatever it is: a page of HTML holds none."""
    lines = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()
    return Protego.parse("\n".join(map(_with_known_agent, lines)))


def _with_known_agent(line: str) -> str:
    """Agents that are not ours under one name: protego copies every rule to every agent of a group.

    500 kB of 17,000 agents and 20,000 rules would be 340 million copies.
    """
    if not (match := _AGENT_LINE.match(line)):
        return line
    name = match[1].lower()
    return f"User-agent: {name if name in ('*', AGENT) else 'somebody-else'}"
