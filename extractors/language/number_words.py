"""The words and marks English writes numbers with, cut into tokens for `numerals.py`."""

# ruff: noqa: RUF001 — lists of words read best as words; typographic marks are meant

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.language.numeral import rounded

Kind = Literal[
    "digits", "small", "tens", "hundred", "scale", "dozen", "plural", "and", "a", "half", "vague", "of", "in",
    "ordinal", "parts", "fraction", "point", "over",
]  # fmt: skip

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7, "mn": 6, "bn": 9, "tn": 12}
_PLURALS = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
    "trillions": 10**12,
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENTHS = {word[:-1] + "ieth": 10 * at for at, word in enumerate(_TENS, 2)}
_LARGE_ORDINALS = {
    "hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9, "trillionth": 10**12
}  # fmt: skip
_ALL_ORDINALS = {word: at for at, word in enumerate(_ORDINALS, 1)} | _TENTHS | _LARGE_ORDINALS
_PARTS = {"quarters": 4, "quarter": 4} | {f"{word}s": at for word, at in _ALL_ORDINALS.items() if word != "second"}
_GLYPHS = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def _words() -> dict[str, tuple[Kind, Decimal]]:
    found: dict[str, tuple[Kind, int]] = {word: ("small", at) for at, word in enumerate(_SMALL)}
    found |= {word: ("tens", 10 * at) for at, word in enumerate(_TENS, 2)}
    found |= {word: ("scale", 10**power) for word, power in _SCALES.items()}
    found |= {word: ("plural", value) for word, value in _PLURALS.items()}
    found |= {word: ("ordinal", value) for word, value in _ALL_ORDINALS.items()}
    found |= {word: ("parts", value) for word, value in _PARTS.items()}
    found |= dict.fromkeys(("dozen", "dz", "dzs", "doz", "dozs"), ("dozen", 12))
    found |= {"hundred": ("hundred", 100), "nought": ("small", 0), "naught": ("small", 0), "fourty": ("tens", 40)}
    found |= {"and": ("and", 0), "a": ("a", 1), "an": ("a", 1), "half": ("half", 0), "of": ("of", 0)}
    found |= {
        "point": ("point", 0),
        "few": ("vague", 1),
        "several": ("vague", 1),
        "couple": ("vague", 2),
        "in": ("in", 0),
        "over": ("over", 0),
    }
    return {word: (kind, Decimal(value)) for word, (kind, value) in found.items()}


def _by_first_letter(words: Iterable[str]) -> str:
    """An alternation that is left at the first letter by most of what it is tried on; the longest words first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in found.items())


_WORDS = _words()
_BLANK = "[ \u00a0\u202f\u2009]"
_PEOPLE = rf"{_BLANK}(?:people|users|children|euros|dollars|pounds|tonnes|barrels|votes|voters|jobs|homes|households)"
_MONEY_SIGN = re.compile(r"(?:[$€£¥₹₽₦₩]|Rs\.?|[A-Z]{3})[ \u00a0]?$")
_SHORT_SCALES = {
    "bn": 9,
    "bln": 9,
    "b": 9,
    "mln": 6,
    "mil": 6,
    "mm": 6,
    "mn": 6,
    "m": 6,
    "k": 3,
    "tn": 12,
    "trn": 12,
    "tln": 12,
}
_TOKEN = re.compile(
    rf"""
    (?=[0-9.])(?:(?<!\w)|(?<=\b[A-Z]{{3}})|(?<=\b[Rr]s)|(?<=[{_GLYPHS}]))(?<![^\W\d][-‐’'#])(?<![0-9][.:/])
      (?P<digits>(?P<over>[1-9][0-9]?)/(?P<under>[1-9][0-9]?)(?![0-9/])
        |(?P<comma>(?<![0-9],)[0-9]{{1,3}}(?:\.[0-9]{{3}}){{0,4}},[0-9]{{1,2}}(?![0-9]|,[0-9]))
        |(?:[0-9]{{1,3}}(?:,[0-9]{{2,3}}){{0,7}},[0-9]{{3}}(?![0-9])|[0-9]{{1,3}}(?:{_BLANK}[0-9]{{3}}){{1,4}}(?![0-9])|[0-9]{{1,24}})
         (?:\.[0-9]{{1,9}})?|\.[0-9]{{1,9}})
      (?![0-9])(?![.:][0-9])
      (?:(?P<th>(?:st|nd|rd|th)\b)|{_BLANK}?(?P<times>bn|mn|tn|trn|bln|tln|mln|mil|k|m(?={_PEOPLE}))(?!\w)|{_BLANK}?(?P<short>mm|[mb])(?!\w))?
    |(?P<glyph>[{_GLYPHS}])
    |(?<!\w)(?<![^\W\d][’'])(?P<word>{_by_first_letter([*_WORDS, f"out{_BLANK}of"])})(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """A piece of a number and where it stands."""

    kind: Kind
    value: Decimal
    start: int
    end: int


def number_words(text: str) -> list[Word]:
    """The number words, digits and small words between them, in order."""
    return [word for match in _TOKEN.finditer(text) for word in _cut(text, match)]


def _cut(text: str, match: re.Match[str]) -> Iterator[Word]:
    start, end = match.span()
    if match["over"]:
        yield Word("fraction", Decimal(match["over"]) / Decimal(match["under"]), start, end)
    elif match["digits"]:
        yield from _digits(text, match)
    elif match["glyph"]:
        yield Word("fraction", rounded(Decimal(unicodedata.numeric(match["glyph"]))), start, end)
    else:
        kind, value = _WORDS.get(match["word"].lower(), ("in", Decimal(0)))
        yield Word(kind, value, start, end)


def _digits(text: str, match: re.Match[str]) -> Iterator[Word]:
    """Digits and the letter that multiplies them: 5k, $40m; without a currency in front 40m are metres."""
    digits = match["digits"].replace(".", "").replace(",", ".") if match["comma"] else match["digits"]
    value = Decimal(re.sub(r"[^0-9.]", "", digits))
    end = match.end("digits")
    yield Word("ordinal" if match["th"] else "digits", value, match.start(), match.end() if match["th"] else end)
    letters = match["times"] or match["short"]
    is_money = bool(_MONEY_SIGN.search(text[max(0, match.start() - 4) : match.start()]))
    is_attached = text[end : match.end()] in {"M", "B", "b"}
    if letters and (match["times"] or is_money or is_attached):
        yield Word("scale", Decimal(10) ** _SHORT_SCALES[letters.lower()], end, match.end())
