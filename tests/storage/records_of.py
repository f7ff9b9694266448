"""Records for tests of the log and the edition."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from storage.events import ArticleCleaned, ArticleDiscovered
from storage.records import Context, Producer, Record, article_id, record

RUN = UUID("01890000-0000-7000-8000-000000000001")
DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def context(**changes: object) -> Context:
    given: dict[str, object] = {"producer": Producer("test", 1), "run_id": RUN, "published_on": DAY}
    return Context(**(given | changes))  # type: ignore[arg-type]


def discovered(name: str, **fields: object) -> Record:
    url = f"https://example.org/{name}"
    given: dict[str, object] = {"url": url, "via": "feed", "source": "https://example.org/feed.xml"}
    return record(ArticleDiscovered(**(given | fields)), article_id(url), context())  # type: ignore[arg-type]


def page_read(**stated: object) -> ArticleCleaned:
    """A cleaned page of example.org; *stated* says at least which text it has."""
    given: dict[str, object] = {
        "url": "https://example.org/a",
        "canonical_url": None,
        "headline": "Rain",
        "authors": [],
        "published_at": NOON,
        "published_at_source": "meta",
        "modified_at": None,
        "language": "en",
        "publisher": "example.org",
        "site_name": None,
        "section": None,
        "keywords": [],
        "word_count": 8,
        "minhash": "00",
        "configuration_sha256": "cd",
    }
    return ArticleCleaned(**(given | stated))  # type: ignore[arg-type]
