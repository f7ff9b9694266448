"""Words around a time expression that narrow or blur it: early, the end of, nearly, at least, or so."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.language.time_joining import Expression

_REACH = 28
_OF_DAY = re.compile(
    r"(?:\b(?:the\s)?(?P<mod>early|earlier|late|later|mid)(?:\sin|\son)?[\s-]"
    r"|\b(?:the\s|(?<=at\s)|(?<=by\s))(?:very\s)?(?P<part>end|beginning|start|middle|close|rest|remainder)\sof\s"
    r"|\b(?P<about>about|around|approximately|roughly|nearly|almost)\s)$",
    re.IGNORECASE,
)
_OF_LENGTH = re.compile(
    r"\b(?P<mod>(?:just\s|well\s)?(?:about|around|approximately|roughly|nearly|almost|some|under)|(?<=for\s)over|(?<=after\s)over|(?<=in\s)under"
    r"|up\sto|(?:no\s)?(?:more|less|fewer|longer)\sthan|at\s(?:least|most)|as\s(?:many|much|long)\sas)\s$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\sor\s(?P<mod>so|more|less|longer|later|earlier)\b", re.IGNORECASE)
_DAY_MODS = {
    "early": "START", "earlier": "START", "late": "END", "later": "END", "mid": "MID", "end": "END", "close": "END",
    "beginning": "START", "start": "START", "middle": "MID", "rest": "END", "remainder": "END",
}  # fmt: skip
_LENGTH_MODS = {
    "over": "MORE_THAN", "more than": "MORE_THAN", "longer than": "MORE_THAN", "under": "LESS_THAN",
    "less than": "LESS_THAN", "fewer than": "LESS_THAN", "up to": "EQUAL_OR_LESS",
    "at most": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS", "no longer than": "EQUAL_OR_LESS",
    "as much as": "EQUAL_OR_LESS", "as many as": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "no fewer than": "EQUAL_OR_MORE",
    "more": "EQUAL_OR_MORE", "longer": "EQUAL_OR_MORE", "less": "EQUAL_OR_LESS",
    "later": "ON_OR_AFTER", "earlier": "ON_OR_BEFORE",
}  # fmt: skip
_AGO = {"MORE_THAN": "BEFORE", "LESS_THAN": "AFTER", "EQUAL_OR_MORE": "ON_OR_BEFORE", "EQUAL_OR_LESS": "ON_OR_AFTER"}
_UNMODIFIED = ("past_or_next", "reference", "adverb", "rate", "first_or_only")


def modified(text: str, found: Expression) -> Expression:
    """The expression with the words that modify it."""
    if found.rule in _UNMODIFIED or found.meaning.timex_type == "SET":
        return _blurred_after(text, found)
    is_length = found.meaning.timex_type == "DURATION" or found.rule == "counted_from"
    before = text[max(0, found.start - _REACH) : found.start]
    match = (_OF_LENGTH if is_length else _OF_DAY).search(before)
    if not match:
        return _blurred_after(text, found)
    mod = _length_mod(match["mod"]) if is_length else _day_mod(match)
    if found.rule == "counted_from" and mod:
        mod = _AGO.get(mod, mod)
    start = found.start - len(before) + match.start()
    return _blurred_after(text, replace(found, start=start, meaning=found.meaning.with_mod(mod)))


def _day_mod(match: re.Match[str]) -> str:
    return _DAY_MODS.get((match["mod"] or match["part"] or "").lower(), "APPROX")


def _length_mod(words: str) -> str:
    words = re.sub(r"\s+", " ", words.lower()).removeprefix("just ").removeprefix("well ")
    return _LENGTH_MODS.get(words, "APPROX")


def _blurred_after(text: str, found: Expression) -> Expression:
    match = _AFTERWARDS.match(text, found.end)
    if not match or found.rule in ("reference", "adverb", "rate"):
        return found
    is_length = found.meaning.timex_type == "DURATION"
    if is_length == (match["mod"].lower() in ("later", "earlier")) or (not is_length and match["mod"] == "more"):
        return found
    mod = _LENGTH_MODS.get(match["mod"].lower(), "APPROX")
    return replace(found, end=match.end(), meaning=found.meaning.with_mod(mod))
