"""Runs, the days that were asked for in archives, and the log's own batches."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Literal

from typing_extensions import Doc

from storage.events.shared import Via
from storage.vocabulary import Event, Scope, event


@event
class BatchCommitted(Event, frozen=True, kw_only=True):
    """Closes a commit: everything from first_position up to this row became visible at once."""

    about: ClassVar[str] = "log"
    named_by: ClassVar[tuple[str, ...] | None] = ("first_position", "previous_digest")
    events: Annotated[int, Doc("records of the batch, this row not counted")]
    first_position: Annotated[int, Doc("position of the batch's first record")]
    digest: Annotated[str, Doc("SHA-256 over previous_digest and every column of every row of the batch")]
    previous_digest: Annotated[str, Doc("digest of the batch before; 64 zeros for the first")]


@event
class DaySurveyed(Event, frozen=True, kw_only=True):
    """A source was asked what it has of a day, and what it had was taken in as far as it could be had."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    day: Annotated[date, Doc("day asked about")]
    source: Annotated[Via, Doc("kind of source")]
    archive: Annotated[str, Doc("address or file that was asked")]
    site: Annotated[str | None, Doc("site or section asked for; null: all that it has")]
    outcome: Annotated[
        Literal["found", "unavailable", "failed"],
        Doc("found: all it named is taken in; unavailable: it has nothing of the day; failed: to be asked again"),
    ]
    candidates: Annotated[int, Doc("articles that it named for the day")]
    reason: Annotated[str | None, Doc("why it failed or has nothing, for people")] = None


@event
class RunStarted(Event, frozen=True, kw_only=True):
    """A run began."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    flow: Annotated[str, Doc("flow or command")]
    parameters: Annotated[dict[str, Any], Doc("parameters as given")]
    started_at: Annotated[datetime, Doc("UTC")]
    day: Annotated[date, Doc("day the run belongs to, UTC")]


@event
class RunCompleted(Event, frozen=True, kw_only=True):
    """A run ended by itself; a started run without this record was interrupted."""

    about: ClassVar[str] = "run"
    scope: ClassVar[Scope] = Scope.RUN
    flow: Annotated[str, Doc("flow or command")]
    completed_at: Annotated[datetime, Doc("UTC")]
    outcome: Annotated[Literal["done", "retry", "cancelled", "failed"], Doc("retry: something transient remains")]
    counts: Annotated[dict[str, int], Doc("what was done, by name, and CPU milliseconds of cleaning and reading")]
