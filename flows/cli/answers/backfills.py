"""What `dateline backfill` tells: plans, dry runs and how a run ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from flows.cli.answers.listing import listing
from flows.cli.console import out, plain, warn

if TYPE_CHECKING:
    from flows.backfill.changes import DryRun
    from flows.backfill.planning import Plan
    from flows.backfill.request import Request
    from flows.running import BackfillReport

_NAMED = 3  # days with the same note
_SHOWN = 20  # differences, failed days


def tell_nothing(plan: Plan, *, as_json: bool) -> None:
    """There is nothing to do."""
    if as_json:
        _json({"outcome": "nothing", "request": plan.request})
        return
    out.print(f"Nothing to do for {_range(plan.request)}: {_why_nothing(plan)}.", soft_wrap=True)


def _why_nothing(plan: Plan) -> str:
    request = plan.request
    if request.source != "kept":
        return "no day failed" if request.only == "failed" else "every day was asked about"
    if not any(each.articles for each in plan.ledger):
        return "no article of these days is kept; --from takes days in that were never fetched"
    if request.only in ("failed", "stale", "missing"):
        return f"nothing is {request.only}"
    return "every article is as the installed code has it"


def tell_plan(plan: Plan, *, as_json: bool) -> None:
    """What would be done, and why."""
    if as_json:
        _json(plan)
        return
    if not plan.days:
        tell_nothing(plan, as_json=False)
        return
    table = listing(("day",), ("pages", "readings", "requests", "minutes"), ("why",))
    for each in plan.days:
        numbers = (each.pages, each.readings, each.requests, each.minutes)
        table.add_row(str(each.day), *map(_number, numbers), plain("; ".join(_together(each.why))))
    out.print(table)
    out.print(f"{_days(len(plan.days))}, {_totals(plan)}.", soft_wrap=True)


def _together(reasons: Sequence[str]) -> list[str]:
    """Reasons with the stages that share them: `figures, statements: 3 read by …`."""
    stages: dict[str, list[str]] = {}
    for each in reasons:
        stage, colon, reason = each.partition(": ")
        stages.setdefault(reason if colon else "", []).append(stage)
    return [f"{', '.join(names)}: {reason}" if reason else "; ".join(names) for reason, names in stages.items()]


def _totals(plan: Plan) -> str:
    if plan.minutes is None:
        return "pages and time unknown before the source was asked"
    pages, readings = sum(each.pages or 0 for each in plan.days), sum(each.readings or 0 for each in plan.days)
    how = "as the last runs here took" if plan.cost.basis == "measured" else "assumed: no run here has measured it"
    takes = f"{plan.minutes:.1f} minutes" if plan.minutes >= 1 else f"{plan.minutes * 60:.1f} seconds"
    return f"{pages} pages to clean, {readings} readings, about {takes}, {how}"


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.1f}".removesuffix(".0")


def tell_dry_run(found: DryRun, *, as_json: bool) -> None:
    """Which facts would change."""
    if as_json:
        _json(found)
        return
    out.print(f"{found.articles} articles read, nothing stored.")
    _tell_changes([msgspec.to_builtins(each) for each in found.changes])
    for each in found.differences[:_SHOWN]:
        _tell_difference(each.change, each.extractor, (str(each.published_on), each.before, each.after))
    if len(found.differences) > _SHOWN:
        out.print(f"… and {len(found.differences) - _SHOWN} more; --json has them all.")


def _tell_difference(change: str, extractor: str, about: tuple[str, list[Any], list[Any]]) -> None:
    day, before, after = about
    sign, style = {"added": ("+", "green"), "withdrawn": ("-", "red"), "changed": ("~", "yellow")}[change]
    told = [_compact(each) for each in (before, after) if each != []]
    out.print(Text.assemble((f"{sign} {day} {extractor}  ", style), plain(" → ".join(told))), soft_wrap=True)


def _compact(payloads: list[Any]) -> str:
    return msgspec.json.encode(payloads[0] if len(payloads) == 1 else payloads).decode()[:300]


def tell_report(report: BackfillReport, *, as_json: bool) -> None:
    """How a run ended."""
    if as_json:
        _json(report.as_dict())
        return
    failed = [each for each in report.units if each["error"] or each["counts"].get("surveys_failed")]
    others = [each for each in report.units if each not in failed]
    done = len(others)
    are_days = all(each["label"] == str(each["day"]) for each in report.units)
    out.print(f"{_days(done) if are_days else f'{done} of the archive files'} done", end="")
    out.print(f", {len(failed)} failed" if failed else "", end="")
    counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in report.counts.items())
    out.print(f": {counts or 'nothing was new'}", soft_wrap=True)
    for note, labels in _notes(failed)[:_SHOWN]:
        warn(f"{labels}: {note}")
    for note, labels in _notes(others)[:_SHOWN]:
        out.print(f"{labels}: {note}", soft_wrap=True, highlight=False, markup=False)
    _tell_changes(report.changes)
    if report.outcome == "cancelled":
        out.print("Cancelled between two batches; the same command goes on where it was.")
    if report.outcome == "retry":
        out.print("Some of this may pass: the same command tries it again, or `--only failed` just that.")


def _notes(units: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """What is to be known, each note once, with what it is about."""
    about: dict[str, list[str]] = {}
    for each in units:
        if note := each["error"] or each["note"]:
            about.setdefault(note, []).append(each["label"])
    return [(note, _some(sorted(labels))) for note, labels in about.items()]


def _some(labels: Sequence[str]) -> str:
    return ", ".join(labels) if len(labels) <= _NAMED else f"{labels[0]} to {labels[-1]}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _tell_changes(changes: Sequence[dict[str, Any]]) -> None:
    if not changes:
        out.print("No fact that counts has changed.")
        return
    table = listing(("extractor",), ("added", "withdrawn", "changed"), ())
    for each in changes:
        table.add_row(plain(each["extractor"]), *(str(each[name]) for name in ("added", "withdrawn", "changed")))
    out.print(table)


def _range(request: Request) -> str:
    return str(request.since) if request.since == request.until else f"{request.since} to {request.until}"


def _json(value: object) -> None:
    out.file.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")
