"""Feeds that break, bloat or deceive readers, each with the outcome of its poll and the number of its entries."""

from __future__ import annotations

import gzip
import random

_SEED = 7


def rss(inside: str, prologue: str = "") -> bytes:
    channel = f"<channel><title>Post</title>{inside}</channel>"
    return f'<?xml version="1.0"?>{prologue}<rss version="2.0">{channel}</rss>'.encode()


def item(title: str = "Rain", link: str = "https://x.example/rain", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def _laughs() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{lines}]>'


def _json(items: str) -> bytes:
    return f'{{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{items}]}}'.encode()


_JSON_ITEM = '{"id": "1", "url": "https://x.example/rain"}'


def _urls(number: int) -> bytes:
    urls = "".join(f"<url><loc>https://x.example/{each}</loc></url>" for each in range(number))
    return f"<urlset>{urls}</urlset>".encode()


_QUADRATIC = '<!DOCTYPE rss [<!ENTITY a "' + "a" * 100_000 + '">]>'
_URLSET = "<urlset>", "<url><loc>https://x.example/rain</loc></url></urlset>"

FEEDS: dict[str, tuple[bytes, str, int]] = {
    # slow
    "author-of-64-kB": (rss(item(more=f"<author>{'a' * 65_536}</author>")), "new", 1),
    "authors-all-over": (rss(item(more="<author>a@b (c)</author>" * 20_000)), "new", 1),
    "100k-attributes": (
        rss(f"<x {' '.join(f'a{n}=' + chr(34) * 2 for n in range(100_000))}/>" + item()),
        "not_a_feed",
        0,
    ),
    "100k-namespaces": (
        rss(f"<x {' '.join(f'xmlns:a{n}=' + chr(34) + 'u' + chr(34) for n in range(100_000))}/>"),
        "not_a_feed",
        0,
    ),
    "10-MB-of-CDATA": (rss(item(more=f"<description><![CDATA[{'<b>' * 3_400_000}]]></description>")), "new", 1),
    "open-CDATA": (rss(item() + "<item><![CDATA[" + "x" * 1_000_000), "new", 1),
    "title-of-open-tags": (rss(item("&lt;a" * 100_000)), "new", 1),
    "date-of-digits": (rss(item(more=f"<pubDate>{'1' * 200_000}</pubDate>")), "new", 1),
    "date-of-words": (rss(item(more=f"<pubDate>{'Mon, ' * 50_000}</pubDate>")), "new", 1),
    "20k-elements-deep": (rss(item() + "<x>" * 20_000), "new", 1),
    "100k-entities": (rss(item("&amp;" * 100_000)), "new", 1),
    "comments-without-end": (rss(item() + "<!--" * 200_000), "new", 1),
    "20k-items": (rss("".join(item(link=f"https://x.example/{n}") for n in range(20_000))), "new", 5_000),
    # entities
    "billion-laughs": (rss(item("&l11;"), _laughs()), "new", 1),
    "quadratic-laughs": (rss(item("&a;" * 10_000), _QUADRATIC), "new", 1),
    "file-entity": (rss(item("&f;"), '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">]>'), "new", 1),
    "remote-DTD": (rss(item(), '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">'), "new", 1),
    # not what they say
    "path-as-body": (b"/etc/hostname", "not_a_feed", 0),
    "address-as-body": (b"http://127.0.0.1:9/feed.xml", "not_a_feed", 0),
    "noise": (random.Random(_SEED).randbytes(200_000), "not_a_feed", 0),
    "nothing-but-NUL": (bytes(100_000), "not_a_feed", 0),
    "NUL-within": (rss(item("Ra\0in")), "new", 1),
    "charset-of-fantasy": (rss(item()).replace(b'"1.0"', b'"1.0" encoding="klingon-8"'), "new", 1),
    "UTF-7": (rss(item("+ADw-script+AD4-")).replace(b'"1.0"', b'"1.0" encoding="utf-7"'), "new", 1),
    "UTF-16-of-odd-length": (rss(item()).decode().encode("utf-16") + b"x", "new", 1),
    "packed-bomb": (gzip.compress(bytes(60_000_000), 6), "not_a_feed", 0),
    "packed-and-cut": (gzip.compress(rss(item()))[:50], "not_a_feed", 0),
    # deceitful
    "links-that-act": (
        rss("".join(item(link=to) for to in ("javascript:alert(1)", "file:///etc/passwd", "data:,x"))),
        "new",
        0,
    ),
    "one-guid-for-all": (
        rss("".join(item(link=f"https://x.example/{n}", more="<guid>1</guid>") for n in range(9))),
        "new",
        9,
    ),
    "one-link-for-all": (rss(item() * 500), "new", 1),
    "link-of-a-megabyte": (rss(item(link="https://x.example/" + "x" * 1_000_000)), "new", 0),
    "year-9999999": (rss(item(more="<pubDate>Fri, 01 Jan 9999999 00:00:00 GMT</pubDate>")), "new", 1),
    # JSON
    "json-million-deep": (
        b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 1_000_000,
        "not_a_feed",
        0,
    ),
    "json-million-digits": (_json(f'{{"id": {"9" * 1_000_000}, "url": "https://x.example/rain"}}'), "not_a_feed", 0),
    "json-keys-twice": (_json('{"url": "https://x.example/rain", "url": "file:///etc/passwd"}'), "new", 0),
    "json-half-surrogate": (
        _json('{"id": "\\ud800", "url": "https://x.example/rain", "title": "\\ud800x"}'),
        "new",
        1,
    ),
    "json-100k-items": (_json(", ".join([_JSON_ITEM] * 100_000)), "new", 1),
    # sitemaps
    "sitemap-100k-attributes": (
        f"{_URLSET[0]}<x {' '.join(f'a{n}=' + chr(34) * 2 for n in range(100_000))}/>{_URLSET[1]}".encode(),
        "new",
        1,
    ),
    "sitemap-100k-deep": (f"{_URLSET[0]}{_URLSET[1][:-9]}{'<url>' * 100_000}".encode(), "new", 1),
    "sitemap-200k-addresses": (
        _urls(200_000),
        "new",
        1_000,
    ),
    "sitemap-laughs": (
        f"{_laughs()}{_URLSET[0]}<url><loc>https://x.example/&l11;</loc></url>{_URLSET[1]}".encode(),
        "new",
        0,
    ),
}
