"""A comparison of two versions of an extractor, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import IO, Any

import msgspec
from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.cli.answers.people import shown
from flows.cli.console import note, out, plain
from storage.edition.comparing import Articles, Comparison, Difference, Question
from storage.vocabulary import Event

_SIGNS = {"appeared": ("+", "green"), "vanished": ("-", "red"), "changed": ("~", "yellow")}
_COUNTED = ("appeared", "vanished", "changed", "unchanged")
_MOST_CHARS = 160  # of a value in a list


def show_comparison(found: Comparison, classes: Mapping[str, type[Event]], limit: int) -> None:
    """Print what was compared, how much differs, and the first differences, article by article."""
    out.print(Text(_headline(found.question), style="bold"))
    out.print(Text(f"{_compared(found.articles)}{_days(found.question)}", style="dim"))
    if found.counts:
        out.print(_counts(found))
    for _, each in groupby(found.differences(limit), key=lambda difference: difference.article_id):
        _show_article(list(each), classes)
    more = sum(each.appeared + each.vanished + each.changed for each in found.counts.values()) - limit
    if more > 0:
        note(f"{more} more; --limit shows more of them, --json all")


def write_comparison(found: Comparison, to: IO[str], limit: int | None) -> None:
    """Write everything as one JSON object, a difference a line."""
    asked = found.question
    head = {
        "extractor": asked.extractor,
        "before": asked.before,
        "after": asked.after,
        "since": asked.since,
        "until": asked.until,
        "articles": found.articles,
        "records": found.counts,
    }
    to.write(msgspec.json.encode(msgspec.to_builtins(head)).decode()[:-1] + ',"differences":[')
    separator = "\n"
    for each in found.differences(limit):
        to.write(separator + msgspec.json.encode(_as_object(each)).decode())
        separator = ",\n"
    to.write("\n]}\n")


def _as_object(each: Difference) -> dict[str, Any]:
    return {**vars(each), "fields": each.fields}


def _headline(asked: Question) -> str:
    named = [each if each == "current" else f"version {each}" for each in (asked.before, asked.after)]
    return f"{asked.extractor}: {named[0]} → {named[1]}"


def _compared(articles: Articles) -> str:
    parts = [f"{articles.both} {'article' if articles.both == 1 else 'articles'} read by both"]
    parts += [f"{articles.before_only} only by the first"] if articles.before_only else []
    parts += [f"{articles.after_only} only by the second"] if articles.after_only else []
    parts += [f"{articles.different_texts} in different texts"] if articles.different_texts else []
    return ", ".join(parts)


def _days(asked: Question) -> str:
    since = f" from {asked.since}" if asked.since else ""
    until = f" to {asked.until}" if asked.until else ""
    return f"; published{since}{until}" if since or until else ""


def _counts(found: Comparison) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="dim", padding=(0, 1), pad_edge=False)
    table.add_column("record")
    for name in _COUNTED:
        table.add_column(name, justify="right")
    for kind, counts in found.counts.items():
        table.add_row(kind, *(str(getattr(counts, name)) for name in _COUNTED))
    return table


def _show_article(differences: list[Difference], classes: Mapping[str, type[Event]]) -> None:
    first = differences[0]
    out.print()
    title = first.headline or first.url or str(first.article_id)
    out.print(Text.assemble((f"{first.published_on}  ", "dim"), (plain(title), "bold")))
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for each in differences:
        sign, style = _SIGNS[each.change]
        table.add_row(Text(sign, style=style), Text(each.record_type, style=style), _finding(each, classes))
        for name, values in _changes(each):
            table.add_row("", Text(name, style="dim"), values)
    out.print(Padding(table, (0, 0, 0, 2)) if out.is_terminal else table)


def _finding(each: Difference, classes: Mapping[str, type[Event]]) -> Text:
    """Where the finding stands, in the words there, and the rest of what it says unless a change tells it."""
    fields = each.after or each.before or {}
    cls = classes.get(each.record_type)
    anchor = [name for name in (cls.anchor if cls else ()) if name in fields]
    words = " · ".join(_cut(fields[name]) for name in anchor)
    others = [(name, fields[name]) for name in fields if name not in anchor and _is_plain(fields[name])]
    told = "" if each.change == "changed" else " · ".join(f"{name} {_cut(value)}" for name, value in others)
    return Text.assemble(words, ("  " if words and told else "", ""), (told, "dim"))


def _is_plain(value: object) -> bool:
    return value is not None and not isinstance(value, dict | list)


def _changes(each: Difference) -> Iterator[tuple[str, Text]]:
    before, after = each.before or {}, each.after or {}
    for name in each.fields:
        yield name, Text.assemble(_cut(before.get(name)), (" → ", "dim"), _cut(after.get(name)))


def _cut(value: object) -> str:
    text = plain(shown(value))
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"
