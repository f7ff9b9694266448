"""How an extractor's reading of a text ended."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from typing_extensions import Doc

from storage.events.shared import Configuration, Sha256
from storage.vocabulary import Event, Scope, event


@event
class ExtractionCompleted(Event, frozen=True, kw_only=True):
    """An extractor has read a text to its end; also when it found nothing, which withdraws what it believed before."""

    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    events: Annotated[int, Doc("findings of this extraction")]
    supersedes: Annotated[UUID | None, Doc("closing record that was current, when this returns to older code")]
    read_until: Annotated[
        int | None, Doc("code points that were parsed of a text too long to be read whole; null: all of it was read")
    ] = None


@event
class ExtractionFailed(Event, frozen=True, kw_only=True):
    """An extractor broke on a text; the others go on."""

    scope: ClassVar[Scope] = Scope.RUN
    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    error: Annotated[str, Doc("type and message of the error")]


@event
class ExtractionRejected(Event, frozen=True, kw_only=True):
    """An extractor stepped aside: the text is not of a kind it reads."""

    article: Annotated[UUID, Doc("article id")]
    text_sha256: Sha256
    producer: Annotated[str, Doc("extractor's name")]
    version: Annotated[int, Doc("extractor's version")]
    configuration_sha256: Configuration
    reason: Annotated[str, Doc("why, for people")]
