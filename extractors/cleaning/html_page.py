"""A web page's readable text and what the page states about it.

The page is parsed once. Markup that would hold the parser or the extraction is refused or taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from html import unescape
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from extractors.cleaning.agencies import agency_of
from extractors.cleaning.cleaned import Claimed, ClaimSource, CleanedText, DateClaim, Method, Rejection
from extractors.cleaning.decoding import decode
from extractors.cleaning.hostility import danger_in
from extractors.cleaning.json_ld import Node, article_nodes, nodes_in, take_blocks
from extractors.cleaning.measures import (
    minhash_of,
    publisher_of,
    safe_line,
    safe_text,
    size_of,
    word_count,
)
from extractors.cleaning.page_dates import choose, meta_tags, read_page_dates
from extractors.cleaning.page_types import page_type
from extractors.cleaning.recovery import Recovered, recovered
from extractors.cleaning.tree import Element
from extractors.cleaning.walls import is_consent_wall, is_error_page, visible_text
from extractors.language.recognition import language_of

MIN_CHARACTERS = 100  # a one-sentence brief has more, a photo credit has not
MOST_NAMES, MOST_KEYWORDS = 50, 100  # of one article; what a page states beyond is no statement about it
MIN_LABELLED = 40  # below a film, or before a barrier, a sentence is all there is
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


@dataclass(frozen=True)
class _Page:
    """A parsed page with what is read off its markup, and who named it."""

    tree: Element
    blocks: Sequence[Any]
    claimed: Claimed
    captured_at: datetime

    @cached_property
    def articles(self) -> list[Node]:
        return list(article_nodes(self.blocks))

    @cached_property
    def meta(self) -> Mapping[str, str]:
        return meta_tags(self.tree)


def clean_html(
    body: bytes, content_type: str | None, claimed: Claimed, captured_at: datetime, method: Method = "balanced"
) -> CleanedText | Rejection:
    """The article of a page, or why there is none; raises whatever *method* raises on a page that it cannot bear.

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
    page = _Page(tree, take_blocks(tree), claimed, captured_at)
    meta = page.meta  # read before the extraction, which takes the tree apart
    found = recovered(tree, markup, claimed.url, captured_at, method)
    text = _without_title(safe_text(found.text), [found.title, *(node.get("headline") for node in page.articles)])
    label = page_type(text, claimed.url, page.articles, list(nodes_in(page.blocks)), meta)
    if refusal := _refusal_of_text(text, tree, MIN_CHARACTERS if label == "article" else MIN_LABELLED):
        return refusal
    return replace(_cleaned(text, found, page), page_type=label, method=method)


def _refusal_of_bytes(body: bytes) -> Rejection | None:
    if not body.strip():
        return Rejection("no_text", "the body is empty")
    kind = next((kind for magic, kind in _MAGIC.items() if body.startswith(magic)), None)
    return Rejection("not_an_article", f"the body is {kind}") if kind else None


def _refusal_of_text(text: str, tree: Element, least: int) -> Rejection | None:
    is_short = size_of(text[:least]) < least
    seen = visible_text(tree) if is_short else text
    if is_consent_wall(seen) or is_consent_wall(text):
        return Rejection("consent_wall", "the page asks for consent instead of showing an article")
    if not text or is_error_page(text):
        return Rejection("no_text", "an error page" if is_error_page(seen) else "no article text was found")
    return Rejection("too_short", f"{len(text)} characters") if is_short else None


def _without_title(text: str, titles: Sequence[Any]) -> str:
    """The text without a first line that only repeats the headline, which stands in a field of its own."""
    first, _, rest = text.partition("\n")
    stated = {line.casefold() for line in _lines(titles)}
    return rest.lstrip() if rest and " ".join(first.split()).casefold() in stated else text


