"""Which country somebody or something is of, as far as the words around a name, or the name itself, tell.

What a title or an apposition says goes before what stands beside the name; only who holds public office without a
country being named is of the country that the text is about. Two countries that are equally likely are none.
"""

# ruff: noqa: RUF001 — typographic marks are meant

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from extractors.language.entities.gathering import Group
from extractors.language.entities.known import known_names
from extractors.language.entities.organisation_words import ORGANISATION_HEADS
from extractors.language.entities.places import place_meant, places_named
from extractors.language.entities.titles import is_title_word
from storage.vocabulary import Span

_BEFORE_CHARACTERS = 80
_AFTER_CHARACTERS = 60
_BESIDE = re.compile(r", ((?:[A-Z][\w.]+)(?: [A-Z][\w.]+)?)")
_POSSESSIVE = re.compile(r"['’]s?")
_DESCRIBING = re.compile(r"((?: [\w'’-]+){0,6})(,?) $")
_TOWN_OF = re.compile(
    r" (?:[a-z-]+ )?(?:town|city|village|port|capital|province|region|state|district|county|island|resort|suburb)"
    r"(?: (?:town|city|village|capital|district))?(?: of)? $"
)
_OF = re.compile(r"(?:,? \d{1,3},)?,? (?:of|from) (?:the )?")
_SEAT = re.compile(r"(?: in |, )(?=[A-Z])")
_RUN = re.compile(r"[A-Z][\w'’-]+(?: (?:(?:al|de|la|el|du) )?[A-Z][\w'’-]+){0,2}")
_PLACED = re.compile(rf"(?:\bof|\bin|\bat) (?:the )?({_RUN.pattern})$")
_HEADLESS = re.compile(rf"({_RUN.pattern}?)(?= (?:{'|'.join(sorted(ORGANISATION_HEADS))}|Crown|Supreme|High|Port)\b)")
_NOUNS = frozenset({"NOUN", "ADJ", "PROPN", "NUM"})
_TOWN = 50_000
_FEWEST_OF_HOME = 2
_MOST_OF_ALL = 0.6
_AT_HOME = frozenset({"GOV", "LEG", "COP", "JUD", "OPP"})
_ABROAD = re.compile(r"ambassador|envoy|consul|diplomat|embassy|observer|secretary-general", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"\b(?:international|inter-|world|global|european|african|arab|american states|united)", re.IGNORECASE
)
_LIVING = "lives|works|runs|owns|teaches|studies|farms|fishes|sells|keeps|was born|grew up"
_WHO = re.compile(rf"(?:,? \d{{1,3}})?, who (?:{_LIVING})\b[^,.;\n]{{0,60}}? (?:in|at|from|near) (?:the )?(?=[A-Z])")
_APPOSED = re.compile(r"(?:(?:, \d{1,3})?,| is| was| has been| became) (?:(?:an?|the) (?:\w+ )?)?(?=[A-Z])")


def countries_named(groups: Iterable[Group]) -> Counter[str]:
    """How often a text names each country, itself or by its people."""
    known = (mention.known for group in groups for mention in group.mentions)
    return Counter(each.code for each in known if each and each.code and each.kind in ("LOC", "NORP"))


def code_in(words: str) -> str | None:
    """The country that a title or name speaks of, the last of several; None where it speaks of none."""
    found = [known.code for _, known in known_names(words) if known.code and known.kind in ("LOC", "NORP")]
    if found:
        return found[-1]
    named = (words, *words.split())
    states = [place for name in named for place in places_named(name.strip(",.")) if not place.population]
    return states[0].code if states else None


