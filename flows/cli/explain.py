"""`dateline explain`: an article's text with its spans marked, and each finding beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.headings import ASK

if TYPE_CHECKING:
    from rich.text import Text

    from flows.explaining import Explained
    from storage.vocabulary import Span

_STYLES = ("cyan", "green", "yellow", "magenta", "blue", "red")


def register(app: typer.Typer) -> None:
    """Add `explain`."""
    app.command("explain", rich_help_panel=ASK)(explain)


def explain(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id or address, or a local file.")],
    extractor: Annotated[
        list[str] | None, typer.Option("--extractor", help="Show the findings of this extractor alone; repeatable.")
    ] = None,
    why_not: Annotated[
        str | None,
        typer.Option(
            "--why-not",
            metavar="WORDS",
            help="Show instead which frames were tried in the sentence with these words, and what stopped each.",
        ),
    ] = None,
) -> None:
    """Show an article's text with every span marked, and each finding beside the paragraph that it begins in.

    Articles come from the edition; a local file is read now, and nothing is stored. A number after a bracket names the
    finding.

    Example: dateline explain article.txt --extractor statements

        dateline explain article.txt --why-not "had sent no fuel"
    """
    if why_not is not None:
        _show_tried(article, why_not)
        return
    from extractors.language.reading import Reading
    from flows.cli.console import out, plain, warn
    from flows.explaining import explanation
    from flows.settings import settings

    explained = explanation(article, settings())
    out.print(plain(explained.heading), style="bold", markup=False)
    for note in explained.notes:
        warn(note)
    chosen = [each for each in explained.findings if not extractor or each.producer in extractor]
    styles = _styles(chosen)
    for paragraph in Reading(explained.text, date.min).paragraphs:
        marked = _marked(explained.text, paragraph, chosen, styles)
        begun = [_told(each, styles[each.producer]) for each in chosen if paragraph.start <= each.first < paragraph.end]
        _show(marked, begun)
    out.print(f"{len(chosen)} findings", style="dim")


def _show_tried(article: str, words: str) -> None:
    """Each word at which a frame was tried, with what came of it; what was coded first."""
    from flows.cli.console import out, plain
    from flows.settings import settings
    from flows.why_not import why_not_coded

    found = why_not_coded(article, words, settings())
    for each in found.tried:
        style = "green" if each.is_coded else ""
        rule = f"  {each.rule}" if each.rule else ""
        out.print(plain(f"{each.span.of(found.text)}{rule}: {each.came_of_it}"), style=style, markup=False)
    if not found.tried:
        out.print("No word of the sentence could be the trigger of a frame.")


def _show(marked: Text, told: list[Text]) -> None:
    """Side by side on a terminal, one beneath the other in a pipe."""
    from rich.table import Table
    from rich.text import Text

    from flows.cli.console import out

    if not out.is_terminal:
        for line in (marked, *(Text.assemble("  ", each) for each in told), Text()):
            out.print(line)
        return
    table = Table.grid(padding=(0, 2, 1, 0))
    table.add_column(width=out.width // 2)
    table.add_column(ratio=1, overflow="fold")
    table.add_row(marked, Text("\n").join(told))
    out.print(table)


def _styles(findings: list[Explained]) -> dict[str, str]:
    producers = sorted({each.producer for each in findings})
    return {name: _STYLES[at % len(_STYLES)] for at, name in enumerate(producers)}


def _told(each: Explained, style: str) -> Text:
    from rich.text import Text

    from flows.cli.console import plain

    fields = "  ".join(f"{name} {_shown(value)}" for name, value in each.fields.items())
    return Text.assemble((f"{each.number} {each.producer}", style), f"  {plain(fields)}")


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _marked(text: str, paragraph: Span, findings: list[Explained], styles: dict[str, str]) -> Text:
    """The paragraph with a bracket around each span and the finding's number after it."""
    from rich.text import Text

    from flows.cli.console import plain

    cuts: list[tuple[int, int, int, str, str]] = []
    for each in findings:
        for span in each.spans:
            if paragraph.start <= span.start and span.end <= paragraph.end:
                length = span.end - span.start
                cuts.append((span.start, 1, -length, "[", styles[each.producer]))
                cuts.append((span.end, 0, length, f"]{each.number}", styles[each.producer]))
    marked, at = Text(), paragraph.start
    for place, _, _, bracket, style in sorted(cuts):
        marked.append(plain(text[at:place]))
        marked.append(bracket, style=style)
        at = place
    return marked.append(plain(text[at : paragraph.end]))
