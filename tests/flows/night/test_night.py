"""Whole nights over the sample press, on real HTTP, without Prefect."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from flows.press import SamplePress, stories
from storage.captures import read_capture
from storage.events import CapturePlace
from storage.home import BusyError, Home
from tests.flows.nights import Ended, rows, run_night, settings_for, substance


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, list[Ended], SamplePress]]:
    """Two nights, and the second again at once."""
    home = Home(tmp_path_factory.mktemp("told"))
    with SamplePress(night=1, port=0) as press:
        nights = [run_night(settings_for(home), press.feeds)]
        press.night = 2
        nights.append(run_night(settings_for(home), press.feeds))
        before = substance(home)
        asked = sum(press.requests.values())
        nights.append(run_night(settings_for(home), press.feeds))
        assert substance(home) == before
        assert sum(press.requests.values()) - asked == len(press.feeds)
        yield home, nights, press


Told = tuple[Home, list[Ended], SamplePress]


def test_every_readable_page_of_the_press_becomes_an_article(told: Told) -> None:
    home, *_ = told
    printed = {story.headline for story in stories(2) if story.kind not in ("consent-wall", "gone")}
    assert {row[0] for row in rows(home, "SELECT headline FROM articles")} == printed


def test_cleaned_texts_are_the_printed_paragraphs_and_nothing_else(told: Told) -> None:
    home, *_ = told
    texts = dict(rows(home, "SELECT headline, text FROM articles"))
    for story in stories(2):
        if story.headline in texts:
            assert texts[story.headline].split("\n") == list(story.paragraphs), story.headline


def test_what_is_no_article_is_an_event_with_a_reason(told: Told) -> None:
    home, *_ = told
    assert rows(home, "SELECT reason FROM log.article_rejected") == [("consent_wall",)]
    assert rows(home, "SELECT reason, status, is_final FROM log.article_fetch_failed") == [("not_found", 404, True)]


def test_the_second_night_sees_the_correction_and_the_new_day(told: Told) -> None:
    home, (_, second, _), _ = told
    assert second.counts["revised"] == 1
    assert second.counts["articles"] == len(stories(2)) - len(stories(1)) + 1
    [(headline, revisions)] = rows(
        home, "SELECT any_value(headline), count(*) FROM article_revisions GROUP BY article_id HAVING count(*) > 1"
    )
    assert ("Cotabato" in headline, revisions) == (True, 2)


def test_the_wire_story_of_three_publishers_is_one_story(told: Told) -> None:
    home, *_ = told
    assert rows(home, "SELECT publishers FROM stories WHERE articles > 1") == [(3,)]


def test_the_same_night_again_polls_and_does_nothing_else(told: Told) -> None:
    _, (*_, third), press = told
    assert third.counts == {"feeds": 5, "feeds_unchanged": 5}
    assert {status for (url, status), _ in press.requests.items() if url in press.feeds} == {200, 304}


def test_no_page_is_fetched_twice_but_the_corrected_one(told: Told) -> None:
    _, _, press = told
    pages = {url: number for (url, status), number in press.requests.items() if url.endswith(".html") and status == 200}
    again = [url for url, number in pages.items() if number > 1]
    assert len(again) == 1
    assert again[0].endswith("cotabato-bus-station-bombing.html")


def test_every_finding_rests_on_words_a_capture_and_a_version(told: Told) -> None:
    home, *_ = told
    quoted = rows(home, "SELECT content[1].text FROM log.statement_reported")
    assert len(quoted) > 50
    assert all(text for (text,) in quoted)
    for warc, offset, body_sha256 in rows(
        home, "SELECT capture.warc, capture.offset, body_sha256 FROM log.article_fetched"
    ):
        from storage.canonical import sha256_hex

        assert sha256_hex(read_capture(home, CapturePlace(warc, offset)).body) == body_sha256


def test_an_english_extractor_steps_aside_for_another_language(told: Told) -> None:
    home, *_ = told
    reasons = rows(home, "SELECT DISTINCT producer, reason FROM log.extraction_rejected ORDER BY 1")
    english = ("entities", "figures", "political_events", "statements", "time_expressions")
    assert reasons == [(name, "reads en; the text is in de") for name in english]


def test_runs_say_how_they_ended(told: Told) -> None:
    home, *_ = told
    runs = rows(home, "SELECT flow, outcome FROM runs ORDER BY started_at")
    assert runs == [("nightly", "done")] * 3
    [(counts,)] = rows(home, "SELECT counts FROM runs ORDER BY started_at LIMIT 1")
    assert json.loads(counts)["feeds"] == 5


def test_only_one_night_goes_on_in_a_home(told: Told) -> None:
    from flows.night.night import Night

    home, *_ = told
    with (
        Night(settings_for(home), []),
        pytest.raises(BusyError, match="already going on"),
        Night(settings_for(home), []),
    ):
        pass


def test_order_and_number_of_processes_do_not_change_an_event(
    tmp_path_factory: pytest.TempPathFactory, told: Told
) -> None:
    home, _, press = told
    press.night = 2
    other = Home(tmp_path_factory.mktemp("other"))
    settings = settings_for(other, pages_per_batch=3, feeds_per_task=2).model_copy(update={"workers": 1})
    run_night(settings, list(reversed(press.feeds)))
    findings = "SELECT event_id, payload FROM current_events WHERE record_type != 'ArticleDuplicated' ORDER BY event_id"
    assert rows(other, findings) == rows(home, findings)
    assert rows(other, "SELECT story_id, articles FROM stories ORDER BY ALL") == rows(
        home, "SELECT story_id, articles FROM stories ORDER BY ALL"
    )
