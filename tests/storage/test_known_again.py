"""Pages that turned out to be known: asked for again, at another address, forgotten at all of them."""

from __future__ import annotations

from uuid import UUID

from flows.sources.forgotten_entries import without_entries
from storage.canonical import sha256_hex
from storage.captures import CaptureWriter, read_capture
from storage.events import ArticleAliased, ArticleFetched, ArticleUnchanged
from storage.forgetting.plan import plan
from storage.forgetting.search import search
from storage.home import Home
from storage.log import Log
from storage.records import article_id, record
from storage.state import pending_pages
from storage.watching import Nobody
from tests.storage.everywhere import holders
from tests.storage.kept_articles import Kept, exchange, page, request, take_in, url_of
from tests.storage.records_of import NOON, RUN, context, discovered
from tests.storage.test_forgetting import read_by_all

SECRET = "The heron waited on the third pier at Tete."


def known_again(home: Home) -> Kept:
    """An article with an AMP page beside it, asked for again without news."""
    with CaptureWriter(home, RUN) as writer:
        kept = take_in(home, writer, "heron", SECRET)
        alias = url_of("amp/heron")
        place = writer.exchange(exchange(alias, page(SECRET + " (AMP)")))
        again = writer.revisit(exchange(kept.url, page(SECRET)), kept.url, NOON)
        writer.sync()
    body = page(SECRET + " (AMP)")
    fetched = record(
        ArticleFetched(
            url=alias, final_url=alias, status=200, content_type="text/html", body_sha256=sha256_hex(body),
            body_bytes=len(body), captured_at=NOON, capture=place,
        ),
        article_id(alias),
        context(),
    )  # fmt: skip
    aliased = ArticleAliased(url=alias, article=kept.id, article_url=kept.url, address=kept.url, similarity_percent=100)
    unchanged = ArticleUnchanged(url=kept.url, final_url=kept.url, status=200, asked_at=NOON, capture=again)
    Log(home).append(
        [
            discovered("amp/heron"),
            fetched,
            record(aliased, article_id(alias), context(caused_by=UUID(fetched.event_id))),
            record(unchanged, kept.id, context(occurred_at=NOON)),
        ]
    )
    return kept


def test_an_answer_without_news_points_to_the_capture_and_holds_no_body(home: Home) -> None:
    kept = known_again(home)
    assert read_capture(home, kept.capture).body == page(SECRET)
    [file] = home.captures.glob("*.warc.gz")
    kinds = [kind for kind, _ in read_by_all(file)]
    assert kinds == ["warcinfo", *["response", "request"] * 2, "revisit", "request"]


def test_an_article_is_found_and_forgotten_at_any_of_its_addresses(home: Home) -> None:
    kept = known_again(home)
    alias = url_of("amp/heron")
    wanted = plan(home, alias, [alias], with_same_text=False)
    assert [each.url for each in wanted.articles] == [kept.url, alias]
    assert wanted.captures == 3
    Log(home).append(request(each.article_id) for each in wanted.articles)
    search(home, without_entries, Nobody())
    assert holders(home, "heron waited") == set()


def test_an_entry_that_changes_at_another_address_asks_for_the_article(home: Home) -> None:
    kept = known_again(home)
    assert pending_pages(Log(home)) == []
    Log(home).append([discovered("amp/heron", headline="Corrected")])
    [page_to_ask] = pending_pages(Log(home))
    assert (page_to_ask.article_id, page_to_ask.url) == (kept.id, kept.url)
    Log(home).append([request(kept.id)])
    assert pending_pages(Log(home)) == []
