"""Records of political events as a test wants them, put straight into the tables of an edition in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa

from storage.edition.stories import FOREVER

BEGINNING = date(2026, 3, 1)
_PERIODS = {"text_periods": "event_id", "reading_periods": "extraction_id", "story_periods": "story_id"}


@dataclass(frozen=True)
class Side:
    """One that acts or is acted upon: country or organisation, name, sector; None where untold."""

    code: str | None
    entity_id: str | None
    sector: str | None
    name: str = "Somebody"

    def row(self) -> dict[str, Any]:
        """As the record has it."""
        sectors = [self.sector] if self.sector else []
        span = {"start": 0, "end": len(self.name), "text": self.name}
        return {"code": self.code, "sectors": sectors, "entity_id": self.entity_id, "name": self.name, "span": span}


@dataclass(frozen=True)
class Coded:
    """A record; days are counted from `BEGINNING`, and so are articles and stories from 0."""

    number: int
    article: int
    printed: int  # day of the article
    story: int
    event_type: str
    cameo: str
    modes: tuple[str, ...]
    aux: tuple[str, ...]
    who: tuple[Side, ...]
    whom: tuple[Side, ...]
    is_together: bool
    begins: int
    lasts: int
    precision: str
    place: tuple[str, str, int] | None  # name, country, resolution
    words: str
    sentence: str

    @property
    def event_id(self) -> UUID:
        """The record's id."""
        return UUID(int=self.number)

    @property
    def starts_on(self) -> date:
        """First day."""
        return BEGINNING + timedelta(days=self.begins)

    def row(self) -> dict[str, Any]:
        """As the table has it."""
        return {
            "position": self.number + 1,
            "event_id": str(self.event_id),
            "article_id": str(UUID(int=self.article)),
            "extraction_id": str(UUID(int=self.article)),
            "published_on": BEGINNING + timedelta(days=self.printed),
            "event_type": self.event_type,
            "modes": self.modes,
            "quad_code": 1,
            "intensity": 0,
            "cameo": self.cameo,
            "actors": [each.row() for each in self.who],
            "recipients": [each.row() for each in self.whom],
            "reciprocal": self.is_together,
            "starts_on": self.starts_on,
            "ends_on": self.starts_on + timedelta(days=self.lasts),
            "date_precision": self.precision,
            "place": self._place(),
            "place_resolution": self.place and self.place[2],
            "aux": self.aux,
            "is_claim": False,
            "trigger": {"start": self.number, "end": self.number + 1, "text": self.words},
            "evidence": {"start": 0, "end": len(self.sentence), "text": self.sentence},
            "rule": "rule",
            "tier": "sure",
        }

    def _place(self) -> dict[str, Any] | None:
        if self.place is None:
            return None
        name, country, _ = self.place
        span = {"start": 0, "end": len(name), "text": name}
        return {"name": name, "span": span, "entity_id": f"geonames:{name}", "country": country}


def fill(connection: duckdb.DuckDBPyConnection, records: Sequence[Coded]) -> None:
    """Put these records and their articles in place of what is there."""
    articles = list({each.article: each for each in records}.values())
    _replace(connection, "political_event_coded", [each.row() for each in records])
    _replace(connection, "article_cleaned", [_cleaned(each) for each in articles])
    for table, named in _PERIODS.items():
        _replace(connection, table, [_period(each, named) for each in articles])


def _cleaned(of: Coded) -> dict[str, Any]:
    published_on = BEGINNING + timedelta(days=of.printed)
    return {
        "position": of.article,
        "event_id": str(UUID(int=of.article)),
        "article_id": str(UUID(int=of.article)),
        "published_on": published_on,
        "published_at": datetime.combine(published_on, time(12), UTC),
        "publisher": f"paper-{of.article % 3}.example",
    }


def _period(of: Coded, named: str) -> dict[str, Any]:
    number = of.story if named == "story_id" else of.article
    article, other = str(UUID(int=of.article)), str(UUID(int=number))
    return {"article_id": article, named: other, "counts_from": 0, "counts_until": FOREVER}


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(f"TRUNCATE log.{table}")
    if rows:
        connection.register("rows", pa.Table.from_pylist(list(rows)))
        connection.execute(f"INSERT INTO log.{table} BY NAME FROM rows")
        connection.unregister("rows")
