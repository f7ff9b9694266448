"""A spinner on stderr for whoever watches; nothing when piped."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.text import Text

from flows.cli.console import err, is_quiet, plain


@contextmanager
def waiting(what: str) -> Generator[None]:
    """Show what is going on until the block ends."""
    if is_quiet():
        yield
        return
    with err.status(Text(plain(what))):
        yield
