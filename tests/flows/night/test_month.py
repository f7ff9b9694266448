"""Nine days of news on loopback, night by night: what is found, noticed, told apart and asked for again.

`benchmarks/month.py` is the long form.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.month import Expected, Month, expected, live_through
from benchmarks.month_site import AGENCY, MonthSite, planned
from storage.home import Home

DAYS = 9


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    home = Home(tmp_path_factory.mktemp("month"))
    with MonthSite(planned(DAYS, hosts=3, a_day=1)) as site:
        yield live_through(home, site, DAYS, workers=1)


@pytest.fixture(scope="module")
def plan(month: Month) -> Expected:
    return expected(month.site, DAYS)


def one(month: Month, query: str) -> object:
    [(value,)] = month.rows(query)
    return value


def test_every_article_is_found_once(month: Month, plan: Expected) -> None:
    found = [headline.removesuffix(", corrected") for (headline,) in month.rows("SELECT headline FROM articles")]
    assert len(found) == plan.articles
    assert sorted(set(found)) == sorted({each.headline for each in month.site.pieces})


def test_articles_that_an_agency_sent_to_three_papers_are_one_story(month: Month, plan: Expected) -> None:
    assert one(month, "SELECT count(*) FROM stories") == plan.stories
    assert month.rows("SELECT DISTINCT agency, relation FROM copies") == [(AGENCY, "copy")]
    assert one(month, "SELECT count(*) FROM copies WHERE lag_minutes IS NULL") == 0


def test_every_correction_is_noticed_once(month: Month, plan: Expected) -> None:
    noticed = month.rows("SELECT headline, count(*) FROM article_revisions WHERE revision > 1 GROUP BY ALL")
    assert {count for _, count in noticed} == {1}
    assert {headline.removesuffix(", corrected") for headline, _ in noticed} >= set(plan.corrected)
    corrected = {each.headline for each in month.site.pieces if each.corrected_at}
    assert {headline.removesuffix(", corrected") for headline, _ in noticed} <= corrected


def test_a_correction_reads_as_a_diff(month: Month) -> None:
    changes = month.rows("SELECT changes, diff, text, previous_text FROM article_revisions WHERE revision > 1")
    assert changes
    for passages, diff, text, before in changes:
        assert "An earlier version gave another number" in passages[-1]["inserted"]
        assert not any(passage["deleted"] for passage in passages)
        assert "{+" in diff
        assert "[-" not in diff
        for passage in passages:
            text = text.replace(passage["inserted"], "", 1)  # noqa: PLW2901 - back to what it was
        assert text == before


def test_an_advertisement_that_changes_is_no_revision(month: Month) -> None:
    advertised = "SELECT article_id FROM log.article_fetched GROUP BY article_id HAVING count(DISTINCT body_sha256) > 1"
    assert len(month.rows(advertised)) > len(month.rows("FROM log.article_revised"))


def test_what_is_withdrawn_stays_with_the_time_it_was_found_gone(month: Month, plan: Expected) -> None:
    gone = [headline for (headline,) in month.rows("SELECT headline FROM articles WHERE withdrawn_at IS NOT NULL")]
    assert set(plan.withdrawn) <= set(gone) <= {each.headline for each in month.site.pieces if each.gone_at}
    assert one(month, "SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL AND text IS NULL") == 0
    assert one(month, "SELECT count(*) FROM log.article_fetch_failed") == 0


def test_amp_pages_and_articles_that_moved_are_addresses_of_one_article(month: Month) -> None:
    other = [url for (urls,) in month.rows("SELECT other_urls FROM articles WHERE len(other_urls) > 0") for url in urls]
    kinds = {url.split("/")[3] for url in other}
    assert kinds <= {"amp", "archive", "news"}
    assert {"amp", "archive"} & kinds


def test_an_unchanged_page_is_asked_for_at_most_three_times_and_kept_once(month: Month) -> None:
    answered = "('ArticleFetched', 'ArticleUnchanged', 'ArticleWithdrawn')"
    asked = f"SELECT count(*) FROM log.events WHERE record_type IN {answered} GROUP BY article_id"
    changed = len([each for each in month.site.pieces if each.retitled])
    assert sorted({count for (count,) in month.rows(asked)}) <= [1, 2, 3, 4]
    assert len([count for (count,) in month.rows(asked) if count > 3]) <= changed
    unchanged = one(month, "SELECT count(*) FROM log.article_unchanged WHERE status = 304")
    assert isinstance(unchanged, int)
    assert unchanged > 0


def test_an_answer_without_news_is_a_warc_revisit(month: Month) -> None:
    profiles = set()
    for (place,) in month.rows("SELECT capture FROM log.article_unchanged"):
        with (month.home.captures / place["warc"]).open("rb") as stream:
            stream.seek(place["offset"])
            record = next(iter(ArchiveIterator(stream)))
            assert record.record_type == WarcRecordType.revisit
            assert record.headers["WARC-Refers-To-Target-URI"]
            profiles.add(record.headers["WARC-Profile"].rpartition("/")[2])
    assert "server-not-modified" in profiles


def test_each_feed_is_asked_once_a_night(month: Month) -> None:
    for asked in month.requests:
        of_feeds = {address: number for (address, _), number in asked.items() if address in month.site.feeds}
        assert of_feeds == dict.fromkeys(month.site.feeds, 1)
