from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.reading.articles import Article, cleaned_records
from flows.reading.stubs import without_stubs
from flows.recording import Recorder
from storage.home import Home
from storage.log import Log
from storage.records import new_run_id
from tests.flows.reading.test_aliases import article


def stub_of(whole: Article, words: int) -> Article:
    """The same page a day later, behind a barrier."""
    text = " ".join(whole.cleaned.text.split()[:words])
    page = replace(whole.page, captured_at=whole.page.captured_at + timedelta(days=1))
    return Article(page, replace(whole.cleaned, text=text, word_count=words, page_type="paywall_stub"))


def test_a_page_that_was_closed_does_not_take_the_place_of_the_whole_text(home: Home) -> None:
    log, whole = Log(home), article("/news/1", None, None, 0)
    log.append(cleaned_records(whole, None, "", Recorder(new_run_id())))
    other = article("/news/2", None, None, 1)
    kept, closed = without_stubs([stub_of(whole, 30), other], log)
    assert kept == [other]
    assert [(page.url, rejection.reason) for page, rejection in closed] == [(whole.page.url, "paywall")]


def test_a_stub_that_is_all_there_ever_was_is_kept(home: Home) -> None:
    whole = article("/news/1", None, None, 0)
    log, stub = Log(home), stub_of(whole, 30)
    assert without_stubs([stub], log) == ([stub], [])
    log.append(cleaned_records(stub, None, "", Recorder(new_run_id())))
    later = stub_of(whole, 28)
    assert without_stubs([later], log) == ([later], [])
