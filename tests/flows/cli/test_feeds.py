from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.cli.answers.feed_checks import judged
from flows.feeds.document import FeedDocument, NotAFeedError
from flows.night.polling import Poll
from flows.press import SamplePress
from flows.reading.pool import Killed
from flows.web.answers import Answer
from flows.web.errors import GoneError
from storage.home import Home
from storage.state import FeedState

Run = Callable[..., Any]

NEWS = "https://news.example.org/feed.xml"
NOW = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Iterator[SamplePress]:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE_ADDRESSES", "true")
    with SamplePress(port=0) as running:
        yield running


def test_a_feed_is_added_once(run: Run, empty: Home) -> None:
    assert run(empty, "feeds", "add", NEWS, "--title", "News").stdout == f"Added {NEWS}.\n"
    assert run(empty, "feeds", "add", NEWS).stdout == f"{NEWS} is in the list already.\n"
    assert json.loads(run(empty, "feeds", "list", "--json").stdout) == [{"url": NEWS, "title": "News", "folders": []}]
    assert NEWS in run(empty, "feeds", "list").stdout


def test_a_site_gives_the_feed_that_its_pages_link_to(run: Run, empty: Home, press: SamplePress) -> None:
    answer = run(empty, "feeds", "add", press.feeds[0].rpartition("/")[0] + "/")
    assert answer.stdout == f"Added {press.feeds[0]}.\n"
    [listed] = json.loads(run(empty, "feeds", "list", "--json").stdout)
    assert listed["title"]


def test_a_site_without_a_feed_says_so_and_changes_nothing(run: Run, empty: Home, press: SamplePress) -> None:
    answer = run(empty, "feeds", "add", f"{press.address}/")
    assert answer.exit_code == 1
    assert "is no feed and names none" in answer.stderr
    assert json.loads(run(empty, "feeds", "list", "--json").stdout) == []


def test_an_odd_address_is_taken_as_it_is_when_told_so(run: Run, empty: Home) -> None:
    assert run(empty, "feeds", "add", "https://news.example.org/7", "--as-is").exit_code == 0


def test_what_is_no_address_is_refused(run: Run, empty: Home) -> None:
    answer = run(empty, "feeds", "add", "ftp://example.org/feed")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("error: ftp://example.org/feed: is not an http or https address")


def test_an_empty_list_says_how_to_fill_it(run: Run, empty: Home) -> None:
    assert "feeds add" in run(empty, "feeds", "list").stdout
    assert json.loads(run(empty, "feeds", "list", "--json").stdout) == []
    assert run(empty, "feeds", "check").exit_code == 0


def test_removing_an_unknown_feed_names_those_near_it(run: Run, empty: Home) -> None:
    run(empty, "feeds", "add", NEWS)
    answer = run(empty, "feeds", "remove", NEWS.replace("feed.xml", "feeds.xml"))
    assert answer.exit_code == 1
    assert f"did you mean {NEWS}?" in answer.stderr
    assert run(empty, "feeds", "remove", NEWS).exit_code == 0
    assert json.loads(run(empty, "feeds", "list", "--json").stdout) == []


def test_a_list_goes_out_and_comes_back(run: Run, empty: Home, tmp_path: Path) -> None:
    run(empty, "feeds", "add", NEWS, "--title", "News")
    run(empty, "feeds", "export", str(tmp_path / "list.opml"))
    other = Home(tmp_path / "other")
    assert run(other, "feeds", "import", str(tmp_path / "list.opml")).stdout.startswith("Added 1 feeds; 0 were")
    piped = run(other, "feeds", "export").stdout
    assert run(empty, "feeds", "import", "-", text=piped).stdout.startswith("Added 0 feeds; 1 were")


def test_what_is_no_list_is_refused(run: Run, empty: Home) -> None:
    answer = run(empty, "feeds", "import", "-", text="<html></html>")
    assert answer.exit_code == 1
    assert "not an OPML list" in answer.stderr


def test_a_list_is_imported_from_an_address(run: Run, empty: Home, press: SamplePress) -> None:
    assert run(empty, "feeds", "import", press.opml).stdout.startswith("Added 5 feeds")


def test_private_addresses_are_not_asked_by_default(
    run: Run, empty: Home, press: SamplePress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE_ADDRESSES", "false")
    answer = run(empty, "feeds", "import", press.opml)
    assert answer.exit_code == 1
    assert "not public" in answer.stderr


def test_feeds_that_answer_are_told_with_what_they_hold(run: Run, empty: Home, press: SamplePress) -> None:
    run(empty, "feeds", "import", press.opml)
    answer = run(empty, "feeds", "check", "--json")
    checks = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert [check["answer"] for check in checks] == ["200"] * 5
    assert {check["format"][:4] for check in checks} == {"rss2", "atom", "json"}
    assert all(check["entries"] for check in checks)
    assert {check["nights"] for check in checks} == {"never polled yet: the next night asks it"}
    assert not empty.edition.exists()
    assert not empty.log.exists()


def test_a_feed_that_does_not_answer_well_ends_with_3(run: Run, empty: Home, press: SamplePress) -> None:
    answer = run(empty, "feeds", "check", press.feeds[0], f"{press.address}/nothing-here", press.address)
    assert answer.exit_code == 3
    assert "404" in answer.stdout
    assert "not a feed but an HTML page" in answer.stdout


def _poll(answer: Answer | GoneError) -> Poll:
    return Poll(NEWS, NOW, answer, FeedState(feed_url=NEWS))


def _answer(**changed: Any) -> Answer:
    given = {"url": NEWS, "final_url": NEWS, "status": 200, "reason": "OK", "http_version": "1.1"}
    given |= {"request_headers": (), "headers": (), "raw_body": b"", "body": b"", "content_type": None, "etag": None}
    given |= {"last_modified": None, "retry_after": None, "permanent_redirect_to": None, "received_at": NOW}
    return Answer(**given | changed)


def _document() -> FeedDocument:
    return FeedDocument("News", "rss20", (), None, (), (), 0, 0, 0)


def test_an_ended_feed_is_to_be_removed() -> None:
    check = judged(_poll(GoneError(NEWS, "answered 410", status=410)), None, NOW)
    assert (check.is_good, check.answer) == (False, "410")
    assert str(check.advice).startswith("remove it")


def test_a_moved_feed_answers_well_and_names_its_new_address() -> None:
    check = judged(_poll(_answer(permanent_redirect_to="https://new.example.org/")), _document(), NOW)
    assert check.is_good
    assert check.problem == "has moved for good to https://new.example.org/"


def test_a_feed_without_entries_deserves_a_remark() -> None:
    assert judged(_poll(_answer()), _document(), NOW).problem == "has no entries"


def test_what_is_no_feed_or_cannot_be_read_is_told() -> None:
    assert judged(_poll(_answer()), NotAFeedError(NEWS, "empty"), NOW).problem == "not a feed but empty"
    assert judged(_poll(_answer()), Killed("took too long"), NOW).problem == "cannot be read: took too long"
