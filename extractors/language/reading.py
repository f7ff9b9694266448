"""One text, read once and handed to every extractor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from storage.events import Span

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*)*")


@dataclass(frozen=True)
class Reading:
    """A cleaned text with what is known of it before anything is extracted.

    `text` is NFC; all spans count its code points. `published_on` anchors relative dates unless the text opens with a
    dated line of its own. `language` is an ISO 639-1 code, None when it was not recognised.
    """

    text: str
    published_on: date
    language: str | None = None

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        r"""Paragraphs in order, without the white space around them.

        Blank lines part them; a text that has none is parted at its line breaks, as trafilatura writes it.

        >>> [p.of("One.\nTwo.") for p in Reading("One.\nTwo.", date(2024, 3, 22)).paragraphs]
        ['One.', 'Two.']
        """
        pattern = _PARAGRAPH if re.search(r"\n[^\S\n]*\n", self.text) else re.compile(r"\S[^\n]*")
        found = ((m.start(), m.start() + len(m.group().rstrip())) for m in pattern.finditer(self.text))
        return tuple(Span(start, end) for start, end in found)
