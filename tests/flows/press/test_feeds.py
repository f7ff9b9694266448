"""The feeds as a reader of feeds sees them."""

from __future__ import annotations

import json
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from flows.press import Publisher, publishers, stories
from flows.press.answers import resource
from flows.press.printed import stories_of

PORT = 8765
XML_PUBLISHERS = [publisher for publisher in publishers() if publisher.feed_format != "json"]
JSON_PUBLISHERS = [publisher for publisher in publishers() if publisher.feed_format == "json"]


def body(publisher: Publisher, night: int) -> bytes:
    return resource(publisher.host_name, publisher.feed_path, night, PORT).body


def parsed(publisher: Publisher, night: int) -> Any:
    return feedparser.parse(BytesIO(body(publisher, night)))


def at(moment: Any) -> datetime:
    return datetime.fromtimestamp(timegm(moment), UTC)


def test_two_speak_rss_two_atom_and_one_json_feed() -> None:
    assert Counter(publisher.feed_format for publisher in publishers()) == {"rss": 2, "atom": 2, "json": 1}


@pytest.mark.parametrize("night", [1, 2])
@pytest.mark.parametrize("publisher", XML_PUBLISHERS, ids=lambda publisher: publisher.slug)
def test_an_xml_feed_lists_the_stories_of_the_night_newest_first(publisher: Publisher, night: int) -> None:
    feed = parsed(publisher, night)
    assert not feed.bozo
    assert feed.version == {"rss": "rss20", "atom": "atom10"}[publisher.feed_format]
    assert feed.feed.title == publisher.name
    for entry, story in zip(feed.entries, stories_of(publisher, night), strict=True):
        assert entry.link == f"http://{publisher.host_name}:{PORT}{story.path}"
        assert (entry.title, entry.author, entry.summary) == (story.headline, story.byline, story.summary)
        assert at(entry.published_parsed) == story.published


@pytest.mark.parametrize("publisher", JSON_PUBLISHERS, ids=lambda publisher: publisher.slug)
def test_a_json_feed_lists_the_stories_of_the_night_newest_first(publisher: Publisher) -> None:
    feed = json.loads(body(publisher, 2))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://{publisher.host_name}:{PORT}{publisher.feed_path}"
    for item, story in zip(feed["items"], stories_of(publisher, 2), strict=True):
        assert item["url"] == f"http://{publisher.host_name}:{PORT}{story.path}"
        assert (item["title"], item["content_text"]) == (story.headline, story.summary)
        assert datetime.fromisoformat(item["date_published"]) == story.published


def test_the_corrected_entry_keeps_its_id_and_link_and_is_updated_later() -> None:
    story = next(story for story in stories(2) if story.updated != story.published)
    publisher = next(publisher for publisher in publishers() if publisher.slug == story.publisher)
    before, after = (
        next(entry for entry in parsed(publisher, night).entries if entry.link.endswith(story.path)) for night in (1, 2)
    )
    assert (before.id, before.link, before.published) == (after.id, after.link, after.published)
    assert at(before.updated_parsed) == story.published
    assert at(after.updated_parsed) == story.updated


def test_every_entry_has_an_id_of_its_own() -> None:
    ids = [entry.id for publisher in XML_PUBLISHERS for entry in parsed(publisher, 2).entries]
    assert len(ids) == len(set(ids))


def test_the_opml_lists_the_five_feeds() -> None:
    root = ET.fromstring(resource("localhost", "/feeds.opml", 1, PORT).body)
    outlines = root.findall("./body/outline")
    assert root.get("version") == "2.0"
    assert [outline.get("text") for outline in outlines] == [publisher.name for publisher in publishers()]
    assert [outline.get("title") for outline in outlines] == [publisher.name for publisher in publishers()]
    assert [outline.get("xmlUrl") for outline in outlines] == [
        f"http://{publisher.host_name}:{PORT}{publisher.feed_path}" for publisher in publishers()
    ]


def test_no_feed_defers_the_next_poll() -> None:
    assert all(b"<ttl>" not in body(publisher, 1) for publisher in publishers())
