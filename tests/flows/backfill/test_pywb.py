"""A month from a real archive program that has received what two nights saw live."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date

import pytest

from flows.press import publishers
from storage.home import Home
from storage.log import Log
from tests.flows.archives import press_pages, write
from tests.flows.backfill.archive_program import CannotInstallError, installed, serving
from tests.flows.backfill.conftest import Lived
from tests.flows.backfill.done import Done, backfilled
from tests.flows.nights import rows

FINDINGS = """
SELECT event_id, extraction_id, payload FROM current_events
WHERE producer <> 'capitals' AND record_type <> 'ArticleDuplicated' ORDER BY ALL"""
ARTICLES = """
SELECT article_id, published_on, published_at, published_at_source, headline, headline_source, authors, section,
    text_sha256, canonical_url, publisher, keywords
FROM articles ORDER BY ALL"""
FACTS = (
    FINDINGS,
    ARTICLES,
    "SELECT article_id, revision, text_sha256 FROM article_revisions ORDER BY ALL",
    "SELECT story_id, articles, publishers FROM stories ORDER BY ALL",
    "SELECT article_id, reason FROM log.article_rejected ORDER BY ALL",
)


@pytest.fixture(scope="module")
def archive(lived: Lived, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        programs = installed()
    except CannotInstallError as why:
        if "PYWB_REQUIRED" in os.environ:
            raise
        pytest.skip(f"NOT TESTED against a real archive program: pywb cannot be installed here: {why}")
    folder = tmp_path_factory.mktemp("pywb")
    files = [write(folder / "press.warc.gz", press_pages(lived.port))]
    with serving(programs, folder, "news", files) as address:
        yield address


def from_archive(home: Home, lived: Lived, archive: str, only: str | None = None) -> Done:
    sites = tuple(f"{each.host_name}:{lived.port}" for each in publishers())
    return backfilled(home, source="wayback", archive=archive, sites=sites, until=date(2026, 3, 31), only=only)


def test_a_month_from_the_archive_equals_the_nights_that_saw_it(home: Home, lived: Lived, archive: str) -> None:
    done = from_archive(home, lived, archive)
    assert (done.outcome, len(done.planned)) == ("done", 31)
    assert_equal_to_nights(home, lived)
    again = from_archive(home, lived, archive)
    assert (again.outcome, again.planned) == ("nothing", [])
    assert_equal_to_nights(home, lived)


def assert_equal_to_nights(home: Home, lived: Lived) -> None:
    for query in FACTS:
        if "article_revisions" not in query:  # one capture for each article: the archive has the correction only
            assert rows(home, query) == rows(lived.home, query), query
    assert rows(home, "SELECT count(*) FROM articles") == [(37,)]
    assert rows(home, "SELECT DISTINCT state FROM days ORDER BY 1") == [("complete",), ("unavailable",)]


def test_older_captures_do_not_become_current_and_the_past_does_not_see_them(
    copied: Home, lived: Lived, archive: str
) -> None:
    before = Log(copied).head().position
    then = [rows(copied, query) for query in FACTS]
    captured = rows(copied, "SELECT article_id, captured_at FROM articles ORDER BY ALL")
    assert from_archive(copied, lived, archive, only="all").counts["fetched"] == 38
    assert rows(copied, "SELECT article_id, captured_at FROM articles ORDER BY ALL") == captured
    assert [rows(copied, query) for query in FACTS[:2]] == then[:2]
    assert rows(copied, f"SELECT article_id, published_on FROM articles_as_of({before}) ORDER BY ALL") == rows(
        lived.home, "SELECT article_id, published_on FROM articles ORDER BY ALL"
    )
    assert rows(copied, f"SELECT count(*) FROM events_as_of({before})") == [(before,)]
