"""From one fetched page to its records: fetched, cleaned or rejected, revised.

All deciding here is pure: what is known before comes in, records go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from extractors.cleaning import CLEANER_NAME, CLEANER_VERSION, Claimed, CleanedText, Rejection, configuration
from flows.reading.readings import Text
from flows.reading.revision import change
from flows.recording import Recorder
from flows.web.errors import BadUrlError
from flows.web.urls import normalised
from storage.canonical import sha256_hex
from storage.events import (
    ArticleCleaned,
    ArticleFetched,
    ArticleRejected,
    ArticleRevised,
    CapturePlace,
    DateClaim,
)
from storage.records import Producer, Record, utc_day
from storage.state import Fingerprint, KnownText

FETCHER = Producer("fetcher", 1)
CLEANER = Producer(CLEANER_NAME, CLEANER_VERSION)


Work = tuple[bytes, str | None, Claimed, datetime]


@dataclass(frozen=True)
class Page:
    """A page as it was received and kept."""

    article: UUID
    url: str
    final_url: str
    status: int
    content_type: str | None
    body: bytes
    captured_at: datetime
    capture: CapturePlace
    claimed: Claimed
    discovered: UUID | None = None
    etag: str | None = None
    last_modified: str | None = None
    guid: str | None = None

    @property
    def work(self) -> Work:
        """What a worker needs to clean it."""
        return self.body, self.content_type, self.claimed, self.captured_at


@dataclass(frozen=True)
class Article:
    """A page with the text that was recovered from it."""

    page: Page
    cleaned: CleanedText

    @property
    def text_sha256(self) -> str:
        """The key of its text."""
        return sha256_hex(self.cleaned.text.encode())

    @property
    def published_on(self) -> date:
        """The publisher's day; the day of the capture where nobody states one."""
        return self.cleaned.published_on or utc_day(self.page.captured_at)

    @property
    def for_reading(self) -> Text:
        """What extractors take of it."""
        return Text(
            article=self.page.article,
            text=self.cleaned.text,
            text_sha256=self.text_sha256,
            published_on=self.published_on,
            language=self.cleaned.language,
        )

    @property
    def as_known(self) -> KnownText:
        """What a later capture of it is compared with."""
        return KnownText(
            article_id=self.page.article,
            text_sha256=self.text_sha256,
            headline=self.cleaned.headline,
            captured_at=self.page.captured_at,
            configuration_sha256=configuration(),
            word_count=self.cleaned.word_count,
        )

    @property
    def fingerprint(self) -> Fingerprint:
        """What copies of it are recognised by."""
        return Fingerprint(
            article_id=self.page.article,
            published_on=self.published_on,
            word_count=self.cleaned.word_count,
            minhash=self.cleaned.minhash,
            publisher=self.cleaned.publisher,
        )


def fetched_record(page: Page, published_on: date, recorder: Recorder) -> Record:
    """The page was received."""
    event = ArticleFetched(
        url=page.url,
        final_url=page.final_url,
        status=page.status,
        content_type=page.content_type,
        body_sha256=sha256_hex(page.body),
        body_bytes=len(page.body),
        captured_at=page.captured_at,
        capture=page.capture,
        etag=page.etag,
        last_modified=page.last_modified,
    )
    return recorder(event, page.article, FETCHER, published_on, occurred_at=page.captured_at, caused_by=page.discovered)


def rejected_records(page: Page, rejection: Rejection, recorder: Recorder) -> list[Record]:
    """The page was received and holds no article."""
    day = utc_day(page.claimed.published_at or page.claimed.first_seen_at or page.captured_at)
    fetched = fetched_record(page, day, recorder)
    event = ArticleRejected(
        url=page.url, reason=rejection.reason, detail=rejection.detail, configuration_sha256=configuration()
    )
    rejected = recorder(event, page.article, CLEANER, day, occurred_at=page.captured_at, caused_by=fetched.id)
    return [fetched, rejected]


def cleaned_records(article: Article, known: KnownText | None, known_text: str, recorder: Recorder) -> list[Record]:
    """The page was received and cleaned; revised, when an earlier capture gave another text."""
    page, cleaned = article.page, article.cleaned
    fetched = fetched_record(page, article.published_on, recorder)
    records = [
        fetched,
        recorder(
            cleaned_event(article),
            page.article,
            CLEANER,
            article.published_on,
            occurred_at=page.captured_at,
            caused_by=fetched.id,
        ),
    ]
    if known is not None and _is_revision(known, article):
        changed = change(known_text, cleaned.text)
        event = ArticleRevised(
            previous_text_sha256=known.text_sha256,
            text_sha256=article.text_sha256,
            inserted_chars=changed.inserted_chars,
            deleted_chars=changed.deleted_chars,
            headline_changed=known.headline != cleaned.headline,
            passages=list(changed.passages),
        )
        records.append(
            recorder(
                event,
                page.article,
                CLEANER,
                article.published_on,
                occurred_at=page.captured_at,
                caused_by=fetched.id,
            )
        )
    return records


def _is_revision(known: KnownText, article: Article) -> bool:
    """Only texts of the same cleaner can tell what the publisher changed."""
    is_same_cleaner = known.configuration_sha256 == configuration()
    return is_same_cleaner and known.text_sha256 != article.text_sha256 and known.captured_at < article.page.captured_at


def cleaned_event(article: Article) -> ArticleCleaned:
    """What cleaning recovered, as an event."""
    cleaned, page = article.cleaned, article.page
    return ArticleCleaned(
        url=page.url,
        canonical_url=_normalised(cleaned.canonical_url),
        text_sha256=article.text_sha256,
        headline=cleaned.headline,
        authors=list(cleaned.authors),
        published_at=cleaned.published_at,
        published_at_source=cleaned.published_at_source,
        modified_at=cleaned.modified_at,
        language=cleaned.language,
        publisher=cleaned.publisher,
        site_name=cleaned.site_name,
        section=cleaned.section,
        keywords=list(cleaned.keywords),
        word_count=cleaned.word_count,
        minhash=cleaned.minhash,
        configuration_sha256=configuration(),
        date_claims=[DateClaim(each.source, each.at, each.on) for each in cleaned.date_claims],
        modified_at_source=cleaned.modified_at_source,
        headline_source=cleaned.headline_source,
        authors_source=cleaned.authors_source,
        agency=cleaned.agency,
        page_type=cleaned.page_type,
        method=cleaned.method,
    )


def _normalised(url: str | None) -> str | None:
    try:
        return normalised(url) if url else None
    except BadUrlError:
        return None
