"""`dateline extract`: the events of a text on stdout, nothing stored."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from flows.cli.headings import START_HERE


def register(app: typer.Typer) -> None:
    """Add `extract`."""
    app.command("extract", rich_help_panel=START_HERE)(extract)


def extract(
    what: Annotated[str, typer.Argument(metavar="PATH|ADDRESS|-", help="A dated text, a web page, or - for stdin.")],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Publication day of a text that states none itself."),
    ] = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Put the cleaned text into the ArticleCleaned event, as data.text.")
    ] = False,
) -> None:
    """Print the events of one text as CloudEvents 1.0, a JSON object a line; nothing is stored.

    The first line is ArticleCleaned, then come the findings of every extractor. Spans are {start, end, text}, in
    Unicode code points of the cleaned text.

    Example: dateline extract article.txt | jq 'select(.type == "StatementReported") | .data.speaker'
    """
    from flows.cloudevents import as_line, cloud_event
    from flows.extracting import extract as read
    from flows.extracting import given
    from flows.settings import settings
    from flows.vocabulary import vocabulary

    stdin = sys.stdin.buffer.read() if what == "-" else None
    item = given(what, stdin, None if day is None else day.date(), settings())
    records, text = read(item, settings())
    for number, record in enumerate(records):
        event = cloud_event(record, vocabulary().classes, text)
        if with_text and number == 0:
            event["data"]["text"] = text
        sys.stdout.write(as_line(event) + "\n")
