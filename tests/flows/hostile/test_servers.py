"""Every hostile server at once, as pages and as feeds: each has its event, and the good ones beside them are read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from flows.night.failures import failure_record
from flows.night.poll_records import polled
from flows.night.polling import as_exchange, ask_feeds
from flows.recording import Recorder
from flows.settings import Settings
from flows.web.answers import Answer, Limits
from flows.web.fetcher import Outcome, fetch_pages
from flows.web.manners import HostPacer
from flows.web.robots import Robots
from storage.events import FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import article_id, new_run_id
from storage.state import FeedState, PendingPage
from storage.warc_records import packed_exchange
from tests.flows.hostile.servers import FURTHER, SERVERS
from tests.flows.sites import Site, Web, answer

NOW = datetime(2026, 3, 9, tzinfo=UTC)
HASTY = Limits(total_seconds=5, read_seconds=4, repeats=0)
GOOD = [f"good-{number}" for number in range(5)]
ROUTES = {
    **FURTHER,
    **{f"/{name}": route for name, (route, _) in SERVERS.items()},
    **{f"/{name}": answer(b"fine") for name in GOOD},
}


def urls(site: Site) -> dict[str, str]:
    """Each name at a host of its own, the good ones among the others."""
    return {site.url(f"/{name}", f"{name}.localhost"): name for name in [*SERVERS, *GOOD]}


@pytest.fixture(scope="module")
def pages() -> dict[str, Outcome]:
    async def run() -> dict[str, Outcome]:
        async with Site(dict(ROUTES)) as site, Web.client() as client:
            names, pacer = urls(site), HostPacer(allow_private=True)
            fetching = fetch_pages(names, client, robots=Robots(client, pacer), pacer=pacer, limits=HASTY)
            return {names[url]: outcome async for url, outcome in fetching}

    return asyncio.run(run())


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FeedPolled]:
    settings = Settings(allow_private_addresses=True, request_seconds=3, max_connections=100)

    async def run() -> dict[str, FeedPolled]:
        async with Site(dict(ROUTES)) as site:
            names = urls(site)
            polls = await ask_feeds([FeedState(feed_url=url) for url in names], settings)
            nothing = [None for _ in polls]
            log = Log(Home(tmp_path_factory.mktemp("feeds")))
            found = polled(polls, nothing, nothing, log, Recorder(new_run_id()))
            return {names[each.poll.feed_url]: each.poll for each in found}

    return asyncio.run(run())


@pytest.mark.parametrize("name", SERVERS)
def test_a_page_of_a_hostile_server_becomes_its_event(pages: dict[str, Outcome], name: str) -> None:
    outcome, reason = pages[name], SERVERS[name][1]
    if isinstance(outcome, Answer):
        assert (reason, outcome.body) == (None, b"ok")
        assert packed_exchange(as_exchange(outcome))
        return
    page = PendingPage(
        article_id=article_id(outcome.url), url=outcome.url, discovered=new_run_id(), headline=None,
        claimed_published_at=None, claimed_modified_at=None, attempts=0, retry_at=None,
    )  # fmt: skip
    event = failure_record(page, outcome, NOW, Recorder(new_run_id()))
    assert f'"reason":"{reason}"' in event.payload


@pytest.mark.parametrize("name", SERVERS)
def test_a_feed_of_a_hostile_server_becomes_its_event(feeds: dict[str, FeedPolled], name: str) -> None:
    poll, reason = feeds[name], SERVERS[name][1]
    assert poll.outcome == ("unreachable" if reason else "unchanged")
    assert bool(poll.error) == bool(reason)
    assert poll.failures == bool(reason)


def test_none_of_them_stops_another(pages: dict[str, Outcome], feeds: dict[str, FeedPolled]) -> None:
    for name in GOOD:
        page = pages[name]
        assert isinstance(page, Answer)
        assert page.body == b"fine"
        assert feeds[name].status == 200