def _cleaned(text: str, found: Recovered, page: _Page) -> CleanedText:
    url, articles = page.claimed.url, page.articles
    stated = read_page_dates(page.meta, articles, page.captured_at)
    dating = choose(stated, page.claimed, found.date, page.captured_at)
    dated, modified = dating.believed, next(iter(stated.modified), None)
    headline, headline_source = _headline(articles, found, page.claimed)
    authors, authors_source = _authors(articles, found)
    return CleanedText(
        text=text,
        published_at=None if dated.source == "captured_at" else dated.moment.at,
        published_on=dated.moment.on,
        published_at_source=dated.source,
        date_claims=tuple(DateClaim(each.source, each.moment.at, each.moment.on) for each in dating.claims),
        modified_at=modified.moment.at if modified else None,
        modified_at_source=modified.source if modified else None,
        canonical_url=_canonical_url(page),
        headline=headline,
        headline_source=headline_source,
        authors=authors,
        authors_source=authors_source,
        agency=agency_of(authors, text),
        language=language_of(text),
        publisher=publisher_of(url),
        site_name=_site_name(found.site_name, url),
        section=next(_lines([*(node.get("articleSection") for node in articles), *found.categories]), None),
        keywords=tuple(_keywords(found.tags)),
        word_count=word_count(text),
        minhash=minhash_of(text),
    )


def _headline(articles: Sequence[Node], found: Recovered, claimed: Claimed) -> tuple[str | None, ClaimSource | None]:
    """The stated headline without the site's name, which many pages add to it, and where it stands."""
    places: dict[ClaimSource, list[Any]] = {
        "json_ld": [node.get("headline") for node in articles],
        "page": [found.title],
        "feed": [claimed.headline],
    }
    stated: list[tuple[str, ClaimSource]] = [
        (line, source) for source, values in places.items() for line in _lines(values)
    ]
    line, source = stated[0] if stated else (None, None)
    match = _SITE_SUFFIX.fullmatch(line or "")
    site = {name.casefold() for name in (found.site_name, publisher_of(claimed.url)) if name}
    return (match[1] if match and match[2].casefold() in site else line), source


def _authors(articles: Sequence[Node], found: Recovered) -> tuple[tuple[str, ...], ClaimSource | None]:
    """The authors and where they stand: trafilatura reads JSON-LD before meta tags and bylines, but not every form."""
    stated = [name for node in articles[:1] for name in _names(node.get("author"))]
    read = tuple(islice(_lines((found.author or "").split("; ")), MOST_NAMES))
    authors = read or tuple(islice(_lines(stated), MOST_NAMES))
    return authors, ("json_ld" if stated else "page") if authors else None


def _names(value: Any) -> Iterator[Any]:  # noqa: ANN401 — JSON is anything
    for each in value if isinstance(value, list) else [value]:
        yield each.get("name") if isinstance(each, dict) else each


def _lines(values: Sequence[Any]) -> Iterator[str]:
    """Stated strings, also from lists; JSON-LD often holds them escaped as in HTML."""
    flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return (line for value in flat if isinstance(value, str) and (line := safe_line(unescape(value))))


def _keywords(tags: Sequence[str]) -> dict[str, None]:
    return dict.fromkeys(islice(_lines([part for tag in tags for part in tag.split(",")]), MOST_KEYWORDS))


def _canonical_url(page: _Page) -> str | None:
    """The address the page names as its own (rel=canonical, else og:url), when it lies on the same site."""
    links = page.tree.iterfind(".//link[@href]")
    named = [link.get("href", "") for link in links if "canonical" in link.get("rel", "").lower().split()]
    for stated in (*named, page.meta.get("og:url", "")):
        if stated.strip() and (address := _on_same_site(stated.strip(), page.claimed.url)):
            return address
    return None


def _on_same_site(stated: str, url: str) -> str | None:
    try:
        address = urljoin(url, stated)
    except ValueError:
        return None
    is_same_site = publisher_of(address) == publisher_of(url)
    return address if is_same_site and address.startswith(("http://", "https://")) else None


def _site_name(stated: str | None, url: str) -> str | None:
    """The name a site gives itself; where it gives none, trafilatura repeats its host."""
    name, host = safe_line(stated), urlsplit(url)
    return None if name in (host.netloc, host.hostname) else name
