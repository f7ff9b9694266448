"""Entries are those that feedparser finds alone; `benchmarks/feeds.py` asks the same of thousands of documents."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO

import feedparser
import pytest

from flows.sources.feed import found_feed

URL = "https://lakepost.example/feeds/all.xml"
_ITEM = "<item><title>%s</title><link>%s</link><guid>%s</guid><pubDate>%s</pubDate></item>"
_DATES = ("Fri, 22 Mar 2024 14:00:00 +0200", "2024-03-22", "22 Mar 24 14:00 GMT", "Freitag, 22. März", "")


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    return f"{head}<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>".encode()


DOCUMENTS = {
    "dates": rss(*(_ITEM % ("Rain", f"/{n}", n, date) for n, date in enumerate(_DATES))),
    "relative": rss(_ITEM % ("Rain", "../rain?a=1&amp;b=2", "x", "")),
    "broken entity": rss(_ITEM % ("Q&A &nbsp; &eacute;", "/a&b", "x", "")),
    "not closed": rss(_ITEM % ("Rain", "/rain", "x", "")).replace(b"</channel></rss>", b""),
    "latin": rss(_ITEM % ("Café", "/cafe", "x", ""), head='<?xml version="1.0" encoding="iso-8859-1"?>')
    .decode()
    .encode("latin-1"),
    "spaces before": b"\n\n " + rss(_ITEM % ("Rain", "/rain", "x", "")),
    "atom": b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/b/"><entry>
        <title type="xhtml"><div>Rain <b>now</b></div></title><link rel="enclosure" href="x.mp3"/>
        <link rel="alternate" href="rain"/><id>urn:x</id><updated>2024-03-22T12:00:00Z</updated></entry></feed>""",
    "rdf": b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="u"><title>Rain</title><link>/rain</link>
        <dc:date>2024-03-22</dc:date></item></rdf:RDF>""",
    "upper case": rss(_ITEM % ("Rain", "/rain", "x", "")).replace(b"item>", b"ITEM>"),
}


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=list(DOCUMENTS))
def test_links_ids_and_times_are_those_of_feedparser(body: bytes) -> None:
    headers = {"content-location": URL, "content-type": "application/xml"}
    expected = feedparser.parse(BytesIO(body), response_headers=headers)["entries"]
    found = found_feed(body, None, URL).entries
    assert [(each.link, each.guid) for each in found] == [(each.get("link"), each.get("id")) for each in expected]
    for ours, theirs in zip(found, expected, strict=True):
        parsed = dict.get(theirs, "published_parsed") or dict.get(theirs, "updated_parsed")
        assert (ours.published_at or ours.modified_at) == (parsed and datetime.fromtimestamp(timegm(parsed), UTC))


def test_the_text_of_scripts_and_comments_is_no_part_of_a_headline() -> None:
    title = "Rain &lt;script&gt;run()&lt;/script&gt; in &lt;!-- &lt;b&gt; hidden --&gt; Kisumu &lt;!-- open"
    [entry] = found_feed(rss(_ITEM % (title, "/rain", "x", "")), None, URL).entries
    assert entry.headline == "Rain in Kisumu"
