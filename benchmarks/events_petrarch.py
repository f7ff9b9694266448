"""PETRARCH's unit cases: its codes mapped to PLOVER, its invented countries to real ones, each miss with its reason.

A case is right where every coding of it is found (type, actor, recipient, sectors where it names any) and nothing else
is coded between those parties. Its codes are judged twice: by the table CAMEO -> PLOVER alone, and as what they mostly
are, WEIS (McClelland 1978), whose numbers mean other things: 122 is "denounce" there, "reject a request for aid" in
CAMEO. A third share counts what is coming as if it were done ("is about to restore ties" is AGREE by PLOVER's rule of
mood, a deed to PETRARCH). Codes of neither, and actors that only the cases' own dictionaries know, can not be found by
any coder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extractors.events.coder import political_events_in
from extractors.events.event import PoliticalEvent
from extractors.events.party import Party
from extractors.language.reading import Reading

_DAY = date(1995, 1, 1)
_NAMES = {
    "Arnorian": "Angolan", "Arnor": "Angola",
    "Minas Tirith": "La Paz", "Gondor": "Bolivia",
    "Osgiliath": "Croatia", "Ithilen": "Indonesia", "Calenardhon": "Chile",
    "Eriadorian": "Ecuadorian", "Eriadori": "Ecuadorian", "Eriador": "Ecuador",
    "Dagolathi": "Kenyan", "Dagolath": "Kenya", "Mordor": "Mongolia",
    "Rohans": "Romanians", "Rohan": "Romania", "Fornost": "Finland", "Bree": "Brazil",
    "Dol Amroth": "Monaco", "Dol_Amroth": "Monaco", "Caras Galadhon": "Tallinn",
    "Gollum": "Hungary", "Frodo": "Hungary", "Hamfast Gamgee": "Hungary", "Sam Gamgee": "Hungary",
    "Smeagol": "Hungary", "Slinker": "Hungary", "Stinker": "Hungary",
}  # fmt: skip
_CODES = {
    "ARN": "AGO", "GON": "BOL", "OSG": "HRV", "ITH": "IDN", "CAL": "CHL", "ERI": "ECU", "DAG": "KEN", "MOR": "MNG",
    "ROH": "ROU", "FOR": "FIN", "BRE": "BRA", "DOL": "MCO", "ELF": "EST", "HOB": "HUN",
}  # fmt: skip
_REAL = frozenset("USA KOR PRK NZE DNK ETH LBY PHL FRA CAF RUS PAK AFG KUW AUS".split())
_OTHER_ISO = {"NZE": "NZL", "KUW": "KWT", "IGO": "EUR"}
_SECTORS = {"MED": "JRN", "CIV": "CVL"}
_KNOWN_SECTORS = frozenset("GOV MIL COP LEG OPP REL JRN ELI CVL REB JUD EDU".split())
# WEIS' categories as PLOVER's types; 02 (comment) is no event there
_WEIS = {
    "01": ("CONCEDE", "RETREAT"), "03": ("CONSULT",), "04": ("SUPPORT",), "05": ("AGREE",),
    "06": ("SUPPORT", "COOPERATE", "CONCEDE", "RETREAT"), "07": ("AID",), "08": ("AGREE", "SUPPORT", "COOPERATE"),
    "09": ("REQUEST",), "10": ("REQUEST", "AGREE"), "11": ("REJECT",), "12": ("ACCUSE",), "13": ("ACCUSE",),
    "14": ("REJECT",), "15": ("REQUEST",), "16": ("THREATEN", "ACCUSE"), "17": ("THREATEN",),
    "18": ("PROTEST", "MOBILIZE"), "19": ("SANCTION", "REJECT"), "20": ("SANCTION", "COERCE"), "21": ("COERCE",),
    "22": ("ASSAULT",),
}  # fmt: skip
_COMMENT = "02"
_CODE_LENGTH = 3


@dataclass(frozen=True)
class Coding:
    """Who did what to whom: types that count as right, each party's code, and sectors where the case names them."""

    types: tuple[str, ...]
    actor: str
    recipient: str
    code: str


@dataclass(frozen=True)
class Case:
    """A unit case, its countries real."""

    case_id: str
    text: str
    codings: tuple[tuple[str, str, str], ...]  # actor, recipient, event code, as they stand


