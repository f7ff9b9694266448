from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from flows.web.answers import Answer, Limits
from flows.web.fetcher import Outcome, fetch_pages
from flows.web.manners import HostPacer
from flows.web.robots import Robots

HASTY = Limits(total_seconds=2, read_seconds=2, repeats=0)


def told(outcome: Outcome) -> str:
    return outcome.body.decode() if isinstance(outcome, Answer) else outcome.reason


def fetch(web: Any, routes: dict[str, Any], urls: Any) -> list[tuple[str, str]]:
    """Paths and what became of them, in the order in which it became known; *urls* makes addresses of a site."""

    async def run() -> list[tuple[str, str]]:
        async with web.Site(routes) as site, web.client() as client:
            pacer = HostPacer(allow_private=True)
            pages = fetch_pages(urls(site), client, robots=Robots(client, pacer), pacer=pacer, limits=HASTY)
            return [(url.removeprefix(site.url("")), told(outcome)) async for url, outcome in pages]

    return asyncio.run(run())


def test_every_page_comes_back_with_its_fate(web: Any) -> None:
    routes = {
        "/robots.txt": web.answer(b"User-agent: *\nDisallow: /private"),
        "/a": web.answer(b"A"),
        "/b": web.redirect("/private/b"),
        "/d": web.answer(b"D", length=5),
    }
    paths = ["/a", "/a", "/private", "/b", "/c", "/d"]
    fates = fetch(web, routes, lambda site: [*map(site.url, paths), "mailto:x@news.example"])
    assert sorted(fates) == [
        ("/a", "A"),
        ("/b", "robots"),
        ("/c", "not_found"),
        ("/d", "incomplete"),
        ("/private", "robots"),
        ("mailto:x@news.example", "bad_url"),
    ]


def test_a_slow_host_delays_nobody_else(web: Any) -> None:
    routes = {"/slow": web.silence, "/1": web.answer(b"1"), "/2": web.answer(b"2")}

    def urls(site: Any) -> list[str]:
        return [site.url("/slow", "a.localhost"), site.url("/1"), site.url("/2", "b.localhost")]

    assert [fate for _, fate in fetch(web, routes, urls)][-1] == "timeout"


def test_nothing_to_fetch_is_no_trouble(web: Any) -> None:
    assert fetch(web, {}, lambda _: []) == []


def test_a_redirect_to_another_host_waits_for_its_turn_and_its_robots(web: Any) -> None:
    routes: dict[str, Any] = {"/robots.txt": web.answer(b"User-agent: *\nDisallow: /b")}

    def urls(site: Any) -> list[str]:
        routes["/a"] = web.redirect(site.url("/b", "other.localhost"))
        return [site.url("/a")]

    assert [fate for _, fate in fetch(web, routes, urls)] == ["robots"]


def test_pages_are_fetched_no_faster_than_they_are_taken(web: Any) -> None:
    async def run() -> int:
        routes = {f"/{number}": web.answer(b"x") for number in range(200)}
        async with web.Site(routes) as site, web.client() as client:
            pacer = HostPacer(allow_private=True, max_connections=5)
            urls = [site.url(f"/{number}", f"h{number % 20}.localhost") for number in range(200)]
            robots = Robots(client, pacer)
            async with aclosing(fetch_pages(urls, client, robots=robots, pacer=pacer, max_ready=10)) as pages:
                await anext(pages)
                before = -1
                while before < (before := len(site.asked)):
                    for _ in range(200):
                        await asyncio.sleep(0)
                return sum(asked.path != "/robots.txt" for asked in site.asked)

    assert 1 < asyncio.run(run()) <= 1 + 10 + 20  # taken, waiting, under way (one per host at most)


def test_leaving_early_leaves_nothing_running(web: Any) -> None:
    async def run() -> int:
        async with web.Site({"/a": web.answer(b"A"), "/b": web.silence}) as site, web.client() as client:
            pacer = HostPacer(allow_private=True)
            urls = [site.url("/a"), site.url("/b", "b.localhost")]
            async with aclosing(fetch_pages(urls, client, robots=Robots(client, pacer), pacer=pacer)) as pages:
                await anext(pages)
            return sum("fetch_host" in repr(task) for task in asyncio.all_tasks())

    assert asyncio.run(run()) == 0


def test_a_fault_of_our_own_is_not_taken_for_the_pages(web: Any) -> None:
    class Broken(HostPacer):
        def slot(self, url: str) -> Any:  # noqa: ARG002
            raise ZeroDivisionError

    async def run() -> None:
        async with web.client() as client:
            pacer = Broken()
            async for _ in fetch_pages(["http://127.0.0.1:9/"], client, robots=Robots(client, pacer), pacer=pacer):
                pass

    with pytest.raises(ZeroDivisionError):
        asyncio.run(run())


def test_a_dead_host_costs_a_few_requests_and_no_pauses_however_many_its_pages(web: Any) -> None:
    async def run() -> tuple[set[str], int]:
        clock = web.Clock()
        async with web.Site({}) as site:
            urls = [site.url(f"/{number}") for number in range(200)]
        async with web.client(clock) as client:
            pacer = HostPacer(allow_private=True, sleep=clock.sleep)
            pages = fetch_pages(urls, client, robots=Robots(client, pacer), pacer=pacer)
            return {told(outcome) async for _, outcome in pages}, len(clock.slept)

    reasons, pauses = asyncio.run(run())
    assert reasons == {"unreachable"}
    assert pauses <= 1
