"""Every hostile feed at once, read by worker processes with the limits of a night: each has its event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.night.poll_records import polled
from flows.night.polling import Poll, read_feeds
from flows.reading.pool import ReaderPool
from flows.recording import Recorder
from flows.web.answers import Answer
from storage.events import FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import new_run_id
from storage.state import FeedState
from tests.flows.hostile.feeds import FEEDS, item, rss

NOW = datetime(2026, 3, 9, tzinfo=UTC)
BODIES = {name: body for name, (body, *_) in FEEDS.items()} | {"good": rss(item())}


def _poll(name: str) -> Poll:
    url = f"https://{name.lower()}.example/feed.xml"
    answer = Answer(
        url=url, final_url=url, status=200, reason="OK", http_version="1.1", request_headers=(), headers=(),
        raw_body=BODIES[name], body=BODIES[name], content_type=None, etag=None, last_modified=None, retry_after=None,
        permanent_redirect_to=None, received_at=NOW,
    )  # fmt: skip
    return Poll(url, NOW, answer, FeedState(feed_url=url))


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FeedPolled]:
    polls = [_poll(name) for name in BODIES]
    with ReaderPool(2, 10) as pool:
        documents = read_feeds(polls, pool)
    log = Log(Home(tmp_path_factory.mktemp("feeds")))
    found = polled(polls, documents, [None] * len(polls), log, Recorder(new_run_id()))
    return {name: each.poll for name, each in zip(BODIES, found, strict=True)}


@pytest.mark.parametrize("name", FEEDS)
def test_a_hostile_feed_becomes_its_event(events: dict[str, FeedPolled], name: str) -> None:
    _, outcome, entries = FEEDS[name]
    event = events[name]
    assert (event.outcome, event.entries) == (outcome, entries)
    assert "CPU seconds" not in (event.error or "")


def test_the_good_one_among_them_is_read(events: dict[str, FeedPolled]) -> None:
    assert (events["good"].outcome, events["good"].entries) == ("new", 1)


def test_there_are_more_than_forty_hostile_servers_and_more_than_forty_hostile_feeds() -> None:
    from tests.flows.hostile.servers import SERVERS

    assert min(len(SERVERS), len(FEEDS)) > 40
