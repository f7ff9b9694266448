"""The ways in which an article's text is recovered from a page: the best one first, then cheaper ones.

trafilatura's balanced way compares its own result with those of two other libraries; its fast way does not; resiliparse
reads the markup once from top to bottom, whatever it is. The next way is for pages on which the one before takes too
long, or breaks.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from extractors.cleaning.cleaned import Method
from extractors.cleaning.tree import Element

METHODS: tuple[Method, ...] = ("balanced", "fast", "resiliparse")

# deduplication lowers the quality and keeps state between pages; comments are not the article
OPTIONS: dict[str, Any] = {"with_metadata": True, "include_comments": False, "deduplicate": False}
PLAIN_OPTIONS: dict[str, Any] = {"main_content": True, "alt_texts": False, "links": False, "noscript": False}
_BLANK_LINES = re.compile(r"\n\s*\n+")

for _library in ("trafilatura", "htmldate"):
    # a page without text is a result here, not something to print
    logging.getLogger(_library).addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Recovered:
    """A text, and what the library read off the page beside it; `date` is htmldate's."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    site_name: str | None = None
    date: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def recovered(tree: Element, markup: str, url: str, captured_at: datetime, method: Method) -> Recovered:
    """The article's text; empty when there is none. Raises what the library raises on a page that it cannot bear."""
    if method == "resiliparse":
        return _plain(tree, markup)
    from trafilatura import bare_extraction

    # without a bound of its own htmldate would ask the clock, and the same page would read differently later
    latest = (captured_at + timedelta(days=1)).date().isoformat()
    dates = {"original_date": True, "extensive_search": True, "max_date": latest}
    found: Any = bare_extraction(tree, url=url, date_extraction_params=dates, fast=method == "fast", **OPTIONS)
    if found is None:
        return Recovered()
    return Recovered(
        text=found.text or "",
        title=found.title,
        author=found.author,
        site_name=found.sitename,
        date=found.date,
        categories=tuple(found.categories or ()),
        tags=tuple(found.tags or ()),
    )


def _plain(tree: Element, markup: str) -> Recovered:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(markup, **PLAIN_OPTIONS)
    titles = (each.text for each in tree.iterfind(".//title"))
    return Recovered(text=_BLANK_LINES.sub("\n", text), title=next(titles, None))
