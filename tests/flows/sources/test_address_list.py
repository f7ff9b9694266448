from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.sources.address_list import listed
from flows.sources.local import LocalSourceError

MARCH = datetime(2026, 3, 4, 17, 15, tzinfo=UTC)

LISTS = {
    "gdelt.csv": "URL,MobileURL,Date,Title\nhttps://example.org/a?utm_source=x,,2026-03-04 17:15:00,Rain in Gulu\n",
    "gkg.tsv": "GKGRECORDID\tDATE\tDocumentIdentifier\n1\t20260304171500\thttps://example.org/a\n",
    "mediacloud.csv": "stories_id,publish_date,title,url\n7,2026-03-04 17:15:00,Rain in Gulu,https://example.org/a\n",
    "doc.json": '{"articles": [{"url": "https://example.org/a", "title": "Rain", "seendate": "20260304T171500Z"}]}',
    "lines.jsonl": '{"url": "https://example.org/a", "published_at": "2026-03-04T18:15:00+01:00"}\n',
    "bare.csv": "https://example.org/a,2026-03-04T17:15:00Z\n",
    "semicolons.csv": "\ufeffdate;url\n2026-03-04T17:15:00Z;https://example.org/a\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_as_their_makers_write_them(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(LISTS[name], encoding="utf-8")
    [(day, found)] = listed(path)
    assert (day, found.url, found.claimed_published_at) == (date(2026, 3, 4), "https://example.org/a", MARCH)
    assert (found.via, found.source, found.ask) == ("list", name, found.url)


def test_a_day_without_a_time_dates_the_article_and_claims_no_time(tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text("url,date\nhttps://example.org/a,2026-03-04\nhttps://example.org/b,20260305\n")
    assert [(day, each.claimed_published_at) for day, each in listed(path)] == [
        (date(2026, 3, 4), None),
        (date(2026, 3, 5), None),
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
    ],
)
def test_what_is_no_list_is_named(name: str, content: str | None, problem: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(LocalSourceError, match=problem):
        list(listed(tmp_path / name))
