"""What worker processes do with a feed. It stands apart so that they need not import the network and the stores."""

from __future__ import annotations

from flows.feeds.document import FeedDocument, NotAFeedError
from flows.sources.feed import read_feed


def read_or_refuse(body: bytes, content_type: str | None, url: str) -> FeedDocument | NotAFeedError:
    """The document, or the error that says what it is instead."""
    try:
        return read_feed(body, content_type, url)
    except NotAFeedError as error:
        return error
