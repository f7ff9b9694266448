"""A page's JSON-LD: what it says about the article, and nothing left in the page that trafilatura would choke on.

trafilatura falls back to regular expressions where a block does not parse; they are quadratic (83 kB took 27 seconds).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from extractors.cleaning.tree import Element

Node = dict[str, Any]

MAX_CHARACTERS = 1_000_000
_ARTICLE_ENDINGS = ("article", "posting", "report")


def take_blocks(tree: Element) -> list[Any]:
    """The parsed JSON-LD blocks of a page; those that are too long or do not parse are emptied in the tree itself."""
    blocks: list[Any] = []
    for script in tree.iterfind(".//script[@type]"):
        kind = script.get("type", "").strip().lower()
        if not script.text or kind not in ("application/ld+json", "application/settings+json"):
            continue
        block = _parsed(script.text)
        if block is None or not _parses_for_trafilatura(script.text):
            script.text = None
        if block is not None:
            blocks.append(block)
    return blocks


def _parsed(text: str) -> Any:  # noqa: ANN401 — JSON is anything
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(text, strict=False)  # line breaks inside strings are common
    except (ValueError, RecursionError):
        return None


def _parses_for_trafilatura(text: str) -> bool:
    """Whether the block still parses after trafilatura's own clean-up, which takes out tags and resolves escapes."""
    if "<" not in text and "\\" not in text:
        return True
    from trafilatura.json_metadata import normalize_json
    from trafilatura.metadata import JSON_MINIFY

    try:
        json.loads(normalize_json(JSON_MINIFY.sub(r"\1", text)), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def nodes_in(blocks: Sequence[Any]) -> Iterator[Node]:
    """The nodes of a page's own description; what they only list or link to is left out."""
    return _nodes(list(blocks), depth=4)


def article_nodes(blocks: Sequence[Any]) -> Iterator[Node]:
    """The nodes that describe an article, in the page's order; articles that are only listed or linked are left out."""
    for node in nodes_in(blocks):
        kinds = node.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.lower().endswith(_ARTICLE_ENDINGS):
                yield node
                break


def _nodes(value: Any, depth: int) -> Iterator[Node]:  # noqa: ANN401 — JSON is anything
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            if key in value:
                yield from _nodes(value[key], depth - 1)
