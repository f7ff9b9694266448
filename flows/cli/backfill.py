"""`dateline backfill`: a range of days done again, or for the first time, here and now."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.backfill.choices import Only, Order, Source
from flows.cli.boundary import FAILED, TRANSIENT
from flows.cli.console import out, plain
from flows.cli.headings import EVERY_NIGHT

if TYPE_CHECKING:
    from flows.backfill.request import Request


_NO_DAYS = "give the first day"
_WITH_ITS_OWN = "a backfill goes on with the options that it had; leave the others out, or begin a new one"
_ONLY_KEPT = "a dry run reads what is kept; leave --from out"


def register(app: typer.Typer) -> None:
    """Add `backfill`."""
    app.command("backfill", rich_help_panel=EVERY_NIGHT)(backfill)


def backfill(  # noqa: PLR0913, PLR0917 - its options
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="First day, as the publishers date it.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day; the first when left out.")
    ] = None,
    source: Annotated[
        Source, typer.Option("--from", help="Where pages come from: what is kept (no network), an archive, a site.")
    ] = "kept",
    extractor: Annotated[
        str, typer.Option("--extractor", metavar="NAME[,NAME]", help="Read with these extractors alone.")
    ] = "",
    only: Annotated[
        Only | None, typer.Option("--only", help="What to do again; missing, failed and stale when left out.")
    ] = None,
    order: Annotated[Order, typer.Option("--order", help="Which days come first.")] = "newest",
    max_active: Annotated[
        int, typer.Option("--max-active", min=1, max=64, metavar="N", help="Days done side by side.")
    ] = 2,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, metavar="N", help="Processes that clean and read.")
    ] = None,
    site: Annotated[
        list[str] | None,
        typer.Option("--site", metavar="HOST[/SECTION]", help="Site or section, or feed; may be repeated."),
    ] = None,
    archive: Annotated[
        str | None, typer.Option("--archive", metavar="ADDRESS", help="Another archive that speaks CDX, or mirror.")
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", help="For ccnews WARC files, for urls lists of addresses with their days."),
    ] = None,
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="ID", help="Go on with a backfill that was interrupted.")
    ] = None,
    plan_only: Annotated[bool, typer.Option("--plan", help="Say what would be done, and why; do nothing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read what is kept, store nothing, show which facts would change.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Do a range of days again with the code that is installed, or take in days that were never fetched.

    What is done already is left out: the same range again has nothing to do. Ends with 3 while something of it failed;
    `--only failed` tries just that.
    """
    if resume is None and since is None:
        raise typer.BadParameter(_NO_DAYS, param_hint="--since")
    if resume is not None and (since or until or file or site or archive or only or extractor or source != "kept"):
        raise typer.BadParameter(_WITH_ITS_OWN, param_hint="--resume")
    if dry_run and source != "kept":
        raise typer.BadParameter(_ONLY_KEPT, param_hint="--dry-run")
    from flows.backfill.planning import resumed
    from flows.settings import settings

    chosen = settings() if workers is None else settings().model_copy(update={"workers": workers})
    if resume is not None:
        request = resumed(resume, chosen)
    else:
        request = _request(
            since=since,
            until=until,
            source=source,
            extractors=extractor,
            only=only,
            order=order,
            max_active=max_active,
            sites=site,
            archive=archive,
            files=file,
        )
    _carry_out(request, chosen, plan_only=plan_only, dry_run=dry_run, as_json=as_json)


def _request(**given: Any) -> Request:  # noqa: ANN401 - options as they were given
    from flows.backfill.request import Request

    first: date = given["since"].date()
    return Request(
        since=first,
        until=given["until"].date() if given["until"] else first,
        source=given["source"],
        extractors=tuple(name.strip() for name in given["extractors"].split(",") if name.strip()),
        only=given["only"],
        order=given["order"],
        max_active=given["max_active"],
        sites=tuple(given["sites"] or ()),
        archive=given["archive"],
        files=tuple(str(each.expanduser().absolute()) for each in given["files"] or ()),
    )


def _carry_out(request: Request, settings: Any, *, plan_only: bool, dry_run: bool, as_json: bool) -> None:  # noqa: ANN401
    from flows.backfill.planning import plan
    from flows.cli.answers import backfills as tell
    from flows.cli.bars import bars

    with bars("planning"):
        found = plan(request, settings)
    if plan_only:
        tell.tell_plan(found, as_json=as_json)
        return
    if not found.days:
        tell.tell_nothing(found, as_json=as_json)
        return
    if dry_run:
        from flows.backfill.changes import dry_run as read_only

        with bars("reading"):
            would = read_only(request, settings)
        tell.tell_dry_run(would, as_json=as_json)
        return
    settings.place.claim("backfill").release()  # a second one is told so before Prefect is started
    from flows.running import run_backfill

    with bars("starting Prefect"):
        report = run_backfill(request, settings)
    tell.tell_report(report, as_json=as_json)
    if not as_json:
        out.print(plain(f"The edition lies at {settings.place.edition}"), soft_wrap=True)
    if report.outcome not in ("done", "nothing"):
        raise typer.Exit(TRANSIENT if report.outcome == "retry" else FAILED)
