"""How well and how fast texts are read: every row of what reading is meant to reach, measured on annotated texts.

    python -m benchmarks.reading [SHARED] [--faults N]

SHARED (default ../shared) holds `events`, `gold` and their readmes; what is absent there is left out, with a message.
Names within elections and events (CrossNER) are not counted. Reporting cues are the words of `cue_words.py`. The
finer tables stand in benchmarks/time_expressions.py, benchmarks/figures.py and benchmarks/language.py.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import figures as figures_benchmark
from benchmarks import time_expressions as times_benchmark
from benchmarks.measuring import Line, folder_there
from benchmarks.reading_cost import cost_lines, sameness_lines
from benchmarks.reading_data import AttributedText, Attribution, NamedText, crossner, polnear, re3d, seed
from benchmarks.reading_scores import Score, Share, overlap, paired
from extractors.entities import EntityMentioned, entities
from extractors.extractor import discover
from extractors.figures import FigureReported, figures
from extractors.language.cue_words import CUES
from extractors.language.reading import Reading
from extractors.statements import StatementReported, statements
from extractors.time_expressions import TimeExpressionResolved, time_expressions
from storage.events import Span

_DAY = date(2016, 9, 20)
_KINDS = ("PERSON", "ORG", "LOC")
_CUES = {*CUES, "pledged", "vowed", "accused", "claimed", "according"}
_OPENING, _CLOSING = "“”\"‘'`", "”\"’,.'"  # noqa: RUF001 — typographic marks are meant
_IDENTICAL, _ALIKE, _NEAR = 1.0, 0.8, 0.5


def main() -> None:
    """Print a line for each row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=folder_there, nargs="?", default="../shared")
    parser.add_argument("--faults", type=int, default=0, help="print so many of the commonest faults of each row")
    arguments = parser.parse_args()
    for part in (_times, _statements, _names, _figures, _seed):
        for line in part(arguments.shared, arguments.faults):
            print(line, flush=True)
    texts = [each.text for each in polnear(arguments.shared / "events")]
    for line in [*sameness_lines(texts[:20]), *cost_lines(texts)] if texts else []:
        print(line, flush=True)


def _line(what: str, measured: Score | Share | float, target: float | None, told: str = "") -> Line:
    value = measured if isinstance(measured, float) else measured.f1 if isinstance(measured, Score) else measured.value
    shown = told or str(measured if not isinstance(measured, float) else f"{measured:.3f}")
    return Line(what, shown, "" if target is None else f">= {target:.2f}", None if target is None else value >= target)


def _times(shared: Path, faults: int) -> Iterator[Line]:
    documents = sorted((shared / "events" / "timebank").glob("*.tml"))
    score = times_benchmark.Score()
    for path in documents:
        times_benchmark.count(score, *times_benchmark.document(path))
    if not documents:
        yield Line("time expressions: no timebank/*.tml", "left out")
        return
    for name, right, target in (
        ("relaxed", score.relaxed, 0.92),
        ("strict", score.strict, 0.85),
        ("value", score.value, 0.80),
    ):
        yield _line(f"time expressions, {name} F1", 2 * right / (score.gold + score.told), target)
    for kind in ("weekday", "relative"):
        right = score.by_kind.get(kind, [])
        yield _line(f"{kind} right, of those found", Share(sum(right), len(right)), 0.96)
    if faults:
        print("  ", score.wrong.most_common(faults))


def _statements(shared: Path, faults: int) -> Iterator[Line]:
    direct, speaker, other = Score(), Share(), Score()
    for each in polnear(shared / "events"):
        _count_statements(each, direct, speaker, other)
    yield _line("direct quotations, content F1 at IoU .8", direct, 0.90)
    yield _line("their speaker", speaker, 0.88)
    yield _line("mixed and indirect with a reporting cue, F1 at IoU .5", other, 0.65)
    if faults:
        print("  ", other.faults.most_common(faults))


def _count_statements(each: AttributedText, direct: Score, speaker: Share, other: Score) -> None:
    text = each.text
    told = _found(statements, Reading(text, _DAY, "en"), StatementReported)
    whole = [one for one in each.attributions if one.content and _is_direct(text, one)]
    rest = [one for one in each.attributions if one.content and one not in whole and _has_cue(text, one)]
    pairs = paired(whole, [s for s in told if s.kind == "direct"], _content, _ALIKE)
    # those marked beyond their quotation marks are neither asked for nor held against what finds them
    beyond = paired([one for one in each.attributions if one.content and one not in whole], told, _content, _ALIKE)
    held = {id(s) for _, s in pairs} | {id(s) for s in told if s.kind == "direct"} - {id(s) for _, s in beyond}
    direct.add(len(pairs), len(held), len(whole))
    for wanted, found in pairs:
        if wanted.source:
            at = found.speaker_span
            speaker.add(at is not None and any(s.start < at.end and at.start < s.end for s in wanted.source))
    pairs = paired(rest, [s for s in told if s.kind != "direct"], _content, _NEAR)
    # attributions with other cues are neither asked for nor held against what finds them
    believed = {id(s) for _, s in paired([a for a in each.attributions if a.content], told, _content, _NEAR)}
    wrong = [s for s in told if s.kind != "direct" and id(s) not in believed]
    other.add(len(pairs), len(pairs) + len(wrong), len(rest))
    met = {id(a) for a, _ in pairs}
    other.faults.update(" ".join(c.of(text) for c in a.cue) for a in rest if id(a) not in met)


def _content(wanted: Attribution, found: StatementReported) -> float:
    return overlap(wanted.content, found.content)


def _is_direct(text: str, each: Attribution) -> bool:
    return text[each.content[0].start] in _OPENING and text[each.content[-1].end - 1] in _CLOSING


