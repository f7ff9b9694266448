"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read tolerantly: what has the wrong type is taken for missing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import msgspec

from flows.feeds.document import FoundEntry, FoundFeed, NotAFeedError
from flows.feeds.plain_text import plain_text
from flows.web.answers import stated_date
from flows.web.urls import absolute


def read_json_feed(body: bytes, url: str, max_entries: int) -> FoundFeed:
    """The document of a JSON Feed.

    Raises:
        NotAFeedError: no JSON, or JSON of another kind.
    """
    document = _document(body, url)
    if not isinstance(document, dict):
        raise NotAFeedError(url, "JSON, but no JSON Feed")
    items, version = document.get("items"), _text(document, "version") or ""
    if not isinstance(items, list) or "jsonfeed.org/version/" not in version:
        raise NotAFeedError(url, "JSON without the version and items of a JSON Feed")
    found = [item for item in items if isinstance(item, dict)]
    return FoundFeed(
        title=plain_text(_text(document, "title") or "", is_literal=True),
        format="json11" if version.endswith("1.1") else "json10",
        entries=[_entry(item, url) for item in found[:max_entries]],
        dropped_entries=max(0, len(found) - max_entries),
        older_url=_text(document, "next_url"),
    )


def _document(body: bytes, url: str) -> Any:  # noqa: ANN401 - what JSON holds
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        broken = error
    try:  # half characters, line breaks within strings, a comment of some cache at the end
        return json.JSONDecoder(strict=False).raw_decode(body.decode("utf-8", "replace").lstrip())[0]
    except (ValueError, RecursionError):
        raise NotAFeedError(url, f"broken JSON ({broken})") from broken


def _entry(item: dict[str, Any], url: str) -> FoundEntry:
    guid = _text(item, "id")
    named = (item.get("url"), guid if guid and "://" in guid else None, item.get("external_url"))
    link = next((each.strip() for each in named if isinstance(each, str) and each.strip()), "")
    return FoundEntry(
        link=absolute(url, link) or link,
        guid=guid,
        headline=plain_text(_text(item, "title") or "", is_literal=True),
        published_at=_time(item, "date_published"),
        modified_at=_time(item, "date_modified"),
    )


def _text(item: dict[str, Any], key: str) -> str | None:
    """A string; numbers count, as the specification asks for ids."""
    value = item.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None


def _time(item: dict[str, Any], key: str) -> datetime | None:
    return stated_date(_text(item, key))