class Belonging:
    """Knows a text, the part of speech of each word by its place, and the countries that the text names.

    `written_in` is the place that its opening line names.
    """

    def __init__(self, text: str, upos: Mapping[int, str], groups: list[Group], written_in: str | None) -> None:
        self.text, self.upos = text, upos
        self.named = countries_named(groups)
        self.home = self._place(written_in) if written_in else None
        self.home = self.home or self._home(groups)

    def _home(self, groups: list[Group]) -> str | None:
        """The country that most places and nationalities are of."""
        counted: Counter[str] = Counter()
        for group in groups:
            if group.kind in ("LOC", "NORP"):
                known = group.mentions[0].known
                code = known.code if known else self._place(group.name)
                counted[code or ""] += len(group.mentions)
        del counted[""]
        code, times = max(counted.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        return code if times >= _FEWEST_OF_HOME and times >= _MOST_OF_ALL * counted.total() else None

    def of_words(self, words: str) -> str | None:
        """The country of which words speak, themselves or by a town of it; an ambassador to another is not of it."""
        words = words.partition(" to ")[0]
        stated = code_in(words)
        if stated:
            return stated
        towns = re.findall(r"(?:of|in) ((?:[A-Z][\w-]+ ?)+)", words)
        return self._town(towns[-1].strip()) if towns else None

    def of_place(self, spans: Iterable[Span]) -> str | None:
        """What is told of a town: London, Ontario; the Spanish town of Alzira."""
        for span in spans:
            beside = _BESIDE.match(self.text, span.end)
            if beside and (code := code_in(beside[1])):
                return code
            for code, between in self._countries_before(span):
                if _TOWN_OF.fullmatch(between):
                    return code
        return None

    def of_organisation(self, name: str, spans: Iterable[Span]) -> str | None:
        """By its name, what describes it, or where it sits: the University of Bern; the Austrian group Donau Rohr."""
        spans = list(spans)
        return self._in_name(name) or self.described(spans) or self._of_seat(name, spans)

    def beside(self, spans: tuple[Span, ...]) -> str | None:
        """By what stands after a person's name or before it."""
        return self._after(spans) or self.described(spans)

    def of_office(self, role: str, sectors: tuple[str, ...]) -> str | None:
        """Public office and bodies of no stated country are those of where the text is at home; envoys are not."""
        is_of_body = any(known.kind == "ORG" and known.code for _, known in known_names(role))
        is_abroad = is_of_body or _ABROAD.search(role) or _OF_SEVERAL.search(role)
        return self.home if _AT_HOME.intersection(sectors) and not is_abroad else None

    def described(self, spans: Iterable[Span]) -> str | None:
        """The country before a name, only nouns between: Egypt's Senate, the Italian general Matteo Vianello."""
        codes = {self._described(span) for span in spans} - {None}
        return codes.pop() if len(codes) == 1 else None

    def _described(self, span: Span) -> str | None:
        for code, between in self._countries_before(span):
            words = _DESCRIBING.fullmatch(_POSSESSIVE.sub("", between, count=1) if between[0] in "'’" else between)
            first = span.start - len(words[1]) - len(words[2]) - 1 if words else span.start
            is_apposition = bool(words and words[2])
            nouns = (words[1] if words else "?").split()
            if words and all(self._is_noun(first, words[1])) and (not is_apposition or any(map(is_title_word, nouns))):
                return code
        return None

    def _countries_before(self, span: Span) -> list[tuple[str, str]]:
        """The country named last before a name, and what stands between."""
        start = max(0, span.start - _BEFORE_CHARACTERS, self.text.rfind("\n", 0, span.start) + 1)
        before = self.text[start : span.start]
        found = [(at, known.code) for at, known in known_names(before) if known.code and known.kind in ("LOC", "NORP")]
        return [(code, before[at.end :]) for at, code in found[-1:] if before[at.end :]]

    def _is_noun(self, start: int, words: str) -> Iterable[bool]:
        for word in re.finditer(r"[\w'’-]+", words):
            upos = self.upos.get(start + word.start())
            yield word[0] == "of" or is_title_word(word[0]) or (upos in _NOUNS and word[0].islower())

    def _after(self, spans: Iterable[Span]) -> str | None:
        """Amal Haddad of Tunisia; Amal Haddad, 52, of Sfax; …, a Tunisian geologist; …, who owns a bakery in Sfax."""
        for span in spans:
            for leading, is_of_town in ((_OF, True), (_APPOSED, False), (_WHO, True)):
                found = leading.match(self.text, span.end)
                if found and (code := self._code_at(found.end(), is_of_town=is_of_town)):
                    return code
        return None

    def _code_at(self, start: int, *, is_of_town: bool) -> str | None:
        """The country, people or town named there; in an apposition its people, or the country as an owner."""
        words = self.text[start : start + _AFTER_CHARACTERS].partition("\n")[0]
        known = next(((at, known) for at, known in known_names(words) if at.start == 0), None)
        if known:
            at, name = known
            is_owner = name.kind == "NORP" or is_of_town or words[at.end : at.end + 1] in ("'", "’")
            return name.code if is_owner and name.kind in ("LOC", "NORP") and name.code else None
        run = _RUN.match(words) if is_of_town else None
        return self._town(run[0]) if run else None

    def _in_name(self, name: str) -> str | None:
        """The country in an organisation's name, or of the town there; None where it names two."""
        codes = {
            known.code
            for at, known in known_names(name)
            if known.code and known.kind in ("LOC", "NORP") and not name[: at.start].endswith("-")
        }
        if codes:
            return codes.pop() if len(codes) == 1 else None
        if _OF_SEVERAL.search(name):
            return None
        placed = _PLACED.search(name) or _HEADLESS.match(name)
        return self._town(placed[1]) if placed else None

    def _of_seat(self, name: str, spans: Iterable[Span]) -> str | None:
        if not ORGANISATION_HEADS.intersection(name.split()) or _OF_SEVERAL.search(name):
            return None
        for span in spans:
            seat = _SEAT.match(self.text, span.end)
            run = _RUN.match(self.text, seat.end()) if seat else None
            if run and (code := code_in(run[0]) or self._town(run[0])):
                return code
        return None

    def _town(self, name: str) -> str | None:
        """The country of a place that is known well or lies in a country of the text; New York needs both words."""
        place = place_meant(name, self.named)
        is_sure = place and (place.population >= _TOWN or not place.population or place.code in self.named)
        return place.code if place and is_sure else None

    def _place(self, name: str) -> str | None:
        return code_in(name) or self._town(name.split(",", maxsplit=1)[0])
