"""The same article at two addresses: which page is only another way to an article that is known.

Two things must hold together. The page shares an address with the article (the one it was redirected to, or the one
that it names as its own by rel=canonical or og:url, as an AMP page names its article) or its feed's own id. And it
carries the article's text: sites name their front page as every article's own address, lead all readers to one page or
give many entries one id, and two stories must never become one.

Articles also move without leaving a trace, as when a new headline makes a new address. The very same text under the
same headline, which one publisher dates to one day, is one article, whatever its addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.reading.articles import FETCHER, Article, fetched_record
from flows.reading.copies import SAME_STORY, similarity
from flows.recording import Recorder
from flows.web.errors import BadUrlError
from flows.web.urls import normalised
from storage.events import ArticleAliased
from storage.log import Log
from storage.records import Record
from storage.state.addresses import Addressed, addressed


@dataclass(frozen=True)
class Alias:
    """A page that is another way to an article."""

    page: Article
    of: Addressed
    address: str  # that both have
    similarity: float


def told_apart(articles: Sequence[Article], log: Log) -> tuple[list[Article], list[Alias]]:
    """The articles of a batch, and the pages that are aliases of one of them or of an article known before."""
    ways = {each.page.article: addresses_of(each) for each in articles}
    known = addressed(log, (address for addresses in ways.values() for address in addresses))
    settled = {each.article_id for each in known}  # whoever has a text of its own keeps it
    own: list[Article] = []
    aliases: list[Alias] = []
    # settled ones first: asked for again, they may tell where they have moved
    for article in sorted(articles, key=lambda each: (each.page.article not in settled, _rank(each))):
        addresses = ways[article.page.article]
        alias = None if article.page.article in settled else next(_aliases(article, addresses, known), None)
        if alias:
            aliases.append(alias)
            continue
        own.append(article)
        known.append(_as_known(article, addresses))
    return own, aliases


def addresses_of(article: Article) -> tuple[str, ...]:
    """What an article is known by.

    That is the addresses, normalised, that it was discovered at, answered at or names itself, but no front pages; its
    feed's id for it; and its publisher, day, text and headline.
    """
    page = article.page
    stated = (page.url, page.final_url, article.cleaned.canonical_url)
    named = (*map(article_address, stated), page.guid, _imprint(article))
    return tuple(dict.fromkeys(each for each in named if each))


def article_address(url: str | None) -> str | None:
    """The address, normalised, when it can be one article's."""
    try:
        address = normalised(url or "")
    except BadUrlError:
        return None
    return None if address.count("/") <= 3 and address.endswith("/") else address  # noqa: PLR2004 - http://host/


def _imprint(article: Article) -> str | None:
    """Publisher, day, text and headline, where all are known and the text is no mere beginning.

    Pages that refuse print one excuse under many headlines, and columns have the same headline every day.
    """
    cleaned = article.cleaned
    known = (cleaned.publisher, cleaned.headline, cleaned.published_at_source != "captured_at")
    if not all(known) or cleaned.page_type != "article":
        return None
    return f"{cleaned.publisher} {article.published_on} {article.text_sha256} {cleaned.headline}"


def _rank(article: Article) -> tuple[bool, str]:
    """Pages that stand at their own address come first, so that their number and order do not decide."""
    page = article.page
    standing = article_address(article.cleaned.canonical_url) or article_address(page.final_url) or page.url
    return standing != page.url, page.url


def _aliases(article: Article, addresses: Sequence[str], known: Iterable[Addressed]) -> Iterator[Alias]:
    for other in known:
        shared = [address for address in addresses if address in other.addresses]
        if shared and other.article_id != article.page.article:
            likeness = _likeness(article, other)
            if likeness >= SAME_STORY:
                yield Alias(article, other, shared[0], likeness)


def _likeness(article: Article, other: Addressed) -> float:
    if article.text_sha256 == other.text_sha256:
        return 1.0
    return similarity(article.cleaned.minhash, other.minhash)


def _as_known(article: Article, addresses: tuple[str, ...]) -> Addressed:
    return Addressed(
        article_id=article.page.article,
        addresses=addresses,
        url=article.page.url,
        text_sha256=article.text_sha256,
        minhash=article.cleaned.minhash,
    )


def alias_records(alias: Alias, recorder: Recorder) -> list[Record]:
    """The page was received, and belongs to an article that is known by another address."""
    page = alias.page.page
    fetched = fetched_record(page, alias.page.published_on, recorder)
    event = ArticleAliased(
        url=page.url,
        article=alias.of.article_id,
        article_url=alias.of.url,
        address=alias.address,
        similarity_percent=round(alias.similarity * 100),
    )
    record = recorder(
        event, page.article, FETCHER, alias.page.published_on, occurred_at=page.captured_at, caused_by=fetched.id
    )
    return [fetched, record]
