"""Archives that speak the Wayback Machine's dialect, news archives and lists, on real HTTP."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pytest

from flows.backfill.errors import UnknownRunError
from flows.backfill.planning import plan, resumed
from storage.home import BusyError, Home
from tests.flows.archives import Received, article, member
from tests.flows.backfill.done import backfilled, days
from tests.flows.backfill.machines import machine
from tests.flows.nights import rows, settings_for
from tests.flows.served import Reply, Served

OUTSIDE = "2026-02-20"


def test_a_machine_is_asked_to_the_end_of_its_index_once_a_month(home: Home) -> None:
    pages = [article("a", "2026-03-02"), article("b", "2026-03-04"), article("c", "2026-04-20")]
    with machine(pages) as served:
        done = backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
        assert done.outcome == "done"
        assert sum(number for path, number in served.asked.items() if path.startswith("/cdx")) == 3
        asked = sum(served.asked.values())
        assert backfilled(home, source="wayback", archive=served.address, sites=("example.org",)).outcome == "nothing"
        assert sum(served.asked.values()) == asked
    assert rows(home, "SELECT headline FROM articles ORDER BY 1") == [("a",), ("b",)]
    states = days(home)
    assert (states["2026-03-02"], states["2026-03-03"]) == ("complete", "unavailable")
    assert rows(home, "SELECT DISTINCT via FROM log.article_discovered") == [("wayback",)]
    assert rows(home, "SELECT outcome, count(*) FROM log.day_surveyed GROUP BY 1 ORDER BY 1") == [
        ("found", 2),
        ("unavailable", 8),
    ]


def test_the_time_of_a_capture_is_nobodys_date_of_publication(home: Home) -> None:
    dated = article("a", "2026-03-02")
    undated = Received("https://example.org/b", re.sub(b"<meta[^>]*>", b"", dated.body), dated.at)
    with machine([undated]) as served:
        backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
    assert rows(home, "SELECT published_at, published_at_source, published_on::VARCHAR FROM articles") == [
        (None, "captured_at", "2026-03-02")
    ]


def test_a_day_that_fails_does_not_stop_the_others_and_is_tried_again_alone(home: Home) -> None:
    pages = [article("a", "2026-03-02"), article("b", "2026-03-04")]
    ill = [True]

    def answer(path: str) -> Reply | None:
        return Reply(b"busy", 503) if ill[0] and path.startswith("/web/20260302") else None

    with machine(pages, answer) as served:
        first = backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
        assert first.outcome == "retry"
        assert (days(home)["2026-03-02"], days(home)["2026-03-04"]) == ("failed", "complete")
        ill[0] = False
        again = backfilled(home, source="wayback", archive=served.address, sites=("example.org",), only="failed")
        assert (again.planned, again.outcome) == ([date(2026, 3, 2)], "done")
        assert sum(number for path, number in served.asked.items() if path.startswith("/web/20260304")) == 1
    assert days(home)["2026-03-02"] == "complete"


def test_an_archive_that_cannot_be_asked_leaves_failed_days_and_no_empty_ones(home: Home) -> None:
    with machine([], lambda _: Reply(b"<html>down</html>")) as served:
        done = backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
    assert done.outcome == "retry"
    assert set(days(home).values()) == {"failed"}
    assert rows(home, "SELECT DISTINCT outcome, reason LIKE '%not an index%' FROM log.day_surveyed") == [
        ("failed", True)
    ]


def test_what_an_archive_names_is_not_fetched_by_nights(home: Home) -> None:
    from storage.log import Log
    from storage.state import pending_pages

    with machine([article("a", "2026-03-02")], lambda path: Reply(status=503) if "/web/" in path else None) as served:
        backfilled(home, source="wayback", archive=served.address, sites=("example.org",))
    assert rows(home, "SELECT reason FROM log.article_fetch_failed") == [("server_error",)]
    assert pending_pages(Log(home)) == []


def test_a_night_may_go_on_meanwhile_and_a_second_backfill_may_not(home: Home) -> None:
    with machine([article("a", "2026-03-02")]) as served:
        given = {"source": "wayback", "archive": served.address, "sites": ("example.org",)}
        night = home.claim("nightly run")
        assert backfilled(home, **given).outcome == "done"
        night.release()
        other = home.claim("backfill")
        with pytest.raises(BusyError, match="a backfill is already going on"):
            backfilled(home, **given, only="all")
        other.release()


def test_a_run_is_resumed_with_its_options_by_how_its_id_begins(home: Home) -> None:
    with machine([article("a", "2026-03-02")], lambda path: Reply(status=503) if "/web/" in path else None) as served:
        given = {"source": "wayback", "archive": served.address, "sites": ("example.org",)}
        done = backfilled(home, **given)
    assert done.run
    request = resumed(str(done.run.run_id)[:30], settings_for(home))
    assert (request.archive, request.sites, request.resumes) == (served.address, ("example.org",), str(done.run.run_id))
    assert [each.day for each in plan(request, settings_for(home)).days] == [date(2026, 3, 2)]
    with pytest.raises(UnknownRunError, match="the last ones are"):
        resumed("ffff", settings_for(home))


def news() -> list[Received]:
    forged = article(
        "forged", "2026-03-03", words="Nothing of this was ever printed by anybody in the whole province. "
    )
    return [
        article("a", "2026-03-02"),
        article("b", "2026-03-04"),
        article("old", OUTSIDE),
        article("other", "2026-03-04", host="other.net"),
        Received(forged.url, forged.body, forged.at, warc_headers={"WARC-Payload-Digest": "sha1:" + "A" * 32}),
    ]


def test_a_news_archive_gives_what_is_dated_to_the_days_and_says_what_was_passed_over(
    home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(b"".join([*map(member, news()), member(article("c"))[:-50]]))
    given = {"source": "ccnews", "files": (str(path),), "sites": ("example.org",)}
    done = backfilled(home, **given)
    assert done.outcome == "done"
    assert rows(home, "SELECT headline FROM articles ORDER BY 1") == [("a",), ("b",)]
    assert backfilled(home, **given).outcome == "nothing"
    [(reason,)] = rows(home, "SELECT DISTINCT reason FROM log.day_surveyed")
    assert "1 digest does not match" in reason
    assert "1 no article of these days" in reason
    assert days(home)["2026-03-03"] == "unavailable"
    assert rows(
        home, "SELECT captured_at = TIMESTAMPTZ '2026-03-02 20:00:00+00' FROM articles WHERE headline = 'a'"
    ) == [(True,)]


def test_news_archives_are_listed_by_month_fetched_and_removed(home: Home) -> None:
    name = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260304200000-00001.warc.gz"
    empty = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260320200000-00001.warc.gz"
    routes = {
        "/crawl-data/CC-NEWS/2026/03/warc.paths.gz": Reply(gzip.compress(f"{name}\n{empty}\n".encode())),
        f"/{name}": Reply(b"".join(map(member, news()))),
    }
    march = {"since": date(2026, 3, 2), "until": date(2026, 3, 4), "source": "ccnews", "sites": ("example.org",)}
    with Served(routes) as served:
        assert backfilled(home, archive=served.address, **march).outcome == "done"
        assert served.asked == dict.fromkeys(routes, 1)
    assert rows(home, "SELECT headline FROM articles ORDER BY 1") == [("a",), ("b",)]
    assert days(home) == {"2026-03-02": "complete", "2026-03-03": "unavailable", "2026-03-04": "complete"}
    assert list(home.downloads.iterdir()) == []


def site() -> dict[str, Reply]:
    """A site with a sitemap and a feed that name its pages."""
    return {f"/{each.url.rpartition('/')[2]}": Reply(each.body) for each in (article("a", "2026-03-02"), article("b"))}


def test_addresses_of_a_list_are_fetched_under_their_days(home: Home, tmp_path: Path) -> None:
    with Served(site()) as served:
        listed = tmp_path / "list.csv"
        listed.write_text(f"url,date\n{served.address}/a,2026-03-02\n{served.address}/gone,2026-03-03\n")
        given = {"source": "urls", "files": (str(listed),)}
        assert backfilled(home, **given).outcome == "done"
        assert backfilled(home, **given).outcome == "nothing"
    assert rows(home, "SELECT headline, via, source FROM articles") == [("a", "list", "list.csv")]
    assert rows(home, "SELECT reason FROM log.article_fetch_failed") == [("not_found",)]


def test_sitemaps_and_feeds_name_what_is_fetched(home: Home) -> None:
    routes = site()
    with Served(routes) as served:
        entries = "".join(
            f"<url><loc>{served.address}/{name}</loc><lastmod>{day}T10:00:00Z</lastmod></url>"
            for name, day in (("a", "2026-03-02"), ("b", "2026-03-04"))
        )
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        sitemap = f"<?xml version='1.0'?><urlset xmlns='{namespace}'>{entries}</urlset>"
        routes["/sitemap.xml"] = Reply(sitemap.encode(), headers={"Content-Type": "application/xml"})
        item = f"<item><link>{served.address}/b</link><pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate></item>"
        feed = f"<rss version='2.0'><channel><title>Gulu</title>{item}</channel></rss>"
        routes["/feed.xml"] = Reply(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        assert backfilled(home, source="feed", sites=(f"{served.address}/feed.xml",)).outcome == "done"
        assert rows(home, "SELECT headline, via FROM articles") == [("b", "feed")]
        assert backfilled(home, source="sitemap", sites=(served.address,)).outcome == "done"
        assert served.asked["/b"] == 1
    assert rows(home, "SELECT headline, via FROM articles ORDER BY 1") == [("a", "sitemap"), ("b", "feed")]
