"""Events of one text, for looking at; nothing is stored."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from extractors.cleaning import Claimed, CleanedText
from extractors.extractor import discover
from flows.reading.articles import CLEANER, Article, Page, cleaned_event
from flows.reading.model import chosen_model
from flows.reading.pool import Killed, ReaderPool
from flows.reading.readings import reading_records
from flows.reading.recovering import recover
from flows.reading.work import read_text
from flows.recording import Recorder
from flows.settings import Settings
from flows.sources.files import file_item, item_of
from flows.sources.local import LocalItem, LocalSourceError
from flows.web.configured import client_for
from flows.web.urls import normalised
from storage.events import CapturePlace
from storage.records import Record, article_id

NO_RUN = UUID(int=0)  # findings are named by text and extraction alone, so the run may be any
_NOT_KEPT = CapturePlace("", 0)


class NoArticleError(LocalSourceError):
    """What was given holds no text that could be read."""


def extract(item: LocalItem, settings: Settings) -> tuple[list[Record], str]:
    """The records that a text gives, and the cleaned text that their spans count in.

    Raises:
        NoArticleError: there is no article in it.
    """
    with ReaderPool(1, settings.cpu_seconds_per_page) as pool:
        article = _cleaned(item, pool)
        work = (article.cleaned.text, article.published_on, article.cleaned.language, tuple(discover()), chosen_model())
        [reads] = pool.run(read_text, [work])
    if isinstance(reads, Killed):
        raise NoArticleError(item.name, reads.why)
    recorder = Recorder(NO_RUN)
    about = recorder(cleaned_event(article), article.page.article, CLEANER, article.published_on)
    return [about, *reading_records(article.for_reading, reads.value, recorder)], article.cleaned.text


def _cleaned(item: LocalItem, pool: ReaderPool) -> Article:
    now = datetime.now(UTC)
    claimed = Claimed(item.url, None, item.published_at)
    [result] = recover([(item.body, item.content_type, claimed, now)], pool)
    outcome = result.value
    if not isinstance(outcome, CleanedText):
        raise NoArticleError(item.name, outcome.detail)
    page = Page(
        article=article_id(item.url),
        url=item.url,
        final_url=item.url,
        status=200,
        content_type=item.content_type,
        body=item.body,
        captured_at=now,
        capture=_NOT_KEPT,
        claimed=claimed,
    )
    return Article(page, outcome)


def given(what: str, stdin: bytes | None, stated_on: date | None, settings: Settings) -> LocalItem:
    """The text that a path, an address or `-` names.

    Raises:
        LocalSourceError: it cannot be read.
        FetchError: the address cannot be had.
    """
    if stdin is not None:
        return item_of("standard input", "-", stdin, stated_on, is_page=stdin.lstrip()[:1] == b"<")
    if what.startswith(("http://", "https://")):
        return asyncio.run(_fetched(what, settings))
    if not Path(what).is_file():
        raise LocalSourceError(what, "no such file; give a file, an http(s) address, or - for standard input")
    return file_item(Path(what), stated_on)


async def _fetched(address: str, settings: Settings) -> LocalItem:
    async with client_for(settings) as client:
        answer = await client.get(address)
    url = normalised(address)
    return LocalItem(
        name=address, source=url, body=answer.body, content_type=answer.content_type or "text/html", url=url
    )
