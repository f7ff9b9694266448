from __future__ import annotations

import pytest

from extractors.cleaning import CleanedText, Rejection
from tests.extractors.cleaning.pages import PARAGRAPHS, page, read

LD = '<script type="application/ld+json">{}</script>'
LONG = [f"{paragraph} It was report number {n} of the day." for n in range(30) for paragraph in PARAGRAPHS]
SENTENCE = "The third crane of Tema arrives on a barge from Rotterdam."


def label(result: CleanedText | Rejection) -> str:
    assert isinstance(result, CleanedText), result
    return result.page_type


def test_an_article_is_an_article() -> None:
    assert label(read(page())) == "article"


@pytest.mark.parametrize("url", ["https://example.org/live/2026/tema", "https://example.org/tema-live-updates-7"])
def test_a_live_blog_is_known_by_its_type_or_address(url: str) -> None:
    wanted = "article" if "/live/" in url else "live_blog"
    assert label(read(page(), url=url)) == wanted
    assert label(read(page(LD.format('{"@type":"LiveBlogPosting","headline":"Tema"}')), url=url)) == "live_blog"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta property="og:type" content="video.other">', "https://example.org/a"),
        (LD.format('{"@type":"VideoObject","name":"Crane"}'), "https://example.org/a"),
        ("", "https://example.org/videos/crane"),
    ],
)
def test_a_film_with_a_sentence_is_a_video_and_not_too_short(head: str, url: str) -> None:
    assert label(read(page(head, [SENTENCE]), url=url)) == "video"
    assert label(read(page(head, LONG), url=url)) == "article"


def test_an_article_with_a_film_in_it_is_an_article() -> None:
    head = LD.format('[{"@type":"NewsArticle","headline":"Crane"},{"@type":"VideoObject","name":"Crane"}]')
    assert label(read(page(head))) == "article"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (LD.format('{"@type":"NewsArticle","isAccessibleForFree":"False"}'), PARAGRAPHS[:2]),
        (LD.format('{"@type":"NewsArticle","isAccessibleForFree":false}'), [SENTENCE]),
        ('<meta property="article:content_tier" content="locked">', PARAGRAPHS[:2]),
        ("", [*PARAGRAPHS[:2], "Subscribe to continue reading. Already a subscriber? Log in."]),
        ("", [*PARAGRAPHS[:2], "Jetzt weiterlesen mit dem Probeabo."]),
    ],
)
def test_the_beginning_of_an_article_that_is_sold_is_a_stub(head: str, words: list[str]) -> None:
    assert label(read(page(head, words))) == "paywall_stub"


def test_an_article_that_is_sold_and_stands_there_whole_is_an_article() -> None:
    assert label(read(page(LD.format('{"@type":"NewsArticle","isAccessibleForFree":false}'), LONG))) == "article"


def test_a_sentence_alone_is_too_short_where_nothing_labels_it() -> None:
    result = read(page("", [SENTENCE], "Crane"))
    assert isinstance(result, Rejection)
    assert result.reason == "too_short"