@dataclass(frozen=True)
class Judged:
    """A case with what was coded, whether that is right, and why not."""

    case: Case
    found: tuple[str, ...]
    by_table: bool
    by_weis: bool
    by_deed: bool
    reason: str


def unit_cases(path: Path) -> Iterator[Case]:
    """The cases of the file that say what is to be coded; those that only try a reader's errors are left out."""
    text = re.sub(r"<!--.*?-->", "", path.read_text("utf-8"), flags=re.DOTALL)
    for head, body in re.findall(r"<Sentence (.*?)>(.*?)</Sentence>", text, flags=re.DOTALL):
        said = dict(re.findall(r'(\w+)\s*=\s*"(.*?)"', head))
        told = [dict(re.findall(r'(\w+)\s*=\s*"(.*?)"', each)) for each in re.findall(r"<EventCoding(.*?)>", body)]
        words = re.search(r"<Text>(.*?)</Text>", body, flags=re.DOTALL)
        if said.get("category") == "ERROR" or words is None or said["id"] == "FINAL-RECORD":
            continue
        codings = tuple(
            (each.get("sourcecode", ""), each.get("targetcode", ""), each["eventcode"])
            for each in told
            if "eventcode" in each
        )
        yield Case(said["id"], _renamed(" ".join(words[1].split())), codings)


def cameo_types(path: Path) -> dict[str, str]:
    """CAMEO code to PLOVER type, from the table."""
    found: dict[str, str] = {}
    for code, event_type in re.findall(r"^(\d{2,4}): ?([A-Z]+)", path.read_text("utf-8"), flags=re.MULTILINE):
        found.setdefault(code, event_type)
    return found


def judged(case: Case, table: dict[str, str]) -> Judged:
    """A case coded and compared."""
    events = political_events_in(Reading(case.text, _DAY, "en"))
    by_table = [Coding((table.get(code, ""),), actor, recipient, code) for actor, recipient, code in case.codings]
    by_weis = [Coding(_WEIS.get(each.code[:2], ()), each.actor, each.recipient, each.code) for each in by_table]
    is_right = _all_found(by_table, events)
    also = [each for each in by_weis if not each.code.startswith(_COMMENT)]
    is_weis = is_right or ((bool(also) or not events) and _all_found(also, events))
    done = [replace(each, coded=replace(each.coded, event_type=each.frame.event_type)) for each in events]
    is_deed = is_weis or ((bool(also) or not events) and _all_found(also, done))
    reason = _reason(by_table, by_weis, events, table, is_weis=is_weis, is_deed=is_deed) if not is_right else ""
    return Judged(case, tuple(_shown(each) for each in events), is_right, is_weis, is_deed, reason)


def report_petrarch(folder: Path, *, table_of_misses: bool) -> None:
    """The exact share by the table and as WEIS, the reasons of misses, and each miss."""
    table = cameo_types(folder / "plover/CAMEO2PLOVER-2021.txt")
    results = [judged(case, table) for case in unit_cases(folder / "petrarch_unit/PETR.UnitTest.records.xml")]
    sound = [each for each in results if each.reason not in (_NOT_CAMEO, _INVENTED)]
    for what, chosen in (("all cases", results), ("cases whose codes and actors exist", sound)):
        exact, weis = sum(each.by_table for each in chosen), sum(each.by_weis for each in chosen)
        deed = sum(each.by_deed for each in chosen)
        print(f"PETRARCH {what}: {len(chosen)}, exact by the table {exact} ({exact / len(chosen):.2f}), ", end="")
        print(f"or as WEIS {weis} ({weis / len(chosen):.2f}), what is coming as done {deed} ({deed / len(chosen):.2f})")
    for reason, number in Counter(each.reason for each in results if each.reason).most_common():
        print(f"  {number:4} {reason}")
    if table_of_misses:
        print("case\texpected\tgot\treason\ttext")
        for each in results:
            if each.reason:
                wanted = "; ".join(f"{actor} {code} {to}" for actor, to, code in each.case.codings) or "nothing"
                got = "; ".join(each.found) or "nothing"
                print(f"{each.case.case_id}\t{wanted}\t{got}\t{each.reason}\t{each.case.text}")


