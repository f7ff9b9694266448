"""What is asked of a backfill: which days, from where, what of them."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from extractors.cleaning import CLEANER_VERSION
from extractors.cleaning import configuration as cleaner_configuration
from extractors.extractor import discover, reader_configuration
from flows.backfill.choices import Only, Order, Source
from flows.backfill.errors import BackwardDaysError, UnknownStageError
from flows.reading.model import chosen_model
from storage.ledger import CLEANED, Reached, StageVersion

LACKS: tuple[Reached, ...] = ("missing", "failed", "stale")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A backfill as it was asked for; the same again has nothing left to do.

    `sites` are hosts, with a path where a section is meant (`example.org/world`). `archive` is the address of another
    archive than the usual one, `files` are local WARC files or lists of addresses.
    """

    since: date
    until: date
    source: Source = "kept"
    extractors: tuple[str, ...] = ()
    only: Only | None = None  # None: whatever is missing, failed or stale
    order: Order = "newest"
    max_active: int = 2
    sites: tuple[str, ...] = ()
    archive: str | None = None
    files: tuple[str, ...] = ()
    resumes: str | None = None  # the run that this one goes on with

    def __post_init__(self) -> None:
        if self.source in ("wayback", "ccnews"):  # known by host and path there, whatever the scheme was
            bare = tuple(each.partition("://")[2] or each for each in self.sites)
            msgspec.structs.force_setattr(self, "sites", bare)
        if self.since > self.until:
            raise BackwardDaysError(self.since, self.until)
        for name in self.extractors:
            if name not in discover():
                raise UnknownStageError(name, tuple(discover()))

    @property
    def outcomes(self) -> tuple[Reached, ...]:
        """What the ledger must say of an article so that it is done again."""
        if self.only == "all":
            return (*LACKS, "done")
        return LACKS if self.only is None else (self.only,)

    @property
    def days(self) -> list[date]:
        """The days, in the order in which they are done."""
        days = [self.since + timedelta(days=number) for number in range((self.until - self.since).days + 1)]
        return days[::-1] if self.order == "newest" else days

    @property
    def code(self) -> list[StageVersion]:
        """The installed code that is asked about: of all stages, or of the extractors named alone."""
        return [each for each in installed() if not self.extractors or each.stage in self.extractors]


def installed() -> list[StageVersion]:
    """The cleaner and the extractors as they are installed."""
    reader = reader_configuration(chosen_model())
    found = [StageVersion(CLEANED, CLEANER_VERSION, cleaner_configuration())]
    return [*found, *(StageVersion(name, each.version, reader) for name, each in discover().items())]
