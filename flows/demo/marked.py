"""A text with what was found in it marked: in colour, or with brackets where there is none.

{GENEVA (Meridian Wire)}  dateline      [“We have signed a pause,”]  words quoted
_Abakar Doumgo Seid_      speaker       *told*                       cue
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.text import Text

from extractors.language.reading import Reading
from flows.cli.console import plain
from storage.vocabulary import Span


@dataclass(frozen=True)
class Mark:
    """How one kind of span is set: a colour, and the brackets that stand for it where there is none."""

    name: str
    style: str
    opening: str
    closing: str


DATELINE = Mark("dateline", "bold magenta", "{", "}")
QUOTED = Mark("words quoted", "green", "[", "]")
SPEAKER = Mark("speaker", "bold cyan", "_", "_")
CUE = Mark("cue", "yellow", "*", "*")
MARKS = (DATELINE, QUOTED, SPEAKER, CUE)

Found = tuple[Span, Mark]


def spans_of(record_type: str, payload: Mapping[str, Any]) -> list[Found]:
    """The spans of a dateline or a statement, with their marks."""
    if record_type == "DatelineRead":
        return _marked([payload["span"]], DATELINE)
    return [
        *_marked(payload["content"], QUOTED),
        *_marked([payload["speaker_span"]], SPEAKER),
        *_marked([payload["cue"]], CUE),
    ]


def _marked(spans: Iterable[Mapping[str, int] | None], mark: Mark) -> list[Found]:
    return [(Span(each["start"], each["end"]), mark) for each in spans if each]


def legend(*, in_colour: bool) -> Text:
    """What the marks mean."""
    parts = [
        Text(mark.name, style=mark.style) if in_colour else Text(f"{mark.opening}{mark.name}{mark.closing}")
        for mark in MARKS
    ]
    return Text("   ").join(parts)


def excerpt(text: str, found: Sequence[Found], *, most_paragraphs: int, in_colour: bool) -> list[Text]:
    """The first paragraphs that hold something found, marked, and a line that says of how many."""
    paragraphs = Reading(text, date.min).paragraphs
    picked = [each for each in paragraphs if _within(each, found)][:most_paragraphs]
    lines = [_set(text, each, _within(each, found), in_colour=in_colour) for each in picked]
    return [*lines, Text(f"({len(picked)} of its {len(paragraphs)} paragraphs)", style="dim")]


def _within(paragraph: Span, found: Iterable[Found]) -> list[Found]:
    return [each for each in found if paragraph.start <= each[0].start and each[0].end <= paragraph.end]


def _set(text: str, paragraph: Span, found: Iterable[Found], *, in_colour: bool) -> Text:
    # in colour the offsets count; `plain` replaces character by character and keeps them
    words = plain(paragraph.of(text))
    relative = [(Span(span.start - paragraph.start, span.end - paragraph.start), mark) for span, mark in found]
    if not in_colour:
        return Text(_bracketed(words, relative))
    marked = Text(words)
    for span, mark in relative:
        marked.stylize(mark.style, span.start, span.end)
    return marked


def _bracketed(words: str, found: Iterable[Found]) -> str:
    """The words with brackets around the spans; where two meet, one closes before the other opens."""
    inserted = [(span.start, 1, mark.opening) for span, mark in found]
    inserted += [(span.end, 0, mark.closing) for span, mark in found]
    for place, _, bracket in sorted(inserted, reverse=True):
        words = words[:place] + bracket + words[place:]
    return words
