from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cleaning import Claimed, CleanedText
from extractors.cleaning.measures import minhash_of
from flows.reading.aliases import alias_records, told_apart
from flows.reading.articles import Article, Page, cleaned_records
from flows.recording import Recorder
from storage.events import CapturePlace
from storage.home import Home
from storage.log import Log
from storage.records import article_id, new_run_id

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOST = "https://courier.example.org"
STORIES = [
    " ".join(f"{word}{n} of the {word} at pier {n * 7}" for n in range(40)) for word in ("ferry", "crane", "mill")
]
# as papers write them: sections, dates, numbers, endings, keys that say what is read
PATHS = st.builds(
    lambda section, number, slug, ending: f"/{section}/{number}/{slug}{ending}",
    st.sampled_from(["news", "world/africa", "2026/03/05", "amp", "a"]),
    st.integers(1, 99),
    st.sampled_from(["ferry-sails", "crane-for-tema", "x"]),
    st.sampled_from(["", "/", ".html", ".html?id=7", "?outputType=amp", "?page=2"]),
)
PAGES = st.lists(st.tuples(PATHS, st.none() | PATHS, st.none() | PATHS, st.integers(0, 2)), min_size=1, max_size=6)
Stated = tuple[str, str | None, str | None, int]


def article(path: str, final: str | None, canonical: str | None, story: int, guid: str | None = None) -> Article:
    """An article discovered at *path*, answered at *final*, naming *canonical* as its address."""
    url, text = HOST + path, STORIES[story]
    page = Page(
        article=article_id(url), url=url, final_url=HOST + (final or path), status=200, content_type="text/html",
        body=b"", captured_at=NOON, capture=CapturePlace("w", 1), claimed=Claimed(url), guid=guid,
    )  # fmt: skip
    return Article(
        page,
        CleanedText(
            text=text, published_at_source="captured_at", word_count=len(text.split()), minhash=minhash_of(text),
            canonical_url=canonical and HOST + canonical,
        ),
    )  # fmt: skip


@pytest.fixture
def log(home: Home) -> Log:
    return Log(home)


def split(log: Log, *pages: Article) -> tuple[list[str], list[tuple[str, str]]]:
    """The addresses of articles, and of aliases with what they belong to."""
    own, aliases = told_apart(pages, log)
    return sorted(each.page.url for each in own), sorted((each.page.page.url, each.of.url) for each in aliases)


AMP, MAIN = "/amp/crane", "/news/crane.html"


@pytest.mark.parametrize(
    "alias",
    [
        article(AMP, None, MAIN, 1),  # names the article as its own
        article(AMP, MAIN, None, 1),  # leads to it
        article(AMP, f"{MAIN}?utm_source=feed", None, 1),
    ],
)
def test_a_page_that_shares_address_and_text_is_another_way_to_the_article(log: Log, alias: Article) -> None:
    main = article(MAIN, None, None, 1)
    expected = ([HOST + MAIN], [(HOST + AMP, HOST + MAIN)])
    assert split(log, main, alias) == expected
    assert split(log, alias, main) == expected


def test_an_entry_that_keeps_its_id_when_it_moves_is_the_same_article(log: Log) -> None:
    guid = "https://courier.example.org/feed.xml tag:7"
    old, new = article(MAIN, None, MAIN, 1, guid), article("/archive/crane.html", None, "/archive/crane.html", 1, guid)
    assert len(split(log, old, new)[0]) == 1
    other = article("/archive/ferry.html", None, None, 0, guid)
    assert len(split(log, old, other)[0]) == 2


def test_an_article_of_an_earlier_night_is_found_in_the_log(log: Log) -> None:
    recorder, main = Recorder(new_run_id()), article(MAIN, None, None, 1)
    log.append(cleaned_records(main, None, "", recorder))
    alias = article(AMP, None, MAIN, 1)
    assert split(log, alias) == ([], [(HOST + AMP, HOST + MAIN)])
    assert split(log, main) == ([HOST + MAIN], [])
    [found] = told_apart([alias], log)[1]
    assert [each.record_type for each in alias_records(found, recorder)] == ["ArticleFetched", "ArticleAliased"]


def dated(path: str, headline: str | None = "A crane for Tema", day: int = 5, **how: Any) -> Article:
    """An article with a headline and a stated day."""
    plain, at = article(path, how.get("final"), None, how.get("story", 1)), datetime(2026, 3, day, tzinfo=UTC)
    cleaned = replace(
        plain.cleaned, headline=headline, published_at=at, published_on=at.date(), published_at_source="json_ld",
        publisher="example.org", page_type=how.get("kind", "article"),
    )  # fmt: skip
    return Article(plain.page, cleaned)


def test_the_same_text_of_one_publisher_day_and_headline_is_one_article_in_any_night(log: Log) -> None:
    log.append(cleaned_records(dated("/crane-comes"), None, "", Recorder(new_run_id())))
    assert split(log, dated("/crane-comes-in-june")) == ([], [(HOST + "/crane-comes-in-june", HOST + "/crane-comes")])
    assert len(split(log, dated("/a", day=7), dated("/b", day=7))[0]) == 1


@pytest.mark.parametrize(
    "other",
    [
        dated("/b", headline="A second crane for Tema"),
        dated("/b", headline=None),
        dated("/b", day=6),
        dated("/b", story=2),
        dated("/b", kind="paywall_stub"),
    ],
)
def test_a_text_that_stands_under_another_headline_or_day_is_another_article(log: Log, other: Article) -> None:
    log.append(cleaned_records(dated("/a"), None, "", Recorder(new_run_id())))
    assert split(log, other) == ([HOST + "/b"], [])


def test_an_article_asked_for_again_tells_where_it_has_moved(log: Log) -> None:
    log.append(cleaned_records(article(MAIN, None, None, 1), None, "", Recorder(new_run_id())))
    moved, new = article(MAIN, "/cranes.html", None, 1), article("/cranes.html", None, None, 1)
    assert split(log, new, moved) == ([HOST + MAIN], [(HOST + "/cranes.html", HOST + MAIN)])


def test_a_front_page_that_all_name_as_theirs_merges_nothing(log: Log) -> None:
    pages = [article(f"/news/{n}", None, "/", 1) for n in range(2)]
    assert len(split(log, *pages)[0]) == 2


@pytest.fixture(scope="module")
def empty() -> Log:
    with TemporaryDirectory() as folder:
        return Log(Home(Path(folder) / "home"))


@given(pages=PAGES)
def test_two_stories_never_become_one_whatever_addresses_they_share(empty: Log, pages: list[Stated]) -> None:
    articles = list({each.page.url: each for each in (article(*page) for page in pages)}.values())
    own, aliases = told_apart(articles, empty)
    assert len(own) + len(aliases) == len(articles)
    texts = {each.page.article: each.text_sha256 for each in articles}
    assert all(texts[each.page.page.article] == texts[each.of.article_id] for each in aliases)
    assert {each.cleaned.text for each in own} == {each.cleaned.text for each in articles}


@given(pages=PAGES, data=st.data())
def test_the_order_of_a_batch_decides_nothing(empty: Log, pages: list[Stated], data: st.DataObject) -> None:
    articles = list({each.page.url: each for each in (article(*page) for page in pages)}.values())
    assert split(empty, *articles) == split(empty, *data.draw(st.permutations(articles)))
