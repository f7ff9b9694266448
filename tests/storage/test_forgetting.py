from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from flows.sources.forgotten_entries import without_entries
from storage.canonical import sha256_hex
from storage.captures import CaptureForgottenError, CaptureWriter, read_capture
from storage.forgetting import captures as searching
from storage.forgetting.members import members
from storage.forgetting.plan import SharedAddressError, plan
from storage.forgetting.search import Removed, search
from storage.forgetting.stored_texts import DamagedTextsError, remove_texts
from storage.home import Home
from storage.log import Log
from storage.state import fingerprints, pending_pages
from storage.state.articles import forgotten_articles
from storage.texts import TextStore
from storage.watching import Nobody
from tests.storage.everywhere import holders
from tests.storage.kept_articles import (
    FEED,
    Kept,
    exchange,
    page,
    polled,
    records,
    request,
    take_in,
    url_of,
)
from tests.storage.records_of import DAY, NOON, RUN, discovered

SECRET = "The heron waited on the third pier at Tete."
CORRECTED = "The heron waited on the fourth pier at Tete."
HARMLESS = "In Nampula the market opened late, and nobody minded."
WORDS = ("heron waited", "pier at Tete")


def forget(home: Home, *articles: UUID, cut: searching.CutFeed = without_entries) -> Removed:
    Log(home).append(request(each) for each in articles)
    return search(home, cut, Nobody())


def two(home: Home) -> tuple[Kept, Kept]:
    """An article to be forgotten between two others."""
    with CaptureWriter(home, RUN) as writer:
        before = take_in(home, writer, "before", HARMLESS)
        secret = take_in(home, writer, "secret", SECRET)
        take_in(home, writer, "after", HARMLESS + " It rained.")
    return before, secret


def read_by_all(file: Path) -> list[tuple[str, int]]:
    """Kinds and offsets of the records of a file, as two readers agree on them; digests are checked."""
    with file.open("rb") as stream:
        records = FastIterator(stream, parse_http=True)
        fast = [(each.headers["WARC-Type"], each.reader.read(), each.stream_pos) for each in records]
    with file.open("rb") as stream:
        iterator = ArchiveIterator(stream, check_digests="raise")
        warcio = [(each.rec_type, each.raw_stream.read(), iterator.get_record_offset()) for each in iterator]
    assert warcio == fast
    return [(kind, offset) for kind, _, offset in fast]


def test_an_article_is_gone_from_every_file_and_the_others_are_not(home: Home) -> None:
    before, secret = two(home)
    log_before = {file: Path(file).read_bytes() for file in Log(home).files()}
    assert holders(home, *WORDS) != set()
    assert forget(home, secret.id) == Removed(captures=1, texts=1)
    assert holders(home, *WORDS) == set()
    assert read_capture(home, before.capture).body == page(HARMLESS)
    assert TextStore(home).get([before.text_sha256]) == {before.text_sha256: HARMLESS}
    assert {file: Path(file).read_bytes() for file in log_before} == log_before
    with pytest.raises(CaptureForgottenError, match="its article was forgotten"):
        read_capture(home, secret.capture)


def test_what_a_killed_reader_spilled_goes_as_well(home: Home) -> None:
    _, secret = two(home)
    spilled = home.root / "dateline.duckdb.tmp" / "duckdb_temp_storage_DEFAULT-0.tmp"
    spilled.parent.mkdir()
    spilled.write_text(WORDS[0])
    forget(home, secret.id)
    assert holders(home, *WORDS) == set()


def test_every_other_record_stays_where_it_was_for_every_reader(home: Home) -> None:
    _, secret = two(home)
    [file] = home.captures.iterdir()
    size, was = file.stat().st_size, read_by_all(file)
    forget(home, secret.id)
    now = read_by_all(file)
    assert file.stat().st_size == size
    assert [offset for _, offset in now] == [offset for _, offset in was]
    changed = [(one[0], other[0]) for one, other in zip(was, now, strict=True) if one != other]
    assert changed == [("response", "metadata"), ("request", "metadata")]


