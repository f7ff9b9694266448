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

_SHOWN = 20  # differences, failed days


def tell_nothing(request: Request, *, as_json: bool) -> None:
    """There is nothing to do."""
    if as_json:
        _json({"outcome": "nothing", "request": request})
        return
    out.print(f"Nothing to do for {_range(request)}: every article is as the installed code has it.", soft_wrap=True)


def tell_plan(plan: Plan, *, as_json: bool) -> None:
    """What would be done, and why."""
    if as_json:
        _json(plan)
        return
    if not plan.days:
        tell_nothing(plan.request, as_json=False)
        return
    table = listing(("day",), ("pages", "readings", "requests", "minutes"), ("why",))
    for each in plan.days:
        numbers = (each.pages, each.readings, each.requests, each.minutes)
        table.add_row(str(each.day), *map(_number, numbers), plain("; ".join(each.why)))
    out.print(table)
    pages, readings = sum(each.pages for each in plan.days), sum(each.readings for each in plan.days)
    minutes = "time unknown" if plan.minutes is None else f"about {plan.minutes:.1f} minutes"
    out.print(f"{len(plan.days)} days, {pages} pages to clean, {readings} readings, {minutes}.", soft_wrap=True)


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
    failed = [each for each in report.units if each["error"]]
    out.print(f"{len(report.units) - len(failed)} days done", end="")
    out.print(f", {len(failed)} failed" if failed else "", end="")
    counts = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in report.counts.items())
    out.print(f": {counts or 'nothing was new'}", soft_wrap=True)
    for each in failed[:_SHOWN]:
        warn(f"{each['label']}: {each['error']}")
    _tell_changes(report.changes)
    if report.outcome == "cancelled":
        out.print("Cancelled between two batches; the same command goes on where it was.")
    if report.outcome == "retry":
        out.print("Some of this may pass: the same command tries it again, or `--only failed` just that.")


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
