"""How often an entity's country is told and right, where the text settles it: on texts marked for this measure.

    python -m benchmarks.countries [--faults]

`country_texts_first.txt` and `country_texts_second.txt` hold texts of invented people in real places and offices,
written and marked by the project before the extractors read them. The faults of both were seen repeatedly while rules
were written, so neither is blind: texts that others wrote and marked may do worse. A mark is compared with the entity
that its place in the text was found to mention; a code of an organisation of several countries (IGO, UNO) is no
country.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.measuring import Line
from benchmarks.reading_scores import Share
from extractors.language.reading import Reading
from storage.events import Span

TEXTS = {name: Path(__file__).with_name(f"country_texts_{name}.txt") for name in ("first", "second")}
_MARK = re.compile(r"\[([^\]|]+)\|([A-Z]*)\]")
_COUNTRY = re.compile(r"[A-Z]{3}")
_NO_COUNTRIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and the country that each marked name has, None for none."""

    text: str
    written_on: date
    names: dict[Span, str | None]


def main() -> None:
    """Print the rows of both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faults", action="store_true", help="print every name whose country is wrong or not told")
    arguments = parser.parse_args()
    for line in rows(faults=arguments.faults):
        print(line)


def rows(*, faults: bool = False) -> Iterator[Line]:
    """Precision and share found of each collection; with *faults* each name that went wrong before them."""
    for name, path in TEXTS.items():
        precise, found = Share(), Share()
        for text in marked_in(path):
            for span, wanted, told in _compared(text):
                if told:
                    precise.add(told == wanted)
                if wanted:
                    found.add(told == wanted)
                if faults and told != wanted:
                    yield Line(f"{span.of(text.text)}: {wanted}", str(told))
        for what, share, target in (("precision", precise, 0.90), ("found", found, 0.75)):
            yield Line(f"country, {what} (own texts, {name})", str(share), f">= {target:.2f}", share.value >= target)


def marked_in(path: Path) -> Iterator[Marked]:
    """The texts of a file."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    blocks = re.split(r"^(\d{4}-\d\d-\d\d)$", "\n".join(lines), flags=re.MULTILINE)[1:]
    for day, body in zip(blocks[::2], blocks[1::2], strict=True):
        yield _marked(body.strip(), date.fromisoformat(day))


def _marked(body: str, day: date) -> Marked:
    text, at = "", 0
    names: dict[Span, str | None] = {}
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        names[Span(len(text), len(text) + len(mark[1]))] = mark[2] or None
        text += mark[1]
        at = mark.end()
    return Marked(text + body[at:], day, names)


def _compared(text: Marked) -> Iterator[tuple[Span, str | None, str | None]]:
    """Each marked name with the country that is marked and the one that is told."""
    entities = Reading(text.text, text.written_on, "en").entities.all
    codes = {span: each.code for each in entities for span in each.spans}
    for span, wanted in text.names.items():
        told = codes.get(span)
        yield span, wanted, told if told and _COUNTRY.fullmatch(told) and told not in _NO_COUNTRIES else None


if __name__ == "__main__":
    main()
