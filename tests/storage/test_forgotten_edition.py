"""What an edition holds of articles that were forgotten: that they were, and nothing else."""

from __future__ import annotations

from storage.captures import CaptureWriter
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.edition.vocabulary import vocabulary
from storage.events import ArticleDuplicated
from storage.home import Home
from storage.log import Log
from storage.records import record
from storage.vocabulary import Event
from tests.storage.everywhere import holders
from tests.storage.kept_articles import Kept, records, request, take_in
from tests.storage.records_of import NOON, RUN, context, discovered

SECRET, HARMLESS = "The heron waited on the third pier at Tete.", "In Nampula the market opened late."
WORDS = vocabulary({}, [])


def published(home: Home) -> tuple[Kept, Kept]:
    """Two articles, copies of each other, in an edition."""
    with CaptureWriter(home, RUN) as writer:
        secret, other = take_in(home, writer, "secret", SECRET), take_in(home, writer, "other", HARMLESS)
    one, two = sorted((secret.id, other.id))
    pair: Event = ArticleDuplicated(other_article=str(two), relation="copy", similarity_percent=90)
    Log(home).append([record(pair, one, context())])
    publish(home, WORDS)
    return secret, other


def in_edition(home: Home) -> set[str]:
    found = holders(home, "heron waited", "Headline of https://example.org/secret")
    return {name for name in found if "duckdb" in name}


def test_words_headlines_and_pairs_leave_the_edition_and_its_files(home: Home) -> None:
    secret, other = published(home)
    assert in_edition(home) == {"dateline.duckdb", "edition/base.duckdb"}
    Log(home).append([request(secret.id)])
    assert publish(home, WORDS).rebuilt
    assert in_edition(home) == set()
    streams = "SELECT record_type FROM log.events WHERE stream = 'article:' || $id ORDER BY 1"
    assert ask(home, streams, {"id": str(secret.id)}).rows == [("ArticleForgotten",)]
    asked = ask(home, "SELECT article_id, reason FROM log.article_forgotten").rows
    assert asked == [(secret.id, "asked by the family")]
    assert ask(home, "SELECT count(*) FROM log.article_duplicated").rows == [(0,)]
    assert ask(home, "SELECT url, text, story_id FROM articles").rows == [(other.url, HARMLESS, other.id)]
    assert ask(home, "SELECT url FROM articles_as_of(5)").rows == []


def test_neither_a_later_record_nor_a_rebuild_brings_it_back(home: Home) -> None:
    secret, _ = published(home)
    Log(home).append([request(secret.id)])
    publish(home, WORDS)
    late = Kept(secret.url, SECRET + " Late.", secret.capture)
    brought = records(late, final=secret.url, at=NOON.replace(hour=13))
    Log(home).append([discovered("secret", headline="Back"), *brought])
    assert publish(home, WORDS).rebuilt is False
    step_by_step = ask(home, "FROM log.events ORDER BY position").rows
    assert publish(home, WORDS, rebuild=True).rebuilt
    assert ask(home, "FROM log.events ORDER BY position").rows == step_by_step
    assert in_edition(home) == set()


def test_a_killed_publishers_drafts_go_with_the_next_edition(home: Home) -> None:
    secret, _ = published(home)
    home.edition.with_name(".dateline.duckdb.1").write_text(SECRET)
    spilled = home.base.with_name("base.duckdb.tmp")
    spilled.mkdir()
    (spilled / "block").write_text(SECRET)
    Log(home).append([request(secret.id)])
    publish(home, WORDS)
    assert in_edition(home) == set()
