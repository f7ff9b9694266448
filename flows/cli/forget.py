"""`dateline forget`: an article's words and pages go from every file of the home."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from flows.cli.boundary import FAILED, USAGE
from flows.cli.console import out, plain
from flows.cli.headings import KEEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.edition.publish import Publication
    from storage.forgetting.plan import Plan
    from storage.forgetting.search import Removed
    from storage.state.articles import Relative

_SHOWN_RELATIVES = 5


class UnconfirmedError(RuntimeError):
    """Nobody is there to be asked, and `--yes` was not given."""

    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("nobody can be asked here: give --yes to forget it, or --dry-run to see what would go")


def register(app: typer.Typer) -> None:
    """Add `forget`."""
    app.command("forget", rich_help_panel=KEEP)(forget)


def forget(
    article: Annotated[str, typer.Argument(metavar="URL|ARTICLE_ID", help="Address or id of the article.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; stays in the log and the edition.")],
    requested_by: Annotated[
        str | None, typer.Option("--requested-by", metavar="WHO", help="Who asked for it; stays as well.")
    ] = None,
    copies: Annotated[
        bool, typer.Option("--copies", help="Forget the articles with the very same text too; else they keep it.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and stop.")] = False,
) -> None:
    """Remove an article's text and captured pages, its entries in kept feeds, and its rows of the edition.

    The log is not changed: it holds headlines and names, but no text. The article is not fetched or ingested again.
    What an interruption left is finished by running this again, or by the next publishing.
    """
    from flows.cli.bars import bars
    from flows.forgetting import forget as carry_out
    from flows.forgetting import wanted
    from flows.settings import settings

    asked = wanted(settings(), article, with_same_text=copies)
    for line in _plan(asked):
        out.print(line, soft_wrap=True)
    if dry_run:
        return
    if not yes and not _is_confirmed():
        out.print("Nothing was forgotten.")
        raise typer.Exit(FAILED)
    with bars("captures"):
        removed, published = carry_out(settings(), asked, reason, requested_by)
    out.print(Text(_done(removed, published)), soft_wrap=True)


def _is_confirmed() -> bool:
    if not sys.stdin.isatty():
        raise UnconfirmedError
    return typer.confirm("Forget it? This cannot be undone.", default=False)


def _plan(asked: Plan) -> Iterator[Text]:
    for each in asked.articles:
        yield _line("Forget", each.headline or each.url, "bold")
        yield _line("", each.url)
        yield _line("", f"{each.publisher or 'no publisher'}, {each.published_on}, article {each.article_id}", "dim")
    if asked.earlier is not None:
        when = f" on {asked.earlier.forgotten_at:%Y-%m-%d}" if asked.earlier.forgotten_at else ""
        yield _line("Before", f"was asked for{when}: {asked.earlier.reason}; whatever is left of it goes now")
    yield _line("Goes", _goes(asked))
    yield _line("Stays", "the log as it is, headline and names included, and a record that it was forgotten")
    yield from _relatives("the very same text stays for them (--copies forgets them too)", asked.same_text)
    yield from _relatives("the same story in other words; forget them by their own addresses", asked.same_story)


def _goes(asked: Plan) -> str:
    parts = (
        _count(len(asked.texts), "text"),
        _count(asked.captures, "captured page"),
        f"its entries in what {_count(len(asked.feeds), 'feed')} answered" if asked.feeds else "",
        f"{_count(asked.records, 'record')} from the edition" if asked.earlier is None else "",
    )
    return " · ".join(part for part in parts if part)


def _relatives(what: str, found: Sequence[Relative]) -> Iterator[Text]:
    if found:
        yield _line("", f"{_count(len(found), 'other article')}: {what}", "yellow")
        for each in found[:_SHOWN_RELATIVES]:
            yield _line("", f"  {each.url}")
        if len(found) > _SHOWN_RELATIVES:
            yield _line("", f"  and {len(found) - _SHOWN_RELATIVES} more")


def _line(label: str, text: str, style: str = "") -> Text:
    return Text.assemble((f"{label:<8}", "bold"), (plain(text), style))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _done(removed: Removed, published: Publication) -> str:
    parts = (
        _count(removed.texts, "text"),
        _count(removed.captures, "captured page"),
        f"entries in {_count(removed.feed_answers, 'feed answer')}",
    )
    return f"Removed {', '.join(parts)}. The edition at {published.path} was made without them."
