"""The feeds of the sample press: RSS 2.0, Atom 1.0, JSON Feed 1.1, and the OPML list of all of them.

Pure: the same publisher, stories and port give the same bytes.
"""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from flows.press.printed import Publisher, Story

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",  # RFC 8259: JSON is UTF-8 and has no charset parameter
}
OPML_CONTENT_TYPE = "text/x-opml; charset=utf-8"

ET.register_namespace("atom", ATOM)
ET.register_namespace("dc", DC)


def home(publisher: Publisher, port: int) -> str:
    """The address of a newspaper, without a path: ``http://<slug>.localhost:<port>``."""
    return f"http://{publisher.host_name}:{port}"


def feed_address(publisher: Publisher, port: int) -> str:
    """Where the newspaper's one feed is found."""
    return home(publisher, port) + publisher.feed_path


def feed(publisher: Publisher, stories: Sequence[Story], port: int) -> bytes:
    """The newspaper's feed with *stories*, which come newest first."""
    render = {"rss": _rss, "atom": _atom, "json": _json_feed}[publisher.feed_format]
    return render(publisher, stories, home(publisher, port))


def opml(publishers: Iterable[Publisher], port: int) -> bytes:
    """The list of all feeds, OPML 2.0."""
    root = ET.Element("opml", version="2.0")
    _add(_add(root, "head"), "title", "The sample press")
    body = _add(root, "body")
    for publisher in publishers:
        ET.SubElement(
            body,
            "outline",
            type="rss",  # OPML 2.0 has this one word for feeds of any format
            text=publisher.name,
            title=publisher.name,
            description=publisher.strapline,
            xmlUrl=feed_address(publisher, port),
            htmlUrl=f"{home(publisher, port)}/",
        )
    return _bytes(root)


def _rss(publisher: Publisher, stories: Sequence[Story], base: str) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", publisher.name)
    _add(channel, "link", f"{base}/")
    _add(channel, "description", publisher.strapline)
    _add(channel, "language", publisher.language)
    _add(channel, "lastBuildDate", format_datetime(_newest(stories)))
    ET.SubElement(channel, f"{{{ATOM}}}link", href=base + publisher.feed_path, rel="self", type="application/rss+xml")
    for story in stories:
        _rss_item(channel, story, base)
    return _bytes(root)


def _rss_item(channel: ET.Element, story: Story, base: str) -> None:
    item = _add(channel, "item")
    _add(item, "title", story.headline)
    _add(item, "link", base + story.path)
    _add(item, "guid", base + story.path)
    _add(item, "pubDate", format_datetime(story.published))
    _add(item, f"{{{DC}}}creator", story.byline)
    _add(item, "category", story.section)
    _add(item, "description", story.summary)


def _atom(publisher: Publisher, stories: Sequence[Story], base: str) -> bytes:
    # attributes of an ElementTree with a default namespace may not be qualified, so xmlns is written as one
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": publisher.language})
    _add(root, "id", f"tag:{publisher.host_name},2026:feed")
    _add(root, "title", publisher.name)
    _add(root, "subtitle", publisher.strapline)
    _add(root, "updated", _newest(stories).isoformat())
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=base + publisher.feed_path)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}/")
    for story in stories:
        _atom_entry(root, story, base)
    return _bytes(root)


def _atom_entry(root: ET.Element, story: Story, base: str) -> None:
    entry = ET.SubElement(root, "entry", {"xml:lang": story.language})
    _add(entry, "id", f"tag:{story.publisher}.localhost,2026:{story.path}")
    _add(entry, "title", story.headline)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=base + story.path)
    _add(entry, "published", story.published.isoformat())
    _add(entry, "updated", story.updated.isoformat())
    _add(_add(entry, "author"), "name", story.byline)
    ET.SubElement(entry, "category", term=story.section)
    _add(entry, "summary", story.summary)


def _json_feed(publisher: Publisher, stories: Sequence[Story], base: str) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": publisher.strapline,
        "language": publisher.language,
        "home_page_url": f"{base}/",
        "feed_url": base + publisher.feed_path,
        "items": [_json_item(story, base) for story in stories],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(story: Story, base: str) -> dict[str, object]:
    return {
        "id": base + story.path,
        "url": base + story.path,
        "title": story.headline,
        "content_text": story.summary,
        "date_published": story.published.isoformat(),
        "date_modified": story.updated.isoformat(),
        "authors": [{"name": story.byline}],
        "tags": [story.section],
        "language": story.language,
    }


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text
    return child


def _newest(stories: Sequence[Story]) -> datetime:
    return max(story.updated for story in stories)


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
