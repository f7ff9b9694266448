"""Putting events into envelopes on behalf of one run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from storage.records import Context, Producer, Record, record
from storage.vocabulary import Event


@dataclass(frozen=True)
class Recorder:
    """Makes the records of one run."""

    run_id: UUID

    def __call__(
        self,
        event: Event,
        subject: UUID,
        producer: Producer,
        published_on: date,
        *,
        occurred_at: datetime | None = None,
        extraction_id: UUID | None = None,
        caused_by: UUID | None = None,
    ) -> Record:
        """The event in its envelope."""
        context = Context(
            producer=producer,
            run_id=self.run_id,
            published_on=published_on,
            occurred_at=occurred_at,
            extraction_id=extraction_id,
            caused_by=caused_by,
        )
        return record(event, subject, context)
