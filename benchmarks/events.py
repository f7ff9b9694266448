"""How well political events are coded, and at what cost, against annotations in a folder of the reader's own.

    python -m benchmarks.events [SHARED] [--show TYPE] [--misses] [--write-figures]

SHARED (default ../shared) holds `gold/` (the annotated article and its scorer), `events/plv` (sentences with marked
actors) and `events/petrarch_unit` (unit cases, with the table in `events/plover`); what is absent is skipped, with a
message. Of a sentence that event counts which has most of the marked actors, the demand for known countries lifted;
CONCEDE and RETREAT are one there (YIELD). `--show` prints what is coded otherwise for one type, `--misses` PETRARCH's
cases that are, each with the reason. `--write-figures` writes what each frame was worth to
`extractors/events/frame_figures.tsv`, of which each record's tier is made.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.events_figures import report_tiers, write_figures
from benchmarks.events_marked import coded_sentences, report_marked
from benchmarks.events_petrarch import report_petrarch
from benchmarks.measuring import folder_there
from benchmarks.reading_data import polnear
from extractors.events.coder import Coder, political_events_in
from extractors.events.event import PoliticalEvent
from extractors.language.reading import Reading

_DAY = date(2020, 6, 15)
_SEED_DAY, _HEAD_CHARACTERS = "2024-03-22", 17  # the article's first line, " date 2024-03-22 ", is not annotated


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
    list(Coder(Reading(texts[0], _DAY, "en")).all())  # loads what is loaded once
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
    parser.add_argument("shared", type=folder_there, nargs="?", default="../shared")
    parser.add_argument("--show", metavar="TYPE")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write-figures", action="store_true")
    options = parser.parse_args()
    article = next(iter(sorted(options.shared.glob("gold/seed/*.txt"))), None)
    if article is None:
        print("no gold/seed: the article is skipped")
    else:
        text = article.read_text("utf-8")[_HEAD_CHARACTERS:]
        report_article(text, article.with_suffix(".gold.json"), options.shared / "gold/score_gold.py")
    if articles := [each.text for each in polnear(options.shared / "events")]:
        report_cost(articles)
    marked = options.shared / "events/plv/PLV_train.tsv"
    if marked.exists():
        codings = coded_sentences(marked)
        report_marked(codings, options.show)
        if options.write_figures:
            write_figures(codings)
        report_tiers(codings)
    else:
        print("no events/plv: the marked sentences are skipped")
    if (options.shared / "events/petrarch_unit").exists():
        report_petrarch(options.shared / "events", table_of_misses=options.misses)
    else:
        print("no events/petrarch_unit: PETRARCH's unit cases are skipped")


if __name__ == "__main__":
    main()
