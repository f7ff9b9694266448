"""What surveys leave in the log is true: days, failures and dates of pages that state none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.backfill.errors import DaysToComeError
from flows.backfill.planning import plan
from flows.backfill.request import Request
from flows.backfill.visitor import Visitor
from flows.feed_list import FeedList
from flows.web.errors import RateLimitedError
from storage.home import Home
from tests.flows.archives import Received, article
from tests.flows.backfill.done import backfilled, days
from tests.flows.backfill.machines import machine
from tests.flows.nights import rows, settings_for
from tests.flows.served import Reply, Served

DATES = "SELECT headline, published_on::VARCHAR, published_at::VARCHAR, published_at_source FROM articles ORDER BY 1"
DAY = timedelta(days=1)


def undated(name: str, day: str = "2026-03-02", host: str = "example.org") -> Received:
    page = article(name, day, host)
    return Received(page.url, re.sub(b"<meta[^>]*>", b"", page.body), page.at)


def listed(folder: Path, text: str, name: str = "list.csv") -> dict[str, Any]:
    (folder / name).write_text(text)
    return {"source": "urls", "files": (str(folder / name),)}


def test_a_page_that_states_no_day_is_of_the_day_that_its_list_gives(home: Home, tmp_path: Path) -> None:
    with Served({"/a": Reply(undated("a").body), "/b": Reply(undated("b").body)}) as served:
        backfilled(home, **listed(tmp_path, f"url,date\n{served.address}/a,2026-03-02\n"))
        seen = f"seendate,url\n20260303T234500Z,{served.address}/b\n"
        backfilled(home, **listed(tmp_path, seen, "gdelt.csv"))
    found = [
        ("a", "2026-03-02", "2026-03-02 00:00:00+00", "feed"),
        ("b", "2026-03-03", None, "captured_at"),  # that somebody came by is no claim of publication
    ]
    assert rows(home, DATES) == found
    assert backfilled(home, only="all").outcome == "done"
    assert rows(home, DATES) == found


def test_an_undated_page_of_an_archive_is_of_the_day_on_which_it_was_captured_first(home: Home) -> None:
    later = undated("a")
    later = Received(later.url, later.body.replace(b"third day", b"fifth day"), later.at + 4 * DAY)
    with machine([undated("a"), later]) as served:
        backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
    assert rows(home, DATES) == [("a", "2026-03-02", None, "captured_at")]
    assert rows(home, "SELECT captured_at = TIMESTAMPTZ '2026-03-06 20:00:00+00' FROM articles") == [(True,)]


def test_a_capture_of_quite_another_time_is_not_taken_for_the_one_that_was_asked_for(home: Home) -> None:
    near, far = article("near", "2026-03-02"), article("far", "2026-03-02")
    stated = {near.url: "Wed, 04 Mar 2026 10:00:00 GMT", far.url: "Fri, 04 Jun 2027 10:00:00 GMT"}

    def answer(path: str) -> Reply | None:
        page = next((each for each in (near, far) if path.endswith(f"id_/{each.url}")), None)
        return page and Reply(page.body, headers={"Content-Type": "text/html", "Memento-Datetime": stated[page.url]})

    with machine([near, far], answer) as served:
        done = backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
    assert done.outcome == "done"
    assert rows(home, "SELECT headline, captured_at::VARCHAR FROM articles") == [("near", "2026-03-04 10:00:00+00")]
    assert rows(home, "SELECT detail FROM log.article_fetch_failed") == [
        ("the archive leads to a capture of 2027-06-04 instead",)
    ]


def test_a_page_that_cannot_be_had_counts_under_its_own_day(home: Home, tmp_path: Path) -> None:
    with Served({"/a": Reply(status=403)}) as served:
        done = backfilled(home, **listed(tmp_path, f"url,date\n{served.address}/a,2026-03-02\n"))
    assert done.outcome == "retry"
    assert {day: state for day, state in days(home).items() if state != "unavailable"} == {"2026-03-02": "failed"}


def test_what_never_comes_holds_a_day_up_for_five_attempts(home: Home, tmp_path: Path) -> None:
    with Served({"/a": Reply(status=403)}) as served:
        given = listed(tmp_path, f"url,date\n{served.address}/a,2026-03-02\n")
        given |= {"since": date(2026, 3, 2), "until": date(2026, 3, 2)}
        outcomes = [backfilled(home, **given).outcome for _ in range(6)]
    assert outcomes == ["retry"] * 4 + ["done", "nothing"]
    assert rows(home, "SELECT max(attempts) FROM log.article_fetch_failed") == [(5,)]


def test_a_day_has_failed_when_one_of_its_sites_has(home: Home) -> None:
    def answer(path: str) -> Reply | None:
        return Reply(b"<html>down</html>") if "broken.org" in path else None

    with machine([article("a", "2026-03-02")], answer) as served:
        done = backfilled(home, source="wayback", archive=served.address, sites=("broken.org", "example.org"))
        assert done.outcome == "retry"
        assert set(days(home).values()) == {"failed"}
        asked = [path for path in served.asked if "broken.org" in path]
    assert [served.asked[path] for path in asked] == [1]  # not again for each day


def test_days_that_are_not_over_are_asked_about_again_and_those_to_come_not_at_all(home: Home) -> None:
    today = datetime.now(UTC).date()
    with machine([]) as served:
        given: dict[str, Any] = {"source": "wayback", "archive": served.address, "sites": ("example.org",)}
        over, now = today - 3 * DAY, today
        assert backfilled(home, since=over, until=now, **given).outcome == "done"
        request = Request(since=over, until=now, **given)
        again = {each.day: each.why for each in plan(request, settings_for(home)).days}
        assert over not in again
        assert again[now] == ["asked about before all of it could be there"]
        with pytest.raises(DaysToComeError, match="is yet to come"):
            backfilled(home, since=over, until=today + 3 * DAY, **given)


def test_a_list_is_taken_for_the_sites_that_are_asked_for(home: Home, tmp_path: Path) -> None:
    with Served({"/world/a": Reply(article("a").body), "/worldcup/b": Reply(article("b").body)}) as served:
        lines = "".join(f"{served.address}{path},2026-03-04\n" for path in ("/world/a", "/worldcup/b"))
        given = listed(tmp_path, f"url,date\n{lines}") | {"sites": (f"{served.host}/world",)}
        backfilled(home, **given)
        assert "/worldcup/b" not in served.asked
        assert backfilled(home, **given).outcome == "nothing"
    assert rows(home, "SELECT headline FROM articles") == [("a",)]


def test_the_plan_of_a_list_counts_what_is_to_be_fetched(home: Home, tmp_path: Path) -> None:
    with Served({"/a": Reply(article("a").body), "/b": Reply(article("b").body)}) as served:
        first = listed(tmp_path, f"url,date\n{served.address}/a,2026-03-04\n", "first.csv")
        both = f"url,date\n{served.address}/a,2026-03-04\n{served.address}/b,2026-03-04\n"
        second = Request(since=date(2026, 3, 4), until=date(2026, 3, 5), **listed(tmp_path, both, "second.csv"))
        settings = settings_for(home, seconds_per_host=60.0)
        before = plan(second, settings)
        assert [(each.day.day, each.requests, each.minutes) for each in before.days] == [(5, 0, 0.0), (4, 2, 2.0)]
        assert before.cost.basis == "assumed"
        backfilled(home, **first)
    after = plan(second, settings)
    assert [(each.day.day, each.requests, each.minutes) for each in after.days] == [(5, 0, 0.0), (4, 1, 1.0)]
    assert after.cost.basis == "measured"
    assert 0 < after.cost.cleaning_seconds < 20
    assert 0 < after.cost.reading_seconds < 20


def test_a_host_means_its_feeds_in_the_list_and_what_is_no_feed_is_told(home: Home) -> None:
    routes = {"/": Reply(b"<html><body>A front page</body></html>"), "/a": Reply(article("a", "2026-03-02").body)}
    with Served(routes) as served:
        item = f"<item><link>{served.address}/a</link><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>"
        feed = f"<rss version='2.0'><channel><title>Gulu</title>{item}</channel></rss>"
        routes["/feed.xml"] = Reply(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        front = backfilled(home, source="feed", sites=(f"{served.address}/",))
        assert front.outcome == "done"
        assert front.run
        assert {each.note for each in front.run.units} == {f"{served.address}/: not a feed but an HTML page"}
        feeds = FeedList.load(home.feed_list)
        feeds.add(f"{served.address}/feed.xml")
        asked = sum(served.asked.values())
        done = backfilled(home, source="feed", sites=(served.host,))
        assert (done.counts["fetched"], done.counts["requests"]) == (1, sum(served.asked.values()) - asked)


def test_an_archive_that_asks_for_a_rest_is_left_alone_altogether(home: Home) -> None:
    with Served({"/web/x": Reply(status=429, headers={"Retry-After": "3000"})}) as served:
        with Visitor(settings_for(home)) as visitor:
            [refused] = visitor.copies([f"{served.address}/web/x"])
            assert isinstance(refused, RateLimitedError)
            with pytest.raises(RateLimitedError, match="asked to be left alone"):
                visitor.index(f"{served.address}/cdx/search/cdx?url=x")
        assert served.asked == {"/web/x": 1}
