"""Whether a number counts the killed, injured, missing, detained or displaced: by the words around it."""

# ruff: noqa: E501, RUF001 — patterns read best whole; typographic marks are meant

from __future__ import annotations

import re
from typing import Literal

Casualty = Literal["killed", "injured", "missing", "detained", "displaced"]

_WINDOW = 90
# verbs that say it of their object, verbs and adjectives that say it of their subject, nouns
_OBJECT: dict[Casualty, str] = {
    "killed": r"kill(?:s|ed|ing)?|slaughter(?:ed|ing)|massacr(?:ed|ing)|execut(?:ed|ing)|murder(?:ed|ing)",
    "injured": r"(?:wound|injur|hurt)(?:s|es|ed|ing|e)?|maim(?:ed|ing)",
    "detained": r"(?:detain|arrest|jail|imprison|captur)(?:s|ed|ing|es)?|round(?:ed|ing) up|taken|abduct(?:ed|ing)|kidnapp(?:ed|ing)",
    "displaced": r"displac(?:es|ed|ing|e)|uproot(?:ed|ing|s)?|evacuat(?:ed|ing)|forc(?:ed|ing)|driv(?:en|ing)|drove",
}
_SUBJECT: dict[Casualty, str] = {
    "killed": r"dead|died|dying|dies?|perished|drowned|lost their lives|lost (?:his|her) life",
    "missing": r"missing|unaccounted for|disappeared|vanished",
    "displaced": r"(?:have |had )?(?:fled|flee|homeless)\b|to flee|(?:from|out of) their homes",
}
_NOUNS: dict[Casualty, str] = {
    "killed": r"deaths?|fatalit(?:y|ies)|dead|corpses|(?:killed|slain) [\w-]+",
    "injured": r"injur(?:y|ies)|wounded|injured|(?:wounded|injured) [\w-]+",
    "missing": r"missing(?: [\w-]+)?",
    "detained": r"arrests?|detentions?|detainees?",
    "displaced": r"(?:internally )?displaced(?: [\w-]+)?|evacuees?",
}
_GAP = (
    r"(?:,? (?:including|among them|most of them|many of them|mostly|both|all)[^,.;:0-9\n]{1,60},)?"
    r"(?: (?:of (?:them|whom)|others?|more|people))?"
)
_LINK = r"(?: (?:reported|feared|confirmed|believed|presumed|left|known|said|thought|have|has|had|may|also|still|to|be|reportedly|now|already|officially|who|that|listed|as|remain|remained|went|go|gone|later|all))"
_AUX = r"(?: (?:was|were|is|are|been|being|be|got|get|left|reported|feared|confirmed|believed|dead or))"
_CLOSE = r"(?=[ \n](?:in|by|on|at|when|during|and|or|since|after|near|while|as|across|over|there|so|this|last|overnight|dead)\b|[.,;:!?)—–”\"]|[ ]?$|\n|[ ](?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))"
_AFTER_OBJECT: dict[Casualty, re.Pattern[str]] = {
    kind: re.compile(rf"{_GAP}(?:{_LINK}|{_AUX}){{0,6}} (?P<cue>{words})(?!\w)", re.IGNORECASE)
    for kind, words in _OBJECT.items()
}
_HAS_AUX = re.compile(_AUX + r"\b", re.IGNORECASE)
_CLOSES = re.compile(_CLOSE)
_AFTER_SUBJECT: dict[Casualty, re.Pattern[str]] = {
    kind: re.compile(rf"{_GAP}(?:{_LINK}|{_AUX}){{0,6}} (?:{words})(?!\w)", re.IGNORECASE)
    for kind, words in _SUBJECT.items()
}
_BEFORE_OBJECT: dict[Casualty, re.Pattern[str]] = {
    kind: re.compile(
        rf"\b(?:{words})(?: (?:a total of|another|the|other|all|an additional|also|dead|his|her|their)){{0,2}}[ \n]$",
        re.IGNORECASE,
    )
    for kind, words in _OBJECT.items()
}
_TOLLS: dict[Casualty, re.Pattern[str]] = {
    "killed": re.compile(
        r"(?:\b(?:death|fatality) (?:toll|count)|\bnumber of (?:the )?(?:dead|deaths|killed|fatalities|people killed)|\bdeaths|\bdead)"
        r"(?: [\w’']{1,14}){0,6}? (?:to|at|of|is|was|reached|hit|passed|exceeded|rose|stands at)[ ]$",
        re.IGNORECASE,
    ),
    "injured": re.compile(
        r"\bnumber of (?:the )?(?:wounded|injured)(?: [\w’']{1,14}){0,6}? (?:to|at|of|is|was)[ ]$", re.IGNORECASE
    ),
    "missing": re.compile(
        r"\bnumber of (?:the )?missing(?: [\w’']{1,14}){0,6}? (?:to|at|of|is|was)[ ]$", re.IGNORECASE
    ),
    "displaced": re.compile(
        r"\bnumber of (?:the )?displaced(?: [\w’']{1,14}){0,6}? (?:to|at|of|is|was)[ ]$", re.IGNORECASE
    ),
}
_LIVES = re.compile(r"\b(?:claim|cost|took|taken|lost|loss of)\w*[ ](?:the lives of[ ])?$", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:forc|driv|drove|taken|captur)", re.IGNORECASE)
_FLIGHT = re.compile(
    r"[^.;:\n]{0,40}\b(?:flee|from their homes|to leave|out of their homes|homeless|hostage|prisoner|captive)",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\b(?:including|among them|of them|of whom)[ ]$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’]?(?=\s)|\n")


def is_included(text: str, start: int) -> bool:
    """Whether the number names a part of the one before: 12 people, including three children."""
    return bool(_INCLUDING.search(text[max(0, start - 16) : start]))


def casualty_of(text: str, start: int, end: int, counted: str) -> Casualty | None:
    """What befell those that a number counts, its phrase reaching from *start* to *end*; *counted* is the noun phrase."""
    before = _SENTENCE_END.split(text[max(0, start - _WINDOW) : start])[-1]
    after = text[end : end + _WINDOW]
    if (stop := _SENTENCE_END.search(after)) is not None:
        after = after[: stop.end()]
    return _by_noun(counted, before) or _before(before, after) or _after(after)


def _by_noun(counted: str, before: str) -> Casualty | None:
    if counted in {"lives", "life"}:
        return "killed" if _LIVES.search(before) else None
    return next((kind for kind, words in _NOUNS.items() if re.fullmatch(words, counted, re.IGNORECASE)), None)


def _before(before: str, after: str) -> Casualty | None:
    for kind, pattern in (*_BEFORE_OBJECT.items(), *_TOLLS.items()):
        if (match := pattern.search(before)) is None:
            continue
        if _LEFT.search(match.group()) and not _FLIGHT.match(after):
            continue
        return kind
    return None


def _after(after: str) -> Casualty | None:
    for kind, pattern in _AFTER_OBJECT.items():
        match = pattern.match(after)
        if match is None or (_LEFT.match(match["cue"]) and not _FLIGHT.match(after, match.start("cue"))):
            continue
        if _HAS_AUX.search(match.group()) or _CLOSES.match(after, match.end()):
            return kind
    return next((kind for kind, pattern in _AFTER_SUBJECT.items() if pattern.match(after)), None)
