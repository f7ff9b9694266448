"""`dateline nightly`: the flow that turns what is new into facts, run here and now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.boundary import FAILED, TRANSIENT
from flows.cli.console import note, out, warn
from flows.cli.headings import EVERY_NIGHT

if TYPE_CHECKING:
    from flows.running import NightReport


def register(app: typer.Typer) -> None:
    """Add `nightly`."""
    app.command("nightly", rich_help_panel=EVERY_NIGHT)(nightly)


def nightly(
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="Day the run belongs to; today when left out."),
    ] = None,
    between_nights: Annotated[
        bool, typer.Option("--between-nights", help="Ask each feed no more often than its own rhythm suggests.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Poll every feed, fetch new pages, read them, publish the edition.

    Running it again at once adds nothing but the polls. Ends with 3 while pages or feeds are left that a later run will
    try again.
    """
    from flows.cli.bars import bars
    from flows.feed_list import FeedList
    from flows.running import run_night
    from flows.settings import settings

    place = settings().place
    if not FeedList.load(place.feed_list).feeds:
        warn(f"No feeds in {place.feed_list}: add one with `dateline feeds add ADDRESS`.")
        return
    if not settings().contact:
        note("DATELINE_CONTACT is not set: name a page or an address where sites can reach you.")
    with bars("starting Prefect"):
        report = run_night(settings(), None if day is None else day.date(), between_nights=between_nights)
    if as_json:
        import orjson

        out.print(orjson.dumps(report.as_dict()).decode(), soft_wrap=True, markup=False)
    else:
        show(report, str(place.edition))
    if report.outcome != "done":
        raise typer.Exit(TRANSIENT if report.outcome == "retry" else FAILED)


def show(report: NightReport, edition: str) -> None:
    """The night in a few lines."""
    for line in lines(report.counts):
        out.print(line, soft_wrap=True)
    if report.outcome == "retry":
        out.print("Some of this may pass: a later run tries it again.", soft_wrap=True)
    out.print(f"The edition lies at {edition}", soft_wrap=True)


def lines(counts: dict[str, Any]) -> list[str]:
    """Counts as sentences, what is zero left out."""

    def said(*names: tuple[str, str]) -> str:
        return ", ".join(f"{counts[name]} {word}" for name, word in names if counts.get(name))

    feeds = said(
        ("feeds", "feeds polled"),
        ("feeds_unchanged", "unchanged"),
        ("feeds_moved", "moved"),
        ("feeds_unreachable", "unreachable"),
        ("feeds_not_a_feed", "that are no feed"),
        ("feeds_gone", "gone"),
        ("discovered", "new or changed entries"),
    )
    pages = said(
        ("fetched", "pages fetched"),
        ("articles", "articles"),
        ("revised", "revised"),
        ("rejected", "without an article"),
        ("failed", "failed"),
        ("remaining", "to be tried again"),
    )
    facts = said(("findings", "findings"), ("copies", "pairs of copies"), ("extractions_failed", "readings failed"))
    return [
        line for line in (feeds or "No feed was due", pages or "0 pages fetched", facts or "0 new findings") if line
    ]
