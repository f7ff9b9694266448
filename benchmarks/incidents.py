"""How well records of several reports are joined to incidents: of those joined, and of those that should be.

    python -m benchmarks.incidents [--show]

`incident_reports_first.txt` and `incident_reports_second.txt` hold reports of invented people in real places, written
and annotated for this measure by the author of the view; by the first its weights were settled, the second came after
them. Each sentence names the incident it tells of. Two records of one type from different reports are rightly joined
where their sentences tell of the same one. So recall is over what the coder finds; what it misses makes no pair. The
reports are short and plain: articles are harder. `--show` prints the pairs that are wrong.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Line
from flows.ingest import Ingest, items
from flows.settings import Settings
from flows.vocabulary import vocabulary
from storage.edition.ask import ask
from storage.edition.publish import publish
from storage.home import Home

REPORTS = [Path(__file__).with_name(f"incident_reports_{each}.txt") for each in ("first", "second")]
_RECORDS = """
SELECT articles.headline, records.event_type, records.sentence, joined.incident_id, records.words, records.starts_on
FROM incident_events AS joined
JOIN political_events AS records USING (event_id)
JOIN articles ON records.article_id = articles.article_id
ORDER BY ALL"""


@dataclass
class Report:
    """A report: its day, its publisher, and its sentences with the incident each tells of, None for none."""

    number: int
    published_on: str
    publisher: str
    sentences: dict[str, str | None] = field(default_factory=dict[str, str | None])


class Told(NamedTuple):
    """A record: the report it stands in, its type, and the incident that it tells of and that it was joined to."""

    report: int
    event_type: str
    annotated: str | None
    incident_id: str
    shown: str


def reports_in(path: Path) -> list[Report]:
    """The reports of a file."""
    found: list[Report] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        label, tab, sentence = line.partition("\t")
        if tab:
            found[-1].sentences[sentence] = None if label == "-" else label
        else:
            day, publisher = [part.strip() for part in line.split("|")][:2]
            found.append(Report(len(found), day, publisher))
    return found


def told(reports: list[Report], root: Path) -> list[Told]:
    """The records of the reports, as they are joined in a home of their own."""
    place, table = Home(root / "home"), root / "reports.jsonl"
    table.write_text("".join(_row(each) for each in reports), "utf-8")
    with Ingest(Settings(home=place.root, workers=1)) as run:
        run.take(items([table], None, {}, []))
    publish(place, vocabulary())
    rows = ask(place, _RECORDS).rows
    return [
        Told(
            int(number), kind, _annotated(reports[int(number)], sentence, words), str(incident), f"{words}: {sentence}"
        )
        for number, kind, sentence, incident, words, _ in rows
    ]


def _annotated(report: Report, sentence: str, words: str) -> str | None:
    """The incident that a word tells of, by the labels of the sentence that holds what the reader took for one."""
    labels = next((labels for whole, labels in report.sentences.items() if sentence in whole), None)
    if labels is None:
        return None
    first, *others = labels.split()
    of_words = {word: label for label, _, word in (each.partition(":") for each in others)}
    return of_words.get(words, first)


def _row(report: Report) -> str:
    fields = {
        "text": " ".join(report.sentences),
        "published_at": report.published_on,
        "publisher": report.publisher,
        "headline": str(report.number),
        "url": f"https://example.org/{report.number}",
    }
    return f"{json.dumps(fields)}\n"


def pairs(records: list[Told]) -> Iterator[tuple[Told, Told, bool, bool]]:
    """Pairs of one type from different reports, and whether they are joined and whether they should be."""
    for one, other in combinations(records, 2):
        if one.event_type == other.event_type and one.report != other.report:
            is_one = one.annotated is not None and one.annotated == other.annotated
            yield one, other, one.incident_id == other.incident_id, is_one


def lines(path: Path, *, show: bool) -> Iterator[Line]:
    """What a file of reports measures; with *show* the wrong pairs are printed."""
    with tempfile.TemporaryDirectory() as root:
        records = told(reports_in(path), Path(root))
    compared = list(pairs(records))
    for one, other, is_joined, is_one in compared:
        if show and is_joined != is_one:
            print("WRONG " if is_joined else "MISSED", one.event_type, one.shown, "|", other.shown, sep="  ")
    right = sum(joined and is_one for _, _, joined, is_one in compared)
    joined, wanted = sum(each[2] for each in compared), sum(each[3] for each in compared)
    yield Line(f"{path.stem}: records, pairs of one event", f"{len(records)}, {wanted}")
    for name, of, target in (("precision", joined, 0.90), ("recall", wanted, 0.50)):
        value = right / of if of else 0.0
        yield Line(f"pairs rightly joined: {name}", f"{value:.2f} ({right} of {of})", f">= {target}", value >= target)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the pairs that are wrong")
    show = parser.parse_args().show
    for path in REPORTS:
        for line in lines(path, show=show):
            print(line)


if __name__ == "__main__":
    main()
