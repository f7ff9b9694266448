"""The frames, read from `frames/*.tsv`: which words, in which construction, are an event of which type."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from extractors.events.scale import QUADS, EventType
from extractors.events.word_forms import forms

_PREPOSITIONS = frozenset(
    "about above across after against along alongside among around as aside at away back before behind beside "
    "between by down for forward from in inside into near of off on onto out outside over past through to "
    "together toward towards under up upon via with without".split()
)
_PARTICLES = frozenset({"up", "out", "down", "back", "off"})  # before Y they belong to the verb: round up Y
_TO = frozenset({"to"})
_COLUMNS = 5
Role = Literal["whom", "words", "clause", "self", "alone"]


class FrameError(ValueError):
    """A line of a frame file cannot be read."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}")
        self.file, self.line, self.why = file, line, why


@dataclass(frozen=True)
class Step:
    """One part of a pattern after its trigger.

    `whom`: the recipient, introduced by one of `prepositions` (empty: the object). `words`: one of `words` must stand
    near the trigger, as its object where `prepositions` is empty and it comes first, and "to" before a verb
    (`is_infinitive`): no clause with a subject of its own. `clause`: a clause must follow, an
    infinitive where `words` holds "to". `self`: the clause's subject is who speaks. `alone`: there is no object.
    """

    role: Role
    words: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    is_object: bool = False
    is_infinitive: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the words are prepositions alone: give *in* to Y."""
        return bool(self.words) and self.words <= _PREPOSITIONS - _PARTICLES


_SIGNS = {"...": Step("clause"), "X": Step("self"), ".": Step("alone")}


@dataclass(frozen=True)
class Frame:
    """A construction and the event that it stands for."""

    frame_id: str
    event_type: EventType
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: str
    example: str
    triggers: frozenset[str]
    steps: tuple[Step, ...]
    before: frozenset[str] = field(default=frozenset())
    is_nominal: bool = False
    is_reciprocal: bool = False
    is_negated: bool = False

    @cached_property
    def needed(self) -> tuple[frozenset[str], ...]:
        """For each step that asks for words, those of which one must stand in the sentence, in every form."""
        asked = (*(step.words for step in self.steps if step.role == "words"), *((self.before,) if self.before else ()))
        return tuple(words.union(*(forms(word.lower()) for word in words)) for words in asked)

    @property
    def whom(self) -> Step | None:
        """The step that names the recipient."""
        return next((step for step in self.steps if step.role == "whom"), None)

    @property
    def takes_clause(self) -> bool:
        """Whether the event depends on what a clause below the trigger says."""
        return any(step.role == "clause" for step in self.steps)


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame that dateline ships, in the order of the files."""
    return frames_in(files("extractors.events") / "frames")


def frames_in(folder: Traversable) -> tuple[Frame, ...]:
    """The frames of a folder's files. Raises FrameError."""
    found: dict[str, Frame] = {}
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".tsv"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if line.strip() and not line.startswith("#"):
                    frame = _frame(path.name, number, line)
                    if frame.frame_id in found:
                        raise FrameError(path.name, number, f"{frame.frame_id!r} stands here twice")
                    found[frame.frame_id] = frame
    return tuple(found.values())


@cache
def verbal_frames() -> dict[str, tuple[Frame, ...]]:
    """Verbal frames by every form of their triggers."""
    return _by_form(tuple(frame for frame in frames() if not frame.is_nominal))


@cache
def nominal_frames() -> dict[str, tuple[Frame, ...]]:
    """Nominal frames by singular and plural of their triggers."""
    return _by_form(tuple(frame for frame in frames() if frame.is_nominal))


@cache
def present_forms() -> frozenset[str]:
    """The third person of every verbal trigger: heads, visits."""
    return frozenset(form for form in verbal_frames() if form.endswith("s") and not form.endswith("ss"))


def _by_form(chosen: tuple[Frame, ...]) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, dict[str, Frame]] = {}
    for frame in chosen:
        for trigger in frame.triggers:
            for form in forms(trigger):
                found.setdefault(form, {})[frame.frame_id] = frame
    return {form: tuple(each.values()) for form, each in found.items()}


def _frame(file: str, number: int, line: str) -> Frame:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != _COLUMNS:
        raise FrameError(file, number, f"{_COLUMNS} columns are needed, {len(cells)} are there")
    pattern, modes, contexts, cameo, example = cells
    words = pattern.split()
    event_type = _types().get(file.removesuffix(".tsv"))
    if event_type is None:
        raise FrameError(file, number, f"the file is named after no type; use one of {', '.join(_types())}")
    is_nominal, is_reciprocal = words[0] != "X", words[:3] == ["X", "and", "Y"]
    words = words[3:] if is_reciprocal else words[0 if is_nominal else 1 :]
    is_negated = words[:1] == ["not"]
    words = words[1:] if is_negated else words
    before: frozenset[str] = frozenset()
    if is_nominal and len(words) > 1 and words[1] != "Y" and not _all_prepositions(words[1]):
        before, words = frozenset(words[0].split("|")), words[1:]
    if not words:
        raise FrameError(file, number, "the pattern has no trigger")
    steps = _steps(words[1:])
    between = any("between" in step.prepositions for step in steps)
    return Frame(
        frame_id=f"{event_type} {pattern}",
        event_type=event_type,
        modes=_list(modes),
        contexts=_list(contexts),
        cameo=cameo,
        example=example,
        triggers=frozenset(words[0].split("|")),
        steps=steps,
        before=before,
        is_nominal=is_nominal,
        is_reciprocal=is_reciprocal or (is_nominal and between),
        is_negated=is_negated,
    )


def _types() -> dict[str, EventType]:
    return {event_type.lower(): event_type for event_type in QUADS}


def _list(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(",") if each.strip())


def _all_prepositions(word: str) -> bool:
    return all(each in _PREPOSITIONS for each in word.split("|"))


def _steps(words: list[str]) -> tuple[Step, ...]:
    found: list[Step] = []
    pending: frozenset[str] = frozenset()
    for place, word in enumerate(words):
        each = frozenset(word.split("|"))
        is_particle = each <= _PARTICLES and words[place + 1 : place + 2] == ["Y"]
        if each <= _PREPOSITIONS and not is_particle:
            found += [Step("words", words=pending)] if pending and pending != _TO else []
            pending = each
            continue
        found.append(_SIGNS[word] if word in _SIGNS else _step(each, pending, is_first=place == 0))
        pending = frozenset()
    if pending:
        found.append(Step("clause" if pending == _TO else "words", words=pending))
    return tuple(found)


def _step(each: frozenset[str], pending: frozenset[str], *, is_first: bool) -> Step:
    if "Y" in each:
        own = (each - {"Y"}) & _PREPOSITIONS
        return Step("whom", prepositions=own or pending, words=frozenset({"Y"}) if own else frozenset())
    if each <= _PARTICLES:
        return Step("words", words=each)
    return Step("words", each, pending - _TO, is_object=is_first, is_infinitive="to" in pending)