_NOT_CAMEO = "code is not in CAMEO: invented for the unit test"
_INVENTED = "actor exists in the unit tests' dictionaries alone"
_MEANS_OTHER = "right as WEIS: the number means another thing in CAMEO"
_COMMENTS = "WEIS comment (02): PLOVER has no event for it"
_FUTURE = "coming, by PLOVER's rule of mood another type than the deed"
_NOTHING = "nothing coded"
_TYPE = "another type"
_PARTIES = "type right, other parties"
_SECTOR = "type and countries right, other sector"
_MORE = "something coded where nothing is expected"
_EXTRA = "all found, and another event between the same parties"


def _reason(  # noqa: PLR0911 — a list of reasons, the first that holds
    by_table: list[Coding],
    by_weis: list[Coding],
    events: list[PoliticalEvent],
    table: dict[str, str],
    *,
    is_weis: bool,
    is_deed: bool,
) -> str:
    if not by_table:
        return _MORE
    if any(each.code not in table for each in by_table):
        return _NOT_CAMEO
    if any(not _is_known(code) for each in by_table for code in (each.actor, each.recipient)):
        return _INVENTED
    if all(each.code.startswith(_COMMENT) for each in by_table):
        return _COMMENTS
    if is_weis:
        return _MEANS_OTHER
    if is_deed:
        return _FUTURE
    if not events:
        return _NOTHING
    missed = [each for each in by_weis if not any(_is(each, event) for event in events)]
    if not missed:
        return _EXTRA
    if any(_has_countries(each, event) and event.coded.event_type in each.types for each in missed for event in events):
        return _SECTOR
    return _PARTIES if any(event.coded.event_type in each.types for each in missed for event in events) else _TYPE


def _all_found(wanted: list[Coding], events: list[PoliticalEvent]) -> bool:
    """Whether each is found, and every event between parties that are asked for is one of them."""
    if not wanted:
        return not events
    between = [event for event in events if any(_has_countries(each, event) for each in wanted)]
    return all(any(_is(each, event) for event in events) for each in wanted) and all(
        any(event.coded.event_type in each.types for each in wanted) for event in between
    )


def _is(wanted: Coding, event: PoliticalEvent) -> bool:
    if event.coded.event_type not in wanted.types:
        return False
    return any(
        _is_party(wanted.actor, actors) and _is_party(wanted.recipient, recipients)
        for actors, recipients in _sides(event)
    )


def _has_countries(wanted: Coding, event: PoliticalEvent) -> bool:
    return any(
        _country(wanted.actor) in _countries(actors) and _country(wanted.recipient) in _countries(recipients)
        for actors, recipients in _sides(event)
    )


def _sides(event: PoliticalEvent) -> list[tuple[tuple[Party, ...], tuple[Party, ...]]]:
    """Actors and recipients; both ways for a reciprocal event and for a visit, which WEIS tells from both sides."""
    everybody = (*event.actors, *event.recipients)
    both = event.reciprocal or event.coded.event_type == "CONSULT"
    return [(everybody, everybody)] if both else [(event.actors, event.recipients)]


def _is_party(code: str, parties: tuple[Party, ...]) -> bool:
    sectors = _sectors(code) & _KNOWN_SECTORS
    return any(
        _country(code) == (party.code or "") and (not sectors or bool(sectors & set(party.sectors)))
        for party in parties
    )


def _country(code: str) -> str:
    return "" if code.startswith("---") else _CODES.get(code[:3], _OTHER_ISO.get(code[:3], code[:3]))


def _countries(parties: tuple[Party, ...]) -> set[str]:
    return {party.code or "" for party in parties}


def _sectors(code: str) -> set[str]:
    parts = [code[at : at + _CODE_LENGTH] for at in range(_CODE_LENGTH, len(code), _CODE_LENGTH)]
    return {_SECTORS.get(part, part) for part in parts}


def _is_known(code: str) -> bool:
    first = code[:3]
    return (first in _CODES or first in _REAL or code == "IGOEEU") and (
        code == "IGOEEU" or _sectors(code) <= _KNOWN_SECTORS
    )


def _renamed(text: str) -> str:
    for invented, real in _NAMES.items():
        text = text.replace(invented, real)
    return text.replace("&amp;", "&")


def _shown(event: PoliticalEvent) -> str:
    def names(parties: Iterable[Party]) -> str:
        return "+".join(f"{party.code or '---'}{''.join(party.sectors)}" for party in parties) or "-"

    aux = f" ({', '.join(event.coded.aux)})" if event.coded.aux else ""
    return f"{names(event.actors)} {event.coded.event_type}{aux} {names(event.recipients)}"
