"""What is looked for in captures: worked out from the log for all articles that were forgotten so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from storage.events import CapturePlace
from storage.log import Log
from storage.state.articles import FeedCapture, captures_at, feed_captures, traces


@dataclass(frozen=True)
class Traces:
    """Where forgotten articles may be found.

    Attributes:
        addresses: those they were discovered at, normalised.
        uris: those, and the ones that answered after redirects.
        captures: their own, with the position of the record that names each.
        others: captures of articles that are not forgotten and were redirected to the same place.
        feeds: addresses of the feeds that named them.
        answers: captures of those feeds.
        texts: keys of their texts.
        last_position: of the last record that brought something about them.
    """

    addresses: frozenset[str]
    uris: frozenset[str]
    captures: Mapping[CapturePlace, int]
    others: frozenset[CapturePlace]
    feeds: frozenset[str]
    answers: Mapping[CapturePlace, FeedCapture]
    texts: frozenset[str]
    last_position: int

    def since(self, position: int) -> list[CapturePlace]:
        """The captures that records after a position were the first to name."""
        own = [place for place, named_at in self.captures.items() if named_at > position]
        return own + [place for place, answer in self.answers.items() if answer.position > position]


def traces_of(log: Log, articles: Collection[UUID]) -> Traces:
    """The traces of these articles; all of them were forgotten."""
    found = traces(log, articles)
    addresses = frozenset(each.url for each in found)
    uris = addresses | {each.final_url for each in found if each.final_url}
    feeds = frozenset(each.feed_url for each in found if each.feed_url)
    return Traces(
        addresses=addresses,
        uris=uris,
        captures={each.capture: each.position for each in found if each.capture},
        others=frozenset(captures_at(log, uris)),
        feeds=feeds,
        answers={each.capture: each for each in feed_captures(log, feeds)},
        texts=frozenset(each.text_sha256 for each in found if each.text_sha256),
        last_position=max((each.position for each in found), default=0),
    )
