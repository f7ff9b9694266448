"""Requests that cannot be carried out as they stand, and those that are the same."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.backfill.archived import source_of
from flows.backfill.errors import MeaninglessError, UnusableError
from flows.backfill.planning import plan
from flows.backfill.request import Request
from storage.home import Home
from tests.flows.backfill.done import backfilled
from tests.flows.nights import settings_for


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no archive either"), b"\x00" * 100])
def test_what_is_no_archive_file_is_refused_before_anything_is_done(home: Home, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(content)
    with pytest.raises(UnusableError, match=r"news\.warc\.gz: is no WARC file"):
        backfilled(home, source="ccnews", files=(str(path),))


@pytest.mark.parametrize(
    "given",
    [
        {"sites": ("example.org",)},
        {"archive": "https://example.org"},
        {"files": ("list.csv",)},
        {"source": "wayback", "extractors": ("figures",)},
        {"source": "wayback", "only": "stale"},
        {"source": "sitemap", "archive": "https://example.org"},
        {"source": "feed", "files": ("list.csv",)},
    ],
)
def test_an_option_that_a_source_does_not_know_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(MeaninglessError, match="means nothing with --from"):
        Request(since=date(2026, 3, 1), until=date(2026, 3, 2), **given)


def test_one_site_or_archive_is_the_same_however_it_is_written() -> None:
    march: dict[str, Any] = {"since": date(2026, 3, 1), "until": date(2026, 3, 2)}
    written = ("https://Example.org/", "example.org", "http://example.org/World/")
    request = Request(source="wayback", sites=written, archive="http://127.0.0.1:8080/news/", **march)
    assert request.sites == ("example.org", "example.org/World")
    assert request.archive == "http://127.0.0.1:8080/news"
    assert Request(source="feed", sites=("https://Example.org/feed/",), **march).sites == ("https://example.org/feed/",)


@pytest.mark.parametrize("given", [{"sites": ("",)}, {"sites": ("two words",)}, {"archive": "localhost:8080/news"}])
def test_what_is_no_address_is_named(given: dict[str, Any]) -> None:
    with pytest.raises(UnusableError, match="give "):
        Request(source="wayback", since=date(2026, 3, 1), until=date(2026, 3, 2), **given)


def test_an_archive_on_a_private_network_is_asked_only_where_that_is_allowed(home: Home) -> None:
    settings = settings_for(home).model_copy(update={"allow_private_addresses": False})
    for address in ("http://localhost:8080/news", "http://127.0.0.1/news", "http://10.0.0.7/news"):
        request = Request(
            since=date(2026, 3, 1), until=date(2026, 3, 2), source="wayback", archive=address, sites=("example.org",)
        )
        with pytest.raises(UnusableError, match="DATELINE_ALLOW_PRIVATE_ADDRESSES"):
            plan(request, settings)


def test_the_sites_of_the_feed_list_are_those_that_its_feeds_belong_to(home: Home) -> None:
    listed = (
        '<opml version="2.0"><body>'
        '<outline type="rss" xmlUrl="https://feeds.example.net/rss" htmlUrl="https://www.example.org/"/>'
        '<outline type="rss" xmlUrl="https://example.com/feed" /></body></opml>'
    )
    home.root.mkdir(parents=True, exist_ok=True)
    home.feed_list.write_text(listed)
    for source, sites in (
        ("wayback", ("www.example.org", "example.com")),
        ("sitemap", ("www.example.org", "example.com")),
        ("feed", ("https://feeds.example.net/rss", "https://example.com/feed")),
    ):
        request = Request(since=date(2026, 3, 1), until=date(2026, 3, 2), source=source)
        assert source_of(request, settings_for(home)).sites == sites
