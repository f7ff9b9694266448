"""What the name tagger guesses, mended: one name each, without articles and titles, of the likeliest kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.language.entities.known import Kind, known_name
from extractors.language.entities.mention import GUESSED, LIKELY, MOST_NAME_WORDS, OF_PLACE, SURELY_OF_PLACE, Mention
from extractors.language.entities.organisation_words import NO_NAME, ORGANISATION_HEADS, PLACE_HEADS
from extractors.language.entities.places import places_named
from extractors.language.entities.tables import first_names
from extractors.language.entities.titles import is_title_word, title_before
from extractors.language.entities.words import PARTICLES, Words, is_capitalised
from extractors.language.speakers import Token
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_OF_RULERS = frozenset({"regime", "administration", "presidency"})
_NO_ENDS = frozenset({"of", "for", "and", "the", "in"})
_COMPASS = frozenset({"North", "South", "East"})
_PLACE_WORDS = frozenset(
    """
    North South East West Northern Southern Eastern Western Central Upper Lower Greater Empire Colony Kingdom Republic
    Al Tal Tell Khan Ain Ayn Deir Dayr Bab Beit Bayt Wadi Jebel Jabal Umm Kafr Kfar Abu Ras Al- San Santa Saint St Mount
    Lake Port Fort Camp Las Los La Le New Old Nova Novo Stara Bad Big Little Costa Puerto Villa Rio Monte Ciudad Hill
    """.split()
)
NO_ORGANISATIONS = frozenset(
    """
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Brexit Reporting Editing Internet
    AI TV PM MP GP
    GMT UTC EST EDT PST BST CET CEO CFO COVID DNA GDP HIV AIDS SUV WMD IED IEDS VBIED VBIEDS USD EUR GBP III VII VIII
    XIV XVI PIN GPS USB LGBT LGBTQ PDF URL FAQ PHD VIP DVD MPS ICU UAV UAVS ATM ADHD PTSD CCTV PPE SMS RPG RPGS
    """.split()
)


def guesses(reading: Reading, words: Words) -> list[Mention]:
    """The guesses that hold, in order; they may overlap what is known."""
    trimmed = (_trimmed(words, each) for each in _guesses(reading, words))
    return [_placed(words, each) for each in trimmed if each]


def _guesses(reading: Reading, words: Words) -> Iterator[Mention]:
    for name in reading.names:
        kind: Kind = "PERSON" if name.kind == "PERSON" else "ORG" if name.kind == "ORG" else "LOC"
        first, end = words.at(name.span.start), words.at(name.span.end)
        start = first
        if kind == "ORG" and (cut := _head_end(words, first, end)):
            yield _guess(words, first, cut, kind)
            if words.all[cut].text in first_names():
                yield _guess(words, cut, end, "PERSON")
            continue
        for at in range(first, end):  # one name each: Syria and Iraq, Amal Haddad, Juma Otieno
            is_mark = words.all[at].text in (",", ";", "/", "(", ")", "-", "–", "—")  # noqa: RUF001 — typed either way
            if kind == "ORG" and at > start and _is_owner(words, start, at):
                yield _guess(words, start, at, kind)
                start = at
            is_between = kind != "ORG" or (_has_head(words, start, at) and _has_head(words, at + 1, end))
            if is_mark or (words.all[at].text in ("and", "or") and is_between):
                if at > start:
                    yield _guess(words, start, at, kind)
                start = at + 1
        if end > start:
            yield _guess(words, start, end, kind)


def _head_end(words: Words, first: int, end: int) -> int:
    """Where an organisation ends that a person or a title follows: Labour Party Member of …, … Party Carmen Quispe."""
    for at in range(first + 1, end - 1):
        follows = words.all[at].text == "Member" or (
            words.all[at].text in first_names() and is_capitalised(words.all[at + 1].text)
        )
        if follows and _has_head(words, first, at) and is_capitalised(words.all[at - 1].text):
            return at
    return 0


def _is_owner(words: Words, first: int, at: int) -> bool:
    """Whether what ends before a word owns what begins there: Delta Holdings's Zeta; not Moody's Investors."""
    gap = words.text[words.all[at - 1].end : words.all[at].start].strip()
    if gap not in ("'s", "\u2019s") or not is_capitalised(words.all[at].text):
        return False
    name = words.text[words.all[first].start : words.all[at - 1].end]
    return at - first > 1 or known_name(name) is not None or bool(places_named(name))


def _has_head(words: Words, first: int, end: int) -> bool:
    return any(word.text in ORGANISATION_HEADS for word in words.all[first:end])


def _guess(words: Words, first: int, end: int, kind: Kind) -> Mention:
    return Mention(Span(words.all[first].start, words.all[end - 1].end), kind, GUESSED)


def _trimmed(words: Words, guess: Mention) -> Mention | None:
    """A guess without article, title and the words of nations before a title."""
    first, end = _bare(words, words.at(guess.span.start), words.at(guess.span.end))
    if first == end or not any(is_capitalised(word.text) for word in words.all[first:end]):
        return None
    if guess.kind != "ORG":
        guess, first = _after_place(words, guess, first, end)
    if guess.kind == "PERSON":
        first = _after_title(words, first, end)
        if first == end:
            return None
    span = Span(words.all[first].start, words.all[end - 1].end)
    if _is_no_name(words.all[first:end], span.of(words.text), guess.kind):
        return None
    if guess.kind != "PERSON" and _is_of_person(words.all[first:end], span.of(words.text)):
        guess = replace(guess, kind="PERSON")
    title = title_before(words.all, first, words.text) if guess.kind == "PERSON" else []
    return replace(guess, span=span, title=Span(title[0].start, title[-1].end) if title else None)


def _bare(words: Words, first: int, end: int) -> tuple[int, int]:
    """Without articles, marks and numbers at its edges."""
    while first < end and (words.all[first].low in NO_NAME or not words.all[first].text[0].isalnum()):
        first += 1
    while end - first > 1 and words.all[first].text.isdecimal():
        first += 1
    while end > first and (not words.all[end - 1].text[0].isalnum() or words.all[end - 1].text in _NO_ENDS):
        end -= 1
    return first, end


def _is_no_name(words: list[Token], name: str, kind: Kind) -> bool:
    is_title = kind == "ORG" and all(is_title_word(word.text) for word in words)
    if len(name) == 1:
        return True  # Q and A of an interview
    is_day = words[0].text in NO_ORGANISATIONS and all(not word.text.isalpha() for word in words[1:])  # Nov. 5
    return is_title or is_day or name in NO_ORGANISATIONS or name in _COMPASS or _is_pair(name)


def _placed(words: Words, guess: Mention) -> Mention:
    """A place that no gazetteer knows: sure after a word of place, else more often an organisation if it is a phrase.

    Of such phrases in sentences on politics 14 were places, 32 organisations; of words in capitals all were.
    """
    name = guess.span.of(words.text)
    if guess.kind != "LOC" or known_name(name) or places_named(name):
        return guess
    before = words.before(words.at(guess.span.start))
    after = words.all[words.at(guess.span.end)].low if words.at(guess.span.end) < len(words.all) else ""
    if after in _OF_RULERS and " " not in name:
        return replace(guess, kind="PERSON")
    if before in SURELY_OF_PLACE:
        return replace(guess, weight=LIKELY)
    parts = re.split(r"[ -]", name)
    is_like_place = any(part in _PLACE_WORDS or part in PLACE_HEADS or known_name(part) for part in parts)
    is_phrase = " " in name or (name.isupper() and len(name) > 2)  # noqa: PLR2004 — a state's two letters
    return replace(guess, kind="ORG") if is_phrase and before not in OF_PLACE and not is_like_place else guess


def _is_of_person(words: list[Token], name: str) -> bool:
    """Whether what was guessed to be something else begins with a first name: Carmen Quispe; not Carmen County."""
    if len(words) < 2 or len(words) > MOST_NAME_WORDS or words[0].text not in first_names():  # noqa: PLR2004
        return False
    is_named_after = any(word.text in ORGANISATION_HEADS or word.text in PLACE_HEADS for word in words)
    is_whole = all(is_capitalised(word.text) or word.text in PARTICLES for word in words)
    return is_whole and not is_named_after and known_name(name) is None and not places_named(name)


def _is_pair(name: str) -> bool:
    """India-Pakistan, Japan-U.S.: two names that are known, each for itself."""
    parts = name.split("-")
    return len(parts) > 1 and all(known_name(part) for part in parts)


def _after_place(words: Words, guess: Mention, first: int, end: int) -> tuple[Mention, int]:
    """Minister for the Middle East Amal Haddad: the place ends where the person begins."""
    for at in range(end - 1, first + 1, -1):
        known = known_name(words.text[words.all[first].start : words.all[at - 1].end])
        if known and known.kind != "PERSON" and is_capitalised(words.all[at].text):
            return replace(guess, kind="PERSON"), at
    is_whole = known_name(guess.span.of(words.text)) or places_named(guess.span.of(words.text))
    is_saint = words.all[first].text in _PLACE_WORDS  # San Luis Obispo
    if end - first > 2 and words.all[first + 1].text in first_names() and not is_whole and not is_saint:  # noqa: PLR2004 — place, first name, surname
        known = known_name(words.all[first].text)
        if (known and known.kind in ("LOC", "NORP")) or places_named(words.all[first].text):
            return replace(guess, kind="PERSON"), first + 1
    return guess, first


def _after_title(words: Words, first: int, end: int) -> int:
    for at in range(end - 1, first - 1, -1):
        word = words.all[at]
        if is_title_word(word.text) or word.text == ".":
            return at + 1
    return first
