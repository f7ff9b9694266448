"""What the time expressions are worth: found and resolved, against hand-annotated news.

`python benchmarks/time_expressions.py [EVENTS] [--misses N]`. EVENTS is a folder with `timebank/*.tml` and
`timex_phrases.tsv`; what is missing there is left out with a message. Relaxed: the spans touch; strict: they are the
same; value: they touch and the value is the same. Type and value of a phrase on its own are told in the last table.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.table import Table

from extractors.language.reading import Reading
from extractors.time_expressions import TimeExpressionResolved, time_expressions

_EVENTS = Path("../shared/events")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = re.compile(
    r"(today|tonight|yesterday|tomorrow|((last|next|this) (week|month|year|night|spring|summer|fall|winter|weekend))"
    r"|.* (ago|earlier|later))$"
)


@dataclass(frozen=True)
class Gold:
    """An annotated expression."""

    start: int
    end: int
    value: str


@dataclass
class Score:
    """Counts over documents, and what went wrong."""

    gold: int = 0
    told: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0
    spurious: Counter[str] = field(default_factory=Counter[str])
    missed: Counter[str] = field(default_factory=Counter[str])
    wrong: Counter[str] = field(default_factory=Counter[str])
    by_kind: dict[str, list[bool]] = field(default_factory=dict[str, list[bool]])

    def f1(self, right: int) -> str:
        """F1 of so many right ones."""
        return f"{2 * right / (self.gold + self.told):.3f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="?", type=Path, default=_EVENTS, help=f"annotated news ({_EVENTS})")
    parser.add_argument("--misses", type=int, default=0, help="print so many of the commonest faults")
    arguments = parser.parse_args()
    console = Console(width=140)
    documents = sorted((arguments.events / "timebank").glob("*.tml"))
    phrases = arguments.events / "timex_phrases.tsv"
    if documents:
        _print_documents(console, documents, arguments.misses)
    else:
        console.print(f"[yellow]No timebank/*.tml in {arguments.events}: left out.[/] Give the folder as argument.")
    if phrases.is_file():
        console.print(_phrases_table(phrases))
    else:
        console.print(f"[yellow]No timex_phrases.tsv in {arguments.events}: left out.[/]")


def _print_documents(console: Console, documents: list[Path], misses: int) -> None:
    score, words, started = Score(), 0, time.perf_counter()
    for path in documents:
        text, written_on, gold = document(path)
        words += len(text.split())
        count(score, text, written_on, gold)
    seconds = time.perf_counter() - started
    table = Table(
        "documents", "gold", "found", "relaxed F1", "strict F1", "value F1", "weekdays", "relative", "words/s"
    )
    table.add_row(
        str(len(documents)),
        str(score.gold),
        str(score.told),
        score.f1(score.relaxed),
        score.f1(score.strict),
        score.f1(score.value),
        *(_share(score.by_kind.get(kind, [])) for kind in ("weekday", "relative")),
        f"{words / seconds:,.0f}",
    )
    console.print(table)
    for name, faults in (("spurious", score.spurious), ("missed", score.missed), ("wrong", score.wrong)):
        if misses:
            console.print(
                f"{name}:", "; ".join(f"{each} {count}" for each, count in faults.most_common(misses)), markup=False
            )


def document(path: Path) -> tuple[str, date, list[Gold]]:
    """Text, day and annotations of a TimeML file."""
    root = ET.fromstring(path.read_text("utf-8"))  # noqa: S314 — the benchmark's own data
    written_on = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    if written_on is None or body is None:
        raise ValueError(path)
    text, gold = "", []
    for words, value in _pieces(body):
        if value is not None:
            gold.append(Gold(len(text), len(text) + len(words), value))
        text += words
    return text, date.fromisoformat(written_on.get("value", "")[:10]), gold


def _pieces(element: ET.Element) -> Iterator[tuple[str, str | None]]:
    yield element.text or "", None
    for child in element:
        if child.tag == "TIMEX3":
            yield "".join(child.itertext()), child.get("value", "")
        else:
            yield from _pieces(child)
        yield child.tail or "", None


def count(score: Score, text: str, written_on: date, gold: list[Gold]) -> None:
    """Reads a text and adds what was found to the score."""
    told = _read(text, written_on)
    score.gold, score.told = score.gold + len(gold), score.told + len(told)
    free = list(told)
    for each in gold:
        words = " ".join(text[each.start : each.end].split())
        match = next((t for t in free if t.span.start < each.end and each.start < t.span.end), None)
        if match is None:
            score.missed[words] += 1
            continue
        free.remove(match)
        score.relaxed += 1
        score.strict += (match.span.start, match.span.end) == (each.start, each.end)
        is_right = same_value(match.value, each.value)
        score.value += is_right
        if not is_right:
            score.wrong[f"{words} {each.value}≠{match.value}({written_on})"] += 1
        elif (match.span.start, match.span.end) != (each.start, each.end):
            score.wrong[f"[{words}]≠[{match.span.of(text)}]"] += 1
        kind = _kind(words.lower())
        if kind:
            score.by_kind.setdefault(kind, []).append(is_right or _leaves_open(each.value, match.value))
    for left in free:
        score.spurious[left.span.of(text)] += 1


def _read(text: str, written_on: date) -> list[TimeExpressionResolved]:
    found = time_expressions.read(Reading(text, written_on))
    return [each for each in found if isinstance(each, TimeExpressionResolved)]


def _kind(words: str) -> str | None:
    return "weekday" if words in _WEEKDAYS else "relative" if _RELATIVE.fullmatch(words) else None


def same_value(told: str, gold: str) -> bool:
    """Whether two values say the same; seconds and zones aside."""
    return re.sub(r"(T\d\d:\d\d).*", r"\1", told) == re.sub(r"(T\d\d:\d\d).*", r"\1", gold)


def _leaves_open(gold: str, told: str) -> bool:
    """Whether the annotation says X where the finding says more: 1998-WXX for last week."""
    return "X" in gold[4:] and re.fullmatch(re.sub("X+", ".*", gold), told) is not None


def _share(right: list[bool]) -> str:
    return f"{sum(right) / len(right):.3f} of {len(right)}" if right else "—"


def _phrases_table(path: Path) -> Table:
    right: dict[str, list[bool]] = {}
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            phrase = re.sub(r" ([,-]) ?", lambda mark: ", " if mark[1] == "," else "-", row["phrase"])
            found = _read(phrase, date.fromisoformat(row["dct"]))
            is_right = len(found) == 1 and same_value(found[0].value, row["value"])
            right.setdefault(row["corpus"], []).append(is_right)
    table = Table("phrases without their sentence", "value right")
    for corpus, each in sorted(right.items()):
        table.add_row(corpus, _share(each))
    return table


if __name__ == "__main__":
    main()
