"""Polls of a real server, recorded in a real log: what one poll learns is what the next one does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec.structs
import pytest

from flows.feeds.work import read_or_refuse
from flows.night.poll_records import polled
from flows.night.polling import Poll, ask_feeds, due_feeds
from flows.recording import Recorder
from flows.settings import Settings
from flows.web.answers import Answer
from storage.events import CapturePlace, FeedPolled
from storage.home import Home
from storage.log import Log
from storage.records import new_run_id
from storage.state import FeedState, feed_states
from tests.flows.sites import Asked, Route, Site, answer, in_turn, redirect

NIGHT = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SETTINGS = Settings(allow_private_addresses=True)
PLACE = CapturePlace("a.warc.gz", 0)


def rss(*stories: int, channel: str = "") -> bytes:
    items = "".join(f"<item><link>/{each}</link></item>" for each in stories)
    return f"<rss version='2.0'><channel><title>Post</title>{channel}{items}</channel></rss>".encode()


class Feed:
    """One feed of a site on loopback with its log, polled at times that the test says."""

    def __init__(self, home: Home, site: Site) -> None:
        self.site, self.url, self._log = site, site.url("/feed.xml"), Log(home)

    @property
    def state(self) -> FeedState:
        return feed_states(self._log).get(self.url) or FeedState(feed_url=self.url)

    async def poll(self, at: datetime) -> FeedPolled:
        [asked] = await ask_feeds([self.state], SETTINGS)
        poll = _at(asked, at)
        body = poll.new_body
        document = read_or_refuse(body.body, body.content_type, body.final_url) if body else None
        [found] = polled([poll], [document], [PLACE], self._log, Recorder(new_run_id()))
        self._log.append(found.records)
        return found.poll

    def is_due(self, at: datetime, **how: Any) -> bool:
        return bool(due_feeds([self.url], feed_states(self._log), at, **how))


def _at(poll: Poll, at: datetime) -> Poll:
    answer = poll.answer
    if isinstance(answer, Answer):
        answer = msgspec.structs.replace(answer, received_at=at)
    return replace(poll, polled_at=at, answer=answer)


def polls(home: Home, routes: dict[str, Route], *times: datetime) -> tuple[list[FeedPolled], Feed]:
    """The feed's polls at these times."""

    async def run() -> tuple[list[FeedPolled], Feed]:
        async with Site(routes) as site:
            feed = Feed(home, site)
            return [await feed.poll(at) for at in times], feed

    return asyncio.run(run())


def test_validators_go_back_as_they_came_and_304_brings_nothing(home: Home) -> None:
    async def conditional(asked: Asked, writer: asyncio.StreamWriter) -> None:
        is_known = asked.headers.get("if-none-match") == 'W/"odd one"'
        await answer(b"" if is_known else rss(1, 2), status=304 if is_known else 200, ETag='W/"odd one"')(asked, writer)

    (first, second), feed = polls(home, {"/feed.xml": conditional}, NIGHT, NIGHT + DAY)
    assert (first.outcome, first.entries, first.new_entries) == ("new", 2, 2)
    assert (second.outcome, second.status, second.entries) == ("unchanged", 304, 0)
    assert feed.is_due(NIGHT + 2 * DAY)


def test_the_same_body_again_is_recognised(home: Home) -> None:
    _, second = polls(home, {"/feed.xml": answer(rss(1))}, NIGHT, NIGHT + DAY)[0]
    assert (second.outcome, second.status) == ("unchanged", 200)


@pytest.mark.parametrize(
    ("headers", "channel", "at", "reason"),
    [
        ({"Cache_Control": "max-age=7200"}, "", NIGHT + 2 * HOUR, "Cache-Control"),
        ({"Expires": "Mon, 09 Mar 2026 06:30:00 GMT"}, "", NIGHT + 4 * HOUR, "Expires"),
        ({}, "<ttl>180</ttl>", NIGHT + 3 * HOUR, "ttl"),
        ({}, "<skipHours><hour>2</hour><hour>3</hour></skipHours>", NIGHT + 1.5 * HOUR, "skipHours"),
        ({}, "<skipDays><day>Monday</day></skipDays>", datetime(2026, 3, 10, tzinfo=UTC), "skipDays"),
        ({"Retry_After": "86400"}, "", NIGHT + DAY, "Retry-After"),
    ],
)
def test_what_defers_the_next_poll_is_recorded_and_kept(
    home: Home, headers: dict[str, str], channel: str, at: datetime, reason: str
) -> None:
    (poll,), feed = polls(home, {"/feed.xml": answer(rss(1, channel=channel), **headers)}, NIGHT)
    assert (poll.next_due_at, poll.next_due_reason) == (at, reason)
    assert not feed.is_due(at - 1.5 * HOUR)
    assert feed.is_due(at)


