"""The pages as a cleaner sees them: the article comes out, the furniture stays behind."""

from __future__ import annotations

import re
from typing import Any

import pytest
import trafilatura

from flows.press import Story, publishers, stories
from flows.press.answers import Resource, resource

PORT = 8765
PUBLISHERS = {publisher.slug: publisher for publisher in publishers()}
ARTICLES = {f"{story.path} on night {night}": (story, night) for night in (1, 2) for story in stories(night)}


def page(story: Story, night: int = 2) -> Resource:
    return resource(PUBLISHERS[story.publisher].host_name, story.path, night, PORT)


def cleaned(story: Story, night: int) -> Any:
    url = f"http://{PUBLISHERS[story.publisher].host_name}:{PORT}{story.path}"
    return trafilatura.bare_extraction(
        page(story, night).body.decode(), url=url, with_metadata=True, include_comments=False, include_tables=True
    )


@pytest.mark.parametrize(
    ("story", "night"), [pytest.param(*each, id=name) for name, each in ARTICLES.items() if each[0].kind == "article"]
)
def test_a_cleaned_page_is_exactly_the_article(story: Story, night: int) -> None:
    document = cleaned(story, night)
    assert document.text.split("\n") == list(story.paragraphs)
    assert (document.title, document.author) == (story.headline, story.byline)
    assert document.date == story.published.date().isoformat()


def test_every_page_has_furniture_around_its_article() -> None:
    for story in stories(2):
        if story.kind == "article":
            html = page(story).body.decode()
            shown = [comment for comment in PUBLISHERS[story.publisher].comments if comment.text in html]
            others = [other for other in stories(2) if other.path != story.path and f'{other.path}"' in html]
            assert len(shown) == 3
            assert len(others) >= 4
            assert all(mark in html.lower() for mark in ("cookie", "<title>", 'rel="canonical"', 'rel="alternate"'))


def test_the_publishers_state_author_and_date_in_different_ways() -> None:
    first = {story.publisher: page(story).body.decode() for story in reversed(stories(2)) if story.kind == "article"}
    assert "application/ld+json" in first["saltgate-ledger"]
    assert "article:published_time" in first["four-capes-dispatch"]
    assert 'itemprop="datePublished" datetime=' in first["upland-courier"]
    assert '<meta name="date"' in first["lanternfield-review"]
    assert "@graph" in first["openwater-post"]


def test_the_consent_wall_shows_nothing_of_an_article() -> None:
    story = next(story for story in stories(1) if story.kind == "consent-wall")
    html = page(story).body.decode()
    assert page(story).status == 200
    assert "Accept all" in html
    assert story.headline not in html
    assert "<article" not in html


def test_the_gone_page_answers_404() -> None:
    assert page(next(story for story in stories(1) if story.kind == "gone")).status == 404


def test_a_page_of_the_first_night_stays_the_same_unless_corrected() -> None:
    changed = [story for story in stories(1) if page(story, 1) != page(story, 2)]
    assert [story.path for story in changed] == [story.path for story in stories(2) if story.updated != story.published]


def test_a_story_of_the_second_night_is_not_found_on_the_first() -> None:
    assert all(page(story, 1).status == 404 for story in stories(2) if story.night == 2)


def test_all_links_are_absolute_and_stay_on_loopback() -> None:
    for story in stories(2):
        for link in re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page(story).body.decode()):
            assert re.match(rf"http://[a-z-]+\.localhost:{PORT}/", link), link


def test_every_front_page_leads_to_every_story() -> None:
    for publisher in publishers():
        html = resource(publisher.host_name, "/", 2, PORT).body.decode()
        own = [story for story in stories(2) if story.publisher == publisher.slug]
        assert all(f'href="http://{publisher.host_name}:{PORT}{story.path}"' in html for story in own)
