"""Who said it, by the plain patterns of English news beside a quotation: "…," said X; X said: "…"; X told reporters.

Nothing is parsed. A speaker is the phrase between a clause's edge and a verb of saying; what does not look like one
gives no speaker rather than a wrong one.
"""

# ruff: noqa: RUF001 — typographic marks are meant; lists of words read best as words

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.language.cue_words import ABBREVIATIONS, CUES, DETERMINERS, PRONOUNS, TITLES, UNNAMED, WEAK_LEMMAS
from extractors.language.signatures import heading_name, signature
from extractors.language.speakers import Token, tokens_between
from storage.events import Span

_CLAUSE_END = re.compile(r"[.!?]+(?=\s|$|[\"”’])")
_SENTENCE_END = re.compile(r"[.!?]+[\"”’)]*(?:\s+|$)")
_WINDOW_CHARACTERS = 400
_MOST_TOKENS = 45
_LONGEST_SPEAKER = 14
_LONGEST_NAME = 5

_AUXILIARIES = frozenset(
    """
    has had have is was are were would will did does do could can may might also later then once often now still again
    first even then recently earlier previously repeatedly reportedly famously simply just further never since already
    immediately quickly angrily quietly finally both all himself herself themselves went on
    """.split()
)
_FINITE = frozenset("is are was were has had have made takes took sings sang uses used gave gives".split())
_PAST = ("ed", "said", "told", "wrote")
_NO_SUBJECT_START = frozenset(
    """
    and but or which that in on at when while as to with after before for because if by from about of during since than
    so where whose what how why until upon despite not nor referring speaking adding
    """.split()
)
_PHRASE_ENDS = frozenset(
    """
    on in at during after before when while as to by with about following from because since if that and but who whose
    which referring adding speaking via last this earlier later yesterday today monday tuesday wednesday thursday friday
    saturday sunday where among upon over into is was has then
    """.split()
)
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_CLAUSE_MARKS = frozenset(',;:—–-()“”"‘…')
_DROPPED_STARTS = frozenset(
    "but and so yet still now then when as while meanwhile however because although though if where".split()
)


@dataclass(frozen=True)
class Attribution:
    """A cue with its speaker, and to whom it was said where the verb tells; a signature (“…” — X) has no cue."""

    cue: Span | None
    lemma: str | None
    speaker: Span | None
    addressee: str | None = None


def first_sentence(text: str, start: int, end: int) -> int:
    """Where the sentence running at *start* ends, at most a window further on."""
    end = min(end, start + _WINDOW_CHARACTERS)
    for match in _CLAUSE_END.finditer(text, start, end):
        if not _is_abbreviation(text, match.start()):
            return match.start()
    return end


def last_sentence(text: str, start: int, end: int) -> int:
    """Where the sentence that runs up to *end* begins; *end* itself when one has just ended there."""
    begin = max(start, end - _WINDOW_CHARACTERS)
    for match in _SENTENCE_END.finditer(text, begin, end):
        if not _is_abbreviation(text, match.start()):
            begin = match.end()
    return begin


