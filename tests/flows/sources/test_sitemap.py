from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest

from flows.feeds.document import NotAFeedError
from flows.feeds.sitemap import read_sitemap
from flows.sources.candidates import Days
from flows.sources.feed import read_feed
from flows.sources.sitemap import named_after, sitemap_candidates
from tests.flows.sites import answer, endless
from tests.flows.sources.surveys import Pages, Surveyed, days, survey

NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*urls: str) -> str:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {NEWS}>{"".join(urls)}</urlset>'


def listed(path: str, modified: str = "", published: str = "", title: str = "") -> str:
    news = f"<n:news><n:publication_date>{published}</n:publication_date><n:title>{title}</n:title></n:news>"
    lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<url><loc>{{base}}{path}</loc>{lastmod}{news if published else ''}</url>"


def index(*sitemaps: tuple[str, str]) -> str:
    inside = "".join(
        f"<sitemap><loc>{{base}}{path}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>"
        for path, at in sitemaps
    )
    return f"<sitemapindex>{inside}</sitemapindex>"


def walk(pages: Pages, wanted: Days, start: str = "/") -> Surveyed:
    return survey(pages, lambda url, visit: sitemap_candidates(url, wanted, visit), start)


ROBOTS = "User-agent: *\nSitemap: {base}/map.xml\n"


def test_a_news_sitemap_dates_and_names_its_articles() -> None:
    pages: Pages = {
        "/robots.txt": ROBOTS,
        "/map.xml": urlset(
            listed("/sea-wall", "2024-03-23T08:00:00+01:00", "2024-03-22T23:30:00-04:00", "Sea wall &amp;amp; harbour"),
            listed("/older", "2024-03-22", "2024-03-20T10:00:00Z", "Older"),
        ),
    }
    found = walk(pages, days("2024-03-22"))
    (wall,) = found.candidates
    assert found.paths == ["/sea-wall"]
    assert wall.headline == "Sea wall & harbour"
    assert wall.source.endswith("/map.xml")
    assert wall.claimed_published_at == datetime(2024, 3, 23, 3, 30, tzinfo=UTC)
    assert wall.claimed_modified_at == datetime(2024, 3, 23, 7, 0, tzinfo=UTC)


def test_only_sitemaps_that_can_hold_the_days_are_asked_for() -> None:
    pages: Pages = {
        "/robots.txt": ROBOTS,
        "/map.xml": index(
            ("/2024-01.xml", ""),
            ("/2024-03.xml", ""),
            ("/day?yyyy=2024&amp;mm=3&amp;dd=21", ""),
            ("/day?yyyy=2024&amp;mm=3&amp;dd=2", ""),
            ("/17.xml", "2024-02-01T00:00:00Z"),
            ("/18.xml", "2025-01-01"),
        ),
        "/2024-03.xml": urlset(listed("/undated")),
        "/day?yyyy=2024&mm=3&dd=21": urlset(listed("/another", "2024-03-21")),
        "/18.xml": urlset(listed("/far-later", "2024-12-31"), listed("/undated-too")),
    }
    found = walk(pages, days("2024-03-21", "2024-03-22"))
    assert found.asked == ["/map.xml", "/2024-03.xml", "/day?yyyy=2024&mm=3&dd=21", "/18.xml"]
    assert found.paths == ["/undated", "/another"]
    assert found.missed == []


@pytest.mark.parametrize(
    ("path", "modified", "is_taken"),
    [
        ("/2024/03/22/rain", "2024-06-01", True),
        ("/2024/03/23/rain", "2024-03-22", False),
        ("/rain-2024-3-22", "", True),
        ("/rain", "2024-03-22T00:10:00+09:00", True),
        ("/rain", "2024-03-29", True),
        ("/rain", "2024-03-30", False),
        ("/rain", "2024-03-21", False),
        ("/rain", "2024-03", False),
        ("/rain", "yesterday", False),
        ("/2024/13/45/rain", "2024-03-22", True),
    ],
)
def test_what_dates_an_address(path: str, modified: str, *, is_taken: bool) -> None:
    pages: Pages = {"/map.xml": urlset(listed(path, modified))}
    assert walk(pages, days("2024-03-22"), "/map.xml").paths == ([path] if is_taken else [])


def test_an_article_in_two_sitemaps_is_given_once_with_the_claims_of_the_news_sitemap() -> None:
    pages: Pages = {
        "/robots.txt": "Sitemap: {base}/map.xml\nSitemap: {base}/news.xml",
        "/map.xml": urlset(listed("/rain?utm_source=map", "2024-03-22")),
        "/news.xml": urlset(listed("/rain", "", "2024-03-22", "Rain")),
    }
    (rain,) = walk(pages, days("2024-03-22")).candidates
    assert rain.headline == "Rain"


def test_a_site_that_names_no_sitemap_is_asked_in_the_usual_places() -> None:
    pages: Pages = {"/sitemap_index.xml": index(("/a.xml", "")), "/a.xml": urlset(listed("/2024/03/22/rain"))}
    found = walk(pages, days("2024-03-22"), "/some/page")
    assert found.paths == ["/2024/03/22/rain"]
    assert found.missed == []


def test_a_site_without_any_sitemap_says_so() -> None:
    (missed,) = walk({}, days("2024-03-22")).missed
    assert "names no sitemap" in missed[1]


