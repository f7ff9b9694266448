"""A seeded home of any size: segments and texts written straight from Arrow, without the flows that would make them.

The mix is that of real nights: an article's life is some six records and 25 findings, payloads 540 bytes on average;
of earlier articles 3% are corrected and 2% read again by a newer extractor; 30% are linked with a copy. Statements
quote about as much as a text has. The digests chain nothing, and a text's key is not its SHA-256.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import WriterProperties, write_deltalake

from storage import rows, texts
from storage.home import Home
from storage.log import Log

ARTICLES_IN_BATCH = 1_600  # some 50,000 records
_SQL = Path(__file__).with_name("synthetic_rows.sql").read_text("utf-8")
_BEGINNING, _DAYS = date(2026, 1, 1), 365
_SENTENCES = 100_000
_SENTENCES_IN_TEXT = 24
_SHORTEST_TEXT = 2_300  # spans end before


class SyntheticHome:
    """Appends batches to a home, whether empty or filled by another of these; the same seed gives the same records."""

    def __init__(self, home: Home, seed: int = 1) -> None:
        self._home, self._seed = home, seed
        self._sentences = _sentences(np.random.default_rng(seed))
        self.position, self.articles = Log(home).head().position, _articles(home)

    def fill(self, events: int, told: Callable[[int], None] = lambda _: None) -> None:
        """Append batches until the log holds so many records, spread over a year."""
        while self.position < events:
            self.append(ARTICLES_IN_BATCH, _BEGINNING + timedelta(days=min(self.position * _DAYS // events, _DAYS - 1)))
            told(self.position)

    def append(self, articles: int, day: date | None = None) -> int:
        """Append one batch of so many new articles and what follows from them; how many records that are."""
        given = {
            "seed": self._seed,
            "first": self.articles,
            "articles": articles,
            "day": day or _BEGINNING + timedelta(days=_DAYS),
            "position": self.position + 1,
        }
        with closing(duckdb.connect()) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            batch = connection.sql(_SQL, params=given).to_arrow_table().cast(rows.SCHEMA)
        _write(self._home.texts, self._texts_of(batch))
        _write(self._home.log, batch)
        self.position += batch.num_rows
        self.articles += articles
        return batch.num_rows

    def _texts_of(self, batch: pa.Table) -> pa.Table:
        """A text for each key that the batch's cleaned articles name."""
        cleaned = batch.filter(pc.equal(batch["record_type"], "ArticleCleaned"))
        keys = pc.extract_regex(cleaned["payload"], r'"text_sha256":"(?P<key>[0-9a-f]{64})"')
        picked = np.random.default_rng([self._seed, self.articles]).integers(
            0, _SENTENCES, (len(keys), _SENTENCES_IN_TEXT)
        )
        words = ["\n\n".join(self._sentences[each] for each in one).ljust(_SHORTEST_TEXT) for one in picked]
        return pa.table({"text_sha256": pc.struct_field(keys, ["key"]), "text": words}, texts.SCHEMA)


def _write(path: Path, table: pa.Table) -> None:
    path.mkdir(parents=True, exist_ok=True)
    write_deltalake(path, table, mode="append", writer_properties=WriterProperties(compression="ZSTD"))


def _articles(home: Home) -> int:
    """How many articles the log has discovered."""
    files = Log(home).files()
    if not files:
        return 0
    query = "SELECT count(*) FROM read_parquet($files) WHERE record_type = 'ArticleDiscovered'"
    with closing(duckdb.connect()) as connection:
        return int(connection.execute(query, {"files": files}).fetchall()[0][0])


def _sentences(rng: np.random.Generator) -> list[str]:
    """Sentences of invented words that are as unevenly frequent as real ones; a quarter stands in quotation marks."""
    syllables = [
        first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "s")
    ]
    picked = rng.integers(0, len(syllables), (20_000, 3))
    words = ["".join(syllables[each] for each in one[: 1 + number % 3]) for number, one in enumerate(picked)]
    ranks = rng.zipf(1.1, (_SENTENCES, 17)) % len(words)
    plain = (" ".join(words[each] for each in one).capitalize() for one in ranks)
    return [f"“{each}”." if number % 4 == 0 else f"{each}." for number, each in enumerate(plain)]
