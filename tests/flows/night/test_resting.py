"""A host that asks for rest gets it, in this run and in the ones after it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from storage.home import Home
from tests.flows.nights import rows, run_night, settings_for


class Busy(BaseHTTPRequestHandler):
    """A feed of three pages, on a host that wants its rest as soon as a page is asked for."""

    asked: Counter[str]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        base = f"http://pages.localhost:{self.server.server_address[1]}"
        items = "".join(f"<item><link>{base}/{number}</link></item>" for number in range(3))
        body = f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>".encode()
        status = {"/feed.xml": 200, "/robots.txt": 404}.get(self.path, 429)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", "3600")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving() -> Iterator[tuple[str, Counter[str]]]:
    handler = type("CountingBusy", (Busy,), {"asked": Counter()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://feeds.localhost:{server.server_address[1]}/feed.xml", handler.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_host_that_asks_for_an_hour_is_asked_once_and_not_by_the_next_run(home: Home) -> None:
    with serving() as (feed, asked):
        ended = [run_night(settings_for(home), [feed]) for _ in range(2)]
    assert dict(asked) == {"/feed.xml": 2, "/robots.txt": 1, "/0": 1}
    assert [each.outcome for each in ended] == ["retry", "retry"]
    assert rows(home, "SELECT count(*), count(DISTINCT retry_at) FROM log.article_fetch_failed") == [(3, 3)]
