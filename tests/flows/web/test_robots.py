from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from flows.web.answers import Limits
from flows.web.errors import FetchError
from flows.web.manners import HostPacer
from flows.web.robots import AGENT, Robots, parse_robots


def verdict(web: Any, robots: Any, *paths: str, asked: int = 1) -> list[str | None]:
    """What each path meets, None for leave to ask; and that robots.txt was asked for only so often."""

    async def run() -> list[str | None]:
        async with web.Site({"/robots.txt": robots} if robots else {}) as site, web.client() as client:
            pacer = HostPacer(allow_private=True)
            rules = Robots(client, pacer, Limits(repeats=0, read_seconds=1, max_body_bytes=2_000, cuts_body=True))
            reasons = await asyncio.gather(*(meet(rules, site.url(path)) for path in paths))
            assert site.count("/robots.txt") == asked
            return reasons

    return asyncio.run(run())


async def meet(rules: Robots, url: str) -> str | None:
    try:
        await rules.check(url)
    except FetchError as error:
        return error.reason if error.url == url and error.is_final == (error.reason == "robots") else repr(error)
    return None


def test_what_robots_txt_disallows_is_left_alone(web: Any) -> None:
    text = b"User-agent: *\nDisallow: /private/\nAllow: /private/open\n"
    assert verdict(web, web.answer(text), "/a", "/private/a", "/private/open") == [None, "robots", None]


def test_our_own_name_counts_before_everybodys(web: Any) -> None:
    text = b"User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /b\n\nUser-agent: other\nDisallow: /a\n"
    assert verdict(web, web.answer(text), "/a", "/b") == [None, "robots"]


@pytest.mark.parametrize("name", ["dateline/1.0", "Dateline (news)", "dateline\t# us"])
def test_our_name_counts_whatever_stands_behind_it(web: Any, name: str) -> None:
    text = f"User-agent: *\nDisallow: /\n\nUser-agent: {name}\nDisallow: /b\n"
    assert verdict(web, web.answer(text.encode()), "/a", "/b") == [None, "robots"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(web: Any, status: int) -> None:
    assert verdict(web, web.answer(status=status), "/a", "/b") == [None, None]


@pytest.mark.parametrize(("status", "reason"), [(500, "server_error"), (503, "server_error"), (429, "rate_limited")])
def test_a_site_in_trouble_makes_its_pages_wait(web: Any, status: int, reason: str) -> None:
    assert verdict(web, web.answer(status=status), "/a", "/b") == [reason, reason]


def test_a_silent_robots_txt_makes_pages_wait(web: Any) -> None:
    assert verdict(web, web.silence, "/a") == ["timeout"]


def test_a_page_of_html_holds_no_rules(web: Any) -> None:
    assert verdict(web, web.answer(b"<!doctype html><title>Welcome</title>"), "/a") == [None]


def test_a_loop_of_redirects_holds_no_rules(web: Any) -> None:
    assert verdict(web, web.redirect("/robots.txt"), "/a") == [None]


def test_only_the_head_of_a_very_long_one_is_read(web: Any) -> None:
    text = b"User-agent: *\nDisallow: /a\n" + b"#" * 3_000 + b"\nDisallow: /b\n"
    assert verdict(web, web.answer(text), "/a", "/b") == ["robots", None]


def test_a_crawl_delay_sets_the_pace(web: Any) -> None:
    async def run() -> float:
        clock = web.Clock()
        robots = web.answer(b"User-agent: *\nCrawl-delay: 12")
        async with web.Site({"/robots.txt": robots}) as site, web.client(clock) as client:
            pacer = HostPacer(allow_private=True, monotonic=clock, sleep=clock.sleep)
            await Robots(client, pacer).check(site.url("/a"))
            async with pacer.slot(site.url("/a")):
                return float(clock())

    assert asyncio.run(run()) == 12.0


def test_a_private_site_is_blocked_and_not_waited_for(web: Any) -> None:
    async def run() -> FetchError:
        async with web.client(allow_private=False) as client:
            with pytest.raises(FetchError) as caught:
                await Robots(client, HostPacer()).check("http://127.0.0.1:9/a")
            return caught.value

    assert asyncio.run(run()).reason == "blocked_address"


def test_thousands_of_agents_with_thousands_of_rules_are_read_at_once() -> None:
    agents = "".join(f"User-agent: bot{number}\n" for number in range(15_000))
    rules = "".join(f"Disallow: /{number}*x*y\n" for number in range(15_000))
    started = time.process_time()
    parsed = parse_robots(f"{agents}User-agent: *\n{rules}".encode())
    assert not parsed.can_fetch("http://a/77xy", AGENT)
    assert parsed.can_fetch("http://a/" + "xy" * 2_000, AGENT)
    assert time.process_time() - started < 5
