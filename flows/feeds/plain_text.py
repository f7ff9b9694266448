"""Plain text out of what feeds put into titles: markup, entities, and characters nobody should see."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_HEADLINE_CHARS = 1_000
_MAX_MARKUP_CHARS = 10_000

# every alternative stops at the next <, so that unclosed tags do not make it quadratic
_TAG = re.compile(r"<(?:/?([A-Za-z][\w:-]*)[^<>]*|[!?][^<>]*)>")
_SILENT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_BREAKING = frozenset(("br", "p", "div", "li", "td", "tr", "h1", "h2", "h3"))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# marks and overrides of direction, byte order marks, zero width, half surrogate pairs, noncharacters, invisible tags
_UNSEEN = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def plain_text(markup: str, *, is_literal: bool = False) -> str | None:
    """Text on one line, NFC, None when nothing is left.

    *is_literal*: what looks like a tag is text (Atom's `type="text"`). Entities are decoded all the same: publishers
    who escape twice are far more common than headlines about `&amp;`.
    """
    text = markup[:_MAX_MARKUP_CHARS]
    text = html.unescape(text) if is_literal else _without_tags(html.unescape(_without_tags(text)))
    text = _UNSEEN.sub("", _CONTROL.sub(" ", text))
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return text[:MAX_HEADLINE_CHARS].rstrip() or None


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(_in_place_of_tag, _SILENT.sub(" ", text))


def _in_place_of_tag(tag: re.Match[str]) -> str:
    return " " if (tag[1] or "").lower() in _BREAKING else ""
