"""Every hostile page gives its event, within its limits, and costs nothing but itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.cleaning import Claimed, CleanedText, Rejection
from flows.reading.pool import ReaderPool
from flows.reading.recovering import Outcome, recover
from tests.flows.hostile.pages import CAPTURED_AT, PAGES

CPU_SECONDS = 2


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """All pages, cleaned side by side as a night does it."""
    claimed = Claimed("https://example.org/news/ferry")
    work = [(each.body, each.content_type, claimed, CAPTURED_AT) for each in PAGES.values()]
    with ReaderPool(2, CPU_SECONDS) as pool:
        return {name: each.value for name, each in zip(PAGES, recover(work, pool), strict=True)}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_gives_its_event(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome, wanted = outcomes[name], PAGES[name]
    if wanted.refused:
        assert isinstance(outcome, Rejection), outcome
        assert outcome.reason == wanted.refused
    else:
        assert isinstance(outcome, CleanedText), outcome
        assert wanted.says is not None
        assert wanted.says in outcome.text
        assert outcome.method == (wanted.method or "balanced")


def test_no_text_holds_what_a_page_smuggles(outcomes: dict[str, Outcome]) -> None:
    texts = [each.text for each in outcomes.values() if isinstance(each, CleanedText)]
    account = Path("/etc/passwd").read_text("utf-8").splitlines()[0]
    assert not any(account in text or "\0" in text or "hahahaha" in text or "<script" in text for text in texts)


def test_what_a_page_states_is_bounded_and_possible(outcomes: dict[str, Outcome]) -> None:
    found = [each for each in outcomes.values() if isinstance(each, CleanedText)]
    assert max(len(each.headline or "") for each in found) <= 1_000
    assert max(len(each.authors) for each in found) <= 50
    assert {each.published_at for each in found} == {None}
    assert {each.canonical_url for each in found} == {None}
