from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import brotli
import pytest

from flows.sources.ccnews import ArchivedPage, Skipped, captured_on, is_of, pages, paths_address, read_paths
from tests.flows.archives import Received, article, member, revisit, write

A, B, C, D = (article(name) for name in "abcd")


def told(path: Path, *sites: str) -> tuple[list[str], Counter[str]]:
    """The names of the pages that were read, and why others were not."""
    found = list(pages(path, sites))
    names = [each.url.rpartition("/")[2] for each in found if isinstance(each, ArchivedPage)]
    return names, Counter(each.reason for each in found if isinstance(each, Skipped))


def parts(path: Path, *members: bytes) -> Path:
    path.write_bytes(b"".join(members))
    return path


def test_pages_come_as_they_were_received(tmp_path: Path) -> None:
    [page] = pages(write(tmp_path / "a.warc.gz", [A]), ())
    assert isinstance(page, ArchivedPage)
    assert (page.url, page.article_url, page.captured_at, page.body) == (A.url, A.url, A.at, A.body)
    assert page.content_type == "text/html; charset=utf-8"


def test_a_file_that_is_not_packed_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(gzip.decompress(member(A)))
    assert told(tmp_path / "a.warc") == (["a"], Counter())


def damaged(data: bytes) -> bytes:
    return data[: len(data) // 2] + bytes(60) + data[len(data) // 2 + 60 :]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (damaged(member(B)), "damaged"),
        (b"XX" + member(B)[2:], "damaged"),
        (member(B)[:200], "damaged"),
        (b"no member at all" * 40, "damaged"),
    ],
    ids=["inside", "at its head", "cut", "rubbish"],
)
def test_a_damaged_member_costs_itself_alone(bad: bytes, reason: str, tmp_path: Path) -> None:
    path = parts(tmp_path / "a.warc.gz", member(A), bad, member(C), bad, member(D))
    names, why = told(path)
    assert names == ["a", "c", "d"]
    assert set(why) == {reason}


def test_wherever_a_member_is_cut_the_next_one_is_read(tmp_path: Path) -> None:
    whole = member(B)
    for length in range(1, len(whole), 3):
        path = parts(tmp_path / "a.warc.gz", member(A), whole[:length], member(C), whole[:length], member(D))
        assert told(path)[0] == ["a", "c", "d"], length


def test_a_file_that_ends_too_early_gives_what_is_whole(tmp_path: Path) -> None:
    names, why = told(parts(tmp_path / "a.warc.gz", member(A), member(B)[:-100]))
    assert names == ["a"]
    assert sum(why.values()) == 1


def test_a_wrong_digest_is_not_believed(tmp_path: Path) -> None:
    forged = gzip.compress(gzip.decompress(member(B)).replace(b"third day", b"fifth day"))
    assert told(parts(tmp_path / "a.warc.gz", member(A), forged, member(C))) == (
        ["a", "c"],
        Counter({"digest does not match": 1}),
    )


def test_what_is_no_page_is_passed_over_with_its_reason(tmp_path: Path) -> None:
    image = Received("https://example.org/i", b"\x89PNG", A.at, headers=(("Content-Type", "image/png"),))
    gone = Received("https://example.org/g", b"gone", A.at, status="410 Gone")
    names, why = told(parts(tmp_path / "a.warc.gz", member(image), member(gone), revisit(B), member(C)))
    assert names == ["c"]
    assert why == {"not a web page": 1, "answered 410": 1, "revisit: the page lies elsewhere": 1}


def test_encodings_are_undone_and_bombs_refused(tmp_path: Path) -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "br"))
    packed = Received("https://example.org/p", brotli.compress(A.body), A.at, headers=headers)
    bomb = Received("https://example.org/q", brotli.compress(bytes(30_000_000)), A.at, headers=headers)
    found = list(pages(parts(tmp_path / "a.warc.gz", member(packed), member(bomb)), ()))
    assert [each.body == A.body if isinstance(each, ArchivedPage) else each.reason for each in found] == [
        True,
        "not decodable as labelled, or too large",
    ]


CHUNKED = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))


@pytest.mark.parametrize("kept", [A.body, b"%x\r\n%s\r\n0\r\n\r\n" % (len(A.body), A.body)], ids=["undone", "kept"])
def test_chunks_are_undone_where_an_archive_has_kept_them(kept: bytes, tmp_path: Path) -> None:
    [page] = pages(write(tmp_path / "a.warc.gz", [Received(A.url, kept, A.at, headers=CHUNKED)]), ())
    assert isinstance(page, ArchivedPage)
    assert page.body == A.body


def test_sites_are_hosts_with_their_subdomains_or_sections(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc.gz", [A, article("x", host="other.net"), article("w/y", host="www.example.org")])
    assert told(path, "example.org")[0] == ["a", "y"]
    assert told(path, "example.org/w")[0] == ["y"]
    assert is_of("https://news.example.org:8443/a", ("example.org",))
    assert not is_of("https://notexample.org/a", ("example.org",))
    assert not is_of("https://example.org/worldcup/a", ("example.org/world",))
    assert is_of("https://example.org/world/a", ("example.org/world/",))


def test_files_are_listed_by_month_and_named_by_the_time_of_capture() -> None:
    name = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260304171500-00001.warc.gz"
    assert read_paths(gzip.compress(f"{name}\n".encode())) == [name]
    assert captured_on(name) == date(2026, 3, 4)
    assert captured_on("press.warc.gz") is None
    assert paths_address("https://example.net/", date(2026, 3, 4)) == (
        "https://example.net/crawl-data/CC-NEWS/2026/03/warc.paths.gz"
    )
    with pytest.raises(ValueError, match="Not a gzipped file"):
        read_paths(b"<html>")
