"""Where the commands print: results to stdout, notes and progress to stderr.

What is shown to people goes through `plain`: news texts are other people's, and a terminal obeys what is written to it.
"""

from __future__ import annotations

import re

from rich.console import Console, ConsoleDimensions
from rich.text import Text

# C0 and C1 controls but for tab and newline, and the marks that turn the direction of writing
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

PIPED_WIDTH = 100_000  # columns; no line that people read is as long


class PipeConsole(Console):
    """A console that cuts and wraps nothing when piped, and leaves a reader who went away to the error boundary."""

    @property
    def size(self) -> ConsoleDimensions:
        """The terminal's; a pipe has no edge."""
        return super().size if self.is_terminal else ConsoleDimensions(PIPED_WIDTH, super().size.height)

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self._width, self._height = new_size

    def on_broken_pipe(self) -> None:
        """Rich would exit by itself here."""
        raise BrokenPipeError


out = PipeConsole(highlight=False, soft_wrap=False)
err = PipeConsole(stderr=True, highlight=False)


def is_quiet() -> bool:
    """Whether nobody watches: notes and progress are left out when stdout or stderr is piped."""
    return not (out.is_terminal and err.is_terminal)


def note(text: str) -> None:
    """A dim line on stderr for whoever watches; nothing when piped."""
    if not is_quiet():
        err.print(Text(plain(text), style="dim"))


def warn(text: str) -> None:
    """A line on stderr that is never left out."""
    err.print(Text(plain(text)), soft_wrap=True)


def plain(text: str) -> str:
    """The text with a replacement character for each that a terminal would act on, so that offsets stay.

    >>> plain("a" + chr(27) + "[2Jb") == "a" + chr(0xFFFD) + "[2Jb"
    True
    """
    return _UNSHOWABLE.sub("\ufffd", text)
