from __future__ import annotations

import pytest

from flows.feeds.discovery import is_feed_like, linked_feeds, usual_places

SITE = "https://lakepost.example/world/"


def test_a_page_names_its_feeds_in_order_with_those_of_comments_last() -> None:
    page = b"""<head><LINK REL='alternate' type=application/rss+xml title="Comments" href="/comments/feed/">
        <link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom.xml?a=1&amp;b=2"/>
        <link rel="alternate home" type="application/feed+json" href="//cdn.example/feed.json">
        <link rel="alternate" type="application/atom+xml" href="atom.xml?a=1&amp;b=2">
        <link rel="alternate" hreflang="fr" href="/fr/"><link rel="stylesheet" type="text/css" href="/s.css">
        <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
        <link rel="alternate" type="application/rss+xml" href="http://[x"><link rel="alternate" type="text/html">"""
    assert linked_feeds(page, SITE) == [
        "https://lakepost.example/world/atom.xml?a=1&b=2",
        "https://cdn.example/feed.json",
        "https://lakepost.example/comments/feed/",
    ]


def test_a_page_of_a_million_links_is_read_in_no_time() -> None:
    assert linked_feeds(b"<link " * 200_000, SITE) == []
    one = b"<link rel=alternate type=application/rss+xml href=/%d>"
    assert len(linked_feeds(b"".join(one % number for number in range(20_000)), SITE)) == 20


@pytest.mark.parametrize("url", ["https://x.example/feed", "https://x.example/?feed=rss2", "https://x.example/a.xml"])
def test_addresses_that_look_like_feeds(url: str) -> None:
    assert is_feed_like(url)


@pytest.mark.parametrize("url", ["https://feeds.example", "https://x.example/", "https://x.example/feedback"])
def test_addresses_that_do_not_look_like_feeds(url: str) -> None:
    assert not is_feed_like(url)


def test_the_usual_places_are_those_of_the_site_itself() -> None:
    assert usual_places(SITE)[0] == "https://lakepost.example/feed/"
