from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flows.reading.revision import MOST_PASSAGES, change
from storage.events import Passage

WORDS = st.lists(st.sampled_from(["rain", "fell", "on", "Osh", "14", "…", "ünder", "\n", "🌧"]), max_size=40).map(
    " ".join
)


def applied(old: str, new: str, passages: tuple[Passage, ...]) -> str:
    """The new text, made of the old one and of what was inserted."""
    parts, at = [], 0
    for each in passages:
        parts += [old[at : each.deleted_from], new[each.inserted_from : each.inserted_until]]
        at = each.deleted_until
    return "".join([*parts, old[at:]])


def test_changes_are_counted_word_by_word() -> None:
    found = change("12 people were killed", "14 people were killed")
    assert found == (2, 2, (Passage(0, 2, 0, 2),))
    assert change("same", "same") == (0, 0, ())


def test_a_word_that_changed_in_a_very_long_text_is_found() -> None:
    old = "\n".join(f"line {number} of a very long report" for number in range(5000))
    found = change(old, old.replace("line 7 of", "line seven of"))
    assert (found.inserted_chars, found.deleted_chars, len(found.passages)) == (5, 1, 1)


@given(WORDS, WORDS)
def test_passages_turn_the_old_text_into_the_new_one(old: str, new: str) -> None:
    found = change(old, new)
    assert applied(old, new, found.passages) == new
    assert bool(found.passages) == (old != new)


def test_changes_with_a_word_between_them_are_one_passage() -> None:
    found = change("The mayor said 12 or 13 men left.", "The mayor said 22 or 23 men left.")
    assert found.passages == (Passage(15, 23, 15, 23),)
    assert (found.inserted_chars, found.deleted_chars) == (4, 4)


def test_a_text_that_was_written_anew_has_no_endless_list() -> None:
    old = "\n".join(f"A line that stays, {n}.\nOne that goes, {n}." for n in range(900))
    new = "\n".join(f"A line that stays, {n}.\nOne that has come, {n + 5000}." for n in range(900))
    found = change(old, new)
    assert len(found.passages) == MOST_PASSAGES
    assert applied(old, new, found.passages) == new


def test_texts_made_to_be_hard_to_compare_are_told_apart_roughly() -> None:
    old, new = "ab " * 40_000, "ba " * 40_000
    found = change(old, new)
    assert applied(old, new, found.passages) == new
    assert len(found.passages) == 1
