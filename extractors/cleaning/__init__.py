"""From a capture's bytes to a readable text and its metadata: pure functions, no network, no clock.

The media type decides: HTML pages, dated plain texts, rows of a table as JSON. Everything else holds no article.
"""

from __future__ import annotations

from datetime import datetime

import orjson

from extractors.cleaning.cleaned import Claimed, CleanedText, Method, Rejection
from extractors.cleaning.configuration import configuration
from extractors.cleaning.dated_text import NotDatedTextError, clean_dated_text
from extractors.cleaning.html_page import clean_html
from extractors.cleaning.moments import Moment
from extractors.cleaning.recovery import METHODS
from extractors.cleaning.table_row import WHOLE_ROW, BadRowError, clean_table_row

__all__ = [
    "CLEANER_NAME",
    "CLEANER_VERSION",
    "METHODS",
    "Claimed",
    "CleanedText",
    "Method",
    "Rejection",
    "clean",
    "configuration",
]

CLEANER_NAME = "cleaning"
CLEANER_VERSION = 1

ROW_TYPE = "application/vnd.dateline.row+json"
_HTML_TYPES = ("", "text/html", "application/xhtml+xml")


def clean(
    body: bytes, content_type: str | None, claimed: Claimed, captured_at: datetime, method: Method = "balanced"
) -> CleanedText | Rejection:
    """The text of a capture, or why it has none; *captured_at* bounds the dates that can be believed.

    *method* is the way of recovering a page's text; it raises what the libraries raise on a page that they cannot bear.
    """
    media_type = (content_type or "").partition(";")[0].strip().lower()
    if media_type in _HTML_TYPES:
        return clean_html(body, content_type, claimed, captured_at, method)
    try:
        if media_type == "text/plain":
            return clean_dated_text(body, Moment.of_time(claimed.published_at).on if claimed.published_at else None)
        if media_type == ROW_TYPE:
            return _clean_json_row(body)
    except (NotDatedTextError, BadRowError) as error:
        return Rejection("not_an_article", str(error))
    return Rejection("not_an_article", f"the media type is {media_type}")


def _clean_json_row(body: bytes) -> CleanedText:
    try:
        row = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRowError(WHOLE_ROW, "is not JSON") from error
    if not isinstance(row, dict):
        raise BadRowError(WHOLE_ROW, "is not a JSON object")
    return clean_table_row(row)
