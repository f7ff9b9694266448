"""Every time expression of a text, resolved: rules tried at each place, the longest that means something taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from extractors.language import time_amounts, time_clock, time_dates, time_relative, time_seasons
from extractors.language.calendar_values import granularity
from extractors.language.opening_line import opening_line
from extractors.language.pattern_starts import Patterns
from extractors.language.time_joining import Expression, joined
from extractors.language.time_modifiers import modified
from extractors.language.time_rules import BEFORE, Found, Meaning, Rule

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_RULES: tuple[Rule, ...] = (
    *time_dates.RULES,
    *time_seasons.RULES,
    *time_relative.RULES,
    *time_amounts.RULES,
    *time_clock.RULES,
    *time_relative.REFERENCES,
)
_PATTERNS = Patterns({number: rule.pattern for number, rule in enumerate(_RULES)}, BEFORE)
_COARSE = ("decade", "century")


def times(reading: Reading) -> list[Expression]:
    """The time expressions of a text with their modifiers, in its order."""
    line = opening_line(reading)
    written_on = (line and line.written_on) or reading.published_on
    text = reading.readable
    return [modified(text, each) for each in joined(text, _resolved(text, written_on))]


def _resolved(text: str, written_on: date) -> Iterator[Expression]:
    """Expressions that do not overlap: the first, and of those the longest that means something."""
    last, mentioned, quarter = 0, None, None
    for rule, found in _candidates(text):
        if found.start() < last:
            continue
        context = Found(found, written_on, mentioned, quarter)
        meaning = _meaning(rule, context)
        if meaning is None:
            continue
        last = found.end()
        if meaning.timex_type in ("DATE", "TIME") and meaning.days and granularity(meaning.value) not in _COARSE:
            mentioned = meaning.days[0]
        quarter = meaning.value if rule.name == "quarter" else quarter
        looks_ahead = rule.name == "weekday" and context.direction > 0
        yield Expression(found.start(), found.end(), meaning, rule.name, looks_ahead)


def _meaning(rule: Rule, found: Found) -> Meaning | None:
    try:
        return rule.resolve(found)
    except (ValueError, OverflowError):  # beyond the calendar's first or last year
        return None


def _candidates(text: str) -> Iterable[tuple[Rule, re.Match[str]]]:
    return ((_RULES[number], match) for number, match in _PATTERNS.found(text))
