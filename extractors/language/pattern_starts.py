"""Many patterns searched for in one pass: each place of a text is only shown to those that can begin there.

Searching for each of some sixty patterns by itself goes through the text sixty times. What two characters a pattern can
begin with is read off the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Tried = list[tuple[_Key, Callable[[str, int], re.Match[str] | None]]]
_LOOKED_AT = 2  # characters
_ASCII = "".join(map(chr, range(128)))
_OTHER = re.compile(r"[^\x00-\x7f]")


class Patterns(Generic[_Key]):
    r"""Patterns that are searched for together; none of them matches nothing or begins with white space.

    *before* is a look-behind that all of them begin with.

    >>> Patterns({"day": re.compile(r"\b\d+ days?")}, before=r"\b").found("Two days, 3 days.")
    [('day', <re.Match object; span=(10, 16), match='3 days'>)]
    """

    def __init__(self, patterns: Mapping[_Key, re.Pattern[str]], before: str = "") -> None:
        self.patterns, self.before = patterns, before
        self._tried: dict[str, _Tried[_Key]] = {}

    def found(self, text: str) -> list[tuple[_Key, re.Match[str]]]:
        """Each pattern's matches that do not overlap, as `finditer` gives them; by start, then longest, then order."""
        found: list[tuple[_Key, re.Match[str]]] = []
        free = dict.fromkeys(self.patterns, 0)
        for place in self._places.finditer(text):
            at = place.start()
            start = text[at : at + _LOOKED_AT]
            tried = self._tried.get(start if start.isascii() else _OTHER.sub("\x80", start))
            if tried is None:
                tried = self._tried_at(_OTHER.sub("\x80", start))
            here = [(key, match) for key, matches in tried if free[key] <= at and (match := matches(text, at))]
            free.update((key, match.end()) for key, match in here)
            found += here if len(here) <= 1 else sorted(here, key=lambda pair: -pair[1].end())
        return found

    def _tried_at(self, start: str) -> _Tried[_Key]:
        """The patterns that may begin so; what is no ASCII may be the variant of a letter that is."""
        known = start.partition("\x80")[0]
        keys = {key for n in range(len(known) + 1) for key in self._by_start.get(known[:n], ())}
        if len(known) < _LOOKED_AT:
            keys |= {key for each, those in self._by_start.items() if each.startswith(known) for key in those}
        self._tried[start] = [(key, pattern.match) for key, pattern in self.patterns.items() if key in keys]
        return self._tried[start]

    @cached_property
    def _by_start(self) -> dict[str, list[_Key]]:
        found: dict[str, list[_Key]] = {}
        for key, pattern in self.patterns.items():
            for start in _starts(pattern):
                found.setdefault(start, []).append(key)
        return found

    @cached_property
    def _places(self) -> re.Pattern[str]:
        """Characters at which some pattern may begin, and whatever is no ASCII."""
        firsts = {start[:1] for start in self._by_start}
        used = "".join(re.escape(each) for each in _ASCII if each in firsts or "" in firsts)
        return re.compile(rf"{self.before}[{used}\x80-\U0010ffff]")


@dataclass(frozen=True)
class _Begun:
    """How the matches of a part of a pattern begin: those that are over and short, and what else is known of others."""

    whole: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()

    def __or__(self, other: _Begun) -> _Begun:
        return _Begun(self.whole | other.whole, self.cut | other.cut)

    def then(self, other: _Begun) -> _Begun:
        """Followed by another part."""
        longer = frozenset(ours + theirs for ours in self.whole for theirs in other.whole)
        ended = frozenset((ours + theirs)[:_LOOKED_AT] for ours in self.whole for theirs in other.cut)
        full = frozenset(each[:_LOOKED_AT] for each in longer if len(each) >= _LOOKED_AT)
        return _Begun(frozenset(each for each in longer if len(each) < _LOOKED_AT), self.cut | ended | full)


_NOTHING, _ANYTHING = _Begun(whole=frozenset([""])), _Begun(cut=frozenset([""]))


def _starts(pattern: re.Pattern[str]) -> frozenset[str]:
    """What matches begin with; a start that is shorter than two characters may go on with any."""
    try:
        parser: Any = import_module("re._parser")
        begun = _of_sequence(parser.parse(pattern.pattern), pattern.flags)
    except (ImportError, AttributeError, TypeError, ValueError):  # how Python parses patterns may change with it
        begun = _ANYTHING
    return begun.whole | begun.cut


def _of_sequence(items: Iterable[Any], flags: int) -> _Begun:
    begun = _NOTHING
    for operator, argument in items:
        begun = begun.then(_of_item(str(operator), argument, flags))
        if not begun.whole:
            break
    return begun


def _of_item(operator: str, argument: Any, flags: int) -> _Begun:  # noqa: ANN401 — Python's parser's own
    if operator in {"AT", "ASSERT", "ASSERT_NOT"}:
        return _NOTHING
    if operator == "IN":
        return _united(_of_member(str(kind), value, flags) for kind, value in argument)
    if operator == "SUBPATTERN":
        _, added, removed, items = argument
        return _of_sequence(items, flags & ~removed | added)
    if operator in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, items = argument
        return _of_repeat(least, most, _of_sequence(items, flags))
    if operator == "BRANCH":
        return _united(_of_sequence(branch, flags) for branch in argument[1])
    return _of_member(operator, argument, flags)


def _of_repeat(least: int, most: int, once: _Begun) -> _Begun:
    begun, found = _NOTHING, _Begun()
    for times in range(min(most, least + _LOOKED_AT) + 1):
        if times >= least:
            found |= begun
        begun = begun.then(once)
    return found | _Begun(cut=begun.cut) if most > least + _LOOKED_AT else found


def _of_member(operator: str, argument: Any, flags: int) -> _Begun:  # noqa: ANN401 — Python's parser's own
    if operator == "LITERAL":
        return _cased(chr(argument), flags)
    if operator == "RANGE":
        return _cased(_ASCII[argument[0] : argument[1] + 1], flags)
    if operator == "CATEGORY" and str(argument) == "CATEGORY_DIGIT":
        return _cased("0123456789", flags)
    return _ANYTHING


def _cased(characters: str, flags: int) -> _Begun:
    return _Begun(whole=frozenset(characters + characters.swapcase() if flags & re.IGNORECASE else characters))


def _united(each: Iterable[_Begun]) -> _Begun:
    found = _Begun()
    for begun in each:
        found |= begun
    return found