def test_a_ttl_holds_also_after_a_304(home: Home) -> None:
    route = in_turn(answer(rss(1, channel="<ttl>180</ttl>"), ETag='"1"'), answer(status=304))
    second = polls(home, {"/feed.xml": route}, NIGHT, NIGHT + DAY)[0][1]
    assert (second.next_due_at, second.next_due_reason) == (NIGHT + DAY + 3 * HOUR, "ttl")


def test_a_feed_that_is_missing_is_asked_ever_more_seldom_and_never_given_up(home: Home) -> None:
    times = [NIGHT + number * 8 * DAY for number in range(12)]
    found, feed = polls(home, {}, *times)
    assert [poll.failures for poll in found] == list(range(1, 13))
    assert {poll.outcome for poll in found} == {"unreachable"}
    assert not feed.is_due(times[-1] + 6 * DAY)
    assert feed.is_due(times[-1] + 7 * DAY)


def test_a_feed_that_comes_back_is_asked_every_night_again(home: Home) -> None:
    route = in_turn(*[answer(status=404)] * 8, answer(rss(1)))
    found, feed = polls(home, {"/feed.xml": route}, *(NIGHT + number * 8 * DAY for number in range(9)))
    assert (found[-1].failures, found[-1].next_due_at) == (0, None)
    assert feed.state.failures == 0


def test_410_ends_a_feed(home: Home) -> None:
    (poll,), feed = polls(home, {"/feed.xml": answer(status=410)}, NIGHT)
    assert (poll.outcome, poll.next_due_at) == ("gone", None)
    assert not feed.is_due(NIGHT + 400 * DAY)


def test_a_confirmed_move_is_followed_without_the_detour_and_given_up_when_it_fails(home: Home) -> None:
    moved = in_turn(*[answer(rss(1))] * 4, answer(status=404), answer(rss(1)))
    routes = {"/feed.xml": redirect("/new.xml", 301), "/new.xml": moved}
    found, feed = polls(home, routes, *(NIGHT + number * DAY for number in range(6)))
    assert [poll.outcome for poll in found] == ["moved"] * 3 + ["unchanged", "unreachable", "moved"]
    paths = [asked.path.strip("/") for asked in feed.site.asked]
    assert paths == ["feed.xml", "new.xml"] * 3 + ["new.xml"] * 2 + ["feed.xml", "new.xml"]


def test_a_redirect_for_the_time_being_moves_nothing(home: Home) -> None:
    routes = {"/feed.xml": redirect("/new.xml", 302), "/new.xml": answer(rss(1))}
    found, feed = polls(home, routes, *(NIGHT + number * DAY for number in range(4)))
    assert {poll.moved_to for poll in found} == {None}
    assert feed.state.asked_url == feed.url


def test_relative_links_lead_from_where_the_feed_answered(home: Home) -> None:
    routes = {
        "/feed.xml": redirect("/deep/feed.xml"),
        "/deep/feed.xml": answer(rss().replace(b"</channel>", b"<item><link>7</link></item></channel>")),
    }
    (poll,), _ = polls(home, routes, NIGHT)
    assert poll.new_entries == 1


def test_between_nights_a_feed_is_asked_at_its_own_rhythm(home: Home) -> None:
    route = in_turn(*(answer(rss(*range(number, number + 10))) for number in (0, 10, 20)))
    found, feed = polls(home, {"/feed.xml": route}, NIGHT, NIGHT + HOUR, NIGHT + 2 * HOUR)
    assert [poll.interval_seconds for poll in found] == [3600, 2400, 1600]
    last = NIGHT + 2 * HOUR
    assert feed.is_due(last + timedelta(seconds=1599))
    assert not feed.is_due(last + timedelta(seconds=1599), is_between_nights=True)
    assert feed.is_due(last + timedelta(seconds=1600), is_between_nights=True)


def test_a_sitemap_in_the_list_is_polled_like_a_feed(home: Home) -> None:
    async def run() -> list[str]:
        async with Site({"/map.xml": answer(b"<urlset><url><loc>http://x.example/1</loc></url></urlset>")}) as site:
            [poll] = await ask_feeds([FeedState(feed_url=site.url("/map.xml"))], SETTINGS)
            assert poll.new_body
            document = read_or_refuse(poll.new_body.body, None, poll.feed_url)
            [found] = polled([poll], [document], [PLACE], Log(home), Recorder(new_run_id()))
            return [found.poll.outcome, found.records[1].payload]

    outcome, discovery = asyncio.run(run())
    assert outcome == "new"
    assert '"via":"sitemap"' in discovery
