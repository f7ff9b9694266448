from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from msgspec.structs import replace

from extractors.cleaning.measures import minhash_of
from flows.reading.copies import Pair, duplicate_records, pairs, window
from flows.recording import Recorder
from storage.events import ArticleDuplicated
from storage.state import Fingerprint

DAY = date(2026, 3, 4)
WIRE = " ".join(f"word{number} of the long report from the lake" for number in range(60))
OTHER = " ".join(f"term{number} in another story about the harbour" for number in range(60))


def fingerprint(number: int, text: str, on: date = DAY) -> Fingerprint:
    return Fingerprint(
        article_id=UUID(int=number), published_on=on, word_count=len(text.split()), minhash=minhash_of(text)
    )


def names(found: list[Pair]) -> list[tuple[int, int]]:
    return sorted((pair.first.article_id.int, pair.second.article_id.int) for pair in found)


def test_copies_are_found_and_other_stories_are_not() -> None:
    fresh = [fingerprint(2, WIRE), fingerprint(3, OTHER)]
    assert names(list(pairs(fresh, [fingerprint(1, WIRE)]))) == [(1, 2)]


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])))
def test_the_order_of_arrival_does_not_change_the_pairs(order: tuple[int, ...]) -> None:
    known: list[Fingerprint] = []
    found: list[Pair] = []
    for number in order:
        fresh = fingerprint(number, WIRE)
        found += pairs([fresh], known)
        known.append(fresh)
    assert names(found) == [(1, 2), (1, 3), (2, 3)]


def test_pairs_further_apart_than_three_days_are_left_alone() -> None:
    late = fingerprint(2, WIRE, DAY + timedelta(days=4))
    assert list(pairs([late], [fingerprint(1, WIRE)])) == []
    assert window([DAY]) == (date(2026, 3, 1), date(2026, 3, 7))


def test_an_article_is_no_copy_of_itself_and_a_short_text_of_nothing() -> None:
    assert list(pairs([fingerprint(1, WIRE)], [fingerprint(1, WIRE)])) == []
    assert list(pairs([fingerprint(1, "too short")], [fingerprint(2, "too short")])) == []


def test_a_much_shorter_copy_is_an_excerpt() -> None:
    part = WIRE[: int(len(WIRE) * 0.7)]
    recorder = Recorder(UUID(int=9))
    [record] = duplicate_records(pairs([fingerprint(2, part)], [fingerprint(1, WIRE)]), recorder)
    assert record.record_type == ArticleDuplicated.record_type()
    assert '"relation":"excerpt"' in record.payload


def test_an_excerpt_is_known_by_how_much_of_it_the_longer_text_holds() -> None:
    part = WIRE[: int(len(WIRE) * 0.3)]
    assert names(list(pairs([fingerprint(2, part)], [fingerprint(1, WIRE)]))) == [(1, 2)]
    assert list(pairs([fingerprint(2, part + " " + OTHER)], [fingerprint(1, WIRE)])) == []


def test_a_publisher_who_tells_a_story_again_updates_it() -> None:
    older, newer = (replace(fingerprint(n, WIRE), publisher="example.org") for n in (1, 2))
    elsewhere = replace(fingerprint(3, WIRE), publisher="example.com")
    records = duplicate_records(pairs([older, newer, elsewhere], []), Recorder(UUID(int=9)))
    relations = {(each.stream[-1], json.loads(each.payload)["other_article"][-1]): each.payload for each in records}
    assert {pair: json.loads(payload)["relation"] for pair, payload in relations.items()} == {
        ("1", "2"): "update",
        ("1", "3"): "copy",
        ("2", "3"): "copy",
    }
