"""What can be wrong with a backfill.

BackfillError
├── RequestError          the request cannot be carried out as it stands (exit code 2)
│   ├── BackwardDaysError     it ends before it begins
│   ├── UnknownStageError     no extractor has the name
│   └── WhomToAskError        no file, no site
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


class UnknownRunError(BackfillError):
    """The log knows no backfill of that id."""

    exit_code = 2

    def __init__(self, run: str, known: Sequence[str]) -> None:
        there = f"; the last ones are {', '.join(known)}" if known else ""
        super().__init__(f"--resume {run}: the log knows no backfill of that id{there}")
        self.run, self.known = run, known


class SurveyError(BackfillError):
    """A source could not be asked, or its answer could not be read; asking again later may help."""

    def __init__(self, archive: str, why: str, found: Sequence[NamedArticle] = ()) -> None:
        super().__init__(f"{archive}: {why}")
        self.archive, self.why, self.found = archive, why, found  # what it named before it failed


class StoppedError(BackfillError):
    """Somebody wants the run to end; what is committed stands."""

    def __init__(self) -> None:
        super().__init__("the run is being stopped")
