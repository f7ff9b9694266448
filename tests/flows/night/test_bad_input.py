"""Feeds and pages that are not what they should be: each becomes an event with a reason, and the night goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.settings import Settings
from storage.home import Home
from tests.flows.nights import Ended, rows, run_night, settings_for

WORDS = (
    "<p>The harbour council of Beira met on Monday to hear how the sea wall had held, and engineer Tomé Vilanculo "
    "said that the repair would take three weeks. Boats stayed in port while the wind turned, and the market "
    "opened late.</p>"
)
PAGE = f"<html><head><title>Sea wall</title></head><body><article><h1>Sea wall</h1>{WORDS * 6}</article></body></html>"
UMLAUT_PAGE = PAGE.replace("Beira", "Düsseldorf")
PAGES = {
    "/good.html": (200, "text/html; charset=utf-8", PAGE.encode()),
    "/mislabelled.html": (200, "text/html; charset=iso-8859-1", UMLAUT_PAGE.encode()),
    "/paper.pdf": (200, "application/pdf", b"%PDF-1.7 nothing to read"),
    "/disguised.html": (200, "text/html", b"%PDF-1.7 nothing to read" + bytes(range(256)) * 40),
    "/empty.html": (200, "text/html", b""),
    "/gone.html": (410, "text/html", b"gone"),
    "/missing.html": (404, "text/html", b"no"),
    "/broken.html": (500, "text/html", b"oops"),
}
FEEDS = {
    "/page.xml": (200, "text/html", b"<!doctype html><html><title>Welcome</title><p>This is a page.</html>"),
    "/nothing.xml": (200, "application/rss+xml", b""),
    "/ended.xml": (410, "text/plain", b"gone"),
    "/path.xml": (200, "application/rss+xml", b"/etc/hostname"),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    release: threading.Event

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path == "/feed.xml":
            items = "".join(
                f"<item><title>{path}</title><link>{base}{path}</link></item>" for path in (*PAGES, "/hangs.html")
            )
            body = f"<rss version='2.0'><channel><title>All</title>{items}</channel></rss>".encode()
            return self.reply(200, "application/rss+xml", body)
        if self.path == "/huge.xml":
            return self.huge()
        if self.path == "/hangs.html":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.flush()
            self.release.wait(60)
            return None
        return self.reply(*{**PAGES, **FEEDS}.get(self.path, (404, "text/plain", b"no")))

    def huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", "21000000")
        self.end_headers()
        try:
            for _ in range(210):
                self.wfile.write(b" " * 100_000)
        except OSError:
            self.close_connection = True

    def reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[str]:
    handler = type("ReleasedHandler", (Handler,), {"release": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        handler.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Ended]]:
    home = Home(tmp_path_factory.mktemp("bad"))
    with serving() as base:
        feeds = [f"{base}/{name}.xml" for name in ("feed", "page", "nothing", "ended", "path", "huge", "absent")]
        yield home, run_night(settings_for(home, request_seconds=2.0), feeds)


def test_the_good_page_and_the_mislabelled_one_are_read(night: tuple[Home, Ended]) -> None:
    home, ended = night
    texts = rows(home, "SELECT split_part(url, '/', 4), text LIKE '%Düsseldorf%' FROM articles ORDER BY 1")
    assert texts == [("good.html", False), ("mislabelled.html", True)]
    assert ended.counts["articles"] == 2


def test_every_other_page_has_its_reason(night: tuple[Home, Ended]) -> None:
    home, _ = night
    failed = "SELECT split_part(url, '/', 4), reason, is_final FROM log.article_fetch_failed ORDER BY 1"
    assert rows(home, failed) == [
        ("broken.html", "server_error", False),
        ("gone.html", "gone", True),
        ("hangs.html", "timeout", False),
        ("missing.html", "not_found", True),
    ]
    rejected = "SELECT split_part(url, '/', 4), reason FROM log.article_rejected ORDER BY 1"
    assert rows(home, rejected) == [
        ("disguised.html", "not_an_article"),
        ("empty.html", "no_text"),
        ("paper.pdf", "not_an_article"),
    ]


def test_every_feed_has_its_outcome_and_no_file_was_opened(night: tuple[Home, Ended]) -> None:
    home, _ = night
    feeds = dict(rows(home, "SELECT split_part(feed_url, '/', 4), outcome FROM feeds"))
    assert feeds == {
        "feed.xml": "new",
        "page.xml": "not_a_feed",
        "nothing.xml": "not_a_feed",
        "ended.xml": "gone",
        "path.xml": "not_a_feed",
        "huge.xml": "unreachable",
        "absent.xml": "unreachable",
    }
    errors = rows(home, "SELECT error FROM feeds WHERE outcome NOT IN ('new', 'gone')")
    assert all(error for (error,) in errors)


def test_the_summary_counts_it_and_says_that_something_may_pass(night: tuple[Home, Ended]) -> None:
    _, ended = night
    assert ended.outcome == "retry"
    expected = {"feeds": 7, "feeds_not_a_feed": 3, "feeds_gone": 1, "feeds_unreachable": 2, "rejected": 3, "failed": 4}
    assert {name: ended.counts[name] for name in expected} == expected
    assert ended.counts["remaining"] == 2


def test_private_addresses_are_asked_only_when_allowed(home: Home) -> None:
    with serving() as base:
        ended = run_night(Settings(home=home.root, workers=1), [f"{base}/feed.xml"])
    assert ended.counts == {"feeds": 1, "feeds_unreachable": 1}
    [(error,)] = rows(home, "SELECT error FROM feeds")
    assert "127.0.0.1, which is not public" in error
