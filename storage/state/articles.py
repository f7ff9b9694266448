"""What the log knows of single articles: where they are, what they left, which of them were forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec

from storage.events import CapturePlace, Via
from storage.log import Log
from storage.state import ask_log, rows_of, streams_of


class ForgottenArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article that is to be forgotten: why, since when, and where the log says so."""

    article_id: UUID
    reason: str
    forgotten_at: datetime | None
    position: int


class FoundArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as the log knows it."""

    article_id: UUID
    url: str
    headline: str | None
    publisher: str | None
    published_on: date


class Relative(msgspec.Struct, frozen=True, kw_only=True):
    """Another article with the very same text, or with the same story in other words."""

    article_id: UUID
    url: str
    has_same_text: bool


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What one record says of an article: an address, a capture, a text or the feed that named it."""

    article_id: UUID
    position: int
    url: str
    final_url: str | None
    capture: CapturePlace | None
    text_sha256: str | None
    feed_url: str | None


class FeedCapture(msgspec.Struct, frozen=True):
    """Where an answer of a feed is kept, and the first record that says so."""

    feed_url: str
    capture: CapturePlace
    position: int


class CapturedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an article has captures, its day after the last one, and whether it is forgotten."""

    article_id: UUID
    is_captured: bool
    is_forgotten: bool
    published_on: date | None
    archived_at: list[datetime]  # times of the captures that were read from archive files


def captured_articles(log: Log, articles: Iterable[UUID]) -> dict[UUID, CapturedArticle]:
    """Which of these articles were captured, or forgotten; the others are left out."""
    found = ask_log(log, "captured_articles", CapturedArticle, wanted=streams_of(articles))
    return {each.article_id: each for each in found}


def failed_attempts(log: Log, articles: Iterable[UUID], via: Via) -> dict[UUID, int]:
    """How often these articles were asked for in vain where a source of a kind had named them."""
    found = rows_of(log, "failed_attempts", wanted=streams_of(articles), via=via)
    return {UUID(str(row["article_id"])): row["attempts"] for row in found}


def forgotten_articles(log: Log) -> dict[UUID, ForgottenArticle]:
    """The articles that were asked to be forgotten, in the order of asking."""
    return {each.article_id: each for each in ask_log(log, "forgotten_articles", ForgottenArticle)}


def articles_at(log: Log, addresses: Collection[str], article: UUID | None) -> list[FoundArticle]:
    """The article of this id or discovered address; where there is none, those it is another address of."""
    return ask_log(log, "articles_at", FoundArticle, addresses=list(addresses), stream=f"article:{article}")


def aliases_of(log: Log, articles: Iterable[UUID]) -> list[FoundArticle]:
    """Pages that are other addresses of these articles: streams of their own, without a text."""
    return ask_log(log, "aliases_of", FoundArticle, wanted=streams_of(articles))


def near_addresses(log: Log, address: str) -> list[str]:
    """Addresses of articles that are written almost alike, the nearest first."""
    return [row["url"] for row in rows_of(log, "near_addresses", address=address)]


def relatives(log: Log, articles: Iterable[UUID]) -> list[Relative]:
    """Other articles, not forgotten, with the text or the story of one of these."""
    return ask_log(log, "relatives", Relative, wanted=streams_of(articles))


def traces(log: Log, articles: Iterable[UUID]) -> list[Trace]:
    """What these articles have left, in the order of the log."""
    return ask_log(log, "traces", Trace, wanted=streams_of(articles))


def record_count(log: Log, articles: Iterable[UUID]) -> int:
    """How many records stand in the streams of these articles."""
    return sum(row["records"] for row in rows_of(log, "record_counts", wanted=streams_of(articles)))


def feed_captures(log: Log, feed_urls: Collection[str]) -> list[FeedCapture]:
    """Where the answers of feeds are kept."""
    return ask_log(log, "feed_captures", FeedCapture, feeds=list(feed_urls))


def captures_at(log: Log, addresses: Collection[str]) -> set[CapturePlace]:
    """Captures at these addresses that belong to articles which are not forgotten."""
    found = rows_of(log, "captures_at", addresses=list(addresses))
    return {msgspec.convert(row["capture"], CapturePlace) for row in found}


def unowned_texts(log: Log, text_files: Collection[str]) -> set[str]:
    """Keys of the texts in these files that no article names which is not forgotten."""
    if not text_files:
        return set()
    return {row["text_sha256"] for row in rows_of(log, "unowned_texts", text_files=list(text_files))}