def _is_abbreviation(text: str, at: int) -> bool:
    if text[at] != ".":
        return False
    word = re.search(r"[\w.]*$", text[max(0, at - 12) : at])
    stem = word[0].lower() if word else ""
    return (
        stem in ABBREVIATIONS or (len(stem) == 1 and stem.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", stem) is not None
    )


def attribution_after(text: str, start: int, limit: int) -> Attribution | None:
    """The attribution that follows a quotation ending at *start*, in the same sentence."""
    if signer := signature(text, start, limit):
        return Attribution(None, None, signer)
    tokens = tokens_between(text, start, first_sentence(text, start, limit))[:_MOST_TOKENS]
    while tokens and tokens[0].text in ",—–-":
        tokens = tokens[1:]
    if not tokens:
        return None
    return _according_to(tokens) or _verb_first(tokens) or _speaker_first(text, tokens)


def _according_to(tokens: list[Token]) -> Attribution | None:
    if [token.low for token in tokens[:2]] != ["according", "to"]:
        return None
    speaker = _phrase_from(tokens[2:])
    return Attribution(Span(tokens[0].start, tokens[1].end), "according to", speaker) if speaker else None


def _verb_first(tokens: list[Token]) -> Attribution | None:
    at = 1 if tokens[0].low in _AUXILIARIES and len(tokens) > 1 else 0
    lemma = CUES.get(tokens[at].low)
    if lemma is None or tokens[at].text[0].isupper():
        return None
    speaker = _phrase_from(tokens[at + 1 :])
    return Attribution(Span(tokens[at].start, tokens[at].end), lemma, speaker) if speaker else None


def _phrase_from(tokens: list[Token]) -> Span | None:
    """The noun phrase that begins here, up to a comma, a preposition of circumstance or the clause's end."""
    kept: list[Token] = []
    for token in tokens[:_LONGEST_SPEAKER]:
        if token.text in _CLAUSE_MARKS or token.low in _PHRASE_ENDS:
            break
        kept.append(token)
    return _span(kept) if kept and _may_be_speaker(kept) else None


def _speaker_first(text: str, tokens: list[Token]) -> Attribution | None:
    for at, token in enumerate(tokens[1:], start=1):
        lemma = CUES.get(token.low)
        if lemma is None or token.text[0].isupper() or token.low == lemma or token.low.endswith("ing"):
            if token.low in ("say", "tell", "write", "argue", "add") and not token.text[0].isupper():
                lemma = token.low
            else:
                continue
        speaker = _subject(tokens[:at])
        return (
            Attribution(Span(token.start, token.end), lemma, speaker, _addressee(text, tokens[at:], lemma))
            if speaker
            else None
        )
    return None


def _subject(tokens: list[Token]) -> Span | None:
    """The speaker in the words before a verb: without adverbs, and without what stands between commas after it."""
    while tokens and (tokens[-1].low in _AUXILIARIES or tokens[-1].low.endswith("ly")):
        tokens = tokens[:-1]
    if not tokens:
        return None
    comma = next((n for n, token in enumerate(tokens) if token.text == ","), None)
    if comma is not None:
        if tokens[-1].text != ",":
            return None
        tokens = tokens[:comma]
    return _speaker(tokens)


def _speaker(tokens: list[Token]) -> Span | None:
    """The phrase if it can name a speaker, else the name it ends with: In Oslo the other day Amal Haddad."""
    if not tokens:
        return None
    if len(tokens) <= _LONGEST_SPEAKER and _may_be_speaker(tokens):
        return _span(tokens)
    edge = next((n for n in reversed(range(len(tokens))) if not tokens[n].text[0].isupper()), -1)
    if edge < 0:  # On Friday Haddad; but in In Oslo Haddad the place cannot be told from the name
        edge = 1 if len(tokens) > 1 and tokens[1].low in _DAYS else len(tokens)
    name = tokens[edge + 1 :]
    is_name = 0 < len(name) <= _LONGEST_NAME and tokens[edge].text[0].isalnum()
    return _span(name) if is_name else None


def attribution_before(text: str, start: int, end: int) -> Attribution | None:
    """The attribution that leads up to a quotation beginning at *end*, in the same sentence."""
    if heading := heading_name(text, start, end):
        return Attribution(None, None, heading)
    tokens = tokens_between(text, last_sentence(text, start, end), end)[-_MOST_TOKENS:]
    is_marked = bool(tokens) and tokens[-1].text in ",:"
    if is_marked and tokens[0].low in CUES and (speaker := _phrase_from(tokens[1:])):  # Added Amal Haddad:
        return Attribution(Span(tokens[0].start, tokens[0].end), CUES[tokens[0].low], speaker)
    if is_marked and (named := _according_to(tokens)):
        return named
    for at in reversed(range(1, len(tokens))):
        token = tokens[at]
        lemma = CUES.get(token.low)
        if lemma is None or token.text[0].isupper() or (lemma in WEAK_LEMMAS and not is_marked):
            continue
        if token.low.endswith("ing") and not is_marked:
            continue
        speaker = _subject_before(tokens[:at])
        if speaker is not None or token.low.endswith("ing"):
            return Attribution(Span(token.start, token.end), lemma, speaker, _addressee(text, tokens[at:], lemma))
    return None


def _subject_before(tokens: list[Token]) -> Span | None:
    while tokens and (tokens[-1].low in _AUXILIARIES or tokens[-1].low.endswith("ly")):
        tokens = tokens[:-1]
    if not tokens:
        return None
    if tokens[-1].text == ",":  # X, a spokesman for Y, said
        before = next((n for n in reversed(range(len(tokens) - 1)) if tokens[n].text == ","), None)
        tokens = tokens[:before] if before is not None else []
    edge = next((n for n in reversed(range(len(tokens))) if tokens[n].text in _CLAUSE_MARKS), -1)
    tokens = tokens[edge + 1 :]
    while tokens and tokens[0].low in _DROPPED_STARTS:
        tokens = tokens[1:]
    edge = next(
        (n for n in reversed(range(len(tokens))) if tokens[n].low in ("that", "when", "as", "but", "and", "because")),
        -1,
    )
    tokens = tokens[edge + 1 :]
    return _speaker(tokens)


def _addressee(text: str, tokens: list[Token], lemma: str) -> str | None:
    if lemma not in ("tell", "inform", "remind", "assure", "warn") or len(tokens) < 2:  # noqa: PLR2004 — verb and one word
        return None
    kept: list[Token] = []
    for token in tokens[1:10]:
        if token.text in _CLAUSE_MARKS or token.low in _PHRASE_ENDS:
            break
        kept.append(token)
    return text[kept[0].start : kept[-1].end] if kept else None


def _may_be_speaker(tokens: list[Token]) -> bool:
    first = tokens[0]
    if first.low in _NO_SUBJECT_START or not first.text[0].isalnum():
        return False
    if first.low in PRONOUNS:
        return len(tokens) == 1
    if any(token.low in _FINITE or (token.low in CUES and token.low.endswith(_PAST)) for token in tokens):
        return False
    is_named = first.text[0].isupper() or first.low in DETERMINERS or first.low in TITLES
    return is_named or any(token.low in UNNAMED for token in tokens[:4])


def _span(tokens: list[Token]) -> Span:
    return Span(tokens[0].start, tokens[-1].end)
