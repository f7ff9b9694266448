from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language import pattern_starts
from extractors.language.pattern_starts import Patterns
from extractors.language.time_rules import BEFORE
from extractors.language.times import _RULES  # pyright: ignore[reportPrivateUsage] — the patterns it is for

PATTERNS = {
    "day": re.compile(r"(?<!\w)(?:(?i:mon|tues)day|\d{1,2}(?:st|th)?)"),
    "optional": re.compile(r"(?<!\w)(?:the\s)?(?:early|late)? ?year"),
    "any": re.compile(r"(?<!\w)[^\W\d]+ago"),
    "kelvin": re.compile(r"(?<!\w)kept", re.IGNORECASE),
    "repeated": re.compile(r"(?<!\w)(?:ab){2,3}c*"),
    "short": re.compile(r"(?<!\w)q"),
}
WORDS = (
    *(
        "the",
        "early",
        "year",
        "Monday",
        "TUESDAY",
        "21st",
        "3",
        "week",
        "ago",
        "abababc",
        "abab",
        "q",
        "\u212aept",
        "two",
    ),
    *(
        "last",
        "next",
        "years",
        "March",
        "2024",
        "\u201999",
        "at",
        "5",
        "p.m.",
        "£5",
        "a.m.",
        "Christmas",
        "Eve",
        "every",
    ),
    *("other", "in", "third", "quarter", "of", "day", "1990s", "10:30", "\u0661\u0662", "\u2460", "every", "two"),
)
RULES = {f"{number} {rule.name}": rule.pattern for number, rule in enumerate(_RULES)}
OURS, TIMES = Patterns(PATTERNS, r"(?<!\w)"), Patterns(RULES, BEFORE)
TEXTS = st.lists(st.sampled_from([*WORDS, " ", ", ", "\n", "-", "/"]) | st.text(max_size=3)).map(" ".join)


def one_by_one(patterns: dict[str, re.Pattern[str]], text: str) -> list[tuple[str, tuple[int, int]]]:
    found = [(key, match.span()) for key, pattern in patterns.items() for match in pattern.finditer(text)]
    return sorted(found, key=lambda each: (each[1][0], -each[1][1]))


def together(patterns: Patterns[str], text: str) -> list[tuple[str, tuple[int, int]]]:
    return [(key, match.span()) for key, match in patterns.found(text)]


@given(TEXTS)
def test_matches_are_those_of_each_pattern_by_itself(text: str) -> None:
    assert together(OURS, text) == one_by_one(PATTERNS, text)


@given(TEXTS)
def test_time_expressions_are_found_as_each_rule_finds_them(text: str) -> None:
    assert together(TIMES, text) == one_by_one(RULES, text)


def test_a_python_that_parses_patterns_otherwise_only_makes_it_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern_starts, "import_module", lambda _: re)  # which has no parse
    text = "the year, Monday, 3 weeks ago"
    assert together(Patterns(PATTERNS), text) == one_by_one(PATTERNS, text)
