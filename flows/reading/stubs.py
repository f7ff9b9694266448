"""Captures that show only the beginning of a text that is known whole.

Many sites open an article for a day and sell it afterwards. Asked for again, the page has lost its text; the article
has not changed, and what was read of it goes on to count.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cleaning import Rejection
from flows.reading.articles import Article, Page
from storage.log import Log
from storage.state import latest_texts

WHOLE = 1.5  # words of the known text over the stub's; a stub of a stub has about as many


def without_stubs(articles: Sequence[Article], log: Log) -> tuple[list[Article], list[tuple[Page, Rejection]]]:
    """The articles, and the captures that show less of an article than is known of it."""
    stubs = [each for each in articles if each.cleaned.page_type == "paywall_stub"]
    known = latest_texts(log, [each.page.article for each in stubs]) if stubs else {}
    closed = {
        each.page.article
        for each in stubs
        if each.page.article in known and known[each.page.article].word_count > WHOLE * each.cleaned.word_count
    }
    refusal = Rejection("paywall", "the page shows only the beginning of the text that is known")
    return (
        [each for each in articles if each.page.article not in closed],
        [(each.page, refusal) for each in articles if each.page.article in closed],
    )
