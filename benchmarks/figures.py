"""How well figures are read: values against the number and unit cases of Recognizers-Text, and the seed article.

    python -m benchmarks.figures [SHARED]

SHARED (default ../shared) holds `events/recognizers` and `gold/seed`; what is absent is skipped, with a message. A
figure is right when its span meets the wanted one and its value, or the higher one of its range where only that is
wanted, is the same to the sixth decimal. Left out are only the cases whose answer is no number (relative ordinals,
units without one), powers, and shares without a number ("percent of 10"). What the cases of one file do not mark
because another file's model does is not held against us: ordinals and numbers glued to a unit among numbers,
temperatures and angles among measures. The cases hold much that news does not: sums of fractions in words,
pseudo-units, numbers inside names, each counted as it stands.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measuring import folder_there
from extractors.figures import FigureReported, figures
from extractors.language.reading import Reading

Kept = Callable[[str, FigureReported], bool]
DAY = date(2024, 3, 22)
_EXACT = Decimal("0.000001")
_GLUED = re.compile(r".*[0-9](?:[^\W\d]{1,3}|°\w?)", re.DOTALL)


def _is_number(text: str, figure: FigureReported) -> bool:
    is_glued = figure.figure_type == "measure" and _GLUED.fullmatch(figure.span.of(text))
    return figure.figure_type != "ordinal" and not is_glued


def _is_a(kind: str) -> Kept:
    return lambda _text, figure: figure.figure_type == kind


def _is_degree(figure: FigureReported) -> bool:
    return figure.figure_type == "measure" and (figure.unit or "").startswith("degree")


FILES: dict[str, tuple[str, Kept]] = {
    "Number_NumberModel": ("number", _is_number),
    "Number_OrdinalModel": ("ordinal", _is_a("ordinal")),
    "Number_PercentModel": ("percent", _is_a("percent")),
    "NumberWithUnit_AgeModel": ("age", _is_a("age")),
    "NumberWithUnit_CurrencyModel": ("money", _is_a("money")),
    "NumberWithUnit_DimensionModel": (
        "measure",
        lambda _text, figure: figure.figure_type == "measure" and not _is_degree(figure),
    ),
    "NumberWithUnit_TemperatureModel": ("temperature", lambda _text, figure: _is_degree(figure)),
}


@dataclass(frozen=True)
class Wanted:
    """A value and where it stands."""

    start: int
    end: int
    value: Decimal


@dataclass
class Score:
    """Counts of one row."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, wanted: list[Wanted], found: list[FigureReported]) -> None:
        """Pairs what overlaps and has the same value, each once."""
        left = list(found)
        for each in wanted:
            hit = next((one for one in left if _is_right(each, one)), None)
            if hit:
                left.remove(hit)
                self.right += 1
        self.found += len(found)
        self.wanted += len(wanted)

    def row(self, name: str) -> list[str]:
        """Name, precision, recall, F1, counts."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return [
            name,
            *(f"{each:.3f}" for each in (precision, recall, f1)),
            str(self.right),
            str(self.found),
            str(self.wanted),
        ]


def _is_right(wanted: Wanted, found: FigureReported) -> bool:
    meets = found.span.start < wanted.end and wanted.start < found.span.end
    values = (found.value, found.value_max) if wanted.start > found.span.start else (found.value,)
    near = _EXACT * max(Decimal(1), abs(wanted.value))
    return meets and any(value is not None and abs(value - wanted.value) <= near for value in values)


def read(text: str) -> list[FigureReported]:
    """The figures of a text."""
    return [each for each in figures.read(Reading(text, DAY, "en")) if isinstance(each, FigureReported)]


def recognizers(path: Path) -> Iterator[tuple[str, list[Wanted]]]:
    """Each case that can be told as figures."""
    for case in json.loads(path.read_text("utf-8-sig")):
        results = [_wanted(result) for result in case["Results"]]
        kinds = {(result.get("Resolution") or {}).get("subtype") for result in case["Results"]}
        is_share = any(re.match(r"(?i)per ?cents?\b", case["Input"][result["Start"] :]) for result in case["Results"])
        if None not in results and "power" not in kinds and not is_share:
            yield case["Input"], [each for each in results if each]


def _wanted(result: dict[str, Any]) -> Wanted | None:
    try:
        value = Decimal(str(result["Resolution"]["value"]).removesuffix("%"))
    except (InvalidOperation, KeyError, TypeError):
        return None
    return Wanted(result["Start"], result["End"] + 1, value)


def seed(folder: Path) -> Iterator[tuple[str, list[Wanted]]]:
    """The articles marked by hand."""
    for path in sorted(folder.glob("*.gold.json")):
        marked = json.loads(path.read_text("utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
        text = text.removeprefix(marked["doc"]["prefix"])
        yield text, [Wanted(each["start"], each["end"], Decimal(str(each["value"]))) for each in marked["figures"]]


def score(
    cases: Iterable[tuple[str, list[Wanted]]], is_kept: Kept | None, show: Callable[[str], None] | None = None
) -> Score:
    """Reads every text and counts; *show* is told each text that is not read as wanted."""
    total = Score()
    for text, wanted in cases:
        found = [each for each in read(text) if is_kept is None or is_kept(text, each)]
        before = total.right
        total.add(wanted, found)
        if show and (total.right - before < len(wanted) or len(found) > len(wanted)):
            told = [(each.span.of(text), str(each.value)) for each in found]
            show(f"{text!r}\n  wanted {[(text[w.start : w.end], str(w.value)) for w in wanted]}\n  found  {told}")
    return total


def main() -> None:
    """Prints a row for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=folder_there, nargs="?", default="../shared")
    parser.add_argument("--wrong", action="store_true", help="print every text that is not read as wanted")
    arguments = parser.parse_args()
    console = Console()
    table = Table("data", "precision", "recall", "F1", "right", "found", "wanted")
    show = print if arguments.wrong else None
    for name, (label, is_kept) in FILES.items():
        path = arguments.shared / "events" / "recognizers" / f"{name}.json"
        if path.is_file():
            table.add_row(*score(recognizers(path), is_kept, show).row(f"recognizers: {label}"))
        else:
            console.print(f"skipped: {path} is absent")
    if (arguments.shared / "gold" / "seed").is_dir():
        table.add_row(*score(seed(arguments.shared / "gold" / "seed"), None, show).row("seed article"))
    else:
        console.print(f"skipped: {arguments.shared / 'gold' / 'seed'} is absent")
    console.print(table)


if __name__ == "__main__":
    main()
