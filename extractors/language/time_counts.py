"""Small numbers as English prose writes them before a unit of time: in digits, in words, or vaguely."""

from __future__ import annotations

import re

_ONES: tuple[str, ...] = tuple(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ).split()
)
_TENS: tuple[str, ...] = tuple("_ _ twenty thirty forty fifty sixty seventy eighty ninety".split())
_ORDINALS: tuple[str, ...] = tuple(
    (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ).split()
)
_VAGUE = ("several", "a few", "few", "many", "some", "a number of", "dozens of", "hundreds of", "thousands of")
_FIXED = {
    "a": 1.0, "an": 1.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "a couple of": 2.0, "couple of": 2.0,
    "a dozen": 12.0, "a hundred": 100.0,
}  # fmt: skip
_FRACTIONS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "1/4": 0.25, "¾": 0.75, "3/4": 0.75}
_ones = "|".join(sorted(_ONES[1:], key=len, reverse=True))
_tens = "|".join(_TENS[2:])
_DIGITS = r"\d{1,3}(?:,\d{3}){0,2}(?:\.\d{1,2})?(?:[ -]?(?:½|¼|¾|(?<=[ -])[13]/[24]))?(?![\d,]{0,12}\d)"

# these belong inside a case-insensitive pattern
NUMBER = rf"(?:{_DIGITS}|(?:{_tens})(?:[-\s](?:{_ones}))?|(?:{_ones}))"
_LOOSE = (
    r"a\s(?:few|couple\sof|number\sof|dozen|hundred)|several|few|many|some|couple\sof|(?:dozen|hundred|thousand)s\sof"
)
COUNT = rf"(?:{NUMBER}|{_LOOSE}|half\san?|an?)"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))})"


def amount(words: str) -> float | None:
    """The number that *words* (a COUNT) stand for, None when they are vague.

    >>> amount("twenty-four"), amount("5 1/2"), amount("a couple of"), amount("several")
    (24.0, 5.5, 2.0, None)
    """
    words = re.sub(r"\s+", " ", words.lower()).strip()
    if words in _FIXED or words in _VAGUE:
        return _FIXED.get(words)
    digits = re.fullmatch(r"([\d,]+(?:\.\d+)?)(?:[ -]?(½|¼|¾|[13]/[24]))?", words)
    if digits:
        return float(digits[1].replace(",", "")) + _FRACTIONS.get(digits[2] or "", 0.0)
    return float(sum(_small(part) for part in re.split("[- ]", words)))


def _small(word: str) -> int:
    return _TENS.index(word) * 10 if word in _TENS else _ONES.index(word) if word in _ONES else 0


def rank(words: str) -> int:
    """The place that an ORDINAL names.

    >>> rank("3rd"), rank("twelfth")
    (3, 12)
    """
    words = words.lower()
    return int(words[:-2]) if words[0].isdigit() else _ORDINALS.index(words) + 1