def test_a_large_page_and_a_local_file_go_as_well(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        large = take_in(home, writer, "large", SECRET + os.urandom(200_000).hex())
        place = writer.resource("urn:sha256:ab", "text/plain", SECRET.encode(), NOON)
    local = Kept("urn:sha256:ab", SECRET, place)
    Log(home).append(records(local, final="urn:sha256:ab"))
    forget(home, large.id, local.id)
    assert holders(home, *WORDS) == set()
    assert [kind for kind, _ in read_by_all(home.captures / place.warc)] == ["warcinfo", *["metadata"] * 3]


def test_what_nothing_points_to_goes_too(home: Home) -> None:
    """Crashes leave captures and texts without a record, segments outside the table, records cut short."""
    _, secret = two(home)
    with CaptureWriter(home, UUID(int=1)) as writer:
        orphan = writer.exchange(exchange(secret.url, page(CORRECTED)))
        torn = writer.exchange(exchange(secret.url, page(SECRET + os.urandom(5_000).hex())))
    TextStore(home).put([CORRECTED])
    os.truncate(home.captures / torn.warc, torn.offset + 3_000)
    beside = home.texts / "part-beside.parquet"
    beside.write_bytes(Path(TextStore(home).files()[0]).read_bytes())
    (home.texts / "part-torn.parquet").write_bytes(SECRET.encode())
    forget(home, secret.id)
    assert holders(home, *WORDS) == set()
    assert [kind for kind, _ in read_by_all(home.captures / orphan.warc)] == ["warcinfo", *["metadata"] * 3]


def test_a_text_stays_until_the_last_of_its_articles_is_forgotten(home: Home) -> None:
    _, secret = two(home)
    with CaptureWriter(home, UUID(int=1)) as writer:
        other = take_in(home, writer, "other", SECRET)
    assert forget(home, secret.id).texts == 0
    assert TextStore(home).get([secret.text_sha256]) == {secret.text_sha256: SECRET}
    assert read_capture(home, other.capture).body == page(SECRET)
    assert forget(home, other.id).texts == 1
    assert holders(home, *WORDS) == set()


def test_a_page_that_another_article_was_redirected_to_stays(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        secret = take_in(home, writer, "secret", SECRET, final="same")
        other = take_in(home, writer, "other", HARMLESS, final="same")
    forget(home, secret.id)
    assert holders(home, *WORDS) == set()
    assert read_capture(home, other.capture).body == page(HARMLESS)
    assert [kind for kind, _ in read_by_all(home.captures / other.capture.warc)][-2:] == ["response", "request"]


def feed_of(*entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>About {name}</title><link>{url_of(name)}?utm_source=rss&amp;</link>"
        f"<description><![CDATA[<b>{words}</b>]]></description></item>\n"
        for name, words in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


@pytest.mark.parametrize("coding", ["", "gzip", "br", "zstd"])
def test_a_kept_feed_loses_the_entry_and_nothing_else(home: Home, coding: str) -> None:
    _, secret = two(home)
    words = f"{SECRET} It left before the ferry from the other bank came back, and no one saw where it went."
    body = feed_of(("before", HARMLESS), ("secret", words), ("after", f"See {secret.url} too."))
    with CaptureWriter(home, UUID(int=1)) as writer:
        place = writer.exchange(exchange(FEED, body, coding, "application/rss+xml"))
    Log(home).append([polled(place, body)])
    assert forget(home, secret.id).feed_answers == 1
    kept = read_capture(home, place)
    assert holders(home, *WORDS) == set()
    assert kept.is_shortened
    assert kept.body == feed_of(("before", HARMLESS), ("after", f"See {secret.url} too.")).replace(
        b"</item>\n<item><title>About after", b"</item>\n\n<item><title>About after"
    )
    read_by_all(home.captures / place.warc)


def test_a_feed_that_cannot_be_cut_goes_whole(home: Home) -> None:
    _, secret = two(home)
    body = feed_of(("secret", f"</item> {SECRET}"), ("after", HARMLESS))
    with CaptureWriter(home, UUID(int=1)) as writer:
        place = writer.exchange(exchange(FEED, body))
    Log(home).append([polled(place, body)])
    forget(home, secret.id)
    assert holders(home, *WORDS) == set()
    with pytest.raises(CaptureForgottenError):
        read_capture(home, place)


def test_a_json_feed_loses_its_item() -> None:
    feed = b'{"version":"https://jsonfeed.org/version/1.1","title":"N","items":[%s,%s]}'
    one, other = b'{"id":"1","url":"https://example.org/secret"}', b'{"id":"2","url":"https://example.org/b"}'
    cut = without_entries(feed % (one, other), "application/feed+json", FEED, frozenset({url_of("secret")}))
    assert cut == (feed % (one, other)).replace(one + b",", b"")


def test_an_entry_with_a_relative_link_is_found(home: Home) -> None:
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'
    entry = b'<entry><title>S</title><link href="/secret"/></entry>'
    assert without_entries(feed % entry, None, FEED, frozenset({url_of("secret")})) == feed % b""
    assert without_entries(feed % entry, None, FEED, frozenset({url_of("other")})) == feed % entry
    assert home


def test_what_is_no_feed_is_left_unless_it_names_the_article() -> None:
    articles = frozenset({url_of("secret")})
    assert without_entries(b"<html>nothing</html>", None, FEED, articles) == b"<html>nothing</html>"
    assert without_entries(b"<html>https://example.org/%73ecret</html>", None, FEED, articles) is None


def nothing(*_: Any) -> None:
    pass


def half_written(file: Any, offset: int, data: bytes) -> None:
    file.seek(offset)
    file.write(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("step", "before"),
    [
        ("search.traces_of", nothing),
        ("captures._write_at", nothing),
        ("captures._write_at", half_written),
        ("search.remove_texts", nothing),
        ("stored_texts.remove_segment", nothing),
        ("search.Searched.save", nothing),
    ],
)
def test_a_forgetting_that_broke_is_finished_by_the_next(
    home: Home, monkeypatch: pytest.MonkeyPatch, step: str, before: Callable[..., None]
) -> None:
    other, secret = two(home)
    stored = sum(pq.read_metadata(file).num_rows for file in TextStore(home).files())

    def broken(*arguments: Any) -> None:
        monkeypatch.undo()
        before(*arguments)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(f"storage.forgetting.{step}", broken)
    with pytest.raises(OSError, match="Input/output"):
        forget(home, secret.id)
    assert len(forgotten_articles(Log(home))) == 1
    search(home, without_entries, Nobody())
    assert holders(home, *WORDS) == set()
    assert read_capture(home, other.capture).body == page(HARMLESS)
    assert sum(pq.read_metadata(file).num_rows for file in TextStore(home).files()) == stored - 1
    read_by_all(home.captures / secret.capture.warc)


def test_a_lost_note_of_what_was_searched_only_costs_another_search(home: Home) -> None:
    _, secret = two(home)
    forget(home, secret.id)
    was = (home.captures / secret.capture.warc).read_bytes()
    home.forgotten.write_bytes(b"{")
    assert search(home, without_entries, Nobody()) == Removed()
    assert (home.captures / secret.capture.warc).read_bytes() == was


def test_a_home_that_has_nothing_to_forget_is_not_touched(home: Home) -> None:
    two(home)
    assert search(home, without_entries, Nobody()) == Removed()
    assert not home.forgotten.exists()


def test_what_a_run_under_way_brings_in_later_goes_with_the_next_search(home: Home) -> None:
    """Its capture is written before, at an address that nobody knows yet, and named by the log afterwards."""
    before, secret = two(home)
    with CaptureWriter(home, UUID(int=1)) as writer:
        place = writer.exchange(exchange(url_of("moved"), page(CORRECTED)))
        forget(home, secret.id)
        late = Kept(secret.url, CORRECTED, place)
        TextStore(home).put([CORRECTED])
        Log(home).append(records(late, final=url_of("moved"), at=NOON.replace(hour=13)))
        assert search(home, without_entries, Nobody()) == Removed(captures=1, texts=1)
    assert holders(home, *WORDS) == set()
    assert read_capture(home, before.capture).body == page(HARMLESS)


def test_the_end_of_a_file_that_is_being_written_is_left_until_it_is_whole(home: Home) -> None:
    _, secret = two(home)
    with CaptureWriter(home, UUID(int=1)) as writer:
        place = writer.exchange(exchange(secret.url, page(SECRET)))
        path = home.captures / place.warc
        whole = path.read_bytes()
        os.truncate(path, len(whole) - 700)
        forget(home, secret.id)
        with path.open("r+b") as rest:
            rest.seek(len(whole) - 700)
            rest.write(whole[-700:])
        assert [each.kind for each in members(path)] == ["warcinfo", "response", "request"]
    search(home, without_entries, Nobody())
    assert holders(home, *WORDS) == set()
    assert [kind for kind, _ in read_by_all(path)] == ["warcinfo", "metadata", "metadata"]


def put_many(root: str, commits: int) -> None:
    for number in range(commits):
        TextStore(Home(Path(root))).put([f"{HARMLESS} {number}"])


def test_texts_are_removed_beside_a_process_that_puts_others(home: Home) -> None:
    store, secrets = TextStore(home), [f"{SECRET} {number}" for number in range(4)]
    for secret in secrets:
        store.put([secret, f"{HARMLESS} beside {secret[-1]}"])
    writer = multiprocessing.get_context("spawn").Process(target=put_many, args=(str(home.root), 8))
    writer.start()
    for secret in secrets:
        remove_texts(store, [sha256_hex(secret.encode())])
    writer.join()
    assert writer.exitcode == 0
    assert holders(home, *WORDS) == set()
    put = [f"{HARMLESS} {number}" for number in range(8)] + [f"{HARMLESS} beside {number}" for number in range(4)]
    assert sorted(store.get(sha256_hex(text.encode()) for text in put).values()) == sorted(put)
    assert store.table().count() == len(put)


def test_a_damaged_file_of_the_text_store_is_told(home: Home) -> None:
    _, secret = two(home)
    file = Path(TextStore(home).files()[0])
    file.write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(DamagedTextsError, match="cannot be read"):
        forget(home, secret.id)


def test_a_forgotten_article_is_not_fetched_and_is_nobodys_copy(home: Home) -> None:
    _, secret = two(home)
    log = Log(home)
    log.append([discovered("secret", headline="Changed"), discovered("fresh")])
    assert {each.url for each in pending_pages(log)} == {secret.url, url_of("fresh")}
    forget(home, secret.id)
    assert {each.url for each in pending_pages(log)} == {url_of("fresh")}
    assert secret.id not in {each.article_id for each in fingerprints(log, DAY, DAY)}
    assert Log(home).append([request(secret.id)]).new_ids == frozenset()


def test_another_address_finds_the_article_it_belongs_to_unless_several_claim_it(home: Home) -> None:
    with CaptureWriter(home, RUN) as writer:
        secret = take_in(home, writer, "secret?id=1", SECRET, final="moved", canonical=url_of("secret"))
        for address in (secret.url, url_of("moved"), url_of("secret"), str(secret.id)):
            assert [each.url for each in plan(home, address, [], with_same_text=False).articles] == [secret.url]
        other = take_in(home, writer, "secret?id=2", HARMLESS, canonical=url_of("secret"))
        with pytest.raises(SharedAddressError, match="2 articles name") as refused:
            plan(home, url_of("secret"), [], with_same_text=False)
        assert [each.url for each in refused.value.found] == [secret.url, other.url]
        exact = take_in(home, writer, "secret", "Another page of that address.")
    assert [each.url for each in plan(home, url_of("secret"), [], with_same_text=False).articles] == [exact.url]