def test_packed_sitemaps_are_unpacked_and_bombs_are_not() -> None:
    packed = gzip.compress(urlset(listed("/rain", "2024-03-22")).replace("{base}", "http://x.example").encode())
    pages: Pages = {
        "/robots.txt": "".join(f"Sitemap: {{base}}/{name}.xml.gz\n" for name in ("a", "bomb", "torn")),
        "/a.xml.gz": answer(packed, Content_Type="application/x-gzip"),
        "/bomb.xml.gz": answer(gzip.compress(bytes(60_000_000), 9)),
        "/torn.xml.gz": answer(packed[:60]),
    }
    found = walk(pages, days("2024-03-22"))
    assert [each.url for each in found.candidates] == ["http://x.example/rain"]
    assert found.missed == [
        ("/bomb.xml.gz", "a gzip file that cannot be read: more than 52428800 bytes"),
        ("/torn.xml.gz", "a gzip file that cannot be read: it ends early"),
    ]


def test_what_cannot_be_read_is_named_and_the_rest_is_given() -> None:
    pages: Pages = {
        "/robots.txt": "".join(
            f"Sitemap: {{base}}/{name}\n" for name in ("gone.xml", "page.xml", "loop.xml", "broken.xml")
        ),
        "/page.xml": "<html><p>Hello</html>",
        "/loop.xml": index(("/loop.xml", ""), ("/gone.xml", "")),
        "/broken.xml": urlset(listed("/rain", "2024-03-22"), "<url><loc>{base}/a&b", "\x00"),
    }
    found = walk(pages, days("2024-03-22"))
    assert found.paths == ["/rain"]
    assert found.missed == [
        ("/gone.xml", "answered 404"),
        ("/page.xml", "XML with the root element 'html', no sitemap"),
    ]
    assert [each.is_final for each in found.unread] == [True, True]


def test_a_robots_txt_that_cannot_be_had_is_a_reason_to_come_back() -> None:
    (unread,) = walk({"/robots.txt": answer(status=503)}, days("2024-03-22")).unread
    assert not unread.is_final


def test_indexes_of_indexes_end_somewhere() -> None:
    pages: Pages = {f"/{depth}.xml": index((f"/{depth + 1}.xml", "")) for depth in range(9)}
    found = walk(pages, days("2024-03-22"), "/0.xml")
    assert len(found.asked) == 4
    assert found.missed == [("/4.xml", "lies more than 3 indexes deep")]


def test_an_endless_sitemap_stops_at_its_cap() -> None:
    pages: Pages = {"/map.xml": endless(b"<url><loc>http://x.example/</loc></url>" * 20_000)}
    (missed,) = walk(pages, days("2024-03-22"), "/map.xml").missed
    assert missed == ("/map.xml", "is larger than 52428800 bytes")


@pytest.mark.parametrize(
    ("name", "since", "until"),
    [
        ("/sitemap-2024-02.xml", "2024-02-01", "2024-02-29"),
        ("/sitemap-20240222.xml.gz", "2024-02-22", "2024-02-22"),
        ("/2024/02/22/sitemap.xml", "2024-02-22", "2024-02-22"),
        ("/sitemap?year=2024&month=2", "2024-02-01", "2024-02-29"),
        ("/sitemap-2024.xml", None, None),
        ("/post-sitemap2024-3.xml", None, None),
        ("/sitemap-20240231.xml", None, None),
        ("/sitemap-1202402.xml", None, None),
    ],
)
def test_days_that_stand_in_the_name_of_a_sitemap(name: str, since: str | None, until: str | None) -> None:
    period = named_after(f"https://lakepost.example{name}")
    assert (period and period.since.isoformat()) == since
    assert (period and period.until.isoformat()) == until


def test_pictures_and_films_have_places_and_titles_of_their_own() -> None:
    url = "<url><i:image xmlns:i='i'><i:loc>http://x.example/p.jpg</i:loc><i:title>Boat</i:title></i:image><loc>http://x.example/a</loc></url>"
    (entry,) = read_sitemap(urlset(url).encode(), "http://x.example/map.xml").listed
    assert (entry.address, entry.headline) == ("http://x.example/a", None)


def test_entity_bombs_and_files_do_not_unfold() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    head = f'<!DOCTYPE urlset [{entities}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    body = f"{head}<urlset><url><loc>http://x.example/&j;&file;</loc></url></urlset>"
    try:
        listed = read_sitemap(body.encode(), "http://x.example/map.xml").listed
    except NotAFeedError:
        return
    assert all(len(each.address) < 100 for each in listed)


def test_a_sitemap_in_the_feed_list_gives_its_newest_addresses_as_entries() -> None:
    body = urlset(*(listed(f"/{day:02}", f"2024-03-{day:02}") for day in range(1, 31)), listed("/undated"))
    document = read_feed(body.replace("{base}", "https://x.example").encode(), "text/xml", "https://x.example/map.xml")
    assert document.format == "sitemap"
    assert document.entries[0].url == "https://x.example/30"
    assert document.entries[0].modified_at == datetime(2024, 3, 30, tzinfo=UTC)
    assert document.entries[-1].url == "https://x.example/undated"


def test_a_range_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="begins on 2024-03-02, after its end"):
        Days(date(2024, 3, 2), date(2024, 3, 1))
