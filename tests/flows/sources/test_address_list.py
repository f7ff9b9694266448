from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from flows.sources.address_list import listed
from flows.sources.local import LocalSourceError
from flows.sources.named import NamedArticle

MARCH = datetime(2026, 3, 4, 17, 15, tzinfo=UTC)

CLAIMS = {
    "mediacloud.csv": "stories_id,publish_date,title,url\n7,2026-03-04 17:15:00,Rain in Gulu,https://example.org/a\n",
    "lines.jsonl": '{"url": "https://example.org/a", "published_at": "2026-03-04T18:15:00+01:00"}\n',
    "bare.csv": "https://example.org/a,2026-03-04T17:15:00Z\n",
    "semicolons.csv": "\ufeffdate;url\n2026-03-04T17:15:00Z;https://example.org/a\n",
}
SIGHTINGS = {
    "doc.csv": "URL,MobileURL,Date,Title\nhttps://example.org/a?utm_source=x,,2026-03-04 17:15:00,Rain in Gulu\n",
    "gkg.tsv": "GKGRECORDID\tDATE\tDocumentIdentifier\n1\t20260304171500\thttps://example.org/a\n",
    "doc.json": '{"articles": [{"url": "https://example.org/a", "title": "Rain", "seendate": "20260304T171500Z"}]}',
    "events.tsv": "SQLDATE\tDATEADDED\tSOURCEURL\n20250304\t20260304171500\thttps://example.org/a\n",
}


def gdelts(columns: int, **fields: str) -> str:
    """A line of one of GDELT's files, which have no header and quote nothing."""
    return "\t".join(fields.get(f"c{number}", "x,y;z") for number in range(columns)) + "\n"


# an event, a mention and a line of the knowledge graph, each with an older day before the one that counts
FILES = {
    "20260304171500.export.CSV": gdelts(
        61, c0="1290000001", c1="20250304", c7='The "Lake', c59="20260304171500", c60="https://example.org/a"
    ),
    "20260304171500.mentions.CSV": gdelts(
        16, c0="1290000001", c1="20260101000000", c2="20260304171500", c5="https://example.org/a"
    ),
    "20260304171500.gkg.csv": gdelts(
        27, c0="20260304171500-12", c1="20260304171500", c4="https://example.org/a", c18="https://example.org/a.jpg"
    ),
}


def only(name: str, content: str | bytes, folder: Path) -> tuple[date, NamedArticle]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [found] = listed(path)
    return found


@pytest.mark.parametrize("name", CLAIMS)
def test_what_people_and_media_cloud_write_is_a_claim_of_publication(name: str, tmp_path: Path) -> None:
    day, found = only(name, CLAIMS[name], tmp_path)
    assert (day, found.url, found.claimed_published_at) == (date(2026, 3, 4), "https://example.org/a", MARCH)
    assert (found.via, found.source, found.ask, found.first_seen_at) == ("list", name, found.url, None)


@pytest.mark.parametrize("name", SIGHTINGS | FILES)
def test_the_time_at_which_gdelt_came_by_is_no_claim_of_publication(name: str, tmp_path: Path) -> None:
    day, found = only(name, (SIGHTINGS | FILES)[name], tmp_path)
    assert (day, found.url) == (date(2026, 3, 4), "https://example.org/a")
    assert (found.claimed_published_at, found.first_seen_at) == (None, MARCH)


def test_a_quotation_mark_in_a_file_of_gdelts_swallows_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "events.CSV"
    path.write_text(FILES["20260304171500.export.CSV"].replace("x,y;z", '"x') * 3)
    assert len(list(listed(path))) == 3


def test_packed_lists_are_read_as_they_are_handed_out(tmp_path: Path) -> None:
    content = FILES["20260304171500.gkg.csv"].encode()
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        file.writestr("20260304171500.gkg.csv", content)
    assert only("20260304171500.gkg.csv.zip", packed.getvalue(), tmp_path)[1].first_seen_at == MARCH
    assert only("list.csv.gz", gzip.compress(CLAIMS["bare.csv"].encode()), tmp_path)[1].claimed_published_at == MARCH


def test_a_list_behind_a_password_is_named(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        file.writestr("list.csv", CLAIMS["bare.csv"])
    content = bytearray(packed.getvalue())
    for flags in (6, content.index(b"PK\x01\x02") + 8):  # of the file, and of its entry in the directory
        content[flags] |= 1
    with pytest.raises(LocalSourceError, match=r"cannot be read: .*password"):
        only("list.csv.zip", bytes(content), tmp_path)


def test_other_encodings_are_read_or_leave_out_what_they_spoil(tmp_path: Path) -> None:
    table = "url\tdate\ttitle\nhttps://example.org/a\t2026-03-04\tRegen über Gulu\n"
    assert only("excel.txt", table.encode("utf-16"), tmp_path)[1].headline == "Regen über Gulu"
    assert only("latin.tsv", table.encode("latin-1"), tmp_path)[1].headline is None


def test_a_day_without_a_time_is_claimed_as_its_midnight(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("url,date\nhttps://example.org/a,2026-03-04\nhttps://example.org/b,20260305\n")
    assert [(day, each.claimed_published_at) for day, each in listed(path)] == [
        (date(2026, 3, 4), datetime(2026, 3, 4, tzinfo=UTC)),
        (date(2026, 3, 5), datetime(2026, 3, 5, tzinfo=UTC)),
    ]


def test_an_address_that_names_its_day_needs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text("https://example.org/2026/03/04/rain.html\nhttps://example.org/about\njavascript:alert(1)\n")
    assert [(day, each.url) for day, each in listed(path)] == [
        (date(2026, 3, 4), "https://example.org/2026/03/04/rain.html")
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("none.csv", "name,place\nRain,Gulu\n", "no row has an address and a day"),
        ("broken.jsonl", "{no json", "is not JSON"),
        ("absent.csv", None, "cannot be read"),
        ("empty.csv", "", "no row has an address and a day"),
        ("page.warc", "\x00\x01\x02", "no list but a binary file"),
        ("torn.csv.gz", "\x1f\x8b\x08\x00torn", "cannot be read"),
        ("damaged.csv.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x07", "cannot be read"),
        ("number.json", "7", "no row has an address and a day"),
    ],
)
def test_what_is_no_list_is_named(name: str, content: str | None, problem: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content.encode("latin-1"))
    with pytest.raises(LocalSourceError, match=problem):
        list(listed(tmp_path / name))
