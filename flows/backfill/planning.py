"""What a backfill would do and why, day by day, with what it would cost; nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Literal

import msgspec

from extractors.extractor import discover
from flows.backfill.errors import UnknownRunError
from flows.backfill.request import Request
from flows.settings import Settings
from flows.sources.candidates import WEST
from flows.vocabulary import vocabulary
from storage.edition.publish import publish
from storage.home import Home
from storage.ledger import CLEANED, FETCHED, DayStage, Survey, costs, day_stages
from storage.log import Log
from storage.state import rows_of

# CPU seconds that a page or text costs on one core of a two-core machine, as `benchmarks/backfill.py` measured them:
# for homes whose runs have not measured it yet
CLEANING_SECONDS, READING_SECONDS = 0.04, 0.05


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What a page and a text cost, CPU seconds, and how that is known: from this home's last runs, or only assumed."""

    cleaning_seconds: float = CLEANING_SECONDS
    reading_seconds: float = READING_SECONDS
    basis: Literal["measured", "assumed"] = "assumed"


class DayPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What would be done for one day, and why; an estimate of what it costs. None: nobody knows before asking."""

    day: date
    why: list[str]
    pages: int | None = 0  # to be cleaned
    readings: int | None = 0  # of a text by one extractor
    requests: int | None = 0
    minutes: float | None = 0.0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The days that would be done, in their order, and how far every day of the range has come."""

    request: Request
    days: list[DayPlan]
    ledger: list[DayStage]
    cost: Cost = Cost()

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
    match [each for each in known if run and each.startswith(run)]:
        case [found]:
            request = msgspec.json.decode(known[found], type=Request)
            return msgspec.structs.replace(request, resumes=found)
        case fitting:
            raise UnknownRunError(run, fitting[-3:], list(known)[-3:])


def cost_in(home: Home) -> Cost:
    """What pages and texts cost in a home, whose edition is there."""
    known = costs(home)
    if known.reading_seconds is None:
        return Cost()
    cleaning = CLEANING_SECONDS if known.cleaning_seconds is None else known.cleaning_seconds
    return Cost(cleaning_seconds=cleaning, reading_seconds=known.reading_seconds, basis="measured")


def kept_plan(home: Home, request: Request, workers: int) -> Plan:
    """The days whose kept articles have to be cleaned or read again.

    Raises:
        NoEditionError: nothing was published yet.
    """
    ledger = day_stages(home, request.code, request.since, request.until)
    by_day = {day: list(stages) for day, stages in groupby(ledger, key=lambda each: each.published_on)}
    asked, cost = {each.stage for each in request.code}, cost_in(home)
    days = [
        _day_plan(day, [s for s in by_day.get(day, ()) if s.stage in asked], request, (cost, workers))
        for day in request.days
    ]
    return Plan(request=request, days=[each for each in days if each.why], ledger=ledger, cost=cost)


def _day_plan(day: date, stages: Sequence[DayStage], request: Request, at: tuple[Cost, int]) -> DayPlan:
    (cost, workers), due = at, {each.stage: each.count(request.outcomes) for each in stages}
    pages = due.pop(CLEANED, 0)
    readings = sum(due.values())
    texts = max(due.values(), default=0)  # parsing, which all extractors share, is most of what a text costs
    seconds = (pages * cost.cleaning_seconds + texts * cost.reading_seconds) / workers
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
        "already, and asked for again": stage.done if "done" in request.outcomes else 0,
    }
    verb = "cleaned" if stage.stage == CLEANED else "read"
    told = "; ".join(f"{number} {verb} {how}" for how, number in counts.items() if number)
    return f"{stage.stage}: {told}"


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source before it is asked."""

    sites: int  # that it is asked about each day
    seconds_per_request: float
    wait: timedelta | None  # after a day's end, until what it has of the day is all there; None: it does not change
    named: dict[date, int] | None = None  # how many articles it names, where it lies here and is read


def surveyed_plan(home: Home, request: Request, surveyed: dict[date, Survey], asking: Asking, workers: int) -> Plan:
    """The days that a source has to be asked about."""
    is_there = home.edition.exists()
    ledger = day_stages(home, request.code, request.since, request.until) if is_there else []
    states = {each.published_on: each for each in ledger if each.stage == FETCHED}
    cost, usual = cost_in(home) if is_there else Cost(), _usual(surveyed)
    days = [
        _asked_day(
            day,
            _why_asked(surveyed.get(day), states.get(day), asking),
            usual if asking.named is None else asking.named.get(day, 0),
        )
        for day in request.days
        if is_to_be_asked(surveyed.get(day), request.only, asking)
    ]
    timed = [_with_minutes(each, asking, cost, workers) for each in days]
    return Plan(request=request, days=timed, ledger=ledger, cost=cost)


def _usual(surveyed: dict[date, Survey]) -> int | None:
    """How many pages a source is likely to have of a day: as many as it had of others."""
    found = [each.candidates for each in surveyed.values() if each.candidates]
    return sum(found) // len(found) if found else None


def _asked_day(day: date, why: str, pages: int | None) -> DayPlan:
    readings = None if pages is None else pages * len(discover())
    return DayPlan(day=day, why=[why], pages=pages, readings=readings, requests=None, minutes=None)


def _with_minutes(day: DayPlan, asking: Asking, cost: Cost, workers: int) -> DayPlan:
    if day.pages is None:
        return day
    requests = day.pages + (asking.sites if asking.named is None else 0)
    work = day.pages * (cost.cleaning_seconds + cost.reading_seconds) / workers
    seconds = max(requests * asking.seconds_per_request, work)  # pages are read while others are asked for
    return msgspec.structs.replace(day, requests=requests, minutes=round(seconds / 60, 3))


def is_to_be_asked(last: Survey | None, only: str | None, asking: Asking) -> bool:
    """Whether a day is to be asked about, after what the last asking gave."""
    if only == "all":
        return True
    if last is None or was_early(last, asking):
        return only in (None, "missing")
    return last.outcome == "failed" and only in (None, "failed")


def was_early(last: Survey, asking: Asking) -> bool:
    """Whether a day was asked about before all that there is of it could be there: it ends last far in the west."""
    if asking.wait is None or last.outcome == "failed":
        return False
    over_at = datetime.combine(last.day + timedelta(days=1), time(), UTC) + WEST + asking.wait
    return last.asked_at < over_at


def _why_asked(last: Survey | None, fetched: DayStage | None, asking: Asking) -> str:
    held = f"; {fetched.articles} articles are known of it" if fetched and fetched.articles else ""
    if last is None:
        return f"never asked about{held}"
    if last.outcome == "failed":
        return f"the last asking failed: {last.reason or 'no reason was given'}{held}"
    if was_early(last, asking):
        return f"asked about before all of it could be there{held}"
    return f"asked about before ({last.candidates} found), and asked for again{held}"
