"""Pages that would hold the parser for minutes are recognised before it sees them.

libxml2 compares each attribute of a tag with all before it, and the extraction walks siblings: 60,000 attributes,
100,000 paragraphs or 500,000 line breaks run for minutes inside C code that no signal interrupts, and every tag costs
the memory of an element. No article needs as many.
"""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 10_000
MAX_TAGS = 100_000

# a tag with its quoted values, which may hold ">"; scripts, styles and comments are passed over. Possessive: linear.
_TAG = re.compile(
    r"<(?:(?P<raw>script|style)\b|!--|[a-z](?P<attributes>(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+))", re.IGNORECASE
)
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_START_TAG = re.compile(r"<[a-z]", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|style)", re.IGNORECASE)
_COMMENT_END = re.compile("-->")
_SHORTEST = 2 * MAX_ATTRIBUTES  # so many attributes take at least so many characters


def danger_in(markup: str) -> str | None:
    """What makes the page too dear to parse, None when nothing does."""
    if markup.count("<") > MAX_TAGS and sum(1 for _ in _START_TAG.finditer(markup)) > MAX_TAGS:
        return f"more than {MAX_TAGS:,} tags"
    if _has_crowded_tag(markup):
        return f"a tag with more than {MAX_ATTRIBUTES:,} attributes"
    return None


def _has_crowded_tag(markup: str) -> bool:
    at = 0
    while match := _TAG.search(markup, at):
        at = match.end()
        if match["attributes"] is None:
            end = (_RAW_END if match["raw"] else _COMMENT_END).search(markup, at)
            at = end.end() if end else len(markup)
        elif len(match[0]) >= _SHORTEST and _attributes(match["attributes"]) > MAX_ATTRIBUTES:
            return True
    return False


def _attributes(inside: str) -> int:
    return len(_QUOTED.sub(" x ", inside).split())
