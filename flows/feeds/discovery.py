"""Which feeds a site has: what its pages link to, and where feeds usually stand. Pure."""

from __future__ import annotations

import re
from html import unescape

from flows.web.urls import absolute, origin_of

USUAL_PLACES = (
    "/feed/",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/feeds/posts/default",  # Blogger
)
MAX_LINKS = 20
_HEAD_BYTES = 1_000_000
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LINK = re.compile(r"<link\b([^<>]{1,4096})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_LIKE = re.compile(r"(?:\b|_)(?:feeds?|rss2?|atom|rdf|xml|sitemap|json)(?:\b|_)", re.IGNORECASE)


def is_feed_like(url: str) -> bool:
    """Whether an address looks like that of a feed, so that it need not be searched for one."""
    return bool(_FEED_LIKE.search(url.partition("//")[2].partition("/")[2]))


def linked_feeds(page: bytes, url: str) -> list[str]:
    """The feeds that a page names as its alternates, in its order, feeds of comments last; absolute, each once."""
    found: dict[str, bool] = {}
    for link in _LINK.finditer(page[:_HEAD_BYTES].decode("utf-8", "replace")):
        named = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "").strip() for m in _ATTRIBUTE.finditer(link[1])}
        is_alternate = "alternate" in named.get("rel", "").lower().split()
        if is_alternate and named.get("type", "").lower().partition(";")[0].strip() in _TYPES:
            address = absolute(url, named.get("href", ""))
            if address:
                found.setdefault(address, "comment" in (named.get("title", "") + address).lower())
    return sorted(found, key=lambda address: found[address])[:MAX_LINKS]


def usual_places(url: str) -> list[str]:
    """Where the site of an address may have its feed, the likeliest first."""
    return [origin_of(url) + place for place in USUAL_PLACES]
