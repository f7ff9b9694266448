"""Every question of the page has the answer that the sample press was written to give."""

from __future__ import annotations

from typing import Any

import pytest

from storage.edition.ask import ask
from storage.home import Home
from tests.docs.blocks import ROOT, blocks

Answer = list[dict[str, Any]]
QUERIES = [each.body for each in blocks("sql", page="questions.md")]


@pytest.fixture(scope="module")
def answers(filled: Home) -> list[Answer]:
    found = [ask(filled, query) for query in QUERIES]
    return [[dict(zip(each.columns, row, strict=True)) for row in each.rows] for each in found]


def test_ten_questions_are_asked_under_ten_headings() -> None:
    page = (ROOT / "docs" / "questions.md").read_text("utf-8")
    assert page.count("\n## ") == len(QUERIES) == 10


def test_the_dispute_escalates_and_comes_down_again(answers: list[Answer]) -> None:
    scores = [week["mean_score"] for week in answers[0]]
    assert len(scores) >= 4
    assert scores[1] == min(scores) < 0 < scores[-1]


def test_a_region_has_protests_that_two_publishers_saw(answers: list[Answer]) -> None:
    assert all(row["publishers_at_least"] >= 2 for row in answers[1])
    assert ("KG.03", ["Ala-Buka"]) in [(row["region"], row["places"]) for row in answers[1]]


def test_the_toll_of_the_ferry_rises(answers: list[Answer]) -> None:
    assert [row["killed"] for row in answers[2]] == [21, 29, 34]


def test_several_voices_are_heard_on_the_place(answers: list[Answer]) -> None:
    assert "Kubanych Asanaliev-Toro" in {row["voice"] for row in answers[3]}
    assert max(row["statements"] for row in answers[3]) > 1


def test_the_publishers_rely_on_nameless_sources_to_different_degrees(answers: list[Answer]) -> None:
    assert len(answers[4]) == 5
    assert 0 < answers[4][-1]["percent"] < answers[4][0]["percent"] < 100


def test_the_theme_has_a_share_on_some_days_only(answers: list[Answer]) -> None:
    shares = [row["percent"] for row in answers[5]]
    assert 0 in shares
    assert 0 < max(shares) < 100


def test_a_promise_that_was_kept_is_not_among_the_others(answers: list[Answer]) -> None:
    pairs = {(row["actor"], row["recipient"]) for row in answers[6]}
    assert ("Papua New Guinea", "Australia") in pairs
    assert ("Kyrgyzstan", "Uzbekistan") not in pairs


def test_an_attack_that_one_side_tells_of_names_that_side(answers: list[Answer]) -> None:
    assert ["Lake Provinces Front"] in [row["claimed_by"] for row in answers[7]]
    assert not any("motorcycle" in row["sentence"] for row in answers[7])


def test_the_wire_takes_minutes_to_be_printed(answers: list[Answer]) -> None:
    assert len(answers[8]) >= 2
    assert all(0 < row["median_minutes"] <= row["most_minutes"] for row in answers[8])


def test_the_past_day_believed_what_was_corrected_later(answers: list[Answer]) -> None:
    assert [row["killed"] for row in answers[9]] == [14, 11]
