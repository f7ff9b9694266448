"""A text as a sentence would write it: lines in capitals and headlines in title case put into small letters.

The grammar and every rule about names go by capitals, which say nothing where all words have them. There a word gets
small letters when the rest of the text writes it so, or else English usually does (a list drawn from the treebanks that
the model is trained on); what the tables or the text know as a name keeps its capitals. Every letter
stays in its place, so that spans stay exact.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from extractors.language.entities.known import known_name, known_names, overlapping
from extractors.language.month_words import MONTHS
from storage.vocabulary import Span

SMALL_WORDS = "model/small_words.txt.xz"  # beside the model, whose licence it shares
_FEWEST_LETTERS = 16
_FEWEST_WORDS = 3
_LEAST_CAPITAL = 0.8
_LOOKED_AT = 60  # characters: enough to see that a line is not in capitals
_FEWEST_TITLED = 5  # words of a headline
_LEAST_TITLED = 0.8  # of its long words
_FEWEST_COMMON = 3  # capitalised words in it that are no names, the first word aside
_LEAST_COMMON = 0.4
_LONGEST_HEADLINE = 160
_LONG_WORD = 4  # of, with, from stay small in title case
_SHORTEST_KNOWN = 4  # US, WHO and IT are words, too
_SHORTEST_STEM = 3
_MOST_RUNS = 300  # each is looked for in each headline
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")
_SPELLINGS = (("is", "iz"), ("our", "or"), ("ence", "ense"))  # of organise, labour, licence
_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WITHIN_SENTENCE = re.compile(r"(?<=[a-z,;] )[^\W\d_]+")
# without a limit a long word that hostile text is made of would cost its square
_RUN = re.compile(r"\b[A-Z][\w'’-]{1,40}(?: (?:(?:of|and|for|the|al|de) )*[A-Z][\w'’-]+)+")
_OPENING = re.compile(r"(?:^\W*|[.!?:][\"”’']?\s+[\"'“‘«(\[]*|[\"“‘«]|^[A-Z]{3,} [—–-] )$")
_VOWEL = re.compile("[AEIOUY]")


@dataclass
class _Usage:
    """How the rest of a text writes its words: in small letters, with capitals within sentences; names of several."""

    small: set[str] = field(default_factory=set[str])
    capitalised: set[str] = field(default_factory=set[str])
    runs: set[str] = field(default_factory=set[str])

    def is_small(self, low: str) -> bool:
        """Whether sentences write a word in small letters."""
        if low in self.small or low in self.capitalised:
            return low in self.small
        return is_small_word(low)


def cased(text: str, paragraphs: Iterable[Span]) -> str:
    """The text with as many characters, its lines in capitals and title case written as sentences are."""
    lines = [Span(*line.span()) for each in paragraphs for line in _LINE.finditer(text, each.start, each.end)]
    odd = {line: written for line in lines if (written := _way_of_writing(line.of(text)))}
    if not odd:
        return text
    usage = _usage(line.of(text) for line in lines if line not in odd)
    pieces: list[str] = []
    at = 0
    for line, written in odd.items():
        pieces += [text[at : line.start], written(line.of(text), usage)]
        at = line.end
    return "".join([*pieces, text[at:]])


def named(text: str, place: Span) -> str:
    """The text with the words of a place in capitals written as names; UN and US stay."""
    words = _WORD.sub(lambda word: word[0] if len(word[0]) < _SHORTEST_KNOWN else _titled(word[0]), place.of(text))
    is_in_capitals = place.of(text).isupper() and len(words) == place.end - place.start
    return text[: place.start] + words + text[place.end :] if is_in_capitals else text


def _way_of_writing(line: str) -> Callable[[str, _Usage], str] | None:
    """What undoes how a line is written, None for a sentence."""
    if line.count(" ") < _FEWEST_WORDS - 1:
        return None
    if _is_in_capitals(line):
        return _of_capitals
    return _of_title if len(line) <= _LONGEST_HEADLINE and _is_headline(line) else None


def _is_in_capitals(line: str) -> bool:
    for part in (line[:_LOOKED_AT], line):
        letters = sum(map(str.isalpha, part))
        if letters < _FEWEST_LETTERS or sum(map(str.isupper, part)) < _LEAST_CAPITAL * letters:
            return False
    return True


def _is_headline(line: str) -> bool:
    """Whether the long words have capitals although several of them are none of names."""
    words = _WORD.findall(line)
    long = [word for word in words if len(word) >= _LONG_WORD]
    titled = sum(word[0].isupper() for word in long)
    if len(words) < _FEWEST_TITLED or titled < _LEAST_TITLED * len(long):
        return False
    common = sum(_is_titled(word) and is_small_word(word.lower()) for word in words[1:])
    return common >= _FEWEST_COMMON and common >= _LEAST_COMMON * titled


def _is_titled(word: str) -> bool:
    return word[:1].isupper() and word[1:].islower()


def _usage(lines: Iterable[str]) -> _Usage:
    found = _Usage()
    for line in lines:
        for word in _WITHIN_SENTENCE.findall(line):
            (found.small if word.islower() else found.capitalised).add(word.lower())
        if len(found.runs) < _MOST_RUNS:
            found.runs.update(match[0] for match in _RUN.finditer(line))
    return found


def _of_title(line: str, usage: _Usage) -> str:
    """A headline with small letters where a sentence would have them."""
    kept = _names_in(line, usage)

    def lowered(word: re.Match[str]) -> str:
        is_name = overlapping(kept, *word.span()) or _is_day(line, word) or not usage.is_small(word[0].lower())
        return word[0] if is_name or not _is_titled(word[0]) or _opens(line, word.start()) else word[0].lower()

    return _WORD.sub(lowered, line)


def _of_capitals(line: str, usage: _Usage) -> str:
    """A line of capitals as a sentence: names, days and first words keep one each."""
    titled = _WORD.sub(lambda word: _titled(word[0]), line)
    if len(titled) != len(line):
        return line  # small letters of another length
    kept = _names_in(titled, usage)

    def lowered(word: re.Match[str]) -> str:
        low = word[0].lower()
        if _is_acronym(line, word, usage):
            return line[word.start() : word.end()]
        is_name = overlapping(kept, *word.span()) or _is_day(line, word) or not usage.is_small(low)
        return word[0] if is_name or _opens(line, word.start()) else low

    return _WORD.sub(lowered, titled)


def _titled(word: str) -> str:
    """Haddad's, O'Brien."""
    if len(word) > 3 and word[1] in "'’":  # noqa: PLR2004 — a letter, a mark, a name
        return word[:2] + word[2] + word[3:].lower()
    return word[0] + word[1:].lower()


def _names_in(line: str, usage: _Usage) -> list[Span]:
    """What the tables know, and names of several words that the text writes elsewhere; in order and apart."""
    kept = [
        span for span, known in known_names(line) if span.end - span.start >= _SHORTEST_KNOWN and not known.is_doubtful
    ]
    for run in sorted(usage.runs, key=lambda run: (-len(run), run)):
        at = line.find(run)
        if at >= 0 and not overlapping(kept, at, at + len(run)):
            kept = sorted([*kept, Span(at, at + len(run))])
    return kept


def _is_day(line: str, word: re.Match[str]) -> bool:
    """May and March beside a number."""
    beside = line[max(0, word.start() - 3) : word.start()] + line[word.end() : word.end() + 3]
    return word[0].lower() in MONTHS and any(map(str.isdigit, beside))


def _is_acronym(line: str, word: re.Match[str], usage: _Usage) -> bool:
    """NATO; UN, but US only after "the"; what has no vowel."""
    written = line[word.start() : word.end()]
    if not usage.is_small(written.lower()):
        return known_name(written) is not None or not _VOWEL.search(written)
    return known_name(written) is not None and line[: word.start()].endswith("THE ")


def _opens(line: str, at: int) -> bool:
    return _OPENING.search(line, max(0, at - 6), at) is not None


def is_small_word(low: str) -> bool:
    """Whether English writes a word in small letters, as it stands or with an ending taken off."""
    words = _small_words()
    for british, american in _SPELLINGS:
        if low not in words:
            low = low.replace(british, american)
    stems = (low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending))
    return low in words or any(len(stem) >= _SHORTEST_STEM and stem in words for stem in stems)


@cache
def _small_words() -> frozenset[str]:
    packed = files("extractors.language").joinpath(SMALL_WORDS).read_bytes()
    return frozenset(lzma.decompress(packed).decode().split("\n"))
