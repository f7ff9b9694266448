"""Whether a number counts the killed, injured, missing, detained or displaced: by the words around it."""

# ruff: noqa: E501, RUF001 — patterns read best whole; typographic marks are meant

from __future__ import annotations

import re
from typing import Literal

Casualty = Literal["killed", "injured", "missing", "detained", "displaced"]

_WINDOW = 90
# verbs that say it of their object, verbs and adjectives that say it of their subject, nouns
_OBJECT: dict[Casualty, str] = {
    "killed": r"kill(?:s|ed|ing)?|slaughter(?:ed|ing)|massacr(?:ed|ing)|execut(?:ed|ing)|murder(?:ed|ing)|(?:shot|shooting) dead|gunn(?:ed|ing) down|behead(?:ed|ing)|hanged",
    "injured": r"(?:wound|injur|hurt)(?:s|es|ed|ing|e)?|maim(?:ed|ing)",
    "detained": r"(?:detain|arrest|jail|imprison|captur)(?:s|ed|ing|es)?|round(?:ed|ing) up|taken|abduct(?:ed|ing)|kidnapp(?:ed|ing)",
    "displaced": r"displac(?:es|ed|ing|e)|uproot(?:ed|ing|s)?|evacuat(?:ed|ing)|forc(?:ed|ing)|driv(?:en|ing)|drove",
}
_SUBJECT: dict[Casualty, str] = {
    "killed": r"dead|died|dying|dies?|perished|drowned|lost their lives|lost (?:his|her) life|(?:stabbed|beaten|burn(?:ed|t)|crushed|hacked|trampled) to death|found dead|among the dead",
    "injured": r"hospitali[sz]ed|in (?:the )?hospital|(?:suffered|sustained|received|with) (?:[\w-]+ ){0,2}(?:injuries|wounds|burns)|in (?:a )?(?:critical|serious|grave) condition|(?:seriously|critically|badly|gravely)|among the (?:wounded|injured)",
    "detained": r"in custody|under arrest|behind bars",
    "missing": r"missing|unaccounted for|disappeared|vanished",
    "displaced": r"(?:have |had )?(?:fled|flee|homeless)\b|to flee|(?:from|out of) their homes",
}
_NOUNS: dict[Casualty, str] = {
    "killed": r"deaths?|fatalit(?:y|ies)|dead|corpses|(?:killed|slain) [\w-]+",
    "injured": r"(?:(?:sustained|suffered) )?injur(?:y|ies)|wounded|injured|(?:wounded|injured) [\w-]+",
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
_WITH_OTHERS: dict[Casualty, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words}) [^.,;:0-9\n]{{1,40}} and[ ]$", re.IGNORECASE) for kind, words in _OBJECT.items()
}
_OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)
_INCLUDING = re.compile(
    r"\b(?:including|among them|of them|of whom|included?)(?:[ ](?:(?!kill|wound|injur|dead|miss)[\w’'-]+,?[ ]){1,7}and)?[ ]$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"[ ](?:people[ ])?of (?:them|whom)\b", re.IGNORECASE)
_UP_FROM = re.compile(r"(?:^|\b(?:up|down))[ ]from (?:an earlier |the earlier |a previous |the previous |earlier )?$")
_MEN = re.compile(r"(?:[\w-]+ )?(?:men|soldiers|troops|fighters|servicemen|officers|policemen|sailors)")
_LOST = re.compile(r"\b(?:lost|losing|lose|loses)[ ]$", re.IGNORECASE)
_BODY = re.compile(r"(?:[\w-]+ )?bod(?:y|ies)")
_FOUND = re.compile(r"\b(?:found|recovered|recovering|pulled|retrieved|exhumed|identified|buried)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’]?(?=\s)|\n")


def is_included(text: str, last_end: int, start: int, end: int) -> bool:
    """Whether the number names a part of the one before, or what that one was: 12 people, including three children."""
    between = text[last_end:start]
    if _SENTENCE_END.search(between):
        return False
    is_part = _INCLUDING.search(between) or _OF_THEM.match(text, end) or _OF_THEM.search(text, start, end)
    return bool(is_part or _UP_FROM.search(between))


def casualty_of(text: str, start: int, end: int, counted: str) -> Casualty | None:
    """What befell those that a number counts, its phrase reaching from *start* to *end*; *counted* is the noun phrase."""
    before = _SENTENCE_END.split(text[max(0, start - _WINDOW) : start])[-1]
    after = text[end : end + _WINDOW]
    if (stop := _SENTENCE_END.search(after)) is not None:
        after = after[: stop.end()]
    others = _with_others(before) if _OTHERS.search(text, start, end) else None
    return _by_noun(counted, before, after) or _before(before, after) or _after(after) or others


def _with_others(before: str) -> Casualty | None:
    """Killed himself and five others."""
    return next((kind for kind, pattern in _WITH_OTHERS.items() if pattern.search(before)), None)


def _by_noun(counted: str, before: str, after: str) -> Casualty | None:
    if counted in {"lives", "life"}:
        return "killed" if _LIVES.search(before) else None
    if _MEN.fullmatch(counted) and _LOST.search(before):
        return "killed"
    if _BODY.fullmatch(counted):
        is_told = _FOUND.search(before[-40:]) or _FOUND.search(after[:40])
        return "killed" if is_told and not after.startswith(" of ") else None
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
