"""What can be wrong with a backfill.

BackfillError
├── RequestError          the request cannot be carried out as it stands (exit code 2)
│   ├── BackwardDaysError     it ends before it begins
│   ├── UnknownStageError     no extractor has the name
│   ├── WhomToAskError        no file, no site
│   ├── MeaninglessError      an option that the source does not know
│   ├── DaysToComeError       it asks about days that are not over
│   └── UnusableError         a file or an address that it names cannot be used
├── UnknownRunError       no backfill of that id is in the log (exit code 2)
├── SurveyError           a source could not be asked about a day
└── StoppedError          somebody wants the run to end
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flows.sources.named import NamedArticle


class BackfillError(RuntimeError):
    """A backfill cannot be, or could not go on."""


class RequestError(BackfillError):
    """The request cannot be carried out as it stands; the message says what to do."""

    exit_code = 2


class BackwardDaysError(RequestError):
    """The range ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"--since {since} lies after --until {until}; exchange them")
        self.since, self.until = since, until


class UnknownStageError(RequestError):
    """No extractor has the name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"--extractor {name}: there is none of that name; there are {', '.join(known)}")
        self.name, self.known = name, known


class WhomToAskError(RequestError):
    """The request does not say whom to ask."""

    def __init__(self, source: str, what: str) -> None:
        super().__init__(f"--from {source} needs {what}")
        self.source, self.what = source, what


class MeaninglessError(RequestError):
    """An option that the source does not know; carrying on without it would do something else than was asked."""

    def __init__(self, option: str, source: str, why: str) -> None:
        super().__init__(f"{option} means nothing with --from {source}: {why}")
        self.option, self.source = option, source


class DaysToComeError(RequestError):
    """Nobody can be asked what there is of days that have not begun anywhere."""

    def __init__(self, until: date, latest: date) -> None:
        super().__init__(f"--until {until} is yet to come, and no source has anything of it; give {latest} at most")
        self.until, self.latest = until, latest


class UnusableError(RequestError):
    """A file or an address that the request names cannot be used."""

    def __init__(self, named: str, why: str, option: str = "FILE") -> None:
        super().__init__(f"{option} {named}: {why}")
        self.named, self.why, self.option = named, why, option


class UnknownRunError(BackfillError):
    """The log knows no backfill of that id, or several whose ids begin so."""

    exit_code = 2

    def __init__(self, run: str, fitting: Sequence[str], known: Sequence[str]) -> None:
        there = f"; the last ones are {', '.join(known)}" if known else "; none was begun in this home"
        told = f"the log knows no backfill of that id{there}"
        if fitting:
            told = f"the ids of {', '.join(fitting)} begin so; give more of it"
        super().__init__(f"--resume {run}: {told}")
        self.run, self.fitting, self.known = run, fitting, known


class SurveyError(BackfillError):
    """A source could not be asked, or its answer could not be read; asking again later may help."""

    def __init__(self, archive: str, why: str, found: Sequence[NamedArticle] = ()) -> None:
        super().__init__(f"{archive}: {why}")
        self.archive, self.why, self.found = archive, why, found  # what it named before it failed


class StoppedError(BackfillError):
    """Somebody wants the run to end; what is committed stands."""

    def __init__(self) -> None:
        super().__init__("the run is being stopped")
