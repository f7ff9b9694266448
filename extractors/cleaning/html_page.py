"""A web page's readable text and what the page states about it, by trafilatura.

The page is parsed once. Markup that would hold the parser or the extraction is refused or taken out before.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from extractors.cleaning.cleaned import Claimed, CleanedText, Rejection
from extractors.cleaning.decoding import decode
from extractors.cleaning.hostility import danger_in
from extractors.cleaning.json_ld import Node, article_nodes, take_blocks
from extractors.cleaning.measures import language_of, minhash_of, publisher_of, safe_line, safe_text, word_count
from extractors.cleaning.page_dates import choose, read_page_dates
from extractors.cleaning.tree import Element
from extractors.cleaning.walls import is_consent_wall, is_error_page, visible_text

if TYPE_CHECKING:
    from trafilatura.settings import Document

# deduplication lowers the quality and keeps state between pages; comments are not the article
OPTIONS: dict[str, Any] = {"with_metadata": True, "include_comments": False, "deduplicate": False}
MIN_CHARACTERS = 100  # a one-sentence brief has more, a photo credit has not
_DENSE_WEIGHT = 3  # a Chinese, Japanese or Korean character says about as much as three letters
_MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "a media file",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "compressed data",
}

_SITE_SUFFIX = re.compile(r"(.*\S)\s+[|\u00b7\u2013\u2014-]\s+(.+?)", re.DOTALL)

for _library in ("trafilatura", "htmldate"):
    # a page without text is a result here, not something to print
    logging.getLogger(_library).addHandler(logging.NullHandler())


def clean_html(
    body: bytes, content_type: str | None, claimed: Claimed, captured_at: datetime
) -> CleanedText | Rejection:
    """The article of a page, or why there is none.

    `page_dates` says whose publication date is believed. The page's own headline stands before the source's.
    """
    from trafilatura.utils import load_html

    if refusal := _refusal_of_bytes(body):
        return refusal
    markup = decode(body, content_type)
    if danger := danger_in(markup):
        return Rejection("hostile", danger)
    tree = load_html(markup)
    if tree is None:
        return Rejection("no_text", "the body is not HTML that can be parsed")
    articles = list(article_nodes(take_blocks(tree)))
    try:
        document = _extract(tree, claimed.url, captured_at)
    except RecursionError:
        return Rejection("hostile", "nested more deeply than the extraction can follow")
    text = safe_text((document and document.text) or "")
    if refusal := _refusal_of_text(text, tree):
        return refusal
    assert document is not None  # there is a text
    return _cleaned(text, document, tree, articles, claimed, captured_at)


def _refusal_of_bytes(body: bytes) -> Rejection | None:
    if not body.strip():
        return Rejection("no_text", "the body is empty")
    kind = next((kind for magic, kind in _MAGIC.items() if body.startswith(magic)), None)
    return Rejection("not_an_article", f"the body is {kind}") if kind else None


def _extract(tree: Element, url: str, captured_at: datetime) -> Document | None:
    from trafilatura import bare_extraction

    # without a bound of its own htmldate would ask the clock, and the same page would read differently later
    latest = (captured_at + timedelta(days=1)).date().isoformat()
    dates = {"original_date": True, "extensive_search": True, "max_date": latest}
    document: Document | None = bare_extraction(tree, url=url, date_extraction_params=dates, **OPTIONS)  # type: ignore[assignment]
    return document


def _refusal_of_text(text: str, tree: Element) -> Rejection | None:
    size = len(text) + (_DENSE_WEIGHT - 1) * sum(1 for character in text[:MIN_CHARACTERS] if character >= "\u2e80")
    is_short = size < MIN_CHARACTERS
    seen = visible_text(tree) if is_short else text
    if is_consent_wall(seen) or is_consent_wall(text):
        return Rejection("consent_wall", "the page asks for consent instead of showing an article")
    if not text or is_error_page(text):
        return Rejection("no_text", "an error page" if is_error_page(seen) else "no article text was found")
    return Rejection("too_short", f"{len(text)} characters") if is_short else None


def _cleaned(
    text: str, document: Document, tree: Element, articles: list[Node], claimed: Claimed, captured_at: datetime
) -> CleanedText:
    dates = read_page_dates(tree, articles, captured_at)
    dated = choose(dates, claimed.published_at, document.date, claimed.url, captured_at)
    is_stated = dated.source != "captured_at"
    return CleanedText(
        text=text,
        published_at=dated.moment.at if is_stated else None,
        published_on=dated.moment.on,
        published_at_source=dated.source,
        modified_at=dates.modified[0].at if dates.modified else None,
        canonical_url=_canonical_url(tree, claimed.url),
        headline=_headline(articles, document, claimed),
        authors=tuple(_lines((document.author or "").split("; "))),
        language=language_of(text),
        publisher=publisher_of(claimed.url),
        site_name=_site_name(document.sitename, claimed.url),
        section=next(_lines([*(node.get("articleSection") for node in articles), *(document.categories or [])]), None),
        keywords=tuple(_keywords(document.tags or [])),
        word_count=word_count(text),
        minhash=minhash_of(text),
    )


def _headline(articles: list[Node], document: Document, claimed: Claimed) -> str | None:
    """The stated headline without the site's name, which many pages add to it."""
    stated = next(_lines([*(node.get("headline") for node in articles), document.title, claimed.headline]), None)
    match = _SITE_SUFFIX.fullmatch(stated or "")
    site = {name.casefold() for name in (document.sitename, publisher_of(claimed.url)) if name}
    return match[1] if match and match[2].casefold() in site else stated


def _lines(values: list[Any]) -> Iterator[str]:
    """Stated strings, also from lists; JSON-LD often holds them escaped as in HTML."""
    flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return (line for value in flat if isinstance(value, str) and (line := safe_line(unescape(value))))


def _keywords(tags: list[str]) -> dict[str, None]:
    return dict.fromkeys(_lines([part for tag in tags for part in tag.split(",")]))


def _canonical_url(tree: Element, url: str) -> str | None:
    """The address the page names as its own, when it lies on the same site."""
    for link in tree.iterfind(".//link[@href]"):
        if "canonical" in link.get("rel", "").lower().split():
            try:
                address = urljoin(url, link.get("href", "").strip())
            except ValueError:
                return None
            is_same_site = publisher_of(address) == publisher_of(url)
            return address if is_same_site and address.startswith(("http://", "https://")) else None
    return None


def _site_name(stated: str | None, url: str) -> str | None:
    """The name a site gives itself; where it gives none, trafilatura repeats its host."""
    name, host = safe_line(stated), urlsplit(url)
    return None if name in (host.netloc, host.hostname) else name