def _has_cue(text: str, each: Attribution) -> bool:
    return any(word.lower() in _CUES for cue in each.cue for word in re.findall(r"\w+", cue.of(text)))


def _names(shared: Path, faults: int) -> Iterator[Line]:
    events = shared / "events"
    parts: list[tuple[str, Callable[[], Iterable[NamedText]], float | None]] = [
        ("names, politics (CrossNER train), strict F1", lambda: crossner(events, "train"), 0.75),
        ("names, politics (CrossNER dev), strict F1", lambda: crossner(events, "dev"), 0.75),
        ("names, conflict (re3d; nominal and nested ones too), strict F1", lambda: re3d(events), None),
    ]
    for what, texts, target in parts:
        score, kinds = Score(), {kind: Score() for kind in _KINDS}
        for each in texts():
            _count_names(each, score, kinds)
        yield _line(what, score, target)
        yield Line("   by kind", ", ".join(f"{kind} {one.f1:.3f}" for kind, one in kinds.items()))
        if faults:
            print("  ", score.faults.most_common(faults))


def _count_names(each: NamedText, score: Score, kinds: dict[str, Score]) -> None:
    wanted = {(span, kind) for span, kind in each.names if kind in _KINDS and each.text[span.start].isupper()}
    found = {
        (span, one.entity_type)
        for one in _found(entities, Reading(each.text, _DAY, "en"), EntityMentioned)
        for span in one.spans
        if one.entity_type in _KINDS and not any(o.start <= span.start and span.end <= o.end for o in each.other)
    }
    score.add(len(wanted & found), len(found), len(wanted))
    for kind, one in kinds.items():
        of_kind = [{pair for pair in pairs if pair[1] == kind} for pairs in (wanted, found)]
        one.add(len(of_kind[0] & of_kind[1]), len(of_kind[1]), len(of_kind[0]))
    score.faults.update(f"- {span.of(each.text)} {kind}" for span, kind in wanted - found)
    score.faults.update(f"+ {span.of(each.text)} {kind}" for span, kind in found - wanted)


def _figures(shared: Path, _faults: int) -> Iterator[Line]:
    for name, (label, is_kept) in figures_benchmark.FILES.items():
        path = shared / "events" / "recognizers" / f"{name}.json"
        if path.is_file():
            counted = figures_benchmark.score(figures_benchmark.recognizers(path), is_kept)
            row = f"figures, value exact (recognizers: {label})"
            yield _line(row, Score(counted.right, counted.found, counted.wanted), 0.90)


def _seed(shared: Path, _faults: int) -> Iterator[Line]:
    scorer = shared / "gold" / "score_gold.py"
    if not scorer.is_file():
        yield Line("seed article: no gold/score_gold.py", "left out")
        return
    specification = importlib.util.spec_from_file_location("score_gold", scorer)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    for text, day, marked in seed(shared):
        result: dict[str, Any] = module.main(marked, _as_marked(Reading(text, day, "en"), marked))
        yield _line("seed: statement F1 at IoU .8", float(result["statement_span@IoU.8"]["F1"]), 0.80)
        yield _line("seed: speaker", float(result["speaker_entity_acc"]), 0.95)
        yield _line("seed: time values", float(result["timex_value_acc"]), 1.0)
        yield _line("seed: entities, relaxed F1", float(result["mention_relaxed"]["F1"]), 0.90)
        yield _line("seed: figures", float(result["figure_value"]["F1"]), 1.0)
        yield from _countries(text, day, marked)


def _as_marked(reading: Reading, marked: dict[str, Any]) -> dict[str, Any]:
    text = reading.text
    names = {each["canonical"]: each["id"] for each in marked["entities"]}
    names |= {m["text"].removeprefix("the "): e["id"] for e in reversed(marked["entities"]) for m in e["mentions"]}
    names |= {"Israel": "israel_gov"}  # as a speaker a country is its government

    def at(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.of(text)}

    def who(speaker: str | None) -> str | None:
        return next(
            (i for name, i in names.items() if speaker and (speaker == name or name.startswith(f"{speaker} "))), None
        )

    return {
        "statements": [
            {
                "content": [at(s) for s in each.content],
                "speaker": who(each.speaker),
                "cue": at(each.cue) if each.cue else None,
                "kind": each.kind,
            }
            for each in _found(statements, reading, StatementReported)
        ],
        "timex": [
            at(each.span) | {"value": each.value} for each in _found(time_expressions, reading, TimeExpressionResolved)
        ],
        "entities": [
            {"type": each.entity_type, "canonical": each.name, "mentions": [at(s) for s in each.spans]}
            for each in _found(entities, reading, EntityMentioned)
        ],
        "figures": [at(each.span) | {"value": float(each.value)} for each in _found(figures, reading, FigureReported)],
    }


def _countries(text: str, day: date, marked: dict[str, Any]) -> Iterator[Line]:
    """Of the mentions that people gave a country."""
    wanted = {
        (m["start"], m["end"]): e["country"]
        for e in marked["entities"]
        for m in e["mentions"]
        if m.get("kind") != "nominal"
    }
    told = {
        (span.start, span.end): each.code
        for each in _found(entities, Reading(text, day, "en"), EntityMentioned)
        for span in each.spans
    }
    both = [(wanted[at], code) for at, code in told.items() if at in wanted and code]
    right = sum(a == b for a, b in both)
    yield _line("country, precision (seed)", Share(right, len(both)), 0.90)
    yield _line("country, found (seed)", Share(right, sum(code is not None for code in wanted.values())), 0.75)


def _found(extractor: Any, reading: Reading, kind: type[Any]) -> list[Any]:  # noqa: ANN401 — one of several
    assert extractor.name in discover()
    return [each for each in extractor.read(reading) if isinstance(each, kind)]


if __name__ == "__main__":
    main()
