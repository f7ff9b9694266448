"""What each address of the sample press answers on a given night.

Pure, so that one night can be compared with the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flows.press import feeds, pages
from flows.press.printed import publishers, stories, stories_of

if TYPE_CHECKING:
    from datetime import datetime

    from flows.press.printed import Publisher

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
ROBOTS = b"User-agent: *\nAllow: /\n"
DIRECTORY_HOSTS = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Resource:
    """An answer, whoever asks and however it is sent."""

    body: bytes
    content_type: str
    modified: datetime | None = None  # taken from the stories, never from the clock
    status: int = 200
    location: str | None = None  # where a redirect leads


@lru_cache(maxsize=1024)  # bounded: anything may be asked for
def resource(host: str, path: str, night: int, port: int) -> Resource:
    """What *path* on *host* (a name without its port) answers on *night*; a 404 when there is nothing."""
    return _shared(host, path, port) or _printed(host, path, night, port) or _missing()


def _shared(host: str, path: str, port: int) -> Resource | None:
    """What does not depend on the newspaper or the night."""
    started = stories(1)[0].published
    if path == "/robots.txt":
        return Resource(ROBOTS, PLAIN, started)
    if path == "/feeds.opml":
        return Resource(feeds.opml(publishers(), port), feeds.OPML_CONTENT_TYPE, started)
    if path == "/" and host in DIRECTORY_HOSTS:
        return Resource(pages.directory_page(port), HTML, started)
    return None


def _printed(host: str, path: str, night: int, port: int) -> Resource | None:
    publisher = next((known for known in publishers() if known.host_name == host), None)
    if publisher is None:
        return None
    if path in ("/", publisher.feed_path):
        return _overview(publisher, path, night, port)
    return _article(publisher, path, night, port)


def _overview(publisher: Publisher, path: str, night: int, port: int) -> Resource:
    printed = stories_of(publisher, night)
    newest = max(story.updated for story in printed)
    if path == "/":
        return Resource(pages.front_page(publisher, printed, port), HTML, newest)
    content_type = feeds.CONTENT_TYPES[publisher.feed_format]
    return Resource(feeds.feed(publisher, printed, port), content_type, newest)


def _article(publisher: Publisher, path: str, night: int, port: int) -> Resource | None:
    story = next((printed for printed in stories_of(publisher, night) if printed.path == path), None)
    if story is None or story.kind == "gone":
        return None
    return Resource(pages.article_page(publisher, story, port), HTML, story.updated)


def _missing() -> Resource:
    return Resource(pages.missing_page(), HTML, status=404)
