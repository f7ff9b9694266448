"""How well political events are coded, and at what cost, against annotations in a folder of the reader's own.

    python -m benchmarks.events [SHARED] [--show TYPE]

SHARED (default ../shared) holds `gold/` (the annotated article and its scorer) and `events/plv` (sentences with marked
actors); what is absent is skipped, with a message. Of a sentence that event counts which has most of the marked actors,
the demand for known countries lifted; CONCEDE and RETREAT are one there (YIELD). `--show` prints what is coded
otherwise for one type.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractors.events.coder import Coder, PoliticalEvent, political_events_in
from extractors.language.reading import Reading
from storage.vocabulary import Span

_DAY = date(2020, 6, 15)
_SEED_DAY, _HEAD_CHARACTERS = "2024-03-22", 17  # the article's first line, " date 2024-03-22 ", is not annotated
_YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


@dataclass(frozen=True)
class Marked:
    """A sentence with marked actors and the type between them."""

    text: str
    source: Span
    target: Span
    gold: str


def marked_sentences(path: Path) -> Iterator[Marked]:
    """The sentences of a file with their marks taken off."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, spans, opened = "", dict[str, Span](), 0
            rest = row["marked_sentence"]
            while rest:
                for mark in ("<s>", "<t>", "</s>", "</t>"):
                    if rest.startswith(mark):
                        if mark[1] == "/":
                            spans[mark[2]] = Span(opened, len(text))
                        else:
                            opened = len(text)
                        rest = rest[len(mark) :]
                        break
                else:
                    text, rest = text + rest[0], rest[1:]
            if {"s", "t"} <= spans.keys():
                yield Marked(text, spans["s"], spans["t"], row["gold_root"])


def best_type(marked: Marked) -> str:
    """The type of the event that has most of the marked actors; empty where nothing is coded."""
    events = list(Coder(Reading(marked.text, _DAY, "en"), is_strict=False).all())
    return max(events, key=lambda event: _overlap(event, marked)).coded.event_type if events else ""


def _overlap(event: PoliticalEvent, marked: Marked) -> tuple[int, int, int]:
    actors, recipients = [each.span for each in event.actors], [each.span for each in event.recipients]
    right = _touches(actors, marked.source) + _touches(recipients or actors, marked.target)
    swapped = _touches(recipients, marked.source) + _touches(actors, marked.target)
    return (2 * right + swapped, len(event.coded.aux) == 0, -event.trigger.start)


def _touches(spans: list[Span], marked: Span) -> bool:
    return any(span.start < marked.end and marked.start < span.end for span in spans)


def report_marked(path: Path, shown: str | None) -> None:
    """Accuracy and macro-F1 of types where the actors are marked."""
    pairs: list[tuple[str, str]] = []
    for marked in marked_sentences(path):
        found = best_type(marked)
        found = _YIELD.get(found, found)
        pairs.append((marked.gold, found))
        if shown and shown in (marked.gold, found) and marked.gold != found:
            print(f"  {marked.gold} / {found or 'nothing'}: {marked.text}")
    types = sorted({gold for gold, _ in pairs})
    right = Counter(gold for gold, found in pairs if gold == found)
    told, coded = Counter(gold for gold, _ in pairs), Counter(found for _, found in pairs)
    print(f"{'type':10} {'precision':>9} {'recall':>7} {'number':>7}")
    scores: list[float] = []
    for each in types:
        precision, recall = right[each] / max(1, coded[each]), right[each] / told[each]
        scores.append(2 * right[each] / (coded[each] + told[each]))
        print(f"{each:10} {precision:9.2f} {recall:7.2f} {told[each]:7}")
    accuracy = sum(right.values()) / len(pairs)
    print(
        f"accuracy {accuracy:.3f}, macro-F1 {sum(scores) / len(scores):.3f}, nothing coded {coded['']} of {len(pairs)}"
    )


def report_article(text: str, gold: Path, scorer: Path) -> None:
    """The annotated article by its own scorer."""
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    wanted = json.loads(gold.read_text("utf-8"))
    day = date.fromisoformat(_SEED_DAY)
    found = [_as_scored(event, wanted["sentences"]) for event in political_events_in(Reading(text, day, "en"))]
    for name, value in module.main(wanted, {"events": found}).items():
        print(f"{name:30} {value}")


def _as_scored(event: PoliticalEvent, sentences: list[dict[str, Any]]) -> dict[str, Any]:
    """An event in the annotation's form; negated ones are events there, too."""
    spans = [(each["n"], each.get("span", each)) for each in sentences]
    number = next((n for n, span in spans if span["start"] <= event.trigger.start < span["end"]), None)
    return {
        "plover_type": event.coded.event_type,
        "plover_mode": next(iter(event.coded.modes), None),
        "actor": [{"country": party.code, "sectors": list(party.sectors)} for party in event.actors],
        "recipient": [{"country": party.code, "sectors": list(party.sectors)} for party in event.recipients],
        "date": {"start": event.period.first.isoformat(), "end": event.period.last.isoformat()},
        "trigger": {"start": event.trigger.start, "end": event.trigger.end},
        "evidence": [{"sent": number}],
    }


def report_cost(texts: list[str]) -> None:
    """CPU of coding on top of reading: parse, entities, times and statements."""
    reading_seconds = coding_seconds = 0.0
    for text in texts:
        reading = Reading(text, _DAY, "en")
        began = time.process_time()
        _ = reading.speeches, reading.times
        reading_seconds += time.process_time() - began
        began = time.process_time()
        list(Coder(reading).all())
        coding_seconds += time.process_time() - began
    print(
        f"coding costs {coding_seconds / reading_seconds:.1%} of reading: {len(texts)} texts in {reading_seconds:.2f} s"
    )


def main() -> None:
    """Report every part that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("--show")
    options = parser.parse_args()
    article = next(iter(sorted(options.shared.glob("gold/seed/*.txt"))), None)
    if article is None:
        print("no gold/seed: the article is skipped")
    else:
        text = article.read_text("utf-8")[_HEAD_CHARACTERS:]
        report_article(text, article.with_suffix(".gold.json"), options.shared / "gold/score_gold.py")
        report_cost([text] * 5)
    marked = options.shared / "events/plv/PLV_train.tsv"
    if marked.exists():
        report_marked(marked, options.show)
    else:
        print("no events/plv: the marked sentences are skipped")


if __name__ == "__main__":
    main()
