"""`dateline status`: feeds, last runs, days and what each holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from flows.cli.answers.listing import listing
from flows.cli.console import out, plain
from flows.cli.headings import EVERY_NIGHT

if TYPE_CHECKING:
    from flows.cli.answers.standing import Standing

_RUNS_SHOWN = 5
_OUTCOMES = {"done": "green", "retry": "yellow", "cancelled": "yellow", "failed": "red"}
_DAY_COLUMNS = ("articles", "stories", "publishers", "words", "findings", "rejected", "failed")
_COSTS = ("_milliseconds", "_items")  # how names of counts end that say what pages and texts cost


def register(app: typer.Typer) -> None:
    """Add `status`."""
    app.command("status", rich_help_panel=EVERY_NIGHT)(status)


def status(
    days: Annotated[int, typer.Option("--days", min=1, metavar="N", help="How many of the last days to show.")] = 14,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help="Show a calendar instead, from this day on."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Last day of the calendar; today by default."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object with everything.")] = False,
) -> None:
    """Show how things stand: feeds and which of them fail, the last runs, the days and what each holds.

    With --since, how far each day has come at each stage, compared with the code that is installed.
    """
    from flows.cli.answers.standing import standing
    from flows.settings import settings

    if since is not None or until is not None:
        from flows.cli.answers.days import tell_days

        last = (until or datetime.now(UTC)).date()
        tell_days(settings().place, since.date() if since else last, last, as_json=as_json)
        return
    found = standing(settings().place, days=days, runs=_RUNS_SHOWN)
    if as_json:
        out.file.write(found.as_json() + "\n")
        return
    _show_edition(found)
    _show_feeds(found)
    _show_warnings(found)
    _show_runs(found)
    _show_days(found)


def _print(*parts: str | tuple[str, str]) -> None:
    out.print(Text.assemble(*parts))


def _heading(text: str, more: str = "") -> None:
    out.print()
    _print((text, "bold"), (f"  {more}" if more else "", "dim"))


def _show_edition(found: Standing) -> None:
    age = _age(found.edition_published_at, datetime.now(UTC))
    _print(("Home     ", "bold"), plain(found.home))
    _print(("Edition  ", "bold"), plain(found.edition), (f"  {_size(found.edition_bytes)}, published {age}", "dim"))
    _print(("Log      ", "bold"), f"position {found.log_position}", "; the edition ", _lag(found))


def _lag(found: Standing) -> str | tuple[str, str]:
    if not found.waiting_records:
        return "holds all of it"
    return f"lacks the last {found.waiting_records} records: dateline publish", "yellow"


def _show_feeds(found: Standing) -> None:
    counts = " · ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in found.outcomes.items())
    _heading("Feeds", counts or "none polled yet")
    for feed in found.failing:
        why = feed["error"] or (f"answered {feed['status']}" if feed["status"] else feed["outcome"])
        since = feed["last_answered_at"]
        good = f"last good answer {since:%Y-%m-%d}" if since else "never answered well"
        _print(("  ✗ ", "red"), plain(feed["feed_url"]), f"  {plain(why)}", (f"  {good}", "dim"))


def _show_warnings(found: Standing) -> None:
    """What somebody should look at, those feeds left out that stand among the failing ones already."""
    failing = {feed["feed_url"] for feed in found.failing}
    warnings = [each for each in found.warnings if each["subject"] not in failing]
    if warnings:
        _heading("To look at", f"{len(warnings)}")
    for each in warnings:
        _print(
            ("  ! ", "yellow"), plain(each["subject"]), f"  {each['warning']}", (f"  {plain(each['detail'])}", "dim")
        )


def _show_runs(found: Standing) -> None:
    _heading("Last runs", "" if found.runs else "none yet")
    if found.runs:
        table = listing(("started (UTC)", "flow", "outcome"), ("seconds",), ("what was done",))
        for run in found.runs:
            table.add_row(
                f"{run['started_at']:%Y-%m-%d %H:%M}",
                plain(run["flow"]),
                Text(run["outcome"] or "under way, or interrupted", style=_OUTCOMES.get(run["outcome"], "yellow")),
                "" if run["duration_seconds"] is None else str(run["duration_seconds"]),
                _counts(run["counts"]),
            )
        out.print(table)


def _counts(counts: dict[str, Any]) -> str:
    """What was done; what it has cost is there for estimates, not for people."""
    done = {name: number for name, number in counts.items() if number and not name.endswith(_COSTS)}
    return plain(", ".join(f"{number} {name.replace('_', ' ')}" for name, number in done.items()))


def _show_days(found: Standing) -> None:
    _heading("Days", f"the last {len(found.days)}" if found.days else "no articles yet")
    if found.days:
        table = listing(("day",), _DAY_COLUMNS, ())
        for day in found.days:
            table.add_row(str(day["published_on"]), *(str(day[name]) for name in _DAY_COLUMNS))
        out.print(table)


def _size(size_bytes: float) -> str:
    """Bytes for people, in powers of 1000.

    >>> _size(1_234_567)
    '1.2 MB'
    """
    for unit in ("bytes", "kB", "MB"):
        if size_bytes < 1000:  # noqa: PLR2004 - the step between units
            return f"{size_bytes:.0f} {unit}" if unit == "bytes" else f"{size_bytes:.1f} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.1f} GB"


def _age(then: datetime, now: datetime) -> str:
    """How long ago, for people, in the largest unit that fits.

    >>> _age(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC))
    '2 days ago'
    """
    seconds = max(0, int((now - then).total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            number = seconds // length
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "just now"
