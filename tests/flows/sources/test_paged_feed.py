from __future__ import annotations

import json

import pytest

from flows.sources.candidates import Days
from flows.sources.paged_feed import paged_candidates
from tests.flows.sites import answer
from tests.flows.sources.surveys import Pages, Surveyed, days, survey

MARCH = days("2024-03-10", "2024-03-12")


def walk(pages: Pages, wanted: Days = MARCH, start: str = "/feed/", max_pages: int = 50) -> Surveyed:
    return survey(pages, lambda url, visit: paged_candidates(url, wanted, visit, max_pages=max_pages), start)


def rss(*stories: int | str, more: str = "") -> str:
    """A document whose stories are named by the day of March they appeared on; words stand for undated ones."""
    items = "".join(
        f"<item><link>{{base}}/{each}</link>"
        + (f"<pubDate>{each} Mar 2024 12:00:00 GMT</pubDate>" if isinstance(each, int) else "")
        + "</item>"
        for each in stories
    )
    head = '<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>Post</title>'
    return f"{head}{more}{items}</channel></rss>"


def older(rel: str, path: str) -> str:
    return f'<a:link rel="{rel}" href="{path}"/>'


WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>"


def test_archives_are_followed_until_the_days_are_over() -> None:
    pages: Pages = {
        "/feed/": rss(20, 19, more=older("prev-archive", "archive/3")),
        "/feed/archive/3": rss(13, 12, 11, more=older("prev-archive", "2") + older("next-archive", "/feed/")),
        "/feed/archive/2": rss(8, 7, more=older("prev-archive", "1")),
        "/feed/archive/1": rss(2, 1),
    }
    found = walk(pages)
    assert found.paths == ["/12", "/11"]
    assert found.asked == ["/feed/", "/feed/archive/3", "/feed/archive/2"]
    assert found.candidates[0].source.endswith("/feed/archive/3")
    assert found.missed == []


def test_pages_of_a_feed_are_followed() -> None:
    pages: Pages = {
        "/all?page=1": rss(13, more=older("next", "?page=2")),
        "/all?page=2": rss(12, 5),
    }
    assert walk(pages, start="/all?page=1").paths == ["/12"]


def test_json_feeds_name_their_next_page() -> None:
    def page(day: int, **more: str) -> str:
        item = {"id": str(day), "url": f"{{base}}/{day}", "date_published": f"2024-03-{day}T12:00:00Z"}
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item], **more})

    pages: Pages = {"/feed.json": page(13, next_url="/feed.json?2"), "/feed.json?2": page(11)}
    assert walk(pages, start="/feed.json").paths == ["/11"]


def test_wordpress_is_asked_for_page_after_page_and_ends_with_a_404() -> None:
    pages: Pages = {
        "/?feed=rss2": rss(20, more=WORDPRESS),
        "/?feed=rss2&paged=2": rss(12, more=WORDPRESS),
        "/?feed=rss2&paged=3": rss(11, more=WORDPRESS),
    }
    found = walk(pages, start="/?feed=rss2")
    assert found.paths == ["/12", "/11"]
    assert found.asked[-1] == "/?feed=rss2&paged=4"
    assert found.missed == []


def test_a_feed_that_answers_every_page_alike_is_asked_twice() -> None:
    same = rss(20, 12)
    found = walk({"/feed/": same, "/feed/?paged=2": same})
    assert found.paths == ["/12"]
    assert found.asked == ["/feed/", "/feed/?paged=2"]


def test_a_feed_without_older_pages_is_read_alone() -> None:
    found = walk({"/news.xml": rss(20, 12)}, start="/news.xml")
    assert (found.paths, found.asked) == (["/12"], ["/news.xml"])


def test_undated_entries_count_as_their_neighbours_do() -> None:
    found = walk({"/news.xml": rss("a", 12, "b", 8, "c")}, start="/news.xml")
    assert found.paths == ["/a", "/12", "/b"]


def test_a_feed_without_dates_cannot_be_walked() -> None:
    found = walk({"/feed/": rss("a", "b")})
    assert found.paths == []
    assert found.missed == [("/feed/", "its entries state no dates")]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (answer(status=503), "answered 503"),
        ("<html><title>Login</title></html>", "not a feed but an HTML page, 'Login'"),
    ],
)
def test_a_page_that_the_feed_names_and_that_cannot_be_read_is_missed(page: str, why: str) -> None:
    found = walk({"/feed/": rss(12, more=older("next", "/2")), "/2": page})
    assert (found.paths, found.missed) == (["/12"], [("/2", why)])


def test_circles_and_endless_chains_end() -> None:
    circle: Pages = {
        "/feed/": rss(20, more=older("next", "/2")),
        "/2": rss(19, more=older("next", "/feed/")),
    }
    assert "circle" in walk(circle).missed[0][1]
    chain: Pages = {f"/{n}": rss(30 - n, more=older("next", f"/{n + 1}")) for n in range(1, 10)}
    found = walk(chain, start="/1", max_pages=3)
    assert found.asked == ["/1", "/2", "/3"]
    assert len(found.missed) == 1


def test_robots_txt_is_obeyed_for_pages_nobody_invited_to() -> None:
    pages: Pages = {
        "/robots.txt": "User-agent: *\nDisallow: /*?paged=",
        "/feed/": rss(20, 12),
        "/feed/?paged=2": rss(11),
    }
    assert walk(pages).asked == ["/feed/"]
