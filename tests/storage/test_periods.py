"""What counts from when until when, against its definition by window functions, at every position of random logs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.edition.periods import PERIODS, TOUCHED, bring_up_to_date, make_anew
from storage.edition.stories import FOREVER, Link, Membership, relabelled
from storage.edition.vocabulary import vocabulary
from tests.storage.empty import empty_edition
from tests.storage.records_of import NOON
from tests.storage.weather import RAIN, RainSeen

ARTICLES = [UUID(int=number) for number in (7, 3, 5)]
MANY = settings(max_examples=25, suppress_health_check=list(HealthCheck))
Row = tuple[Any, ...]
Fact = tuple[str, str]

# the definitions: slow, and free of periods
TEXTS = """
SELECT cleaned.article_id, cleaned.text_sha256, cleaned.event_id, fetched.captured_at
FROM log.article_cleaned AS cleaned
JOIN log.article_fetched AS fetched ON cleaned.caused_by = fetched.event_id
ANTI JOIN log.article_rejected AS rejected
    ON rejected.caused_by = cleaned.caused_by
    AND rejected.position <= {commit}
    AND (rejected.producer_version, rejected.position) > (cleaned.producer_version, cleaned.position)
WHERE cleaned.position <= {commit}
QUALIFY row_number() OVER (
    PARTITION BY cleaned.article_id
    ORDER BY fetched.captured_at DESC, cleaned.producer_version DESC, cleaned.position DESC
) = 1"""
READINGS = f"""
SELECT article_id, extraction_id, text_sha256, producer, version
FROM log.extraction_completed
SEMI JOIN ({TEXTS}) USING (article_id, text_sha256)
WHERE position <= {{commit}}
QUALIFY row_number() OVER (PARTITION BY article_id, producer ORDER BY version DESC, position DESC) = 1"""
FINDINGS = f"""
SELECT position, article_id
FROM log.events
SEMI JOIN ({READINGS}) USING (extraction_id)
WHERE position <= {{commit}} AND record_type = 'RainSeen'"""
STORIES = f"""
WITH RECURSIVE
pairs AS (
    SELECT article_id, other_article::UUID AS other_id FROM log.article_duplicated
    WHERE position <= {{commit}} AND similarity_percent >= 50
    UNION
    SELECT other_article::UUID, article_id FROM log.article_duplicated
    WHERE position <= {{commit}} AND similarity_percent >= 50
),
reached(article_id, other_id) AS (
    FROM pairs
    UNION
    SELECT reached.article_id, pairs.other_id FROM reached JOIN pairs ON reached.other_id = pairs.article_id
),
named AS (SELECT article_id, min(other_id) AS other_id FROM reached GROUP BY article_id)
SELECT texts.article_id, least(texts.article_id, coalesce(named.other_id, texts.article_id))
FROM ({TEXTS}) AS texts
LEFT JOIN named ON texts.article_id = named.article_id"""
DEFINITIONS = {
    "SELECT article_id, text_sha256, event_id, captured_at FROM current_texts": TEXTS,
    "SELECT article_id, extraction_id, text_sha256, producer, version FROM current_extractions": READINGS,
    "SELECT position, article_id FROM current_events": FINDINGS,
    "SELECT article_id, story_id FROM story_members": STORIES,
}


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A row of a table that periods are made of: the table, and its columns as SQL."""
    article = draw(st.sampled_from(ARTICLES))
    text, producer = draw(st.sampled_from(["one", "two"])), draw(st.sampled_from(["rain", "rain", "hail"]))
    capture, version = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    by = f"UUID '{UUID(int=article.int * 100 + capture)}' AS caused_by, {version} AS producer_version"
    extraction = UUID(int=article.int * 1000 + (text == "two") * 100 + (producer == "hail") * 10 + version)
    reading = f"UUID '{extraction}' AS extraction_id"
    closing = f"'{text}' AS text_sha256, '{producer}' AS producer, {version} AS version"
    captured_at = f"TIMESTAMPTZ '{NOON + timedelta(days=capture)}' AS captured_at"
    kinds = {
        "article_cleaned": f"{by}, '{text}' AS text_sha256",
        "article_rejected": by,
        "extraction_completed": f"{reading}, {closing}, NULL AS supersedes",
        "rain_seen": reading,
        "article_duplicated": f"'{draw(st.sampled_from(ARTICLES))}' AS other_article,"
        f" {draw(st.sampled_from([49, 50, 100]))} AS similarity_percent",
        "article_fetched": f"UUID '{UUID(int=article.int * 100 + capture)}' AS event_id, {captured_at}",
    }
    table = draw(st.sampled_from([*kinds, "article_cleaned", "extraction_completed", "rain_seen"]))
    return table, f"UUID '{article}' AS article_id, {kinds[table]}"


def first_of_each(history: Sequence[Fact]) -> list[Fact]:
    """A capture is taken once, before anything is made of it; a reading is closed again only when it returns."""
    fetched = [fact for fact in dict.fromkeys(history) if fact[0] == "article_fetched"]
    closed: set[str] = set()
    others: list[Fact] = []
    for table, columns in history:
        returns = table == "extraction_completed" and columns in closed
        if table != "article_fetched":
            again = columns.replace("NULL AS supersedes", "uuid() AS supersedes")
            others.append((table, again if returns else columns))
        closed.add(columns)
    return [*fetched, *others]


batches = st.lists(st.lists(facts(), min_size=1, max_size=5), min_size=1, max_size=7)


