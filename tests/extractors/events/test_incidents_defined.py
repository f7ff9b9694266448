"""Incidents are joined as they are defined, each record held against each; some days alone give what all days give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import duckdb
import pytest

from flows.vocabulary import vocabulary
from tests.extractors.events.filled import BEGINNING, Coded, Side, fill
from tests.storage.empty import empty_edition

SIDES = (
    Side("TUR", "iso3166:TUR", "GOV"),
    Side("TUR", "office:minister", "GOV"),
    Side("GRC", "iso3166:GRC", "GOV"),
    Side("GRC", "local:kostas-vale", "OPP"),
    Side("EUR", "organisation:council", None),
    Side(None, None, "REB", "Gunmen"),
    Side(None, None, None, "Villagers"),
)
PLACES = (
    None,
    ("Ankara", "TUR", 4),
    ("Ankara", "TUR", 4),
    ("Izmir", "TUR", 4),
    ("Patras", "GRC", 4),
    ("Turkey", "TUR", 1),
)
PLACED = """
SELECT record.event_id, leader.event_id, record.score
FROM incident_events AS record
JOIN (SELECT incident_id, event_id FROM incident_events WHERE is_leading) AS leader USING (incident_id)"""
SENTENCES = ("Ships were stopped near the island", "Ships were stopped again, 12 of them", "They spoke for hours")


class Judged(NamedTuple):
    """How much speaks for two records telling of one incident, and how many days lie between them."""

    score: int
    days_apart: int


class Read(NamedTuple):
    """What of a record is compared."""

    of: Coded
    first: date
    last: date
    day: date
    codes: tuple[set[str], set[str]]
    names: tuple[set[str], set[str]]
    kinds: tuple[set[str], set[str]]
    marks: set[str]
    town: str | None

    @property
    def rank(self) -> tuple[int, date, UUID]:
        """Smaller for the fuller record."""
        told = [_is_dated(self.of), self.town is not None, bool(self.kinds[1]), bool(self.names[0] | self.names[1])]
        return -sum(told), self.day, self.of.event_id


def _is_dated(record: Coded) -> bool:
    return record.precision not in ("article", "context")


def _read(record: Coded, first_printed: date) -> Read:
    begins, ends = record.starts_on, record.starts_on + timedelta(days=record.lasts)
    if record.precision == "article":
        begins, ends = min(begins, first_printed), min(ends, first_printed)
    sides = (record.who, record.who if record.is_together else record.whom)
    codes, names, kinds = (tuple(map(each, sides)) for each in (_codes, _names, _kinds))
    known = [code | name or kind for code, name, kind in zip(codes, names, kinds, strict=True)]
    town = f"geonames:{record.place[0]}" if record.place and record.place[2] >= 4 else None
    marks = {f"{one} {other}" for one in known[0] for other in known[1] if one != other}
    marks |= {f"{record.cameo} {each}" for each in known[0] | known[1]} | ({town} if town else set())
    first = begins - timedelta(days=0 if _is_dated(record) else 2)
    return Read(record, first, min(ends, begins + timedelta(days=6)), begins, codes, names, kinds, marks, town)


def _codes(side: Sequence[Side]) -> set[str]:
    return {each.code for each in side if each.code}


def _names(side: Sequence[Side]) -> set[str]:
    return {each.entity_id for each in side if each.entity_id and not re.match("(iso3166|geonames):", each.entity_id)}


def _kinds(side: Sequence[Side]) -> set[str]:
    return {each.sector or each.name.lower() for each in side}


def _judged(one: Read, other: Read) -> Judged | None:
    """What speaks for two records being one incident; None where they are not held together, or too little does."""
    first, second = one.of, other.of
    moods = [set(each.aux) - {"historical"} for each in (first, second)]
    if (first.event_type, moods[0]) != (second.event_type, moods[1]) or first.article == second.article:
        return None
    if not one.marks & other.marks or max(one.first, other.first) > min(one.last, other.last):
        return None
    if _contradict(one.town, other.town) or _contradict(*(each.place and each.place[1] for each in (first, second))):
        return None
    codes = one.codes[0], other.codes[0]
    if first.is_together and second.is_together and not (codes[0] <= codes[1] or codes[0] >= codes[1]):
        return None
    weights = [_weight(one, other, side) for side in (0, 1)]
    if None in weights:
        return None
    return _scored(one, other, sum(each or 0 for each in weights))


def _contradict(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _weight(one: Read, other: Read, side: int) -> int | None:
    names, codes, kinds = (
        (getattr(one, each)[side], getattr(other, each)[side]) for each in ("names", "codes", "kinds")
    )
    if names[0] & names[1]:
        return 2
    if codes[0] & codes[1]:
        return 0 if all(names) else 1
    is_untold = not all(kinds)
    return 0 if is_untold or (kinds[0] & kinds[1] and not all(codes)) else None


def _scored(one: Read, other: Read, weight: int) -> Judged | None:
    is_named = any(one.names[side] & other.names[side] for side in (0, 1))
    codes = len((one.codes[0] | one.codes[1]) & (other.codes[0] | other.codes[1]))
    is_same_town = one.town is not None and one.town == other.town
    days_apart = abs(one.day - other.day).days
    modes = set(one.of.modes), set(other.of.modes)
    score = weight if is_named else min(weight, codes)
    score += 2 * is_same_town + (one.of.words.lower() == other.of.words.lower()) + max(1 - days_apart, -1)
    score -= bool(all(modes) and not modes[0] & modes[1])
    words = [set(re.findall(r"[^\W\d_]{4,}|\d+", each.of.sentence.lower())) for each in (one, other)]
    likeness = len(words[0] & words[1]) / len(words[0] | words[1])
    if score < 1:
        return None
    score += (likeness >= 0.15) + (likeness >= 0.3)
    is_particular = codes > 1 or is_named or is_same_town or likeness >= 0.15
    return Judged(score, days_apart) if score >= 3 and is_particular else None


def defined(records: Sequence[Coded]) -> set[tuple[UUID, UUID, int | None]]:
    """Each record, the one that leads its incident, and how much speaks for that."""
    printed = {
        each.story: BEGINNING + timedelta(days=each.printed) for each in sorted(records, key=lambda it: -it.printed)
    }
    read = sorted((_read(each, printed[each.story]) for each in records), key=lambda each: each.rank)
    joined: dict[int, dict[int, Judged]] = {}
    for follower, each in enumerate(read):
        found = {leader: _judged(read[leader], each) for leader in range(follower)}
        joined[follower] = {leader: judged for leader, judged in found.items() if judged}
    return set(_placed(read, joined))


def _placed(read: Sequence[Read], joined: dict[int, dict[int, Judged]]) -> Iterator[tuple[UUID, UUID, int | None]]:
    for rank, each in enumerate(read):
        leads = [
            (judged.score, -judged.days_apart, -leader) for leader, judged in joined[rank].items() if not joined[leader]
        ]
        score, _, leader = max(leads, default=(None, 0, -rank))
        yield each.of.event_id, read[-leader].of.event_id, score


def records(seed: int) -> list[Coded]:
    """Records of some twenty days, so much alike that most are held against others; every seed gives the same ones."""
    pick = Random(seed)
    printed = [pick.randint(0, 14) for _ in range(16)]
    stories = [pick.choice((number, number, max(number - 1, 0))) for number in range(len(printed))]
    return [_coded(pick, number, printed, stories) for number in range(40)]


def _coded(pick: Random, number: int, printed: Sequence[int], stories: Sequence[int]) -> Coded:
    article = pick.randrange(len(printed))
    precision = pick.choice(("day", "day", "week", "article", "context"))
    return Coded(
        number=number,
        article=article,
        printed=printed[article],
        story=stories[article],
        event_type=pick.choice(("CONSULT",) * 6 + ("ACCUSE",)),
        cameo="040",
        modes=pick.choice(((),) * 4 + (("visit",), ("phone",))),
        aux=pick.choice(((),) * 8 + (("historical",), ("negation",))),
        who=_side(pick),
        whom=_side(pick),
        is_together=pick.random() < 0.2,
        begins=printed[article] - pick.randint(0, 3) * (precision != "article"),
        lasts=pick.randint(0, 7) * (precision in ("week", "context")),
        precision=precision,
        place=pick.choice(PLACES),
        words=pick.choice(("met", "Met", "held talks")),
        sentence=pick.choice(SENTENCES),
    )


def _side(pick: Random) -> tuple[Side, ...]:
    return tuple(pick.sample(SIDES[:4] if pick.random() < 0.8 else SIDES, pick.choice((0, 1, 1, 1, 1, 1, 2))))


@pytest.fixture(scope="module")
def edition() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_edition(vocabulary()) as connection:
        yield connection


def answer(edition: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return edition.execute(query).fetchall()


@pytest.mark.parametrize("seed", range(12))
def test_records_are_joined_as_defined(edition: duckdb.DuckDBPyConnection, seed: int) -> None:
    told = records(seed)
    fill(edition, told)
    assert set(answer(edition, PLACED)) == defined(told)


@pytest.mark.parametrize("seed", range(12))
def test_some_days_give_the_incidents_that_all_days_give(edition: duckdb.DuckDBPyConnection, seed: int) -> None:
    fill(edition, records(seed))
    begins, more = seed, seed % 3
    since, until = (BEGINNING + timedelta(days=each) for each in (begins, begins + more))
    days, asked = f"starts_on BETWEEN '{since}' AND '{until}'", f"('{since}', '{until}')"
    whole = answer(edition, f"FROM incidents WHERE {days} ORDER BY ALL")
    assert answer(edition, f"FROM incidents_between{asked} ORDER BY ALL") == whole
    incidents = "SELECT incident_id FROM incident_events JOIN political_events USING (event_id)"
    theirs = f"FROM incident_events WHERE incident_id IN ({incidents} WHERE {days}) ORDER BY ALL"
    assert answer(edition, f"FROM incident_events_between{asked} ORDER BY ALL") == answer(edition, theirs)
