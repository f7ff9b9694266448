"""What a backfill would do and why, day by day, with what it would cost; nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import msgspec

from flows.backfill.errors import UnknownRunError
from flows.backfill.request import Request
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.edition.publish import publish
from storage.home import Home
from storage.ledger import CLEANED, FETCHED, DayStage, Survey, day_stages
from storage.log import Log
from storage.state import rows_of

# CPU seconds a page or text costs, as `benchmarks/backfill.py` measured them on one core of a two-core machine
CLEANING_SECONDS, READING_SECONDS = 0.04, 0.05


class DayPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What would be done for one day, and why; an estimate of what it costs."""

    day: date
    why: list[str]
    pages: int = 0  # to be cleaned again
    readings: int = 0  # of a text by one extractor
    requests: int | None = 0  # None: nobody knows before the archive was asked
    minutes: float | None = 0.0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The days that would be done, in their order, and how far every day of the range has come."""

    request: Request
    days: list[DayPlan]
    ledger: list[DayStage]

    @property
    def minutes(self) -> float | None:
        """What the whole would take; None when nobody knows."""
        known = [each.minutes for each in self.days if each.minutes is not None]
        return sum(known) if len(known) == len(self.days) else None


def plan(request: Request, settings: Settings) -> Plan:
    """What a backfill would do; the edition is brought up to the log before.

    Raises:
        RequestError: it cannot be carried out as it stands.
    """
    home = settings.place
    if Log(home).exists():
        publish(home, vocabulary())
    if request.source == "kept":
        return (
            kept_plan(home, request, settings.workers)
            if home.edition.exists()
            else Plan(request=request, days=[], ledger=[])
        )
    from flows.backfill.archived import archived_plan  # the network is loaded for those who need it

    return archived_plan(request, settings)


def resumed(run: str, settings: Settings) -> Request:
    """The request of a backfill that the log knows, by its id or how that begins.

    Raises:
        UnknownRunError: there is none.
    """
    started = rows_of(Log(settings.place), "backfills")
    known = {str(row["run_id"]): row["parameters"] for row in started}
    match [each for each in known if each.startswith(run)]:
        case [found]:
            request = msgspec.json.decode(known[found], type=Request)
            return msgspec.structs.replace(request, resumes=found)
        case _:
            raise UnknownRunError(run, list(known)[-3:])


def kept_plan(home: Home, request: Request, workers: int) -> Plan:
    """The days whose kept articles have to be cleaned or read again.

    Raises:
        NoEditionError: nothing was published yet.
    """
    ledger = day_stages(home, request.code, request.since, request.until)
    by_day = {day: list(stages) for day, stages in groupby(ledger, key=lambda each: each.published_on)}
    asked = {each.stage for each in request.code}
    days = [
        _day_plan(day, [s for s in by_day.get(day, ()) if s.stage in asked], request, workers) for day in request.days
    ]
    return Plan(request=request, days=[each for each in days if each.why], ledger=ledger)


def _day_plan(day: date, stages: Sequence[DayStage], request: Request, workers: int) -> DayPlan:
    due = {each.stage: each.count(request.outcomes) for each in stages}
    pages = due.pop(CLEANED, 0)
    readings = sum(due.values())
    per_extractor = READING_SECONDS / max(1, len(due))
    seconds = (pages * CLEANING_SECONDS + readings * per_extractor) / workers
    return DayPlan(
        day=day,
        why=[_why(each, request) for each in stages if each.count(request.outcomes)],
        pages=pages,
        readings=readings,
        minutes=round(seconds / 60, 3),
    )


def _why(stage: DayStage, request: Request) -> str:
    counts = {
        f"failed in version {stage.version}": stage.failed if "failed" in request.outcomes else 0,
        f"by code older than version {stage.version} as installed": stage.stale if "stale" in request.outcomes else 0,
        f"never in version {stage.version}": stage.missing if "missing" in request.outcomes else 0,
        "done already, and asked for again": stage.done if "done" in request.outcomes else 0,
    }
    verb = "cleaned" if stage.stage == CLEANED else "read"
    told = "; ".join(f"{number} {verb} {how}" for how, number in counts.items() if number)
    return f"{stage.stage}: {told}"


def surveyed_plan(
    home: Home, request: Request, surveyed: dict[date, Survey], seconds_per_request: float, requests_per_day: int
) -> Plan:
    """The days that a source has to be asked about."""
    ledger = day_stages(home, request.code, request.since, request.until) if home.edition.exists() else []
    states = {each.published_on: each for each in ledger if each.stage == FETCHED}
    found = [each.candidates for each in surveyed.values() if each.candidates]
    expected = None if not found else requests_per_day + sum(found) // len(found)
    days = [
        DayPlan(
            day=day,
            why=[_why_asked(surveyed.get(day), states.get(day))],
            requests=expected,
            minutes=None if expected is None else round(expected * seconds_per_request / 60, 3),
        )
        for day in request.days
        if is_to_be_asked(surveyed.get(day), request.only)
    ]
    return Plan(request=request, days=days, ledger=ledger)


def is_to_be_asked(last: Survey | None, only: str | None) -> bool:
    """Whether a day is to be asked about, after what the last asking gave."""
    if only == "all":
        return True
    if last is None:
        return only in (None, "missing")
    return last.outcome == "failed" and only in (None, "failed")


def _why_asked(last: Survey | None, fetched: DayStage | None) -> str:
    held = f"; {fetched.articles} articles are known of it" if fetched else ""
    if last is None:
        return f"never asked about{held}"
    if last.outcome == "failed":
        return f"the last asking failed: {last.reason or 'no reason was given'}{held}"
    return f"asked about before ({last.candidates} found), and asked for again{held}"
