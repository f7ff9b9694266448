"""The press over real HTTP on loopback."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from flows.press import NoSuchNightError, SamplePress, stories
from flows.press.answers import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE = "/2026/03/05/cotabato-bus-station-bombing.html"
HOST = "lanternfield-review.localhost"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(press: SamplePress, url: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for *url* at 127.0.0.1, since a name under localhost need not resolve everywhere."""
    address = urlsplit(url)
    connection = HTTPConnection("127.0.0.1", press.port, timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address.path, headers={"Host": address.netloc, **sent})
        response = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


@pytest.fixture
def press() -> Iterator[SamplePress]:
    with SamplePress(port=0) as running:
        yield running


@pytest.fixture
def article(press: SamplePress) -> str:
    return f"http://{HOST}:{press.port}{ARTICLE}"


def test_the_press_says_where_it_is(press: SamplePress) -> None:
    assert press.address == f"http://localhost:{press.port}"
    assert press.opml == f"{press.address}/feeds.opml"
    assert len(press.feeds) == len(press.host_names) == 5
    assert all(urlsplit(feed).hostname in press.host_names for feed in press.feeds)


def test_every_feed_of_the_opml_is_served_with_its_type(press: SamplePress) -> None:
    opml = ask(press, press.opml)
    assert opml.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    assert all(feed.encode() in opml.body for feed in press.feeds)
    kinds = {ask(press, feed).headers["Content-Type"].partition(";")[0] for feed in press.feeds}
    assert kinds == {"application/rss+xml", "application/atom+xml", "application/feed+json"}


def test_every_story_answers_as_its_kind_says(press: SamplePress) -> None:
    press.night = 2
    for story in stories(2):
        answer = ask(press, f"http://{story.publisher}.localhost:{press.port}{story.path}")
        assert answer.status == (404 if story.kind == "gone" else 200)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_every_host_has_robots_and_the_opml(press: SamplePress) -> None:
    for host in (*press.host_names, "localhost"):
        assert ask(press, f"http://{host}:{press.port}/robots.txt").body == b"User-agent: *\nAllow: /\n"
        assert ask(press, f"http://{host}:{press.port}/feeds.opml").status == 200
        assert ask(press, f"http://{host}:{press.port}/").status == 200


def test_an_unknown_host_or_path_is_a_404(press: SamplePress) -> None:
    assert ask(press, f"http://nobody.localhost:{press.port}{ARTICLE}").status == 404
    assert ask(press, f"http://{HOST}:{press.port}/nothing.html").status == 404


def test_head_is_the_answer_without_its_body(press: SamplePress, article: str) -> None:
    get, head = ask(press, article), ask(press, article, "HEAD")
    assert head.body == b""
    assert {**head.headers, "Date": ""} == {**get.headers, "Date": ""}
    assert int(head.headers["Content-Length"]) == len(get.body)


def test_a_known_etag_is_answered_with_304(press: SamplePress, article: str) -> None:
    first = ask(press, article)
    for tag in (first.headers["ETag"], f'"other", W/{first.headers["ETag"]}', "*"):
        again = ask(press, article, If_None_Match=tag)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    assert ask(press, article, If_None_Match='"other"').status == 200


def test_an_unmodified_page_is_answered_with_304(press: SamplePress, article: str) -> None:
    modified = parsedate_to_datetime(ask(press, article).headers["Last-Modified"])
    earlier = format_datetime(modified - timedelta(seconds=1), usegmt=True)
    assert ask(press, article, If_Modified_Since=format_datetime(modified, usegmt=True)).status == 304
    assert ask(press, article, If_Modified_Since=earlier).status == 200
    assert ask(press, article, If_Modified_Since="yesterday").status == 200


def test_the_etag_overrules_the_date(press: SamplePress, article: str) -> None:
    date = ask(press, article).headers["Last-Modified"]
    assert ask(press, article, If_None_Match='"other"', If_Modified_Since=date).status == 200


