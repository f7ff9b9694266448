"""What changed between two texts, word by word: only the changes, each with a few words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from rich.text import Text

from flows.cli.console import plain

_AROUND = 7  # words shown before and after a change
_LONGEST = 60  # words shown of one side of a change
_WORD = re.compile(r"\S+")

Opcode = tuple[str, int, int, int, int]


def changes(before: str, after: str, *, in_colour: bool) -> list[Text]:
    """The places where *after* differs from *before*; without colour what went stands in [-…-], what came in {+…+}."""
    old, new = _WORD.findall(plain(before)), _WORD.findall(plain(after))
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_place(old, new, group, in_colour=in_colour) for group in _near_each_other(opcodes)]


def _near_each_other(opcodes: Sequence[Opcode]) -> Iterator[list[Opcode]]:
    """Changes in groups: those with only a few words between them read better together."""
    changed = [each for each in opcodes if each[0] != "equal"]
    group: list[Opcode] = changed[:1]
    for one, other in pairwise(changed):
        if other[1] - one[2] > 2 * _AROUND:
            yield group
            group = []
        group.append(other)
    if group:
        yield group


def _place(old: Sequence[str], new: Sequence[str], group: Sequence[Opcode], *, in_colour: bool) -> Text:
    start, end = group[0][3], group[-1][4]
    lead, tail = new[max(0, start - _AROUND) : start], new[end : end + _AROUND]
    parts: list[Text] = [Text(" ".join(["…", *lead] if start > _AROUND else lead))]
    here = start
    for _, old_from, old_to, new_from, new_to in group:
        parts.append(Text(" ".join(new[here:new_from])))
        parts.append(_went(old[old_from:old_to], in_colour=in_colour))
        parts.append(_came(new[new_from:new_to], in_colour=in_colour))
        here = new_to
    parts.append(Text(" ".join([*tail, "…"] if end + _AROUND < len(new) else tail)))
    return Text(" ").join(part for part in parts if part.plain)


def _went(words: Sequence[str], *, in_colour: bool) -> Text:
    text = _short(words)
    return Text(text, style="red strike") if in_colour else Text(f"[-{text}-]" if text else "")


def _came(words: Sequence[str], *, in_colour: bool) -> Text:
    text = _short(words)
    return Text(text, style="bold green") if in_colour else Text(f"{{+{text}+}}" if text else "")


def _short(words: Sequence[str]) -> str:
    return " ".join(words) if len(words) <= _LONGEST else " ".join([*words[:_LONGEST], "…"])
