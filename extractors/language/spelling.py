"""A text as the parser wants it spelt, and the way back: every character knows which of the original it stands for.

Pages hold no-break and zero-width spaces, soft hyphens, wrapped lines, foreign quotation marks and broken code points.
The parser has never seen those. Spans must still count the code points of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_SAME_WIDTH = {
    **dict.fromkeys(map(ord, "\u201e\u201f\u00ab\u2033"), "\u201c"),  # low, reversed, angle marks and double prime
    **dict.fromkeys(map(ord, "\u00bb\u301e"), "\u201d"),
    **dict.fromkeys(map(ord, "\u201a\u201b\u2039"), "\u2018"),
    **dict.fromkeys(map(ord, "\u203a\u02bc\u02b9\u2032\u00b4"), "\u2019"),  # letters and accents typed as apostrophes
    **dict.fromkeys(map(ord, "\u2010\u2011\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2012\u2212"), "\u2013"),
    **dict.fromkeys(map(ord, "\u2015\u2e3a\ufe58"), "\u2014"),
    **{code: " " for code in range(0x3001) if chr(code).isspace() or unicodedata.category(chr(code)) == "Cc"},
}
_BROKEN = re.compile("[\ud800-\udfff]")
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_RUN = re.compile(f"[ {_INVISIBLE}]{{2,}}|[{_INVISIBLE}]")  # of its spaces the last one stays


@dataclass(frozen=True, slots=True)
class Respelt:
    """The text for the parser. `places[n]` is the place of its nth character in the original text."""

    text: str
    places: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that the characters [start, end) stand for; they must not be none."""
        return self.places[start], self.places[end - 1] + 1


def visible(text: str) -> str:
    """A text without characters that have no width, such as marks that turn its direction."""
    return _UNSEEN.sub("", text)


def respelt(text: str, start: int, end: int) -> Respelt:
    """The stretch [start, end) of a text for the parser.

    >>> respelt("Rafah,\u00a0 Gaza\u00ad", 0, 14).text
    'Rafah, Gaza'
    """
    same_width = _BROKEN.sub("\ufffd", text[start:end].translate(_SAME_WIDTH))
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for match in _RUN.finditer(same_width):
        space = match[0].rfind(" ")
        stretches = [(at, match.start())]
        if space >= 0:
            stretches.append((match.start() + space, match.start() + space + 1))
        for first, last in stretches:
            kept.append(same_width[first:last])
            places.extend(range(start + first, start + last))
        at = match.end()
    if not kept:
        return Respelt(same_width, range(start, end))
    places.extend(range(start + at, start + len(same_width)))
    return Respelt("".join([*kept, same_width[at:]]), places)