@pytest.fixture(scope="module")
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty edition in memory."""
    with empty_edition(vocabulary({"RainSeen": RainSeen}, [RAIN])) as connection:
        yield connection


def take_in(tables: duckdb.DuckDBPyConnection, batch: Sequence[Fact], position: int) -> int:
    """Add a commit behind a position, and say where it ends."""
    for table, columns in batch:
        position += 1
        own = "" if "event_id" in columns else f", UUID '{UUID(int=position)}' AS event_id"
        tables.execute(f"INSERT INTO log.{table} BY NAME SELECT {position} AS position, {columns}{own}")
        kind = "".join(word.capitalize() for word in table.split("_"))
        of = "extraction_id" if "extraction_id" in columns else "NULL AS extraction_id"
        tables.execute(
            "INSERT INTO log.events BY NAME"
            f" SELECT {position} AS position, '{kind}' AS record_type, article_id, {of} FROM (SELECT {columns})"
        )
    tables.execute(f"INSERT INTO log.batch_committed BY NAME SELECT {position + 1} AS position")
    return position + 1


def touch(tables: duckdb.DuckDBPyConnection, after: int) -> None:
    for table in ("article_cleaned", "article_rejected", "extraction_completed", "rain_seen"):
        tables.execute(f"INSERT INTO touched SELECT article_id FROM log.{table} WHERE position > {after}")


def rows(tables: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    return tables.execute(f"FROM ({query}) ORDER BY ALL").fetchall()


@MANY
@given(batches=batches, chance=st.randoms(use_true_random=False))
def test_periods_say_at_every_position_what_counted_there(
    tables: duckdb.DuckDBPyConnection, batches: list[list[Fact]], chance: Any
) -> None:
    tables.begin()
    try:
        tables.execute(TOUCHED.replace("TABLE", "TABLE IF NOT EXISTS"))
        history = iter(first_of_each([fact for batch in batches for fact in batch]))
        position = done = 0
        for batch in batches:
            position = take_in(tables, [fact for fact, _ in zip(history, batch, strict=False)], position)
            if chance.random() < 0.5:
                tables.execute("DELETE FROM touched")
                touch(tables, done)
                bring_up_to_date(tables, done)
                done = position
        position = take_in(tables, [*history], position)
        tables.execute("DELETE FROM touched")
        touch(tables, done)
        bring_up_to_date(tables, done)
        for view, definition in DEFINITIONS.items():
            for commit in sorted({*chance.sample(range(position), 5 if position > 5 else 1), position}):
                as_of = f"{view}_as_of({commit})"
                assert rows(tables, as_of) == rows(tables, definition.format(commit=commit)), (view, commit)
            assert rows(tables, view) == rows(tables, f"{view}_as_of({position})"), view
        bit_by_bit = [rows(tables, f"FROM log.{table}") for table in PERIODS]
        for table, before in zip(PERIODS, bit_by_bit, strict=True):
            make_anew(tables, table)
            assert rows(tables, f"FROM log.{table}") == before, table
    finally:
        tables.rollback()


def test_a_reading_from_before_its_text_counts_from_the_text_on(tables: duckdb.DuckDBPyConnection) -> None:
    article, capture, reading = (f"UUID '{UUID(int=number)}'" for number in (7, 8, 9))
    history = [
        ("article_fetched", f"{capture} AS event_id, TIMESTAMPTZ '{NOON}' AS captured_at"),
        ("extraction_completed", f"{reading} AS extraction_id, 'one' AS text_sha256, 'rain' AS producer, 1 AS version"),
        ("rain_seen", f"{reading} AS extraction_id"),
        ("article_cleaned", f"{capture} AS caused_by, 1 AS producer_version, 'one' AS text_sha256"),
    ]
    tables.begin()
    try:
        tables.execute(TOUCHED)
        take_in(tables, [(table, f"{article} AS article_id, {columns}") for table, columns in history], 0)
        touch(tables, 0)
        bring_up_to_date(tables, 0)
        found = [len(rows(tables, f"FROM current_events_as_of({commit})")) for commit in range(6)]
        assert found == [0, 0, 0, 0, 1, 1]
    finally:
        tables.rollback()


numbers = st.integers(1, 12)


@settings(max_examples=200)
@given(st.lists(st.tuples(numbers, numbers), max_size=14), st.integers(0, 14))
def test_stories_take_the_smallest_name_whenever_links_come(pairs: list[tuple[int, int]], cut: int) -> None:
    links = [Link(position, UUID(int=one), UUID(int=other)) for position, (one, other) in enumerate(pairs, 1)]
    first = list(relabelled([], links[:cut]))
    standing = [each for each in first if each.counts_until == FOREVER]
    ended = [each for each in first if each.counts_until < FOREVER]
    told = [*ended, *relabelled(standing, links[cut:])]
    for position in range(len(links) + 2):
        found = {each.article_id: each.story_id for each in told if each.counts_from <= position < each.counts_until}
        assert found == by_walking(links[:position])
    assert len({(each.article_id, each.counts_from) for each in told}) == len(told)


def by_walking(links: Sequence[Link]) -> dict[UUID, UUID]:
    """The smallest member of the story of every article that is linked."""
    stories: list[set[UUID]] = []
    for _, one, other in (link for link in links if link.one != link.other):
        joined = {one, other}.union(*(story for story in stories if story & {one, other}))
        stories = [story for story in stories if not story & joined] + [joined]
    return {article: min(story) for story in stories for article in story}


def test_a_story_that_takes_another_name_keeps_its_past() -> None:
    a, b, c = (UUID(int=number) for number in (1, 2, 3))
    told = sorted(relabelled([], [Link(10, b, c), Link(20, c, a)]))
    assert told == [Membership(a, a, 20), Membership(b, a, 20), Membership(b, b, 10, 20),
                    Membership(c, a, 20), Membership(c, b, 10, 20)]  # fmt: skip
