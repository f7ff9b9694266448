from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.sources.wayback import Archive, Capture, IndexFormatError, candidates

MACHINE, PYWB = Archive(), Archive("http://127.0.0.1:8080/news")
SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 31)


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def test_the_two_dialects_are_told_apart_by_their_addresses() -> None:
    assert [MACHINE.is_wayback, Archive("https://web.archive.org/web/").is_wayback, PYWB.is_wayback] == [
        True,
        True,
        False,
    ]


def test_both_are_asked_for_pages_of_a_site_in_a_range() -> None:
    url = MACHINE.index_url("example.org", SINCE, UNTIL, "key")
    assert url.startswith("https://web.archive.org/cdx/search/cdx?")
    assert asked(url) == {
        "url": ["http://example.org/"],
        "matchType": ["domain"],
        "from": ["20260301"],
        "to": ["20260331"],
        "output": ["json"],
        "filter": ["statuscode:200"],
        "fl": ["timestamp,original,mimetype,digest"],
        "collapse": ["digest"],
        "limit": ["5000"],
        "showResumeKey": ["true"],
        "resumeKey": ["key"],
    }
    other = asked(PYWB.index_url("example.org/world", SINCE, UNTIL))
    assert (other["url"], other["matchType"], other["filter"]) == (
        ["http://example.org/world"],
        ["prefix"],
        ["=status:200"],
    )


def test_the_key_to_go_on_by_is_given_back_as_it_was_printed() -> None:
    printed = "org%2Cexample%29%2Fb+20260304171500%21"
    assert MACHINE.index_url("example.org", SINCE, UNTIL, printed).endswith(f"&resumeKey={printed}")
    plain = MACHINE.index_url("example.org", SINCE, UNTIL, "org,example)/b 20260304171500!")
    assert plain.endswith(f"&resumeKey={printed}")


def test_copies_are_asked_for_byte_for_byte() -> None:
    capture = Capture("20260304171500", "https://example.org/a", "AB")
    assert MACHINE.copy_url(capture) == "https://web.archive.org/web/20260304171500id_/https://example.org/a"
    assert PYWB.copy_url(capture) == "http://127.0.0.1:8080/news/20260304171500id_/https://example.org/a"


def table(*rows: list[str]) -> bytes:
    return json.dumps([["timestamp", "original", "mimetype", "digest"], *rows]).encode()


def test_the_wayback_machines_table_is_read_with_its_key() -> None:
    page = ["20260304171500", "https://example.org/a", "text/html", "AB"]
    image = ["20260304171501", "https://example.org/a.png", "image/png", "CD"]
    found = [Capture("20260304171500", "https://example.org/a", "AB")]
    assert MACHINE.read_index("u", table(page, image)) == (found, None)
    assert MACHINE.read_index("u", table(page, [], ["org,example)/b 2026"])) == (found, "org,example)/b 2026")
    assert MACHINE.read_index("u", b"[]") == ([], None)
    assert MACHINE.read_index("u", b"") == ([], None)


def test_pywbs_lines_are_read() -> None:
    line = {"timestamp": "20260304171500", "url": "https://example.org/a", "mime": "text/html", "status": "200"}
    lines = [{**line, "digest": "AB"}, {**line, "mime": "image/png"}, {**line, "status": "404"}]
    body = "\n".join(map(json.dumps, lines)).encode() + b"\n"
    assert PYWB.read_index("u", body) == ([Capture("20260304171500", "https://example.org/a", "AB")], None)


@pytest.mark.parametrize("body", [b"<html>", b'[["timestamp"],["1"]]', b'{"url": 1}', b"null"])
@pytest.mark.parametrize("archive", [MACHINE, PYWB])
def test_what_is_no_index_is_an_error_that_names_it(archive: Archive, body: bytes) -> None:
    with pytest.raises(IndexFormatError, match=r"https://index: not an index of captures"):
        archive.read_index("https://index", body)


def of(*captures: tuple[str, str, str]) -> list[tuple[str, datetime]]:
    found = candidates(PYWB, [Capture(*each) for each in captures], SINCE, UNTIL)
    return [(each.url, each.captured_at) for each in found if each.captured_at]


A = "https://example.org/a"


def test_an_article_is_taken_once_as_it_last_stood() -> None:
    captures = [("20260304000000", A, "X"), ("20260305000000", A + "?utm_source=f", "Y"), ("20260306000000", A, "Y")]
    assert of(*captures) == [(A, datetime(2026, 3, 5, tzinfo=UTC))]


def test_an_address_with_and_without_encryption_is_one_article() -> None:
    captures = [("20260304000000", "http://example.org:80/a", "X"), ("20260305000000", A, "Y")]
    assert of(*captures) == [(A, datetime(2026, 3, 5, tzinfo=UTC))]
    assert of(captures[1], ("20260306000000", "http://example.org/a", "Z")) == [(A, datetime(2026, 3, 6, tzinfo=UTC))]


def test_an_article_was_seen_first_at_its_first_capture() -> None:
    captures = [Capture("20260304000000", A, "X"), Capture("20260309000000", A, "Y")]
    [found] = candidates(PYWB, captures, SINCE, UNTIL)
    assert (found.first_seen_at, found.captured_at) == (datetime(2026, 3, 4, tzinfo=UTC), captures[1].at)


def test_what_a_site_makes_of_an_address_much_later_is_not_its_article() -> None:
    assert of(("20260304000000", A, "X"), ("20260501000000", A, "Y")) == [(A, datetime(2026, 3, 4, tzinfo=UTC))]


def test_the_day_in_an_address_beats_the_day_of_its_capture() -> None:
    dated = "https://example.org/2026/02/27/a"
    assert of(("20260304000000", dated, "X")) == []
    assert of(("20260404000000", "https://example.org/2026/03/30/b", "X"))
    assert of(("20260404000000", A, "X")) == []


def test_front_pages_are_no_articles() -> None:
    assert of(("20260304000000", "https://example.org/", "X"), ("20260304000000", "https://example.org", "X")) == []
