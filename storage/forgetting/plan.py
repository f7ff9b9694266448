"""What forgetting an article would mean: which articles, what goes and what stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from storage.events import CapturePlace
from storage.forgetting.blanking import BLANKED, note_at
from storage.home import Home
from storage.log import Log
from storage.state.articles import (
    ForgottenArticle,
    FoundArticle,
    Relative,
    aliases_of,
    articles_at,
    forgotten_articles,
    near_addresses,
    record_count,
    relatives,
    traces,
)
from storage.texts import TextStore
from storage.words import MOST_WORDS, quotes


class UnknownArticleError(LookupError):
    """The log knows no article of an address or id; those that look like it are named."""

    def __init__(self, address: str, near: Sequence[str]) -> None:
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"no article is known as {address}{meant}")
        self.address, self.near = address, near


class SharedAddressError(LookupError):
    """Several articles name one address as theirs, and none was discovered at it."""

    def __init__(self, address: str, found: Sequence[FoundArticle]) -> None:
        those = "\n  ".join(f"{each.article_id}  {each.url}" for each in found)
        super().__init__(f"{len(found)} articles name {address} as theirs; give the address or id of one:\n  {those}")
        self.address, self.found = address, found


class QuotingReasonError(ValueError):
    """The reason repeats the words that are to be forgotten, and would stay in the log for ever."""

    exit_code = 2

    def __init__(self, url: str) -> None:
        super().__init__(f"--reason repeats more than {MOST_WORDS} words of {url} in a row, and would stay in the log")
        self.url = url


@dataclass(frozen=True)
class Plan:
    """What is to be forgotten.

    Attributes:
        articles: the one asked for, those with the very same text where they were asked for too, then their other
            addresses.
        earlier: what the log says of an earlier request for the first of them.
        texts: keys of the texts that go.
        captures: how many pages go; those that went before are not counted.
        feeds: addresses of the feeds whose answers are searched for entries.
        records: how many records leave the edition.
        same_text: other articles that keep a text of theirs, which is the very same.
        same_story: other articles that carry the story in other words.
    """

    articles: tuple[FoundArticle, ...]
    earlier: ForgottenArticle | None
    texts: frozenset[str]
    captures: int
    feeds: tuple[str, ...]
    records: int
    same_text: tuple[Relative, ...]
    same_story: tuple[Relative, ...]


def plan(home: Home, address: str, addresses: Collection[str], *, with_same_text: bool) -> Plan:
    """Find an article and what is kept of it.

    Args:
        home: where to look.
        address: as it was asked for: an address or an article's id.
        addresses: ways in which the log may write the address.
        with_same_text: forget the articles with the very same text as well.

    Raises:
        UnknownArticleError: there is no such article.
        SharedAddressError: it is another address of several.
    """
    log = Log(home)
    found = [_found(log, address, addresses)]
    related = relatives(log, [found[0].article_id])
    if with_same_text:
        found += [_found(log, each.url, [each.url]) for each in related if each.has_same_text]
        related = relatives(log, [each.article_id for each in found])
    found += aliases_of(log, [each.article_id for each in found])
    ids = [each.article_id for each in found]
    left = traces(log, ids)
    named = {each.text_sha256 for each in left if each.text_sha256}
    same_text = tuple(each for each in related if each.has_same_text)
    shared = {each.text_sha256 for each in traces(log, [other.article_id for other in same_text])}
    return Plan(
        articles=tuple(found),
        earlier=forgotten_articles(log).get(ids[0]),
        texts=frozenset(TextStore(home).get(named - shared)),
        captures=sum(_is_kept(home, place) for place in {each.capture for each in left if each.capture}),
        feeds=tuple(sorted({each.feed_url for each in left if each.feed_url})),
        records=record_count(log, ids),
        same_text=same_text,
        same_story=tuple(each for each in related if not each.has_same_text),
    )


def check_reason(home: Home, wanted: Plan, *stated: str | None) -> None:
    """Refuse words of an article in what is to be recorded about forgetting it.

    Raises:
        QuotingReasonError: there are too many in a row.
    """
    for text in TextStore(home).get(wanted.texts).values():
        if any(quotes(text, each) for each in stated if each):
            raise QuotingReasonError(wanted.articles[0].url)


def _found(log: Log, address: str, addresses: Collection[str]) -> FoundArticle:
    found = articles_at(log, [address, *addresses], _as_id(address))
    if not found:
        raise UnknownArticleError(address, near_addresses(log, address))
    if len(found) > 1:
        raise SharedAddressError(address, found)
    return found[0]


def _is_kept(home: Home, place: CapturePlace) -> bool:
    try:
        with (home.captures / place.warc).open("rb") as file:
            return note_at(file, place.offset) != BLANKED
    except FileNotFoundError:
        return False


def _as_id(address: str) -> UUID | None:
    try:
        return UUID(address)
    except ValueError:
        return None
