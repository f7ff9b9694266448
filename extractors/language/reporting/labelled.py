"""What is said without quotation marks, under the name of who says it: interviews, headlines, passages set apart.

Lepik: It will cost more. Minister: We will not pay. The governor added, and below, as a paragraph of its own, what. A
label counts where it is a person of the text or a role; what follows must be a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.language.attribution import Attribution, attribution_before
from extractors.language.cue_words import CUES
from extractors.language.entities.titles import stands_for_person
from storage.vocabulary import Span

if TYPE_CHECKING:
    from extractors.language.reading import Reading

_LABEL = re.compile(r"(?P<label>[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}):\s+(?=[^\s\"“‘'«])")  # noqa: RUF001 — typed either way
_MARKS = "\"“‘'«-*•"  # noqa: RUF001 — typed either way
_FEWEST_WORDS = 3
_BODIES = frozenset("police government army court ministry officials prosecutors report study poll union".split())


@dataclass(frozen=True)
class Labelled:
    """Words that somebody said, and what tells who: the label, else the attribution above."""

    content: Span
    label: Span | None = None
    said: Attribution | None = None


def labelled(reading: Reading, paragraphs: tuple[Span, ...]) -> Iterator[Labelled]:
    """All of a text, in order."""
    text = reading.readable
    for each in paragraphs:
        found = _LABEL.match(text, each.start, each.end)
        if found is None:
            continue
        label, content = Span(*found.span("label")), Span(found.end(), each.end)
        if (_is_person(reading, label) or _is_role(found["label"])) and _is_clause(reading, content):
            yield Labelled(content, label=label)


def set_apart(reading: Reading, paragraphs: tuple[Span, ...]) -> Iterator[Labelled]:
    """Paragraphs that an attribution above introduces with a colon, and that have no quotation marks."""
    text = reading.readable
    for above, each in pairwise(paragraphs):
        if text[above.end - 1] != ":" or text[each.start] in _MARKS or text[each.end - 1] == ":":
            continue
        said = attribution_before(text, above.start, above.end)
        if said and said.cue and said.speaker and _is_clause(reading, each):
            yield Labelled(each, said=said)


def _is_person(reading: Reading, label: Span) -> bool:
    named = reading.entities.within(label)
    return len(named) == 1 and named[0][0] == label and named[0][1].kind == "PERSON"


def _is_role(label: str) -> bool:
    words = label.split()
    return not any(word.lower() in CUES for word in words) and (
        stands_for_person(words) or words[-1].lower() in _BODIES
    )


def _is_clause(reading: Reading, content: Span) -> bool:
    tokens = reading.tokens_in(content)
    return len(tokens) >= _FEWEST_WORDS and any(each.upos in ("VERB", "AUX") for each in tokens)
