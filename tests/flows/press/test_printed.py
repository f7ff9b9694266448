"""What the sample press must have printed, so that a first night shows something of everything."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from flows.press import NoSuchNightError, Story, publishers, stories

LAST_DAY = date(2026, 3, 8)


def articles(night: int) -> list[Story]:
    return [story for story in stories(night) if story.kind == "article"]


def words(story: Story) -> int:
    return sum(len(paragraph.split()) for paragraph in story.paragraphs)


def test_five_publishers_print_at_least_thirty_articles() -> None:
    assert len(publishers()) == 5
    assert len(articles(2)) >= 30
    assert all(5 <= count <= 9 for count in Counter(story.publisher for story in articles(2)).values())


def test_every_article_has_350_words() -> None:
    assert [story.path for night in (1, 2) for story in articles(night) if words(story) < 350] == []


def test_there_are_stories_on_seven_days() -> None:
    days = {story.published.date() for story in stories(2)}
    assert days == {LAST_DAY - timedelta(days=ago) for ago in range(7)}


def test_every_time_states_its_offset() -> None:
    assert all(story.published.tzinfo and story.updated.tzinfo for story in stories(2))


def test_a_path_names_the_day_of_publication() -> None:
    assert all(story.path.startswith(f"/{story.published:%Y/%m/%d}/") for story in stories(2))


def test_every_publisher_has_its_sections() -> None:
    sections = {publisher.slug: publisher.sections for publisher in publishers()}
    assert [story.path for story in stories(2) if story.section not in sections[story.publisher]] == []


def test_one_page_is_a_consent_wall_and_one_is_gone() -> None:
    for night in (1, 2):
        special = [story for story in stories(night) if story.kind != "article"]
        assert sorted(story.kind for story in special) == ["consent-wall", "gone"]
        assert all(story.paragraphs == () for story in special)


def test_one_article_is_german() -> None:
    assert [story.language for story in stories(2) if not story.language.startswith("en")] == ["de"]


def test_one_wire_story_is_printed_by_three_publishers() -> None:
    opening = Counter(story.paragraphs[0] for story in articles(2))
    copies = [story for story in articles(2) if opening[story.paragraphs[0]] == 3]
    shortest, *full = sorted(copies, key=words)
    assert full[0].paragraphs == full[1].paragraphs
    assert shortest.paragraphs == full[0].paragraphs[:-2]
    assert {story.agency for story in copies} == {"Meridian Wire"}
    assert len({story.publisher for story in copies}) == len({story.headline for story in copies}) == 3


def test_no_other_paragraph_is_printed_twice() -> None:
    prints = Counter(paragraph for story in articles(2) for paragraph in story.paragraphs)
    assert set(prints.values()) == {1, 2, 3}
    wire = next(story for story in articles(2) if prints[story.paragraphs[0]] == 3)
    assert {paragraph for paragraph, count in prints.items() if count > 1} <= set(wire.paragraphs)


def test_the_second_night_differs_by_the_seventh_day_and_the_correction() -> None:
    before = {(story.publisher, story.path): story for story in stories(1)}
    after = {(story.publisher, story.path): story for story in stories(2)}
    assert {after[address].published.date() for address in after.keys() - before.keys()} == {LAST_DAY}
    assert {story.published.date() for story in before.values()} == {
        LAST_DAY - timedelta(days=ago) for ago in range(1, 7)
    }
    assert before.keys() <= after.keys()
    assert len([address for address in before if before[address] != after[address]]) == 1


def test_the_correction_changes_a_figure_and_a_quotation_and_says_so() -> None:
    after = next(story for story in stories(2) if story.updated != story.published)
    before = next(story for story in stories(1) if story.path == after.path)
    changed = [(old, new) for old, new in zip(before.paragraphs, after.paragraphs[:-1], strict=True) if old != new]
    assert len(changed) == 2
    assert "killing 14 people" in changed[0][0]
    assert "killing 11 people" in changed[0][1]
    assert all('"We had a warning' in version for version in changed[1])
    assert after.paragraphs[-1].startswith("Correction: ")
    assert (before.headline, before.published) == (after.headline, after.published)
    assert before.updated == before.published < after.updated


def test_the_stories_open_and_quote_in_many_ways() -> None:
    openings = " ".join(story.paragraphs[0][:60] for story in articles(2))
    assert all(mark in openings for mark in ("(Meridian Wire) — ", "(Meridian Wire) \N{EN DASH} ", " March — ", " - "))
    texts = " ".join(paragraph for story in articles(2) for paragraph in story.paragraphs)
    assert all(mark in texts for mark in ('"', "“", "„"))


def test_curly_quotes_are_balanced_but_for_quotations_that_go_on() -> None:
    for story in articles(2):
        for paragraph, following in zip(story.paragraphs, (*story.paragraphs[1:], ""), strict=True):
            unclosed = paragraph.count("“") - paragraph.count("”")
            assert story.language == "de" or unclosed == 0 or (unclosed == 1 and following.startswith("“"))
            assert paragraph.count('"') % 2 == 0


def test_there_are_only_two_nights() -> None:
    with pytest.raises(NoSuchNightError, match="there is no night 3"):
        stories(3)
