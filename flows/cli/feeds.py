"""`dateline feeds`: the list of feeds, kept as OPML in the home."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.boundary import TRANSIENT
from flows.cli.console import out, plain, warn
from flows.cli.headings import EVERY_NIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.feed_list import FeedList, Imported

_STDIO = "-"
_SHOWN_REFUSALS = 5

commands = typer.Typer(no_args_is_help=True, help="Keep the list of feeds: add, list, remove, check, import, export.")


class UnknownFeedError(LookupError):
    """A feed is not in the list; those that look like it are named."""

    def __init__(self, url: str, near: Sequence[str]) -> None:
        meant = f"; did you mean {' or '.join(near)}?" if near else "; `dateline feeds list` shows it"
        super().__init__(f"{url} is not in the list{meant}")
        self.url, self.near = url, near

    def __str__(self) -> str:
        return str(self.args[0])


def register(app: typer.Typer) -> None:
    """Add the group `feeds`."""
    app.add_typer(commands, name="feeds", rich_help_panel=EVERY_NIGHT)


def _listed() -> FeedList:
    from flows.feed_list import FeedList
    from flows.settings import settings

    return FeedList.load(settings().place.feed_list)


def _say(text: str) -> None:
    out.print(plain(text), markup=False, soft_wrap=True)


@commands.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed (RSS, Atom, JSON Feed, news sitemap), or of a site.")],
    title: Annotated[str | None, typer.Option("--title", help="Name for people.")] = None,
    is_taken_as_it_is: Annotated[
        bool, typer.Option("--as-is", help="Do not ask the address whether it is one.")
    ] = False,
) -> None:
    """Add a feed; the next night polls it.

    An address that does not look like a feed's is asked: when it is a site, the first feed it links to is added, or the
    one in the usual places, and its other feeds are named.
    """
    from flows.feeds.discovery import is_feed_like

    if is_taken_as_it_is or is_feed_like(url):
        _add(url, title)
        return
    from flows.cli.answers.feed_search import search_feeds
    from flows.settings import settings

    first, *others = search_feeds(url, settings())
    _add(first.url, title or first.title)
    for each in others:
        _say(f"It also has: dateline feeds add {each.url}" + (f"  ({each.title})" if each.title else ""))


def _add(url: str, title: str | None) -> None:
    _say(f"Added {url}." if _listed().add(url, title) else f"{url} is in the list already.")


@commands.command("list")
def show_list(
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array, one object a line.")] = False,
) -> None:
    """List the feeds, in the order of the file."""
    feeds = _listed().feeds
    if as_json:
        _write_json([{"url": each.url, "title": each.title, "folders": list(each.folders)} for each in feeds])
        return
    if not feeds:
        _say("No feeds yet: dateline feeds add ADDRESS, or dateline feeds import LIST.opml")
        return
    _show_table(("feed", "title", "folder"), [(each.url, each.title or "", " / ".join(each.folders)) for each in feeds])


@commands.command("remove")
def remove(url: Annotated[str, typer.Argument(help="Address as listed.")]) -> None:
    """Remove a feed from the list; what it brought stays."""
    from difflib import get_close_matches

    listed = _listed()
    if not listed.remove(url):
        raise UnknownFeedError(url, get_close_matches(url, [each.url for each in listed.feeds], n=3, cutoff=0.7))
    _say(f"Removed {url}; the articles it brought stay.")


@commands.command("import")
def import_list(
    source: Annotated[str, typer.Argument(metavar="PATH|ADDRESS|-", help="An OPML list, as feed readers export it.")],
) -> None:
    """Add the feeds of an OPML list, in their folders."""
    done = _listed().import_opml(_document(source))
    _say(_imported(done))
    for url in done.refused[:_SHOWN_REFUSALS]:
        warn(f"left out, not an http(s) address: {url}")


def _imported(done: Imported) -> str:
    refused = f", {len(done.refused)} left out" if done.refused else ""
    return f"Added {len(done.added)} feeds; {done.known} were in the list already{refused}."


def _document(source: str) -> bytes:
    """The OPML document, from where it stands."""
    if source == _STDIO:
        return sys.stdin.buffer.read()
    if source.lower().startswith(("http://", "https://")):
        return _fetched(source)
    return Path(source).expanduser().read_bytes()


def _fetched(url: str) -> bytes:
    import asyncio

    from flows.settings import settings
    from flows.web.answers import FEED_LIMITS
    from flows.web.configured import client_for

    async def fetch() -> bytes:
        async with client_for(settings()) as client:
            return (await client.get(url, limits=FEED_LIMITS)).body

    return asyncio.run(fetch())


@commands.command("export")
def export(
    path: Annotated[str, typer.Argument(metavar="PATH|-", help="File to write, or - for stdout.")] = _STDIO,
) -> None:
    """Write the list as OPML 2.0, which feed readers import."""
    document = _listed().export()
    if path == _STDIO:
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
        return
    Path(path).expanduser().write_bytes(document)
    _say(f"Wrote {path}.")


@commands.command("check")
def check(
    urls: Annotated[list[str] | None, typer.Argument(help="Feeds to ask; all of the list when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array, one object a line.")] = False,
) -> None:
    """Ask feeds now; tell what they answer, and what nights do with each and why.

    Nothing is stored. Ends with 3 when a feed does not answer well.
    """
    from flows.cli.answers.feed_checks import check_feeds, with_states
    from flows.settings import settings

    asked = urls or [each.url for each in _listed().feeds]
    if not asked:
        _say("No feeds to check: dateline feeds add ADDRESS")
        return
    checks = with_states(check_feeds(asked, settings()), settings().place)
    if as_json:
        _write_json(checks)
    else:
        rows = [
            (
                each.url,
                each.answer,
                each.format,
                each.entries,
                each.newest_entry_at,
                each.problem,
                each.advice,
                each.nights,
            )
            for each in checks
        ]
        names = ("feed", "#answer", "#format", ">entries", "#newest", "what is wrong", "what to do", "what nights do")
        _show_table(names, rows)
    if not all(each.is_good for each in checks):
        raise typer.Exit(TRANSIENT)


def _show_table(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """A table; # before a name: never cut, >: numbers."""
    from flows.cli.answers.people import show
    from storage.edition.ask import Column

    kinds = {"#": "DATE", ">": "BIGINT"}
    show(out, [Column(name.lstrip("#>"), kinds.get(name[0], "VARCHAR")) for name in names], rows)


def _write_json(items: Sequence[object]) -> None:
    import msgspec

    lines = ",\n".join(msgspec.json.encode(each).decode() for each in items)
    sys.stdout.write(f"[\n{lines}\n]\n" if items else "[]\n")
