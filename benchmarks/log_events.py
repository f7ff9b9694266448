"""Seeded synthetic events for `log.py`: statements of 570 bytes as an extractor would find them, ten to an article.

The same seed gives the same events. Times and positions in texts are invented; so are the speakers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated, ClassVar, NamedTuple
from uuid import UUID

import numpy as np
import pyarrow as pa
from typing_extensions import Doc

from storage.events import Finding, Span, event
from storage.records import Context, Producer, Record, article_id, record
from storage.rows import SCHEMA, closing_record, to_rows

PER_ARTICLE = 10
_RUN = UUID("01890000-0000-7000-8000-000000000001")
_PRODUCER = Producer("synthetic", 1)
_FIRST_DAY = date(2026, 1, 1)
_NIGHT = datetime(2027, 1, 1, tzinfo=UTC)
_DAYS = 365
_WORDS = ("water", "road", "bridge", "school", "harvest", "court", "union", "bank", "harbour", "clinic", "river")


@event
class StatementSeen(Finding, frozen=True, kw_only=True):
    """Somebody was seen to say something."""

    anchor: ClassVar[tuple[str, ...]] = ("quoted",)
    kind: Annotated[str, Doc("direct, mixed or indirect")]
    content: Annotated[list[Span], Doc("what was said")]
    quoted: Annotated[list[Span], Doc("the words in quotation marks")]
    cue: Annotated[Span, Doc("the words that report it")]
    cue_lemma: Annotated[str, Doc("their base form")]
    speaker: Annotated[str, Doc("who")]
    speaker_id: Annotated[str, Doc("the speaker as an entity")]
    speaker_code: Annotated[str, Doc("the speaker's country")]
    speaker_sectors: Annotated[list[str], Doc("the speaker's sectors")]
    addressee: Annotated[str | None, Doc("to whom")]
    said_on: Annotated[date | None, Doc("when")]
    anonymous: Annotated[bool, Doc("whether no name is given")]
    note: Annotated[str, Doc("about what, in words")]


class Happening(NamedTuple):
    """An event with what its envelope needs."""

    event: StatementSeen
    article: UUID
    context: Context


def happenings(count: int, seed: int) -> list[Happening]:
    """So many events."""
    return list(_happenings(count, random.Random(seed)))  # noqa: S311 - repeatable, no secret


def _happenings(count: int, dice: random.Random) -> Iterator[Happening]:
    for number in range(count):
        if number % PER_ARTICLE == 0:
            day = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
            article = article_id(f"https://news.example.org/{day}/{dice.getrandbits(64):016x}")
            reading = UUID(int=dice.getrandbits(128), version=4)
        yield Happening(
            _statement(dice, day),
            article,
            Context(producer=_PRODUCER, run_id=_RUN, published_on=day, extraction_id=reading),
        )


def _statement(dice: random.Random, day: date) -> StatementSeen:
    at = dice.randrange(4_000)
    return StatementSeen(
        kind="direct",
        content=[Span(at, at + 80), Span(at + 120, at + 170)],
        quoted=[Span(at + 1, at + 79), Span(at + 121, at + 169)],
        cue=Span(at + 81, at + 85),
        cue_lemma=dice.choice(["say", "tell", "add", "warn"]),
        speaker=f"Nadia Petrosyan-{dice.getrandbits(20)}",
        speaker_id=f"wikidata:Q{dice.randrange(10**8)}",
        speaker_code=dice.choice(["GBR", "ISL", "SYR", "BRA"]),
        speaker_sectors=["GOV", "MIL"],
        addressee=f"the council of {dice.choice(_WORDS)}",
        said_on=day,
        anonymous=False,
        note=" ".join(dice.choice(_WORDS) for _ in range(26)),
    )


def records_of(found: list[Happening]) -> list[Record]:
    """The events in their envelopes."""
    return [record(each.event, each.article, each.context) for each in found]


def synthetic_rows(first_position: int, count: int, seed: int) -> pa.Table:
    """Rows of the log made straight in Arrow, closing row included; ids are random and digests chain nothing."""
    pool = _pool(seed)
    rng = np.random.default_rng([seed, first_position])
    rows = pool.take(pa.array(rng.integers(0, pool.num_rows, count - 1)))
    columns = {name: rows[name] for name in SCHEMA.names}
    columns["position"] = pa.array(np.arange(first_position, first_position + count - 1))
    columns["event_id"] = _random_ids(rng, count - 1)
    last = records_of(happenings(1, seed))
    closing = closing_record(last, first_position, _NIGHT, "0" * 64, "0" * 64)
    end = to_rows([closing], first_position + count - 1, _NIGHT)
    return pa.concat_tables([pa.table(columns, schema=SCHEMA), end])


@cache
def _pool(seed: int) -> pa.Table:
    return to_rows(records_of(happenings(5_000, seed)), 1, _NIGHT)


def _random_ids(rng: np.random.Generator, count: int) -> pa.StringArray:
    """Random UUIDs as text, without a Python object for each."""
    digits = np.frombuffer(rng.bytes(16 * count).hex().encode(), "S1").reshape(count, 32)
    text = np.full((count, 36), b"-", "S1")
    for source, target, width in ((0, 0, 8), (8, 9, 4), (12, 14, 4), (16, 19, 4), (20, 24, 12)):
        text[:, target : target + width] = digits[:, source : source + width]
    offsets = np.arange(0, 36 * (count + 1), 36, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(text.tobytes()))
