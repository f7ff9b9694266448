"""Functions of the edition as files: one scalar SELECT a file in `storage/macros`, turned into a macro.

The first comment line names the macro with its parameters and says what it gives. Adding one is adding one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from storage.edition.tables import quoted
from storage.edition.views import ViewFormatError

_HEAD = re.compile(r"--\s*(\w+)\(([\w, ]*)\):\s*(.+)")


@dataclass(frozen=True)
class Macro:
    """A macro file: where it came from and its SQL."""

    origin: str
    sql: str

    @cached_property
    def _head(self) -> re.Match[str]:
        head = _HEAD.match(self.sql)
        if head is None:
            raise ViewFormatError(self.origin, "the first line must be `-- name(parameter, …): what it gives`")
        return head

    @property
    def name(self) -> str:
        """The macro's name."""
        return self._head[1]

    @property
    def signature(self) -> str:
        """The macro's name with its parameters, as it is called."""
        return f"{self.name}({self._head[2]})"

    @property
    def comment(self) -> str:
        """What the macro gives."""
        return self._head[3].strip()

    def create_statements(self) -> list[str]:
        """DDL: the macro and its comment."""
        return [
            f"CREATE MACRO {self.signature} AS (\n{self.sql.strip().rstrip(';')}\n)",
            f"COMMENT ON MACRO {self.name} IS {quoted(self.comment)}",
        ]


def shared_macros() -> tuple[Macro, ...]:
    """The macros of the edition, by name."""
    found = (each for each in files("storage").joinpath("macros").iterdir() if each.name.endswith(".sql"))
    return tuple(Macro(each.name, each.read_text("utf-8")) for each in sorted(found, key=lambda each: each.name))
