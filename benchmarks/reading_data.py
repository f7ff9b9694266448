"""The annotated texts that benchmarks/reading.py measures on, each as plain values; a missing folder gives nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from storage.events import Span

_RE3D_KINDS = {"Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
_CROSSNER_KINDS = {
    "politician": "PERSON",
    "person": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
    "location": "LOC",
}


_PRONOUNS = frozenset("i we he she it they you her his its our their my us me them him".split())
_GLUED = frozenset({",", ".", ")", ";", ":", "'s", "'", "?", "!"})


@dataclass(frozen=True)
class NamedText:
    """A text with the names that people marked in it; what lies in `other` marks (elections, events) is not counted."""

    text: str
    names: list[tuple[Span, str]]
    other: list[Span] = field(default_factory=list[Span])


@dataclass(frozen=True)
class Attribution:
    """Something said, as marked in PolNeAR."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]


@dataclass(frozen=True)
class AttributedText:
    """A text with its attributions."""

    text: str
    attributions: list[Attribution]


def re3d(events: Path) -> Iterator[NamedText]:
    """Conflict news and statements; nested names and nationalities too, pronouns and a leading The aside."""
    for folder in sorted((events / "re3d").glob("*/")):
        documents = {each["_id"]: each["text"] for each in _json_lines(folder / "documents.json")}
        names: dict[str, set[tuple[Span, str]]] = {key: set() for key in documents}
        for each in _json_lines(folder / "entities.json"):
            kind = _RE3D_KINDS.get(each["type"])
            if kind and each["documentId"] in names and each["value"].lower() not in _PRONOUNS:
                start = each["begin"] + (4 if each["value"].startswith("The ") else 0)
                names[each["documentId"]].add((Span(start, each["end"]), kind))
        for key, text in documents.items():
            yield NamedText(text, sorted(names[key]))


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def crossner(events: Path, part: str) -> Iterator[NamedText]:
    """Sentences on politics, set together from their words."""
    path = events / "crossner_politics" / f"{part}.txt"
    if not path.is_file():
        return
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if "\t" in line]
        if rows:
            yield _set_together(rows)


def _set_together(rows: list[list[str]]) -> NamedText:
    text = ""
    marked: list[tuple[int, int, str]] = []
    for word, tag in rows:
        is_glued = not text or word in _GLUED or text.endswith("(") or _is_of_apostrophe(text, word)
        start = len(text) + (0 if is_glued else 1)
        text += ("" if is_glued else " ") + word
        if tag.startswith("I-") and marked:
            marked[-1] = (marked[-1][0], len(text), marked[-1][2])
        elif tag.startswith("B-"):
            marked.append((start, len(text), tag[2:]))
    names = [(Span(start, end), _CROSSNER_KINDS[kind]) for start, end, kind in marked if kind in _CROSSNER_KINDS]
    return NamedText(text, names, [Span(start, end) for start, end, kind in marked if kind not in _CROSSNER_KINDS])


def _is_of_apostrophe(text: str, word: str) -> bool:
    """What the words' cutting took from an apostrophe: Yugoslavia' s, B 'Tselem."""
    return (word == "s" and text.endswith("'")) or (len(word) > 1 and word[0] == "'" and text[-1:].isalpha())


def polnear(events: Path) -> Iterator[AttributedText]:
    """News with what it attributes; of several annotations of one article the first."""
    for source in sorted((events / "polnear_dev" / "text").glob("*.txt")):
        path = min((events / "polnear_dev" / "attributions").glob(f"{source.stem}_*.ann"), default=None)
        if path:
            yield AttributedText(source.read_text("utf-8"), list(_attributions(path.read_text("utf-8"))))


def _attributions(marked: str) -> Iterator[Attribution]:
    spans: dict[str, list[Span]] = {}
    for line in marked.splitlines():
        if line.startswith("T"):
            key, where, *_ = line.split("\t")
            offsets = where.split(" ", 1)[1].split(";")
            spans[key] = [Span(*map(int, each.split())) for each in offsets]
    for line in marked.splitlines():
        if line.startswith("E"):
            roles: dict[str, list[Span]] = {"Content": [], "Cue": [], "Source": []}
            for part in line.split("\t")[1].split():
                role, key = part.split(":")
                roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(key, []))
            yield Attribution(*(sorted(roles[role]) for role in ("Content", "Cue", "Source")))


def seed(shared: Path) -> Iterator[tuple[str, date, dict[str, Any]]]:
    """The articles marked by hand: text, day, marks."""
    for path in sorted((shared / "gold" / "seed").glob("*.gold.json")):
        marked = json.loads(path.read_text("utf-8"))
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
        yield text.removeprefix(marked["doc"]["prefix"]), date.fromisoformat(marked["doc"]["dct"]), marked
