"""`dateline diff`: what another version of an extractor finds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.days import Since, Until, day_given
from flows.cli.headings import ASK

if TYPE_CHECKING:
    from storage.edition.comparing import Version

MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add `diff`."""
    app.command("diff", rich_help_panel=ASK)(diff)


def diff(
    extractor: Annotated[str, typer.Argument(help="The extractor's name, such as statements.")],
    before: Annotated[str, typer.Argument(metavar="V1", help="A version, or current.")],
    after: Annotated[str, typer.Argument(metavar="V2", help="The version to compare it with, or current.")],
    since: Since = None,
    until: Until = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, one difference a line, whole.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=0, metavar="N", help=f"Differences to show; {MOST_SHOWN} unless --json is given."),
    ] = None,
) -> None:
    """Compare what two versions of an extractor say: which findings appeared, which vanished, which changed and how.

    Compared are readings of the same text of an article. Findings of two versions are the same when they stand in the
    same place of it. `current` is whatever counts now for each article.

        dateline diff statements 1 2 --since 2026-03-01
    """
    from flows.cli.answers.differences import show_comparison, write_comparison
    from flows.settings import settings
    from flows.vocabulary import vocabulary
    from storage.edition.comparing import Question, comparison

    question = Question(extractor, _version(before, "V1"), _version(after, "V2"), day_given(since), day_given(until))
    with comparison(settings().place, vocabulary(), question) as found:
        if as_json:
            write_comparison(found, sys.stdout, limit)
        else:
            show_comparison(found, vocabulary().classes, MOST_SHOWN if limit is None else limit)


def _version(given: str, name: str) -> Version:
    if given == "current":
        return "current"
    if not given.isdecimal():
        problem = f"{given!r} is neither a version, such as 1, nor current"
        raise typer.BadParameter(problem, param_hint=name)
    return int(given)
