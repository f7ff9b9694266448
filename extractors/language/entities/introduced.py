"""People and companies that the text introduces.

Amal Haddad, the mayor; the labour minister, Farid Chowdhury; the retailer Hoekstra.
What the words beside a name say goes before what the name tagger guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.language.entities.known import known_name
from extractors.language.entities.mention import LIKELY, MOST_NAME_WORDS, Mention
from extractors.language.entities.organisation_words import NO_NAME, ORGANISATION_HEADS, PLACE_HEADS
from extractors.language.entities.places import places_named
from extractors.language.entities.titles import is_title_word, stands_for_person, words_after, words_before
from extractors.language.entities.words import Words, is_capitalised
from storage.vocabulary import Span

_MOST_PERSON_WORDS = 4
_AGED = re.compile(r", \d{1,3}(?=[,.])")
_BEING = re.compile(
    r" (?:is|was|has been|became) (?:the |an? |[A-Z]\w+['’]s )([^,.;:()“”\"\n]{3,60})"  # noqa: RUF001 — typed either way
)
_COMPANIES = frozenset(
    """
    group company firm maker builder retailer airline carrier manufacturer giant newspaper broadcaster website magazine
    charity operator insurer automaker carmaker brewer miner utility supplier developer startup lender agency
    """.split()
)


def introduced(words: Words) -> Iterator[Mention]:
    """All of them, in order."""
    at = 0
    while at < len(words.all):
        word = words.all[at]
        if not is_capitalised(word.text) or word.low in NO_NAME or is_title_word(word.text):
            at += 1
            continue
        end = words.run_end(at, most=MOST_NAME_WORDS)
        span = Span(word.start, words.all[end - 1].end)
        if _is_person(words, at, end, span):
            yield Mention(span, "PERSON", LIKELY)
        elif words.before(at) in _COMPANIES and words.are_joined(at - 1, at) and _is_unknown(span.of(words.text)):
            yield Mention(span, "ORG", LIKELY)
        at = end


def _is_person(words: Words, at: int, end: int, span: Span) -> bool:
    """Whether somebody's role stands behind a comma after the name or before it."""
    names = [word.text for word in words.all[at:end]]
    if not 1 < len(names) <= _MOST_PERSON_WORDS or any(n in ORGANISATION_HEADS or n in PLACE_HEADS for n in names):
        return False
    if (at and words.all[at - 1].text in ("'s", "’s", "&")) or not _is_unknown(span.of(words.text)):  # noqa: RUF001 — typed either way
        return False
    before = words_before(words.text, span.start) if words.before(at) == "," else []
    being = _BEING.match(words.text, span.end)
    if _AGED.match(words.text, span.end) or (being and stands_for_person(being[1].split())):
        return True
    return stands_for_person(words_after(words.text, span.end)) or stands_for_person(before)


def _is_unknown(name: str) -> bool:
    return known_name(name) is None and not places_named(name)
