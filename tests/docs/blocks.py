"""The fenced blocks of the Markdown pages, with what stands above each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_FENCE = re.compile(
    r"(?:^(?P<above>[^\n]*\S[^\n]*)\n\s*)?^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_FILE_ABOVE = re.compile(r"(?:<!-- file: (\S+) -->|`([\w./-]+)`:)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line above it, its language and what it holds."""

    page: str
    above: str
    language: str
    body: str

    @property
    def file(self) -> str | None:
        """The path of the file that the block is, where the line above names one."""
        named = _FILE_ABOVE.fullmatch(self.above)
        return named and (named[1] or named[2])

    def __str__(self) -> str:
        words = re.sub(r"\W+", " ", self.above or self.body)[:50].strip()
        return f"{self.page}: {words}"


def blocks(*languages: str, page: str | None = None) -> list[Block]:
    """The blocks of all pages, or of one, in these languages."""
    found = [
        Block(path.name, match["above"] or "", match["language"], match["body"])
        for path in PAGES
        for match in _FENCE.finditer(path.read_text("utf-8"))
    ]
    return [each for each in found if each.language in languages and page in (None, each.page)]
