"""The guided look over an edition: what was found first, then what arrived, then what one can ask.

It rests on the published edition alone and leaves out what the edition does not hold, so it works on any home.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.text import Text

from flows.cli.answers.people import show as show_rows
from flows.cli.console import plain
from flows.demo.asked import answer_to, query, questions
from flows.demo.changed import changes
from flows.demo.home import started_as
from flows.demo.marked import excerpt, legend, spans_of
from storage.edition.ask import Column, ask
from storage.home import Home

_WIDEST = 108  # a line of prose that is still easy to read
_PARAGRAPHS = 3
_INDENT = 2
_PUBLISHERS = 12
_FIRST_QUERY = "SELECT speaker, content FROM statements LIMIT 10"

Row = dict[str, Any]


def show(home: Home, console: Console) -> None:
    """Print the look.

    Raises:
        NoEditionError: the home has no edition.
    """
    page = _Page(console)
    _marked_article(home, page)
    _correction(home, page)
    _wire_story(home, page)
    _arrivals(home, page)
    _questions(home, page)
    _what_next(home, page)


class _Page:
    """What is printed, indented below its headings and never wider than can be read."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, _WIDEST)
        self.in_colour = console.is_terminal and console.color_system is not None

    def heading(self, text: str, more: str = "") -> None:
        self.console.print()
        self.console.print(Text.assemble((text, "bold"), (f"  {more}" if more else "", "dim")))

    def put(self, *parts: RenderableType) -> None:
        for part in parts:
            shown = Text(part) if isinstance(part, str) else part
            self.console.print(Constrain(Padding(shown, (0, 0, 0, _INDENT), expand=False), self.width))

    def table(self, columns: Sequence[Column], rows: Sequence[tuple[object, ...]]) -> None:
        show_rows(self.console, columns, rows, widest=self.width, indent=_INDENT)

    def gap(self) -> None:
        self.console.print()


def _rows(home: Home, name: str) -> list[Row]:
    answer = ask(home, query(name))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _marked_article(home: Home, page: _Page) -> None:
    found = _rows(home, "marked_article")
    if not found:
        return
    article = found[0]
    payloads = [(row["record_type"], msgspec.json.decode(row["payload"])) for row in found]
    spans = [span for record_type, payload in payloads for span in spans_of(record_type, payload)]
    page.heading("What a text says", "every finding names the characters it rests on")
    page.gap()
    page.put(_title(article), legend(in_colour=page.in_colour))
    for paragraph in excerpt(article["text"], spans, most_paragraphs=_PARAGRAPHS, in_colour=page.in_colour):
        page.gap()
        page.put(paragraph)
    page.gap()
    statements = [payload for record_type, payload in payloads if record_type == "StatementReported"]
    page.table(_columns("speaker", "cue", "#characters", "what was said"), _records(article["text"], statements))


def _title(article: Row) -> Text:
    parts = (plain(article["headline"]), "bold"), (f"  {plain(article['publisher'])}, {article['published_on']}", "dim")
    return Text.assemble(*parts)


def _records(text: str, statements: Sequence[Row]) -> list[tuple[object, ...]]:
    """The first statements as records: speaker, cue, characters and the words between them."""
    return [
        (
            each["speaker"],
            each["cue_lemma"],
            f"{quoted['start']}-{quoted['end']}",
            text[quoted["start"] : quoted["end"]],
        )
        for each in statements[:_PARAGRAPHS]
        for quoted in each["quoted"][:1]
    ]


def _columns(*names: str) -> list[Column]:
    """Columns of a table; # before a name: never cut."""
    return [Column(name.lstrip("#"), "DATE" if name.startswith("#") else "VARCHAR") for name in names]


def _correction(home: Home, page: _Page) -> None:
    for revision in _rows(home, "correction"):
        page.heading(
            "A correction caught", "both texts are kept, with the findings of each; only the newer one's count"
        )
        page.gap()
        page.put(
            Text.assemble((plain(revision["headline"]), "bold"), (f"  {plain(revision['publisher'])}", "dim")),
            Text(_dates(revision), style="dim"),
        )
        for change in changes(revision["previous_text"], revision["text"], in_colour=page.in_colour):
            page.gap()
            page.put(change)


def _dates(revision: Row) -> str:
    """When the article was published and changed, as it says, and when its two texts were read."""
    first, second = revision["first_captured_at"], revision["captured_at"]
    again = f"{second:%H:%M:%S}" if first.date() == second.date() else f"{second:%Y-%m-%d %H:%M}"
    changed = f", changed {revision['modified_at']:%Y-%m-%d %H:%M}" if revision["modified_at"] else ""
    return (
        f"published {revision['published_at']:%Y-%m-%d %H:%M}{changed}, read {first:%Y-%m-%d %H:%M:%S} and {again}, UTC"
    )


def _wire_story(home: Home, page: _Page) -> None:
    printings = _rows(home, "wire_story")
    if not printings:
        return
    publishers = len({each["publisher"] for each in printings})
    page.heading("One story, counted once", f"{len(printings)} articles of {publishers} publishers are one story")
    page.gap()
    rows = [
        (f"{each['published_at']:%Y-%m-%d %H:%M}", each["publisher"], each["headline"], _likeness(each, printings[0]))
        for each in printings
    ]
    page.table(_columns("#printed (UTC)", "publisher", "headline", "#alike"), rows)


def _likeness(printing: Row, first: Row) -> str:
    percent = printing["similarity_percent"]
    return "first" if printing is first else f"{percent} %" if percent is not None else ""


def _arrivals(home: Home, page: _Page) -> None:
    columns, rows = answer_to(home, query("arrivals"), most_rows=_PUBLISHERS)
    page.heading("What arrived", f"{sum(row[1] for row in rows)} articles of {len(rows)} publishers")
    page.gap()
    page.table(columns, rows)
    away = [f"{each['pages']} {each['reason'].replace('_', ' ')}" for each in _rows(home, "turned_away")]
    if away:
        page.put(Text(f"Pages that held no article, kept with the reason: {', '.join(away)}.", style="dim"))


def _questions(home: Home, page: _Page) -> None:
    page.heading("What you can ask", "each is plain SQL over dateline.duckdb")
    for number, question in enumerate(questions(), 1):
        columns, rows = answer_to(home, question.sql)
        page.gap()
        page.put(Text(f"{number}. {question.title}", style="italic"), Text(question.sql, style="dim"))
        if rows:
            page.gap()
            page.table(columns, rows)


def _what_next(home: Home, page: _Page) -> None:
    words = f"{started_as()} --home {shlex.quote(str(home.root))}"
    own = started_as()
    page.heading("What to do next")
    page.gap()
    for purpose, command in (
        ("ask this home something", f'{words} sql "{_FIRST_QUERY}"'),
        ("the same at a prompt that completes names and tells what each column means", f"{words} sql"),
        ("see what it holds", f"{words} status"),
        ("now with your own news, in a home of your own", f"{own} feeds add https://example.org/feed.xml"),
        ("", f"{own} nightly"),
        ("or with articles that you have as files", f"{own} ingest PATH"),
    ):
        if purpose:
            page.put(Text(f"# {purpose}", style="dim"))
        # one line however long, so that it can be pasted
        page.console.print(" " * _INDENT + command, markup=False, soft_wrap=True)
    page.gap()
    page.put(Text.assemble("The edition lies in ", (str(home.edition), "bold"), "; DuckDB 2.0 or later opens it."))
