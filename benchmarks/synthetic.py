"""A seeded home of any size: log segments and texts straight from Arrow, without the flows that would make them.

The mix is that of real nights: an article's life is some six records and 25 findings; of earlier articles 3% are
corrected and 2% read again by a newer extractor; 30% are linked with a copy. The digests chain nothing, and a text's
key is not its SHA-256.
"""

from __future__ import annotations

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

ARTICLES_IN_BATCH = 1_600  # some 50,000 records
_SQL = Path(__file__).with_name("synthetic_rows.sql").read_text("utf-8")
_BEGINNING, _DAYS = date(2026, 1, 1), 365
_SENTENCES = 100_000
_SENTENCES_IN_TEXT = 24
_SHORTEST_TEXT = 2_300  # spans end before


class SyntheticHome:
    """Appends batches to a home; the same seed gives the same records whenever they are made."""

    def __init__(self, home: Home, seed: int = 1) -> None:
        self._home, self._seed = home, seed
        self._sentences = _sentences(np.random.default_rng(seed))
        self.position = self.articles = 0

    def fill(self, events: int) -> None:
        """Append batches until the log holds so many records, spread over a year."""
        while self.position < events:
            self.append(ARTICLES_IN_BATCH, _BEGINNING + timedelta(days=min(self.position * _DAYS // events, _DAYS - 1)))

    def append(self, articles: int, day: date | None = None) -> None:
        """Append one batch of so many new articles and what follows from them."""
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
        self._write(self._home.texts, self._texts_of(batch))
        self._write(self._home.log, batch)
        self.position += batch.num_rows
        self.articles += articles

    def _texts_of(self, batch: pa.Table) -> pa.Table:
        """A text for each key that the batch's cleaned articles name."""
        cleaned = batch.filter(pc.equal(batch["record_type"], "ArticleCleaned"))
        keys = _keys(cleaned["payload"])
        picked = np.random.default_rng([self._seed, self.articles]).integers(
            0, _SENTENCES, (len(keys), _SENTENCES_IN_TEXT)
        )
        words = ["\n\n".join(self._sentences[each] for each in one).ljust(_SHORTEST_TEXT) for one in picked]
        return pa.table({"text_sha256": keys, "text": words}, texts.SCHEMA)

    def _write(self, path: Path, table: pa.Table) -> None:
        path.mkdir(parents=True, exist_ok=True)
        write_deltalake(path, table, mode="append", writer_properties=WriterProperties(compression="ZSTD"))


def _keys(payloads: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.struct_field(
        pc.extract_regex(payloads, r'"text_sha256":"(?P<text_sha256>[0-9a-f]{64})"'), ["text_sha256"]
    )


def _sentences(rng: np.random.Generator) -> list[str]:
    """Sentences of invented words that are as unevenly frequent as real ones; some open with a quotation mark."""
    syllables = [
        first + vowel + last for first in "bdfgklmnprstvz" for vowel in "aeiou" for last in ("", "n", "r", "s")
    ]
    picked = rng.integers(0, len(syllables), (20_000, 3))
    words = ["".join(syllables[each] for each in one[: 1 + number % 3]) for number, one in enumerate(picked)]
    ranks = rng.zipf(1.1, (_SENTENCES, 17)) % len(words)
    return [
        ("“" if number % 4 == 0 else "")
        + " ".join(words[each] for each in one).capitalize()
        + ("”." if number % 4 == 0 else ".")
        for number, one in enumerate(ranks)
    ]
