"""News archives whose files are missing, interrupted, renamed or known."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from pathlib import Path

from storage.home import Home
from tests.flows.archives import Received, article, member, write
from tests.flows.backfill.done import backfilled, days
from tests.flows.nights import rows
from tests.flows.served import Reply, Served


def test_a_month_that_common_crawl_does_not_list_is_unavailable(home: Home) -> None:
    with Served({}) as served:
        done = backfilled(home, source="ccnews", archive=served.address, until=date(2026, 3, 2))
    assert done.outcome == "done"
    assert days(home) == {"2026-03-01": "unavailable", "2026-03-02": "unavailable"}
    assert sum(served.asked.values()) == 1


def test_days_whose_archive_files_cannot_be_had_have_failed_and_are_tried_again_alone(home: Home) -> None:
    name = "crawl-data/CC-NEWS/2026/03/CC-NEWS-20260305200000-00001.warc.gz"
    routes = {
        "/crawl-data/CC-NEWS/2026/03/warc.paths.gz": Reply(gzip.compress(f"{name}\n".encode())),
        f"/{name}": Reply(status=503),
    }
    with Served(routes) as served:
        given = {"source": "ccnews", "archive": served.address, "until": date(2026, 3, 6)}
        assert backfilled(home, **given).outcome == "retry"
        failed = {day for day, state in days(home).items() if state == "failed"}
        assert failed == {f"2026-03-0{day}" for day in (2, 3, 4, 5)}
        assert days(home)["2026-03-06"] == "unavailable"
        routes[f"/{name}"] = Reply(member(article("a")))
        again = backfilled(home, only="failed", **given)
        assert ([each.day for each in again.planned], again.outcome) == ([5, 4, 3, 2], "done")
    assert days(home)["2026-03-04"] == "complete"
    assert "failed" not in days(home).values()


def test_archive_files_that_were_read_are_not_fetched_again_after_an_interruption(home: Home) -> None:
    names = [f"crawl-data/CC-NEWS/2026/03/CC-NEWS-2026030520000{number}-0000{number}.warc.gz" for number in (1, 2)]
    routes = {
        "/crawl-data/CC-NEWS/2026/03/warc.paths.gz": Reply(gzip.compress("\n".join([*names, ""]).encode())),
        f"/{names[0]}": Reply(member(article("a"))),
        f"/{names[1]}": Reply(status=503),
    }
    with Served(routes) as served:
        day = date(2026, 3, 4)
        given = {"source": "ccnews", "archive": served.address, "since": day, "until": day}
        assert backfilled(home, **given).outcome == "retry"
        (home.downloads / "CC-NEWS-killed.warc.gz").write_bytes(b"half of a file")
        routes[f"/{names[1]}"] = Reply(member(article("b")) + member(article("old", "2026-01-04")))
        assert backfilled(home, **given).outcome == "done"
        assert (served.asked[f"/{names[0]}"], served.asked[f"/{names[1]}"]) == (1, 2)
    surveys = rows(home, "SELECT outcome, candidates, reason FROM log.day_surveyed ORDER BY position")
    assert [each[:2] for each in surveys] == [("failed", 1), ("found", 2)]
    assert surveys[1][2] == "passed over: 1 no article of these days"
    assert list(home.downloads.iterdir()) == []


def test_files_that_share_a_name_are_all_read_before_a_day_is_noted(home: Home, tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        files.append(folder / "news.warc.gz")
        files[-1].write_bytes(member(article(name)))
    day = date(2026, 3, 4)
    done = backfilled(home, source="ccnews", files=tuple(map(str, files)), since=day, until=day)
    assert done.outcome == "done"
    assert rows(home, "SELECT outcome, candidates FROM log.day_surveyed") == [("found", 2)]


def test_several_captures_of_an_article_are_the_same_facts_in_any_order(tmp_path: Path) -> None:
    first = article("a")
    second = Received(first.url, first.body.replace(b"third day", b"fourth day"), first.at + timedelta(hours=5))
    files = [write(tmp_path / f"{number}.warc.gz", [page]) for number, page in enumerate((first, second))]
    both = write(tmp_path / "both.warc.gz", [second, first])
    left = []
    for number, given in enumerate((files, [both, *files[::-1]])):
        home = Home(tmp_path / f"home{number}")
        backfilled(home, source="ccnews", files=tuple(map(str, given)), max_active=1)
        facts = "SELECT article_id, captured_at, text_sha256, revision FROM article_revisions ORDER BY ALL"
        left.append((rows(home, facts), rows(home, "SELECT event_id FROM current_events ORDER BY 1")))
        assert rows(home, "SELECT count(*) FROM log.article_fetched") == [(2,)]
    assert left[0] == left[1]


def test_another_file_of_the_same_name_is_another_source(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    given = {"source": "ccnews", "files": (str(path),)}
    for name in ("a", "b"):
        path.write_bytes(member(article(name)))
        assert backfilled(home, **given).outcome == "done"
        assert backfilled(home, **given).outcome == "nothing"
    assert rows(home, "SELECT headline FROM articles ORDER BY 1") == [("a",), ("b",)]


def test_a_day_whose_articles_are_known_already_is_not_unavailable(home: Home, tmp_path: Path) -> None:
    for name in ("first", "second"):  # as after a run that was killed, or from another file
        path = tmp_path / f"{name}.warc.gz"
        path.write_bytes(member(article("a")))
        backfilled(home, source="ccnews", files=(str(path),), since=date(2026, 3, 4), until=date(2026, 3, 4))
    surveys = rows(home, "SELECT outcome, candidates, reason FROM log.day_surveyed ORDER BY position")
    assert surveys == [("found", 1, None), ("found", 1, "passed over: 1 known already")]
