"""Whose claim stands in each field, and which claims there were."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors.cleaning import METHODS, CleanedText, Method, Rejection, clean
from extractors.cleaning.cleaned import Claimed
from extractors.cleaning.measures import word_count, words_of
from tests.extractors.cleaning.pages import CAPTURED_AT, PARAGRAPHS, URL, page, read

LD = '<script type="application/ld+json">{}</script>'


def cleaned(result: CleanedText | Rejection) -> CleanedText:
    assert isinstance(result, CleanedText), result
    return result


def test_every_claim_that_can_be_believed_is_told_in_the_order_of_trust() -> None:
    head = LD.format('{"@type":"Article","datePublished":"2024-03-20T08:00:00Z"}')
    head += '<meta property="article:published_time" content="2024-03-19T08:00:00Z">'
    head += '<meta name="date" content="2031-01-01">'
    found = cleaned(
        read(page(head), url="https://example.org/2024/03/18/crane", published_at=datetime(2024, 3, 17, 8, tzinfo=UTC))
    )
    claims = [(each.source, each.on.day) for each in found.date_claims]
    assert claims[:3] == [("json_ld", 20), ("meta", 19), ("feed", 17)]
    assert all(each.on <= date(2024, 3, 23) for each in found.date_claims)
    assert (found.published_at_source, found.published_on) == ("json_ld", date(2024, 3, 20))


def test_a_page_that_nobody_dates_has_no_claim() -> None:
    assert cleaned(read(page())).date_claims == ()


def test_the_headline_and_the_change_say_where_they_stand() -> None:
    stated = cleaned(read(page(LD.format('{"@type":"Article","headline":"Crane","dateModified":"2024-03-22"}'))))
    assert (stated.headline_source, stated.modified_at_source) == ("json_ld", "json_ld")
    meta = cleaned(read(page('<meta property="article:modified_time" content="2024-03-22T09:00:00Z">')))
    assert (meta.headline_source, meta.modified_at_source) == ("page", "meta")
    bare = "<html><body><div>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "</div></body></html>"
    assert cleaned(read(bare, headline="From the feed")).headline_source == "feed"


def test_authors_say_where_they_stand() -> None:
    stated = cleaned(read(page(LD.format('{"@type":"Article","author":{"@type":"Person","name":"Amal Haddad"}}'))))
    assert (stated.authors, stated.authors_source) == (("Amal Haddad",), "json_ld")
    meta = cleaned(read(page('<meta name="author" content="Amal Haddad">')))
    assert (meta.authors, meta.authors_source) == (("Amal Haddad",), "page")
    assert cleaned(read(page())).authors_source is None


def test_og_url_names_the_address_where_rel_canonical_does_not() -> None:
    og = '<meta property="og:url" content="https://www.example-courier.co.uk/news/tema">'
    assert cleaned(read(page(og))).canonical_url == "https://www.example-courier.co.uk/news/tema"
    assert cleaned(read(page('<link rel="canonical" href="/news/crane">' + og))).canonical_url == (
        "https://www.example-courier.co.uk/news/crane"
    )
    elsewhere = '<meta property="og:url" content="https://example.com/tema">'
    assert cleaned(read(page(elsewhere))).canonical_url is None


@pytest.mark.parametrize("method", METHODS)
def test_every_way_of_cleaning_gives_the_text_and_what_the_page_states(method: Method) -> None:
    head = LD.format(
        '{"@type":"NewsArticle","headline":"Tema gets its third crane","datePublished":"2024-03-21T08:00:00Z"}'
    )
    found = cleaned(clean(page(head).encode(), "text/html", Claimed(URL), CAPTURED_AT, method))
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert (found.method, found.headline, found.published_on) == (
        method,
        "Tema gets its third crane",
        date(2024, 3, 21),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's the two-day fair.", ["It's", "the", "two", "day", "fair"]),
        ("3.5 tonnes, 1,200 sacks", ["3.5", "tonnes", "1,200", "sacks"]),
        ("北京下雨", ["北", "京", "下", "雨"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_those_of_unicode(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert word_count(text) == len(words)
