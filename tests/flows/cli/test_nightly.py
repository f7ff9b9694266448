from __future__ import annotations

from collections.abc import Callable

from typer.testing import Result

from flows.cli.nightly import lines
from storage.home import Home


def test_a_night_without_feeds_says_how_to_add_one_and_starts_nothing(run: Callable[..., Result], home: Home) -> None:
    done = run(home, "nightly")
    assert done.exit_code == 0
    assert "dateline feeds add" in done.stderr
    assert not home.log.exists()


def test_counts_are_told_as_sentences_and_zeros_are_left_out() -> None:
    counts = {"feeds": 3, "feeds_unchanged": 2, "fetched": 4, "articles": 3, "rejected": 1, "findings": 9, "copies": 0}
    assert lines(counts) == [
        "3 feeds polled, 2 unchanged",
        "4 pages fetched, 3 articles, 1 without an article",
        "9 findings",
    ]
    assert lines({}) == ["No feed was due", "0 pages fetched", "0 new findings"]