def test_last_modified_comes_from_the_stories(press: SamplePress, article: str) -> None:
    for night in (1, 2):
        press.night = night
        story = next(story for story in stories(night) if story.path == ARTICLE)
        assert parsedate_to_datetime(ask(press, article).headers["Last-Modified"]) == story.updated


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP;q=0.5", "*"])
def test_a_page_is_compressed_when_the_client_accepts_it(press: SamplePress, article: str, accepted: str) -> None:
    plain, packed = ask(press, article), ask(press, article, Accept_Encoding=accepted)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip; q=0.0"])
def test_a_page_is_plain_when_the_client_does_not_accept_gzip(press: SamplePress, article: str, accepted: str) -> None:
    assert "Content-Encoding" not in ask(press, article, Accept_Encoding=accepted).headers


def test_the_second_night_shows_the_correction_to_a_conditional_request(press: SamplePress, article: str) -> None:
    tag = ask(press, article).headers["ETag"]
    press.night = 2
    corrected = ask(press, article, If_None_Match=tag)
    assert corrected.status == 200
    assert b"Correction: " in corrected.body


def test_every_feed_changes_on_the_second_night(press: SamplePress) -> None:
    tags = {feed: ask(press, feed).headers["ETag"] for feed in press.feeds}
    assert all(ask(press, feed, If_None_Match=tag).status == 304 for feed, tag in tags.items())
    press.night = 2
    assert all(ask(press, feed, If_None_Match=tag).status == 200 for feed, tag in tags.items())


def test_a_connection_stays_open(press: SamplePress) -> None:
    connection = HTTPConnection("127.0.0.1", press.port, timeout=10)
    connection.connect()
    first = connection.sock
    for _ in range(3):
        connection.request("GET", "/feeds.opml", headers={"Host": f"localhost:{press.port}"})
        connection.getresponse().read()
        assert connection.sock is first
    connection.close()


def test_requests_are_counted_by_address_and_status(press: SamplePress, article: str) -> None:
    tag = ask(press, article).headers["ETag"]
    ask(press, article)
    ask(press, article, If_None_Match=tag)
    ask(press, f"{press.address}/nothing")
    assert press.requests == {(article, 200): 2, (article, 304): 1, (f"{press.address}/nothing", 404): 1}
    assert all(type(status) is int for _, status in press.requests)


def test_the_same_night_gives_the_same_bytes() -> None:
    def printed(night: int) -> list[bytes]:
        resource.cache_clear()
        hosts = [(f"{story.publisher}.localhost", story.path) for story in stories(night)]
        fronts = [(host, path) for host, _ in hosts for path in ("/", "/feed.xml", "/atom.xml", "/feed.json")]
        return [resource(host, path, night, 8765).body for host, path in hosts + fronts]

    assert printed(1) == printed(1)
    assert printed(2) == printed(2)


def test_a_taken_port_is_replaced_by_a_free_one(press: SamplePress) -> None:
    with SamplePress(port=press.port) as second:
        assert second.port not in {0, press.port}
        assert ask(second, second.opml).status == 200


def test_a_port_can_be_used_again_at_once() -> None:
    with SamplePress(port=0) as first:
        port = first.port
        ask(first, first.opml)
    with SamplePress(port=port) as second:
        assert second.port == port


def test_stopping_does_not_wait_for_clients_that_stay_connected() -> None:
    with SamplePress(port=0) as press:
        connection = HTTPConnection("127.0.0.1", press.port, timeout=10)
        connection.request("GET", "/feeds.opml")
        connection.getresponse().read()
        assert connection.sock is not None
    assert connection.sock.recv(1) == b""
    connection.close()


def test_there_is_no_third_night(press: SamplePress) -> None:
    with pytest.raises(NoSuchNightError):
        press.night = 3
    with pytest.raises(NoSuchNightError):
        SamplePress(night=0)
