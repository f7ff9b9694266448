"""Indexes of sitemaps that stand in the list of feeds, polled night after night."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest

from flows.night import indexes
from flows.night.night import Night
from storage.events import FeedPolled
from storage.home import Home
from tests.flows.nights import rows, settings_for
from tests.flows.served import Reply, Served


def sitemap(*paths: str, base: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{base}{path}</loc></url>' for path in paths)}</urlset>".encode()


def index(base: str, **parts: str) -> Reply:
    """Sitemaps with the days of their last change, of which an empty one is left out."""
    dated = {name: f"<lastmod>{day}</lastmod>" if day else "" for name, day in parts.items()}
    return Reply(
        f"<sitemapindex>{''.join(f'<sitemap><loc>{base}/{n}.xml</loc>{d}</sitemap>' for n, d in dated.items())}"
        "</sitemapindex>".encode(),
        headers={"ETag": '"1"'},
    )


@pytest.fixture
def site() -> Iterator[tuple[Served, dict[str, Reply]]]:
    replies: dict[str, Reply] = {}
    with Served(replies.get) as served:
        yield served, replies


def poll(home: Home, url: str) -> tuple[FeedPolled, list[str]]:
    """One night's poll, and the paths of all articles that are known by then."""
    with Night(settings_for(home), [url]) as night:
        for chunk in night.feed_chunks():
            night.poll(chunk)
        night.publish()
        [polled] = night.polls
    found = rows(home, "SELECT url FROM log.article_discovered ORDER BY url")
    return polled, [url.rpartition("/")[2] for (url,) in found]


def test_the_newest_sitemaps_of_an_index_are_read_also_where_the_index_stays_the_same(home: Home, site: Any) -> None:
    served, replies = site
    base, url = served.address, f"{served.address}/index.xml"
    replies["/index.xml"] = index(base, april="2026-04-30", june="2026-06-02", may="2026-05-31", march="2026-03-31")
    replies["/june.xml"] = Reply(gzip.compress(sitemap("/3", "/2", base=base)))
    replies["/may.xml"] = Reply(sitemap("/2", "/1", base=base))
    replies["/march.xml"] = Reply(sitemap("/0", base=base))
    first, found = poll(home, url)
    assert (first.outcome, first.entries, first.new_entries, first.sitemaps, first.etag) == ("new", 3, 3, 3, None)
    assert found == ["1", "2", "3"]
    assert (served.asked["/march.xml"], served.asked["/april.xml"]) == (0, 1)
    replies["/june.xml"] = Reply(sitemap("/4", "/3", "/2", base=base))
    second, found = poll(home, url)
    assert (second.entries, second.new_entries, found) == (4, 1, ["1", "2", "3", "4"])


def test_an_address_counts_where_the_newest_sitemap_has_it(
    home: Home, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "MAX_POLLED", 2)
    served, replies = site
    replies["/index.xml"] = index(served.address, june="2026-06-02", may="2026-05-31")
    replies["/june.xml"] = Reply(sitemap("/4", "/3", base=served.address))
    replies["/may.xml"] = Reply(sitemap("/2", "/4", base=served.address))
    _, found = poll(home, f"{served.address}/index.xml")
    assert found == ["3", "4"]


def test_an_index_of_which_nothing_can_be_read_is_no_feed(home: Home, site: Any) -> None:
    served, replies = site
    replies["/index.xml"] = index(served.address, index="", gone="", page="")
    replies["/page.xml"] = Reply(b"<html>hello</html>")
    polled, found = poll(home, f"{served.address}/index.xml")
    assert (polled.outcome, polled.failures, found) == ("not_a_feed", 1, [])
    assert "of which none can be read" in (polled.error or "")
