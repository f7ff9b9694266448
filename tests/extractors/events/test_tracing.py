"""A sentence that tells of no event says which frames were tried at its words, and what stopped each."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.events.coder import political_events_in
from extractors.events.tracing import Tried, why_not
from extractors.language.reading import Reading
from storage.vocabulary import Span


def tried(text: str, words: str) -> list[Tried]:
    """What was tried at the given words."""
    start = text.index(words)
    asked = Span(start, start + len(words))
    return [each for each in why_not(Reading(text, date(2026, 3, 2), "en"), asked) if each.span.of(text) == words]


@pytest.mark.parametrize(
    ("text", "words", "rule", "why"),
    [
        ("Israel may attack Lebanon.", "attack", "ASSAULT X attack Y", "fits, but it is only possible"),
        ("The committee condemned the delay.", "condemned", "ACCUSE X condemn Y", "nobody is known behind committee"),
        ("Lebanon had signed no decree.", "signed", "CONCEDE X sign decree|order|law grant", "needs "),
        ("They walked home.", "walked", "PROTEST X walk off job", "needs job by it after off"),
        ("The Lebanese minister juggled.", "juggled", None, "no frame has this word as its trigger"),
        ("Lebanon condemned Israel.", "condemned", "ACCUSE X condemn Y", "coded as ACCUSE"),
    ],
)
def test_what_stopped_a_frame_is_told(text: str, words: str, rule: str | None, why: str) -> None:
    found = [each for each in tried(text, words) if (each.rule or "").startswith(rule or "")]
    assert [each for each in found if why in each.came_of_it], found


def test_what_is_coded_is_marked_and_what_asked_for_more_is_named() -> None:
    found = tried("Lebanon condemned Israel.", "condemned")
    assert [each.rule for each in found if each.is_coded] == ["ACCUSE X condemn Y"]
    assert all(each.came_of_it for each in found)


def test_only_the_sentence_asked_about_is_told() -> None:
    text = "Lebanon condemned Israel. Egypt condemned Iran."
    found = why_not(Reading(text, date(2026, 3, 2), "en"), Span(27, 30))
    assert found
    assert all(each.span.start > text.index("Egypt") - 1 for each in found)


def test_tracing_finds_the_same_events_as_coding() -> None:
    text = "Lebanon condemned Israel on Sunday. Israel and Egypt met in Cairo. Police arrested two men in Beirut."
    reading = Reading(text, date(2026, 3, 2), "en")
    coded = {event.frame.frame_id for event in political_events_in(reading)}
    assert {each.rule for each in why_not(reading, Span(0, len(text))) if each.is_coded} == coded
