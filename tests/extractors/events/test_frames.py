"""Every frame finds its own example: the type, who did it and to whom."""

import re
from datetime import date
from pathlib import Path

import pytest

from extractors.events.coder import political_events_in
from extractors.events.event import PoliticalEvent
from extractors.events.lexicon import Frame, FrameError, frames, frames_in
from extractors.events.scale import QUADS
from extractors.language.reading import Reading
from storage.events import Span

_MARK = re.compile(r"[\[\]{}]")


@pytest.mark.parametrize("event_type", sorted(QUADS))
def test_every_frame_of_a_type_finds_its_example(event_type: str) -> None:
    missed = [frame.frame_id for frame in frames() if frame.event_type == event_type and not _finds_example(frame)]
    assert missed == []


def test_all_sixteen_types_have_frames_and_together_more_than_five_hundred() -> None:
    assert {frame.event_type for frame in frames()} == set(QUADS)
    assert len(frames()) > 500


def test_every_example_marks_who_or_whom() -> None:
    assert [frame.frame_id for frame in frames() if not _MARK.search(frame.example)] == []


def test_a_line_with_too_few_columns_is_named(tmp_path: Path) -> None:
    (tmp_path / "aid.tsv").write_text("# AID\nX aid Y\t\t070\n", "utf-8")
    with pytest.raises(FrameError, match=r"aid\.tsv, line 2: 5 columns are needed, 3 are there"):
        frames_in(tmp_path)


def test_a_pattern_that_stands_twice_is_named(tmp_path: Path) -> None:
    line = "X aid Y\t\t\t070\t[Kuwait] aided {Sudan}.\n"
    (tmp_path / "aid.tsv").write_text(line + line, "utf-8")
    with pytest.raises(FrameError, match=r"aid\.tsv, line 2: 'AID X aid Y' stands here twice"):
        frames_in(tmp_path)


def _finds_example(frame: Frame) -> bool:
    text = _MARK.sub("", frame.example)
    events = political_events_in(Reading(text, date(2024, 3, 22), "en"))
    return any(event.coded.event_type == frame.event_type and _has_parties(event, frame.example) for event in events)


def _has_parties(event: PoliticalEvent, example: str) -> bool:
    actors, recipients = [each.span for each in event.actors], [each.span for each in event.recipients]
    if event.reciprocal:
        recipients = actors
    who, whom = _marked(example, "[]"), _marked(example, "{}")
    return all(_meets(each, actors) for each in who) and all(_meets(each, recipients) for each in whom)


def _marked(example: str, marks: str) -> list[Span]:
    found: list[Span] = []
    for match in re.finditer(rf"{re.escape(marks[0])}(.*?){re.escape(marks[1])}", example):
        start = len(_MARK.sub("", example[: match.start()]))
        found.append(Span(start, start + len(match[1])))
    return found


def _meets(wanted: Span, spans: list[Span]) -> bool:
    return any(span.start < wanted.end and wanted.start < span.end for span in spans)
