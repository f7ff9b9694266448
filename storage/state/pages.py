"""What the log knows of pages that are kept: when each was asked for last, and what to ask for it with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from storage.log import Log
from storage.state import PendingPage, ask_log, streams_of


class AskedPage(PendingPage, frozen=True, kw_only=True):
    """A page of a live source that is kept, with what decides when to ask for it again; `attempts` failed since."""

    first_captured_at: datetime
    published_at: datetime | None
    asked_at: datetime  # when the site last gave an answer about it


class KeptPage(msgspec.Struct, frozen=True, kw_only=True):
    """The latest capture of a page."""

    article_id: UUID
    fetched: UUID  # event id of its ArticleFetched
    published_on: date
    final_url: str
    captured_at: datetime
    body_sha256: str
    etag: str | None
    last_modified: str | None


def asked_pages(log: Log, since: date) -> list[AskedPage]:
    """Pages of articles published on *since* or later that may have changed, oldest discovery first.

    Left out are pages that only archives or files named, bodies that are no page, and pages that five times in a row
    could not be had.
    """
    return ask_log(log, "asked_pages", AskedPage, since=since)


def kept_pages(log: Log, articles: Iterable[UUID]) -> dict[UUID, KeptPage]:
    """The latest capture of each article, for those that have one."""
    return {each.article_id: each for each in ask_log(log, "kept_pages", KeptPage, wanted=streams_of(articles))}
