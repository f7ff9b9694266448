"""The line a report opens with, as its parts: where it was written, for which agency, on which day.

There is no list of places: what counts is the form, and forms that other openings share are not read. Capitals are
enough before a dash and a new sentence; a place in ordinary spelling needs an agency in brackets or a day beside it.
Months are known in English, German, French, Spanish, Italian and Portuguese.
"""

# ruff: noqa: RUF001 — typographic marks are meant; lists of words read best as words

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.language.month_words import MONTHS
from extractors.language.reading import Reading
from storage.events import Span

_LONGEST = 140
_PARAGRAPHS = 4  # a headline, a byline and a photo credit may stand above
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = rf"""
    (?:(?P<day_first>\d{{1,2}})(?:\.|er|st|nd|rd|th|º|°)?\s(?:de\s)?(?P<month_second>{_MONTH})\b\.?
      |(?P<month_first>{_MONTH})\b\.?\s(?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?\b)
    (?:,?\s(?:de\s)?(?P<year>(?:19|20)\d\d)\b)?
"""
_BLANK = "[ \u00a0]"
_WORD = r"[^\W\d_][\w'’.-]*"
_NAME = rf"{_WORD}(?:{_BLANK}{_WORD}){{0,4}}"
_PLACE = rf"(?P<place>{_NAME}(?:\s?/\s?{_NAME}){{0,2}}(?:,\s{_NAME}){{0,2}}?)"
_AGENCY = r"\((?P<agency>[^()\n]{2,50})\)"
_DASH = r"\s?(?:—|–|―|--|_|-(?=\s))\s?"
_PATTERNS = tuple(
    re.compile(pattern, re.VERBOSE | re.IGNORECASE)
    for pattern in (
        rf"(?P<span>{_PLACE}(?:,?\s{_DAY})?(?:,?\s{_AGENCY}))(?:{_DASH}|\s?:\s)",
        rf"(?P<span>{_PLACE}\s?{_AGENCY},?\s{_DAY})(?:{_DASH}|\s?:\s)",
        rf"(?P<span>{_PLACE},?\s{_DAY}(?:\s?/\s?(?P<agency>{_NAME})\s?/)?)(?:{_DASH}|\s?:\s)",
        rf"(?P<span>{_AGENCY}{_DASH}{_PLACE}(?:,?\s{_DAY})?)(?:{_DASH}|\s?:\s)",
        rf"(?P<span>{_PLACE}){_DASH}",
        rf"(?P<span>{_PLACE}(?:,?\s{_DAY})?\s?{_AGENCY})\s?(?=\w)",
    )
)
_BARE, _WITHOUT_DASH = 4, 5
_MOST_WORDS_BARE = 3

# capitals before a dash that are labels or bodies, not places
_NO_PLACES = frozenset(
    """
    update breaking exclusive watch live video photos photo opinion analysis editorial correction corrected alert urgent
    news flash factbox explainer feature interview column comment review recap preview note editors editor advisory
    breakingviews refile repeat wrapup special report top story stories sport sports business politics world weather
    eilmeldung kommentar meinung analyse korrektur exklusiv ticker en direct direct vidéo reportage entretien tribune
    última hora urgente análisis opinión vídeo entrevista ultima ora analisi intervista foto
    nato nasa fifa uefa opec unesco unicef who wto imf eu un usa uk fbi cia un onu otan ue bbc cnn nba nfl nhl mlb ufc
    question answer q a by from transcript summary key points spoiler warning sponsored advertisement
    i we he she it and but or if when as in on at
    """.split()
)
_AGENCIES = frozenset(
    """
    ap afp reuters cnn dpa upi xinhua kyodo tass ansa efe pti ani ians apa yonhap anadolu wam spa mena interfax
    ukrinform itar-tass afp-services lusa belga tt ntb ritzau apn bloomberg
    """.split()
)
_WIRE_WORD = re.compile(r"wire|news|agenc|agentur|press|media|service|reuters|times|post|radio|tv\b", re.IGNORECASE)
_SHORT_NAME = re.compile(r"[A-Z]{2,6}|[a-z]{2,5}|[A-Z][a-z]+(?:[ /][A-Z]\w+){0,3}")
_SMALL = frozenset(
    "of the de la del el le les du di da do dos das am an der den bei on upon and und et y e al sur".split()
)


@dataclass(frozen=True)
class OpeningLine:
    """What a report says of itself before its first sentence."""

    span: Span
    place: str
    place_span: Span
    agency: str | None
    written_on: date | None


def opening_line(reading: Reading) -> OpeningLine | None:
    """The opening line of a text, None where it has none."""
    for paragraph in reading.paragraphs[:_PARAGRAPHS]:
        opening = reading.text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST)]
        found = _read(opening, paragraph.start, reading.published_on)
        if found:
            return found
    return None


def _read(opening: str, offset: int, published_on: date) -> OpeningLine | None:
    for kind, pattern in enumerate(_PATTERNS):
        match = pattern.match(opening)
        if match and _is_dateline(kind, match, opening[match.end() :]):
            groups = match.groupdict()
            return OpeningLine(
                span=Span(offset + match.start("span"), offset + match.end("span")),
                place=groups["place"],
                place_span=Span(offset + match.start("place"), offset + match.end("place")),
                agency=groups.get("agency"),
                written_on=_day(groups, published_on),
            )
    return None


def _is_dateline(kind: int, match: re.Match[str], rest: str) -> bool:
    place, agency = match["place"], match.groupdict().get("agency")
    if not _starts_sentence(rest) or not _is_place(place):
        return False
    if kind == _BARE:
        name, *region = re.split("[,/]", place)
        return _is_capitals(name) and (bool(region) or _is_short(name))
    if kind == _WITHOUT_DASH:
        return agency is not None and agency.lower() in _AGENCIES
    return agency is None or _is_agency(agency)


def _is_short(name: str) -> bool:
    """Of few words and not of two letters: longer lines in capitals are headings."""
    words = name.split()
    return len(words) <= _MOST_WORDS_BARE and len(name) > 2 and words[-1].lower() not in _NO_PLACES  # noqa: PLR2004


def _starts_sentence(rest: str) -> bool:
    first = rest[:1]
    return bool(first) and not first.islower() and not first.isspace()


def _is_place(place: str) -> bool:
    """Names only: each word capitalised but for the small ones inside, and no label of other openings in front."""
    words = re.findall(r"[^\s,/]+", place)
    if words[0].lower().strip(".’'") in _NO_PLACES or words[0].lower() in MONTHS:
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words) and words[0][0].isupper()


def _is_capitals(name: str) -> bool:
    letters = [letter for word in name.split() if word not in _SMALL for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _is_agency(name: str) -> bool:
    return name.lower() in _AGENCIES or bool(_WIRE_WORD.search(name) or _SHORT_NAME.fullmatch(name))


def _day(groups: dict[str, str | None], published_on: date) -> date | None:
    month = groups.get("month_first") or groups.get("month_second")
    day = groups.get("day_first") or groups.get("day_second")
    if month is None or day is None:
        return None
    stated = groups.get("year")
    years = [int(stated)] if stated else [published_on.year - 1, published_on.year, published_on.year + 1]
    days = [found for year in years if (found := _date(year, MONTHS[month.lower()], int(day)))]
    return min(days, key=lambda found: abs(found - published_on), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
