from __future__ import annotations

import asyncio
from typing import Any

import pytest

from flows.web.breaker import MOST_TROUBLES, REST_SECONDS
from flows.web.errors import (
    FetchError,
    HostDownError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    SlowError,
    UnreachableError,
)
from flows.web.manners import HostPacer, OpenDoor


def starts(pacer: HostPacer, clock: Any, urls: list[str], seconds: float = 0.0) -> list[tuple[str, float]]:
    """When each request began; each takes so many seconds."""
    begun: list[tuple[str, float]] = []

    async def one(url: str) -> None:
        async with pacer.slot(url):
            begun.append((url, clock()))
            if seconds:
                await clock.sleep(seconds)

    async def run() -> None:
        await asyncio.gather(*map(one, urls))

    asyncio.run(run())
    return begun


def test_a_host_is_asked_at_its_pace(web: Any) -> None:
    clock = web.Clock()
    pacer = HostPacer(seconds_per_host=5, monotonic=clock, sleep=clock.sleep)
    begun = starts(pacer, clock, ["http://a/1", "http://a/2", "http://a/3"], seconds=2)
    assert begun == [("http://a/1", 0.0), ("http://a/2", 5.0), ("http://a/3", 10.0)]


def test_one_request_at_a_time_per_host_even_without_a_pace(web: Any) -> None:
    clock = web.Clock()
    pacer = HostPacer(seconds_per_host=0, monotonic=clock, sleep=clock.sleep)
    assert [at for _, at in starts(pacer, clock, ["http://a/1", "http://a/2"], seconds=3)] == [0.0, 3.0]


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "10.0.0.7", "press.localhost", "[::1]"])
def test_ones_own_machines_are_not_paced(web: Any, host: str) -> None:
    for allowed, second in ((True, 0.0), (False, 5.0)):
        clock = web.Clock()
        pacer = HostPacer(seconds_per_host=5, allow_private=allowed, monotonic=clock, sleep=clock.sleep)
        assert starts(pacer, clock, [f"http://{host}/1", f"http://{host}/2"])[1][1] == second


def test_no_more_connections_than_allowed() -> None:
    pacer, most, now = HostPacer(max_connections=3), 0, 0

    async def one(url: str) -> None:
        nonlocal most, now
        async with pacer.slot(url):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    async def run() -> None:
        await asyncio.gather(*(one(f"http://{number}.example/") for number in range(20)))

    asyncio.run(run())
    assert most == 3


@pytest.mark.parametrize(("delay", "second"), [(12.0, 12.0), (1.0, 5.0), (86_400.0, 60.0)])
def test_a_crawl_delay_slows_down_within_reason(web: Any, delay: float, second: float) -> None:
    clock = web.Clock()
    pacer = HostPacer(seconds_per_host=5, monotonic=clock, sleep=clock.sleep)

    async def run() -> float:
        async with pacer.slot("http://a/robots.txt"):
            pass
        pacer.slow_down("http://a/1", delay)
        async with pacer.slot("http://a/1"):
            return float(clock())

    assert asyncio.run(run()) == second


@pytest.mark.parametrize("rest", [20.0, 3_600.0])
def test_a_host_that_wants_rest_gets_it(web: Any, rest: float) -> None:
    clock = web.Clock()
    pacer = HostPacer(monotonic=clock, sleep=clock.sleep)

    async def run() -> float:
        pacer.postpone("https://a/1", rest)
        async with pacer.slot("http://a/2"):
            return float(clock())

    if rest <= 60:
        assert asyncio.run(run()) == rest
        return
    with pytest.raises(RateLimitedError) as caught:
        asyncio.run(run())
    assert caught.value.retry_after == rest


def test_an_open_door_lets_everything_through() -> None:
    async def run() -> None:
        await OpenDoor().check("http://a/")
        async with OpenDoor().slot("http://a/"):
            OpenDoor().postpone("http://a/", 1.0)
            OpenDoor().note("http://a/", None)

    asyncio.run(run())


def asked(pacer: HostPacer, *urls: str) -> list[bool]:
    """Which of the addresses may be asked for."""

    async def may(url: str) -> bool:
        try:
            async with pacer.slot(url):
                return True
        except HostDownError:
            return False

    async def run() -> list[bool]:
        return [await may(url) for url in urls]

    return asyncio.run(run())


DOWN = UnreachableError("http://a/", "refused")


@pytest.mark.parametrize(
    "trouble", [DOWN, SlowError("http://a/", "slow"), ServerError("http://a/", "answered 503", status=503)]
)
def test_a_host_that_does_not_answer_is_left_alone_and_the_others_are_not(web: Any, trouble: FetchError) -> None:
    clock = web.Clock()
    pacer = HostPacer(seconds_per_host=0, monotonic=clock, sleep=clock.sleep)
    for _ in range(MOST_TROUBLES):
        assert asked(pacer, "http://a/1") == [True]
        pacer.note("http://a/1", trouble)
    assert asked(pacer, "http://a/2", "http://b/1") == [False, True]


def test_after_a_while_one_request_finds_out_whether_the_host_is_back(web: Any) -> None:
    clock = web.Clock()
    pacer = HostPacer(seconds_per_host=0, monotonic=clock, sleep=clock.sleep)
    for _ in range(MOST_TROUBLES):
        pacer.note("http://a/1", DOWN)
    clock.time += REST_SECONDS
    assert asked(pacer, "http://a/2") == [True]
    pacer.note("http://a/2", DOWN)
    assert asked(pacer, "http://a/2") == [False]
    clock.time += REST_SECONDS
    pacer.note("http://a/2", None)
    assert asked(pacer, "http://a/2") == [True]


def test_pages_that_are_missing_or_broken_do_not_speak_against_their_host() -> None:
    pacer = HostPacer(seconds_per_host=0)
    for _ in range(MOST_TROUBLES):
        pacer.note("http://a/1", NotFoundError("http://a/1", "answered 404", status=404))
        pacer.note("http://a/1", ServerError("http://a/1", "answered 500", status=500))
    assert asked(pacer, "http://a/2") == [True]
