from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.plain_text import plain_text
from flows.sources.feed import FeedDocument, NotAFeedError, read_feed

URL = "https://lakepost.example/feeds/all.xml"
NOON = datetime(2024, 3, 22, 12, 0, tzinfo=UTC)


def rss(items: str, channel: str = "") -> bytes:
    inside = f"<title>The Lake Post</title>{channel}{items}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{inside}</channel></rss>'.encode()


def item(title: str = "Rain", link: str = "https://lakepost.example/rain", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def read(body: bytes, content_type: str | None = None) -> FeedDocument:
    return read_feed(body, content_type, URL)


def headline(title: str) -> str | None:
    return read(rss(item(title))).entries[0].headline


RSS = rss(
    item("Rain &amp; wind", more='<guid isPermaLink="false">7</guid><pubDate>Fri, 22 Mar 2024 14:00:00 +0200</pubDate>')
)
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Lake Post</title></channel>
  <item rdf:about="7"><title>Rain &amp; wind</title><link>/rain</link>
  <dc:date>2024-03-22T14:00:00+02:00</dc:date></item>
  </rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lakepost.example/"><title>The Lake Post</title>
  <entry xml:base="stories/"><id>7</id><title>Rain &amp;amp; wind</title>
  <link rel="self" href="x"/><link href="../rain"/>
  <published>2024-03-22T12:00:00Z</published><updated>2024-03-22T12:00:00Z</updated></entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "The Lake Post", "items": [
  {"id": 7, "url": "https://lakepost.example/rain", "title": "Rain & wind",
  "date_published": "2024-03-22T12:00:00Z"}]}"""


@pytest.mark.parametrize(
    ("body", "form"),
    [(RSS, "rss20"), (RDF, "rss10"), (ATOM, "atom10"), (JSON, "json11")],
    ids=["rss", "rdf", "atom", "json"],
)
def test_every_format_says_the_same(body: bytes, form: str) -> None:
    document = read(body)
    (entry,) = document.entries
    assert (document.title, document.format) == ("The Lake Post", form)
    assert (entry.url, entry.headline, entry.published_at) == ("https://lakepost.example/rain", "Rain & wind", NOON)
    assert entry.guid is not None
    assert entry.guid.endswith("7")


def test_atom_says_when_an_entry_changed() -> None:
    changed = ATOM.replace(b"<updated>2024-03-22T12", b"<updated>2024-03-23T12")
    (entry,) = read(changed).entries
    assert (entry.published_at, entry.modified_at) == (NOON, NOON.replace(day=23))


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<![CDATA[<b>Bold</b> claim<br/>in two lines]]>", "Bold claim in two lines"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Rain", "Rain"),
        ("Q&amp;amp;A", "Q&A"),
        ("3 &lt; 5 and 7 &gt; 2", "3 < 5 and 7 > 2"),
        ("  many\n\t spaces ", "many spaces"),
        ("safe\u202etxt.exe\u202c \u2066x\u2069", "safetxt.exe x"),
        ("a&amp;#0;b&amp;#x1b;[31m", "a\ufffdb[31m"),
        ("cafe\u0301", "caf\u00e9"),
        (
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("", None),
        ("&lt;br&gt;", None),
    ],
)
def test_headlines_are_plain_text(title: str, plain: str | None) -> None:
    assert headline(title) == plain


def test_atom_text_that_looks_like_markup_is_text() -> None:
    body = ATOM.replace(b"Rain &amp;amp; wind", b"How to use &lt;b&gt;")
    assert read(body).entries[0].headline == "How to use <b>"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_plain_text_of_plain_text_shows_nothing_unseen(text: str) -> None:
    plain = plain_text(text) or ""
    assert plain.isprintable() or all(character.isprintable() or ord(character) > 0x7F for character in plain)
    assert "\u202e" not in plain


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://x.example/",
        "mailto:a@x.example",
        "http://u:p@x.example/",
        "",
    ],
)
def test_links_that_lead_nowhere_are_left_out_and_counted(link: str) -> None:
    document = read(rss(item(link=link) + item()))
    assert [entry.url for entry in document.entries] == ["https://lakepost.example/rain"]
    assert (document.dropped_links, document.repeated_links) == (1, 0)


def test_a_permalink_stands_in_for_a_link() -> None:
    body = rss("<item><title>a</title><guid>https://lakepost.example/a</guid></item>")
    assert [entry.url for entry in read(body).entries] == ["https://lakepost.example/a"]


def test_one_address_is_one_entry() -> None:
    document = read(rss(item("first") + item("second", "https://LakePost.example/rain?utm_source=rss#top")))
    assert [entry.headline for entry in document.entries] == ["first"]
    assert document.repeated_links == 1


def test_a_guid_that_several_entries_share_tells_nothing() -> None:
    guid = "<guid isPermaLink='false'>same</guid>"
    body = rss(
        item("a", "http://x.example/a", guid) + item("b", "http://x.example/b", guid) + item("c", "http://x.example/c")
    )
    assert [(entry.headline, entry.guid) for entry in read(body).entries] == [("a", None), ("b", None), ("c", None)]


def test_a_link_over_two_lines_is_one_link() -> None:
    assert (
        read(rss(item(link="\n https://lakepost.example/\n  rain\n ")))
        .entries[0]
        .url.startswith("https://lakepost.example/")
    )


def test_when_not_to_ask() -> None:
    hours = "<skipHours><hour>3</hour><hour> 4 </hour><hour>77</hour></skipHours>"
    channel = f"<ttl>90</ttl>{hours}<skipDays><day>Sunday</day></skipDays>"
    document = read(rss(item(), channel))
    assert (document.ttl_seconds, document.skip_hours, document.skip_days) == (5_400, (3, 4), ("Sunday",))
    assert read(rss(item(), "<ttl>soon</ttl>")).ttl_seconds is None


def test_a_date_without_a_zone_means_utc() -> None:
    [entry] = read(rss(item(more="<pubDate>Wed, 04 Mar 2026 12:02:00</pubDate>"))).entries
    assert entry.published_at == datetime(2026, 3, 4, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Mar 2024", "0000-00-00", "9999999999-01-01", "1" * 5_000])
def test_a_date_that_is_none_is_none(date: str) -> None:
    assert read(rss(item(more=f"<pubDate>{date}</pubDate>"))).entries[0].published_at is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_a_document_shows_by_itself(encoding: str) -> None:
    body = rss(item("Ma\u00dfnahme \u2014 \u96e8")).decode().encode(encoding)
    assert read(body).entries[0].headline == "Ma\u00dfnahme \u2014 \u96e8"


def test_an_encoding_that_is_declared() -> None:
    text = rss(item("\u0414\u043e\u0436\u0434\u044c")).decode().replace("?>", ' encoding="windows-1251"?>', 1)
    assert read(text.encode("cp1251"), "text/html").entries[0].headline == "\u0414\u043e\u0436\u0434\u044c"


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    document = read(rss(item("Rain & wind <i>now") + item("b", "http://x.example/b"))[:-20])
    assert [entry.headline for entry in document.entries] == ["Rain & wind now", "b"]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<!doctype html><html><head><title>Subscribe now</title>", "an HTML page, 'Subscribe now'"),
        (b"<!-- x --><HTML><body><rss/>", "an HTML page"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"/etc/passwd", "text that begins"),
        (b"https://127.0.0.1/", "text that begins"),
        (b"<sitemapindex></sitemapindex>", "an index of sitemaps that names none"),
        (b"<opml><body/></opml>", "an OPML list"),
        (b"<note>a</note>", "'note'"),
        (b'{"items": []}', "JSON without the version"),
        (b'{"a":', "broken JSON"),
        (b'{"a":' * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, what: str) -> None:
    with pytest.raises(NotAFeedError) as caught:
        read(body)
    assert what in caught.value.what
    assert str(caught.value).startswith(URL)


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"items": [None, 3, {}, {"url": 3}, {"url": []}, {"id": True, "title": {}}]}, {"items": "x"}],
)
def test_json_of_wrong_types_is_tolerated_or_named(value: Any) -> None:
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1", **value} if isinstance(value, dict) else {"x": value}
    ).encode()
    try:
        assert read(body).entries == ()
    except NotAFeedError as error:
        assert "JSON" in error.what  # noqa: PT017


_JSON_FEED = '{"version": "https://jsonfeed.org/version/1.1", "items": [%s]}'
_JSON_ITEM = '{"url": "https://x.example/1", "title": "%s"}'


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (_JSON_FEED % _JSON_ITEM % r"Rain \ud83d", "Rain"),  # cut within a character
        (_JSON_FEED % _JSON_ITEM % "Rain\nin Osh", "Rain in Osh"),
        (_JSON_FEED % _JSON_ITEM % "Rain" + "<!-- from a cache -->", "Rain"),
        (_JSON_FEED % _JSON_ITEM % "R\xe4in", "R\ufffdin"),
    ],
)
def test_json_that_is_nearly_right_is_read(body: str, headline: str) -> None:
    [entry] = read(body.encode("latin-1")).entries
    assert (entry.url, entry.headline) == ("https://x.example/1", headline)


def test_a_relative_link_of_a_json_feed_leads_from_the_feed() -> None:
    [entry] = read((_JSON_FEED % '{"url": "/1", "date_published": "Thu, 05 Mar 2026 12:00:00 GMT"}').encode()).entries
    assert entry.url == urljoin(URL, "/1")
    assert entry.published_at == datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("guid", [r"\ud83d", r"a\u0000b"])
def test_an_id_that_no_record_can_hold_is_none(guid: str) -> None:
    [entry] = read((_JSON_FEED % f'{{"url": "https://x.example/1", "id": "{guid}"}}').encode()).entries
    assert entry.guid is None


def test_json_feeds_fall_back_on_id_and_external_address() -> None:
    items = [{"id": "https://x.example/1"}, {"id": "2", "external_url": "https://y.example/2"}, {"id": "3"}]
    document = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}).encode())
    assert [entry.url for entry in document.entries] == ["https://x.example/1", "https://y.example/2"]
    assert (document.format, document.dropped_links) == ("json10", 1)


HOSTILE = {
    "author": item(more=f"<author>{'a' * 200_000}</author>"),
    "webmaster": item() + f"<webMaster>{'a' * 200_000}</webMaster>",
    "title of open tags": item("&lt;a" * 60_000),
    "date of digits": item(more=f"<pubDate>{'1' * 200_000}</pubDate>"),
    "attributes": f"<x {' '.join(f'a{n}=' + chr(39) * 2 for n in range(60_000))}/>",
}


@pytest.mark.parametrize("items", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_feeds_take_little_time(items: str) -> None:
    started = time.process_time()
    try:
        assert len(read(rss(items)).entries) == 1
    except NotAFeedError as error:
        assert "attributes" in error.what  # noqa: PT017
    assert time.process_time() - started < 5


def test_entries_beyond_five_thousand_are_counted_and_not_read() -> None:
    items = "".join(item(str(number), f"http://x.example/{number}") for number in range(5_003))
    document = read(rss(items))
    assert (len(document.entries), document.dropped_entries, document.format) == (5_000, 3, "rss20")
