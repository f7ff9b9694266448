"""Which country a report is about, where it is one: whose police "the police" are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extractors.events.clauses import Clauses
from extractors.events.party import Party
from extractors.language.entities.places import place_in
from extractors.language.opening_line import opening_line
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.events.parties import Parties

_FEWEST = 3  # mentions; fewer say nothing
_MOST_OF_ALL = 0.6  # of the mentions of countries, their places and people
_CLEARLY_MORE = 2  # times as often as the next, where the lead names no other
_MORE = 1.5  # where the report was written there too
_FILLED = 3  # times as often as the lead's country another may be named in it
_BODIES = frozenset("IGO UNO EUR NGO ISM IMG MNC".split())
_AT_HOME = frozenset("GOV COP MIL JUD LEG OPP PTY LAB CVL UAF REL ELI AGR JRN EDU MED CRM".split())
# who comes from elsewhere as often as not
_ABROAD = frozenset(
    "observer observers delegation envoy envoys ambassador ambassadors diplomat diplomats consul embassy peacekeepers "
    "leaders countries states nations mediators negotiators coalition staff journalist journalists reporter reporters "
    "personnel nationals citizens tourists migrants refugees foreigners hostages analysts experts".split()
)
_LOCAL = frozenset({"REL", "LAB", "OPP"})  # church leaders, union leaders
_NEIGHBOURS = frozenset({"neighbour", "neighbours", "neighbor", "neighbors", "counterpart", "counterparts"})


def countries_named(clauses: Clauses) -> list[tuple[Span, str]]:
    """Where a report names countries, their places and people, its opening line left out, and which."""
    opening = clauses.opening
    return [
        (span, entity.code)
        for entity in clauses.reading.entities.all
        if entity.code and entity.kind in ("LOC", "NORP")
        for span in entity.spans
        if opening is None or not opening.start <= span.start < opening.end
    ]


def home_of(clauses: Clauses) -> str | None:
    """The country that a report is about: of most of its places and nationalities, or of its dateline and lead."""
    mentions = countries_named(clauses)
    named = Counter(code for _, code in mentions)
    ranked = sorted(named.items(), key=lambda each: (-each[1], each[0]))
    if not ranked:
        return None
    code, times = ranked[0]
    next_times = ranked[1][1] if len(ranked) > 1 else 0
    is_first = {each for span, each in mentions if span.start < _end_of_lead(clauses)} == {code}
    is_written = _is_written_in(code, clauses)
    is_clear = times >= (_MORE if is_written else _CLEARLY_MORE) * next_times and (is_first or is_written)
    if times >= _FEWEST and (is_clear or times >= _MOST_OF_ALL * named.total()):
        return code
    start = clauses.opening.end if clauses.opening is not None else 0
    told = {code for span, code in mentions if start <= span.start < _end_of_lead(clauses)}
    return _of_lead(told, named, times, clauses)


def _end_of_lead(clauses: Clauses) -> int:
    """Where the first sentence after the opening line ends; without such a line the second, as the first is a title."""
    opening, sentences = clauses.opening, clauses.reading.sentences
    if opening is None:
        return sentences[min(1, len(sentences) - 1)].end
    after = (each for each in sentences if each.end > opening.end)  # the dash behind the line may be one by itself
    return next((each.end for each in after if _has_words(clauses.reading.text[opening.end : each.end])), opening.end)


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _of_lead(told: set[str], named: Counter[str], most: int, clauses: Clauses) -> str | None:
    """The one country that the lead names, where the report was written there and no other fills it."""
    only = next(iter(told)) if len(told) == 1 else None
    is_told = only is not None and _is_written_in(only, clauses) and named[only] * _FILLED >= most
    return only if is_told else None


def _is_written_in(code: str, clauses: Clauses) -> bool:
    line = opening_line(clauses.reading)
    town = line.place.split(",")[0].split("/")[0].strip() if line is not None else ""
    return bool(town) and place_in(town.title(), code) is not None


def told_of(clauses: Clauses, parties: Parties, place: int) -> str | None:
    """The country whose deeds the sentences before a place in the same paragraph tell; None for several."""
    reading = clauses.reading
    paragraph = next((each for each in reading.paragraphs if each.start <= place < each.end), None)
    if paragraph is None:
        return None
    subjects = [
        clauses.subject(token)
        for token in clauses.tokens
        if token.is_root and paragraph.start <= token.start < reading.sentence_of(token)[-1].end <= place
    ]
    codes = {party.code for each in subjects if each is not None for party in parties.all_of(each)}
    code = next(iter(codes)) if len(codes) == 1 else None
    return code if code is not None and code not in _BODIES else None


def is_at_home(party: Party) -> bool:
    """Whether somebody of no stated country is one of those whom a report names so of its own country."""
    last = party.name.lower().split()[-1:]
    is_local = bool(set(party.sectors) & _AT_HOME) and (_ABROAD.isdisjoint(last) or bool(set(party.sectors) & _LOCAL))
    return party.code is None and is_local and not is_elsewhere(party)


def is_elsewhere(party: Party) -> bool:
    """Whether somebody is of another country than whoever else is named: its neighbour."""
    return bool(set(party.name.lower().split()[-1:]) & _NEIGHBOURS)
