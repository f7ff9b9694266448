"""What is asked of a backfill: which days, from where, what of them."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

import msgspec

from extractors.cleaning import CLEANER_VERSION
from extractors.cleaning import configuration as cleaner_configuration
from extractors.extractor import discover, reader_configuration
from flows.backfill.choices import Only, Order, Source
from flows.backfill.errors import BackwardDaysError, MeaninglessError, UnknownStageError, UnusableError
from flows.reading.model import chosen_model
from storage.ledger import CLEANED, Reached, StageVersion

_NO_SITE = "is no site; give a host, such as example.org, or a section, such as example.org/world"
_NO_ADDRESS = "is no address; give one such as http://localhost:8080/news"
# what is refused with any other source: carrying on without it would do something else than was asked
_MEANT_FOR: dict[str, tuple[tuple[Source, ...], str]] = {
    "--extractor": (("kept",), "articles that are new are read by all extractors"),
    "--only stale": (("kept",), "what is stale is read again from what is kept"),
    "--site": (("wayback", "ccnews", "sitemap", "feed", "urls"), "whatever is kept of the days is done again"),
    "--archive": (("wayback", "ccnews"), "it asks no archive"),
    "FILE": (("ccnews", "urls"), "ccnews reads WARC files, urls reads lists of addresses"),
}
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
        # what was asked of whom is known again by these words
        msgspec.structs.force_setattr(self, "sites", tuple(dict.fromkeys(map(self._site, self.sites))))
        if self.archive is not None:
            msgspec.structs.force_setattr(self, "archive", _archive(self.archive))
        if self.since > self.until:
            raise BackwardDaysError(self.since, self.until)
        for name in self.extractors:
            if name not in discover():
                raise UnknownStageError(name, tuple(discover()))
        self._refuse_what_means_nothing()

    def _site(self, stated: str) -> str:
        """A site as it is asked for; archives and lists know hosts and paths, whatever the scheme was."""
        scheme, colon, rest = stated.strip().rpartition("://")
        host, slash, path = rest.partition("/")
        keeps_scheme = self.source in ("sitemap", "feed")
        bare = host.lower() + (slash + path if keeps_scheme or path.strip("/") else "")
        if not host or " " in bare:
            raise UnusableError(stated, _NO_SITE, "--site")
        return f"{scheme}{colon}{bare}" if keeps_scheme else bare.rstrip("/")

    def _refuse_what_means_nothing(self) -> None:
        given = {
            "--extractor": self.extractors,
            "--only stale": self.only == "stale",
            "--site": self.sites,
            "--archive": self.archive,
            "FILE": self.files,
        }
        for option, (sources, why) in _MEANT_FOR.items():
            if given[option] and self.source not in sources:
                raise MeaninglessError(option, self.source, why)

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


def _archive(stated: str) -> str:
    """The address of an archive, the same however it was written.

    Raises:
        UnusableError: it is none.
    """
    parts = urlsplit(stated.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnusableError(stated, _NO_ADDRESS, "--archive")
    return stated.strip().rstrip("/")


def installed() -> list[StageVersion]:
    """The cleaner and the extractors as they are installed."""
    reader = reader_configuration(chosen_model())
    found = [StageVersion(CLEANED, CLEANER_VERSION, cleaner_configuration())]
    return [*found, *(StageVersion(name, each.version, reader) for name, each in discover().items())]
