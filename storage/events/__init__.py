"""The records that no single extractor owns: feeds, articles, extractions, runs and the log's own batches.

Names follow schema.org/NewsArticle, WARC and CloudEvents where one of these has the word. `_at` is a UTC timestamp,
`_on` a date. A released class is never edited: raise its `schema_version` and give an upcaster.
"""

from __future__ import annotations

from storage.events.articles import (
    ArticleAliased,
    ArticleCleaned,
    ArticleDuplicated,
    ArticleForgotten,
    ArticleRejected,
    ArticleRevised,
    DateClaim,
    Passage,
)
from storage.events.feeds import (
    FeedPolled,
)
from storage.events.pages import (
    ArticleDiscovered,
    ArticleFetched,
    ArticleFetchFailed,
    ArticleUnchanged,
    ArticleWithdrawn,
    FetchFailure,
)
from storage.events.readings import (
    ExtractionCompleted,
    ExtractionFailed,
    ExtractionRejected,
)
from storage.events.runs import (
    BatchCommitted,
    DaySurveyed,
    RunCompleted,
    RunStarted,
)
from storage.events.shared import (
    CapturePlace,
    Configuration,
    DateSource,
    Sha256,
    Url,
    Via,
)
from storage.vocabulary import Event, Finding, Span, event

__all__ = [
    "ArticleAliased",
    "ArticleCleaned",
    "ArticleDiscovered",
    "ArticleDuplicated",
    "ArticleFetchFailed",
    "ArticleFetched",
    "ArticleForgotten",
    "ArticleRejected",
    "ArticleRevised",
    "ArticleUnchanged",
    "ArticleWithdrawn",
    "BatchCommitted",
    "CapturePlace",
    "Configuration",
    "DateClaim",
    "DateSource",
    "DaySurveyed",
    "Event",
    "ExtractionCompleted",
    "ExtractionFailed",
    "ExtractionRejected",
    "FeedPolled",
    "FetchFailure",
    "Finding",
    "Passage",
    "RunCompleted",
    "RunStarted",
    "Sha256",
    "Span",
    "Url",
    "Via",
    "event",
]
