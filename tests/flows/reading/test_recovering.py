from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from extractors.cleaning import METHODS, Claimed, CleanedText, Rejection
from flows.reading.pool import Killed
from flows.reading.recovering import recover

CAPTURED_AT = datetime(2026, 3, 5, tzinfo=UTC)
WORDS = "<p>The ferry from Suva to Levuka sails again from Friday, harbour master Sera Nabou said after the check.</p>"


class Pool:
    """Works in this process, and kills a page as often as its address says."""

    def run(self, function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Any]:
        return [self._one(function, each) for each in arguments]

    def _one(self, function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        _, _, claimed, _, method = given
        if METHODS.index(method) < int(claimed.url.rpartition("/")[2]):
            return Killed(f"{method} took more than 10 CPU seconds")
        return function(*given)


def outcomes(*kills: int) -> list[CleanedText | Rejection]:
    body = f"<html><body><article>{WORDS * 3}</article></body></html>".encode()
    work = [(body, "text/html", Claimed(f"https://example.org/{each}"), CAPTURED_AT) for each in kills]
    return [each.value for each in recover(work, Pool())]  # type: ignore[arg-type]


def test_the_next_way_tries_what_the_one_before_could_not_bear_and_the_text_says_so() -> None:
    found = outcomes(1, 0, 2, 0)
    methods = [each.method for each in found if isinstance(each, CleanedText)]
    assert methods == ["fast", "balanced", "resiliparse", "balanced"]


@pytest.mark.parametrize("kills", [[3], [0, 3]])
def test_what_no_way_can_bear_is_hostile(kills: list[int]) -> None:
    *_, last = outcomes(*kills)
    assert isinstance(last, Rejection)
    assert (last.reason, last.detail) == ("hostile", "resiliparse took more than 10 CPU seconds")
